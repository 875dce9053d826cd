/* The search: folding, and the index of words. It touches nothing of the page, so that a
   test can run it anywhere; reader.js shows what it finds. */
"use strict";
globalThis.warraqSearch = (() => {
  /* ---- Folding: the mirror of warraq/arabic/folding.py, compared with it by a test ---- */
  const LETTERS = {
    "\u0624": "ء", "\u0626": "ء", "\u0622": "ا", "\u0623": "ا", "\u0625": "ا", "\u0671": "ا", "\u0672": "ا", "\u0673": "ا",
    "ى": "ي", "ی": "ي", "ې": "ي", "ے": "ي", "ة": "ه", "ۃ": "ه", "ہ": "ه", "ھ": "ه", "ە": "ه", "\u06c0": "ه", "ک": "ك", "ڪ": "ك",
  };
  const LETTER = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
  const MARKS = "\\u0300-\\u036f\\u0610-\\u061a\\u064b-\\u065f\\u0670\\u06d6-\\u06dc\\u06df-\\u06e8\\u06ea-\\u06ed\\u08d3-\\u08e1\\u08e3-\\u08ff";
  const WORD = new RegExp(`[\\p{L}\\p{N}][\\p{L}\\p{N}${MARKS}\\u200c\\u200d]*`, "gu");
  const unified = text => text.replace(LETTER, letter => LETTERS[letter]);
  const value = digit => {
    // Digits stand in rows of ten, from zero up (Unicode, Nd).
    let n = 0;
    while (/\p{Nd}/u.test(String.fromCodePoint(digit.codePointAt(0) - n - 1))) n++;
    return n % 10;
  };
  const fold = word => unified(unified(word.normalize("NFC")).normalize("NFKD")).toLowerCase()
    .replace(/[\p{M}\p{Cf}\u0640\u06e5\u06e6]/gu, "").replace(/\p{Nd}/gu, value);
  const kept = new Map();
  const forms = word => {
    if (kept.has(word)) return kept.get(word);
    const found = fold(word).split(/\s+/);
    if (word.includes("\u0670")) found.push(...fold(word.replaceAll("\u0640", "").replaceAll("\u0670", "ا")).split(/\s+/));
    const all = [...new Set(found)].filter(Boolean);
    kept.set(word, all);
    return all;
  };

  /* ---- The index (warraq/editions/web/search.py packs it) ---- */
  const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  let index = null;
  const open = packed => {
    let before = "";
    const words = packed.words.split(" ").map(entry => (before = before.slice(0, parseInt(entry[0], 36)) + entry.slice(1)));
    index = { words, known: new Map(words.map((word, n) => [word, n])), all: words.join("\n"), places: packed.places.split(" ") };
  };
  const places = n => {
    const found = [];
    let last = 0, value = 0;
    for (const letter of index.places[n]) {
      const digit = DIGITS.indexOf(letter);
      value = value * 32 + (digit & 31);
      if (digit > 31) { found.push(last += value); value = 0; }
    }
    return found;
  };

  /* Cores of a typed word: as it is, and without its article. An alef with hamza is no
     article, nor is that of these words; after و ف ب ك it needs four letters to be one. */
  const WHOLE = new Set(["الله", "اللهم", "الذي", "التي", "الذين", "الان", "الا", "الي"]);
  const core = word => {
    const bare = word.normalize("NFC").replace(/[\p{M}\p{Cf}\u0640]/gu, ""), folded = fold(word);
    if (WHOLE.has(folded)) return folded;
    const article = /^([وف]?[بك]?[اٱ]ل)(.+)$/u.exec(bare), fused = /^([وف]?لل)(.+)$/u.exec(bare);
    if (article && article[2].length >= (article[1].length > 2 ? 4 : 2)) return fold(article[2]);
    if (fused) return fold(fused[2].length > 2 ? fused[2] : "ل" + fused[2]);
    return folded;
  };
  const LENIENT = { "و": "[وء]", "ي": "[يء]", "ء": "[ءويا]" };
  const pattern = (word, feminine) => [...word].map((letter, at) => {
    if (feminine && at === word.length - 1) return "[هت]";
    return (at && LENIENT[letter]) || letter.replace(/[^\p{L}\p{N}]/gu, "\\$&");
  }).join("");

  /* The forms in the vocabulary that a typed word means. A single letter before the core
     is a prefix unless the article goes before it too: in الكتاب the ك is of the word. */
  const meant = (word, feminine, whole) => {
    const rest = !whole && word.length > 2 && !/^\d+$/.test(word) ? ".*" : "";
    const all = new RegExp(`^((?:[وف]?(?:[بك]?ال|لل|[بكل])?)?)${pattern(word, feminine)}${rest}$`, "gmu");
    const found = [];
    for (const [form, prefix] of index.all.matchAll(all)) {
      const letters = prefix && !/[ال]ل$/.test(prefix);
      const rooted = letters && (index.known.has("ال" + form) || (prefix.length > 1 && index.known.has("ال" + form.slice(1))));
      if (!rooted) found.push(form);
    }
    return found;
  };
  const words = text => text.match(WORD) || [];
  const typed = (text, whole) => words(text).map(word => {
    const wanted = core(word), feminine = /[ةۃ]\p{M}*$/u.test(word) && wanted.length > 3;
    const found = meant(wanted, feminine, whole);
    return found.length || wanted.length < 4 || !/^[وفبكل]/.test(wanted) ? found : meant(wanted.slice(1), feminine, whole);
  });

  /* What is typed: words anywhere, and phrases between marks of quotation, whose words are
     whole and follow each other. An open mark quotes what comes after it. */
  const QUOTED = /["“”„«]([^"“”„«»]+)["“”»]?/gu;
  const parsed = text => {
    const phrases = [...text.matchAll(QUOTED)].map(([, words]) => typed(words, true)).filter(phrase => phrase.length);
    return { phrases: phrases.map(phrase => phrase.map(found => new Set(found))), loose: typed(text.replace(QUOTED, " "), false) };
  };
  /* Where in a list of words a phrase begins. */
  const begins = (spoken, phrase) => spoken.flatMap((_, at) =>
    phrase.every((found, nth) => at + nth < spoken.length && forms(spoken[at + nth]).some(form => found.has(form))) ? [at] : []);

  /* Blocks that hold all the words and phrases, in the order of the book; `textOf` gives the
     text of a block. */
  const search = (text, textOf) => {
    const { phrases, loose } = parsed(text), seen = new Map();
    const wanted = [...loose, ...phrases.flat()];
    wanted.forEach((found, nth) => {
      for (const form of found) for (const block of places(index.known.get(form))) if ((seen.get(block) || 0) === nth) seen.set(block, nth + 1);
    });
    let blocks = [...seen].filter(([, n]) => n === wanted.length).map(([block]) => block).sort((a, b) => a - b);
    const long = phrases.filter(phrase => phrase.length > 1);
    if (long.length) blocks = blocks.filter(block => { const spoken = words(textOf(block)); return long.every(phrase => begins(spoken, phrase).length); });
    return { blocks, found: { loose: new Set(loose.flat()), phrases } };
  };

  /* The words of a text that were found, with their places. */
  const marked = (text, { loose, phrases }) => {
    const hits = [...text.matchAll(WORD)], spoken = hits.map(([word]) => word), quoted = new Set();
    for (const phrase of phrases) for (const at of begins(spoken, phrase)) phrase.forEach((_, nth) => quoted.add(at + nth));
    return hits.filter(([word], at) => quoted.has(at) || forms(word).some(form => loose.has(form)));
  };
  const asks = text => text.search(WORD) >= 0;

  return { fold, forms, words, open, search, marked, asks };
})();
