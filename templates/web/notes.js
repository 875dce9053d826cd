/* Notes in a window at their call; without a script, or in a browser that knows no
   popovers, a call leads to the note at the end of the chapter. */
"use strict";
(() => {
  const noteWindow = document.getElementById("note-window");
  let caller = null;
  document.addEventListener("click", event => {
    const call = event.target.closest(".note-call"), note = call && document.getElementById(decodeURIComponent(call.hash.slice(1)));
    if (!note || !noteWindow.showPopover) return;
    event.preventDefault();
    const copy = note.querySelector(".note-text").cloneNode(true);
    for (const element of copy.querySelectorAll("[id]")) element.removeAttribute("id");
    noteWindow.replaceChildren(copy);
    noteWindow.dir = note.closest("[dir]").dir;
    noteWindow.lang = note.closest("[lang]").lang;
    noteWindow.showPopover();
    const at = call.getBoundingClientRect(), size = noteWindow.getBoundingClientRect();
    const below = at.bottom + size.height + 12 < innerHeight;
    noteWindow.style.top = `${below ? at.bottom + 8 : Math.max(8, at.top - size.height - 8)}px`;
    noteWindow.style.left = `${Math.min(Math.max(12, (at.left + at.right - size.width) / 2), document.documentElement.clientWidth - size.width - 12)}px`;
    caller = call;
    noteWindow.focus({ preventScroll: true });
  });
  noteWindow.addEventListener("toggle", event => {
    if (event.newState === "closed" && noteWindow.contains(document.activeElement)) caller?.focus({ preventScroll: true });
  });
})();
