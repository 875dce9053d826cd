/* The reader's script. The page is whole without it; with it come the search window, the
   contents in a drawer, the choice of colours and size, and the kept place. */
"use strict";
(() => {
  const root = document.documentElement;
  const find = id => document.getElementById(id);
  const parsed = id => JSON.parse(find(id)?.textContent || "{}");
  const data = parsed("reader-data");
  const digits = n => String(n).replace(/\d/g, d => data.digits[d]);

  /* What is remembered; a browser may refuse. */
  const memory = {
    get(key) { try { return JSON.parse(localStorage.getItem("warraq:" + key)); } catch { return null; } },
    set(key, value) { try { localStorage.setItem("warraq:" + key, JSON.stringify(value)); } catch { /* refused */ } },
  };

  /* ---- Blocks of the page by their numbers, and their own text ---- */
  const BLOCKS = "p,li,h1,h2,h3,h4,h5,h6,td,th,dt,dd,figcaption,caption,pre,div,blockquote,footer";
  let byNumber = null, numbers = null;
  const blocks = () => {
    if (byNumber) return byNumber;
    byNumber = new Map(), numbers = new Map();
    let n = -1;
    for (const element of document.querySelectorAll(`.chapter :is(${BLOCKS})`)) {
      n = element.dataset.b ? Number(element.dataset.b) : n + 1;
      byNumber.set(n, element); // what stands between two trees gives way to the second
    }
    for (const [n, element] of byNumber) numbers.set(element, n);
    return byNumber;
  };
  const pieces = block => {
    const found = [];
    let text = "";
    const walk = element => {
      for (const node of element.childNodes) {
        if (node.nodeType === 3) { found.push([text.length, node]); text += node.data; }
        else if (node.nodeType === 1) {
          if (node.matches("br,.hemistich," + BLOCKS)) text += " ";
          if (!node.matches(".note-call," + BLOCKS)) walk(node);
        }
      }
    };
    walk(block);
    return { text, found };
  };
  const { marked, asks } = warraqSearch;
  let index = null;
  const openIndex = async () => {
    if (index) return;
    index = data.index ? await (await fetch(data.index)).json() : parsed("search-index");
    warraqSearch.open(index);
  };
  const textOf = n => index.texts ? index.texts[n] : blocks().has(n) ? pieces(blocks().get(n)).text : "";

  /* ---- Going to a place ---- */
  const show = (n, found) => {
    const block = blocks().get(n);
    if (!block) return;
    block.scrollIntoView({ block: "center" });
    block.classList.remove("found");
    requestAnimationFrame(() => { block.scrollIntoView({ block: "center" }); block.classList.add("found"); });
    if (!found || !window.Highlight) return;
    const { text, found: nodes } = pieces(block), ranges = [];
    for (const hit of marked(text, found)) {
      for (const [start, node] of nodes) {
        const from = Math.max(hit.index - start, 0), to = Math.min(hit.index + hit[0].length - start, node.length);
        if (from >= to) continue;
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        ranges.push(range);
      }
    }
    if (!CSS.highlights.size) {
      // Declared here, for not every checker of style sheets knows it yet.
      const sheet = new CSSStyleSheet();
      sheet.replaceSync("::highlight(hits) { background-color: var(--hit); }");
      document.adoptedStyleSheets.push(sheet);
    }
    CSS.highlights.set("hits", new Highlight(...ranges));
  };

  /* ---- The search window ---- */
  const panel = find("search"), input = find("search-words"), list = find("search-hits"), count = find("search-count");
  const PAGE = 25;
  const entry = (n, found) => {
    const text = textOf(n).replace(/\s/g, " "), hits = marked(text, found);
    const first = hits[0]?.index ?? 0;
    let from = first > 70 ? text.lastIndexOf(" ", first - 50) + 1 : 0;
    const cut = text.indexOf(" ", first + 130), end = cut < 0 ? text.length : cut;
    const link = document.createElement("a"), where = document.createElement("span"), line = document.createElement("span");
    const block = blocks().get(n), title = block?.closest(".chapter")?.querySelector(".chapter-title");
    const page = index.pages?.findLast(page => page.from <= n);
    where.className = "where";
    where.textContent = page ? page.title : title ? pieces(title).text : "";
    line.dir = block?.closest("[dir]")?.dir || "auto";
    line.append(from ? "… " : "");
    for (const hit of hits) {
      if (hit.index >= end) break;
      const mark = document.createElement("mark");
      mark.textContent = hit[0];
      line.append(text.slice(from, hit.index), mark);
      from = hit.index + hit[0].length;
    }
    line.append(text.slice(from, end), end < text.length ? " …" : "");
    link.href = (block ? "" : page?.href || "") + "#b" + n;
    link.append(where, line);
    if (block) link.addEventListener("click", event => {
      event.preventDefault();
      panel.close();
      history.pushState(null, "", "#b" + n);
      show(n, found);
    });
    const item = document.createElement("li");
    item.append(link);
    return item;
  };
  const fill = (found, from) => {
    list.append(...found.blocks.slice(from, from + PAGE).map(n => entry(n, found.found)));
    if (found.blocks.length <= from + PAGE) return;
    const more = document.createElement("button"), item = document.createElement("li");
    more.type = "button";
    more.textContent = data.words["search-more"];
    more.addEventListener("click", () => { item.remove(); fill(found, from + PAGE); list.children[from + PAGE]?.querySelector("a").focus(); });
    item.append(more);
    list.append(item);
  };
  const look = () => {
    const found = warraqSearch.search(input.value, textOf);
    list.replaceChildren();
    list.scrollTop = 0;
    count.textContent = !asks(input.value) ? data.words["search-hint"] : found.blocks.length
      ? data.words["search-count"].replace("{count}", digits(found.blocks.length)) : data.words["search-none"];
    fill(found, 0);
  };
  const start = async () => {
    closeContents();
    if (!panel.open) panel.showModal();
    input.select();
    await openIndex();
    if (input.value) look();
  };
  find("search-button").addEventListener("click", start);
  input.addEventListener("input", () => index && look());
  panel.addEventListener("keydown", event => {
    const links = [input, ...list.querySelectorAll("a")], at = links.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && at >= 0 && links[at + step]) { event.preventDefault(); links[at + step].focus(); }
    if (event.key === "Enter" && at === 0) { event.preventDefault(); links[1]?.click(); }
  });
  document.addEventListener("keydown", event => {
    const typing = event.target.closest("input,textarea,[contenteditable]");
    if ((event.key === "/" && !typing) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey))) { event.preventDefault(); start(); }
    if (event.key === "Escape") closeContents(true);
  });
  for (const dialog of document.querySelectorAll("dialog")) dialog.addEventListener("click", event => event.target === dialog && dialog.close());

  /* ---- Contents in a drawer ---- */
  const drawer = find("contents"), opener = find("contents-button");
  function closeContents(back) {
    if (!root.classList.contains("contents-open")) return;
    root.classList.remove("contents-open");
    opener.setAttribute("aria-expanded", "false");
    if (back) opener.focus();
  }
  opener.addEventListener("click", event => {
    event.stopPropagation();
    const shown = root.classList.toggle("contents-open");
    opener.setAttribute("aria-expanded", String(shown));
    if (shown) (drawer.querySelector("[aria-current]") || drawer.querySelector("a")).focus();
  });
  document.addEventListener("click", event => { if (!drawer.contains(event.target) || event.target.closest("a")) closeContents(); });

  /* ---- Colours and size ---- */
  const settings = find("look"), choices = memory.get("look") || {};
  const apply = () => {
    if (choices.theme) root.dataset.theme = choices.theme; else delete root.dataset.theme;
    root.style.setProperty("--scale", choices.scale || 1);
    memory.set("look", choices);
  };
  find("look-button").addEventListener("click", () => settings.showModal());
  for (const radio of settings.querySelectorAll("input")) {
    radio.checked = radio.value === (choices.theme || "");
    radio.addEventListener("change", () => { choices.theme = radio.value; apply(); });
  }
  for (const button of settings.querySelectorAll("[data-step]")) button.addEventListener("click", () => {
    const kept = here();
    choices.scale = Math.min(1.75, Math.max(0.75, Math.round(((choices.scale || 1) + 0.125 * button.dataset.step) * 1000) / 1000));
    apply();
    kept?.scrollIntoView();
  });

  /* ---- The place: shown in the bar and the contents, kept for the next time ---- */
  const bar = document.querySelector(".bar"), place = find("bar-place");
  const links = new Map([...drawer.querySelectorAll("[data-goal]")].map(link => [link.dataset.goal, link]));
  const key = "place:" + data.book + (data.index ? ":" + location.pathname : "");
  let current = null;
  const here = () => {
    const main = find("text").getBoundingClientRect();
    let section = null;
    blocks();
    // Between two blocks there may be a gap: look further down.
    for (let y = bar.offsetHeight + 30; y < innerHeight / 2; y += 30) {
      const at = document.elementsFromPoint(main.left + main.width / 2, y).find(element => element.closest("main"));
      const block = at?.closest(`.chapter :is(${BLOCKS})`);
      if (numbers.has(block)) return block;
      section ||= at?.closest(".chapter,.part,.cover-frame");
    }
    return section;
  };
  const locate = () => {
    root.style.setProperty("--read", Math.min(1, scrollY / Math.max(1, root.scrollHeight - innerHeight)));
    const block = here(), section = block?.closest(".chapter,.part,.cover-frame");
    if (!section) return;
    let link = links.get(section.id);
    const item = link?.closest("li");
    for (const inner of item?.querySelectorAll(".entry-headings [data-goal]") || []) {
      if (find(inner.dataset.goal)?.getBoundingClientRect().top < bar.offsetHeight + 90) link = inner;
    }
    if (link && link !== current) {
      current?.removeAttribute("aria-current");
      drawer.querySelector(".here")?.classList.remove("here");
      (current = link).setAttribute("aria-current", "location");
      item.classList.add("here");
      const name = section.id === "cover" ? "" : (links.get(section.id).querySelector(".entry-title") || links.get(section.id)).textContent;
      place.textContent = name === bar.querySelector("a").textContent ? "" : name;
      const box = drawer.getBoundingClientRect(), row = link.getBoundingClientRect();
      if (row.top < box.top + 40 || row.bottom > box.bottom - 40) drawer.scrollTop += row.top - box.top - box.height / 3;
    }
    if (scrollY > 0) memory.set(key, numbers.has(block) ? { b: numbers.get(block) } : { id: section.id });
  };
  let waiting = false;
  addEventListener("scroll", () => {
    if (waiting) return;
    waiting = true;
    setTimeout(() => { waiting = false; locate(); }, 150);
  }, { passive: true });
  addEventListener("resize", () => locate());
  const arrive = () => {
    const goal = /^#b(\d+)$/.exec(location.hash), kept = memory.get(key);
    if (goal) show(Number(goal[1]));
    else if (!location.hash && kept) (blocks().get(kept.b) || find(kept.id))?.scrollIntoView();
    locate();
  };
  requestAnimationFrame(() => setTimeout(arrive));
})();
