/* An e-book in two reading systems, foliate-js and epub.js, in Chromium with the network shut.

   node readers.mjs TOOLS CHROMIUM BOOK.epub CHAPTER [FOLDER FOR SCREENSHOTS]

   TOOLS is the folder that holds node_modules, CHAPTER the file of a chapter with notes. Writes
   as JSON what each of them makes of the book: its direction, contents and pages, where in a
   spread the title stands (0 left, 1 right), where a turn of the page to the left leads, how the
   text of the chapter is set, and the note that a call opens. */
import fs from "fs";
import path from "path";
import { createRequire } from "module";

const [tools, executablePath, book, chapter, pictures] = process.argv.slice(2);
const { chromium } = createRequire(path.join(tools, "package.json"))("playwright-core");
const TYPES = { ".js": "text/javascript", ".epub": "application/epub+zip" };
const HOME = "http://localhost/";

/* In the page, for both: what a chapter's document says of itself, and of its paragraphs. */
const look = doc => {
  const body = doc.defaultView.getComputedStyle(doc.body);
  const text = doc.querySelector(".chapter-body p"), title = doc.querySelector("h1").getBoundingClientRect();
  return {
    dir: doc.documentElement.dir,
    flows: body.direction,
    family: body.fontFamily.split(",")[0].replaceAll('"', ""),
    loaded: [...doc.fonts].filter(font => font.status === "loaded").map(font => font.family.replaceAll('"', "")),
    opens: (doc.defaultView.frameElement.getBoundingClientRect().left + (title.left + title.right) / 2) / innerWidth,
    words: text.textContent.slice(0, 40),
  };
};

const foliate = async (look, file) => {
  const { makeBook } = await import("/foliate-js/view.js");
  const { FootnoteHandler } = await import("/foliate-js/footnotes.js");
  const view = document.body.appendChild(document.createElement("foliate-view"));
  view.style.cssText = "display: block; position: absolute; inset: 0";
  const opened = await makeBook(new File([await (await fetch("/book.epub")).blob()], "book.epub"));
  const docs = [];
  view.addEventListener("load", event => docs.push(event.detail.doc));
  const handler = new FootnoteHandler();
  view.addEventListener("link", event => handler.handle(opened, event));
  handler.addEventListener("before-render", event => document.body.append(event.detail.view));
  await view.open(opened);
  const chapter = opened.sections.findIndex(section => section.id.endsWith(file));
  await view.goTo(chapter);
  const doc = docs.at(-1);
  await doc.fonts.ready;
  const before = view.lastLocation.fraction;
  await view.goLeft();
  const left = view.lastLocation.fraction;
  await view.goRight();
  const back = view.lastLocation.fraction;
  const rendered = new Promise(done => handler.addEventListener("render", event => done([event.detail.type, event.detail.hidden])));
  doc.querySelector("[role=doc-noteref]").click();
  const note = await Promise.race([rendered, new Promise(done => setTimeout(done, 5000))]);
  return {
    direction: opened.dir, toc: opened.toc.length, landmarks: opened.landmarks.map(mark => mark.type.join(" ")),
    pages: (opened.pageList || []).map(page => page.label), left: left > before, back: back < left, note, title: opened.metadata.title,
    ...look(doc),
  };
};

const epubjs = async (look, file) => {
  const opened = ePub(await (await fetch("/book.epub")).arrayBuffer());
  const area = document.body.appendChild(document.createElement("div"));
  const rendition = opened.renderTo(area, { width: innerWidth, height: innerHeight, allowScriptedContent: true });
  await opened.ready;
  const chapter = opened.spine.spineItems.find(item => item.href.endsWith(file));
  await rendition.display(chapter.href);
  const doc = rendition.getContents()[0].document;
  await doc.fonts.ready;
  const seen = look(doc), turn = async () => { await new Promise(done => setTimeout(done, 300)); return rendition.currentLocation().start; };
  const start = await turn();
  // The view scrolls to the left as the reader goes on.
  const scroller = area.querySelector(".epub-container"), x = () => Math.round(doc.defaultView.frameElement.getBoundingClientRect().right);
  const at = x();
  await rendition.next();
  const next = await turn();
  const onward = next.index > start.index || next.displayed.page > start.displayed.page;
  const moved = x() > at; // the text goes to the right, and what lies at its left is seen
  await rendition.prev();
  return {
    direction: opened.packaging.metadata.direction, toc: opened.navigation.toc.length,
    landmarks: opened.navigation.landmarks.map(mark => mark.type), pages: opened.pageList.pageList.map(page => page.page),
    left: onward && moved, container: scroller.dir, title: opened.packaging.metadata.title, ...seen,
  };
};

const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
const outside = [], errors = [];
const open = async (name, head, run) => {
  const page = await browser.newPage({ viewport: { width: 900, height: 700 } });
  page.on("pageerror", error => errors.push(`${name}: ${error.message}`));
  await page.route("**/*", route => {
    const url = new URL(route.request().url());
    if (url.protocol === "blob:" || url.protocol === "data:") return route.continue();
    if (url.origin + "/" !== HOME) { outside.push(url.href); return route.abort(); }
    if (url.pathname === "/") return route.fulfill({ contentType: "text/html", body: `<!DOCTYPE html><meta charset="utf-8"><body style="margin: 0; background: white">${head}` });
    if (url.pathname === "/favicon.ico") return route.fulfill({ status: 204 });
    const file = url.pathname === "/book.epub" ? book : path.join(tools, "node_modules", url.pathname);
    return route.fulfill({ contentType: TYPES[path.extname(file)] || "application/octet-stream", body: fs.readFileSync(file) });
  });
  await page.goto(HOME);
  const seen = await page.evaluate(`(${run})(${look}, ${JSON.stringify(chapter)})`);
  if (pictures) { await page.waitForTimeout(400); await page.screenshot({ path: path.join(pictures, `${name}.png`) }); }
  await page.close();
  return seen;
};
const scripts = ["jszip/dist/jszip.min.js", "epubjs/dist/epub.min.js"].map(src => `<script src="/${src}"></script>`).join("");
console.log(JSON.stringify({ foliate: await open("foliate", "", foliate), epubjs: await open("epubjs", scripts, epubjs), outside, errors }));
await browser.close();
