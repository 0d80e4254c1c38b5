// Search in the sections of the documentation: by word, by the start of a word, and with a typing error.
// A section is { title, page, text, at, words }; `words` are other names of what it is about.
const FILLERS = new Set("a an and are can do does for how i in is it my of on or the to use what where with".split(" "));
const FIELDS = { title: 10, words: 8, page: 3, text: 1 };
const EXACT = 1, FORM = 0.85, START = 0.6, ERROR = 0.4;

export function prepare(sections) {
  const entries = sections.map((section) => ({
    section,
    words: Object.fromEntries(Object.keys(FIELDS).map((field) => [field, count(section[field] ?? "")])),
  }));
  const seen = new Map();  // each word with the number of sections that it is in
  for (const { words } of entries) {
    for (const word of new Set(Object.values(words).flatMap((field) => [...field.keys()]))) seen.set(word, (seen.get(word) ?? 0) + 1);
  }
  return { entries, seen };
}

// The best sections first, each as { section, terms }: the words that were found in it.
export function search({ entries, seen }, query, limit = 8) {
  const all = [...count(query).keys()];
  const asked = all.filter((word) => !FILLERS.has(word));
  const terms = (asked.length ? asked : all).map((word) => meant(word, seen));
  const results = entries.map((entry) => weigh(entry, terms, query, entries.length, seen));
  const whole = results.filter((result) => result.found === terms.length && result.found);
  return (whole.length ? whole : results.filter((result) => result.found))
    .sort((one, other) => other.found - one.found || other.points - one.points)
    .slice(0, limit);
}

export function split(text) {
  return text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").match(/[\p{L}\p{N}]+/gu) ?? [];
}

function count(text) {
  const words = new Map();
  for (const word of split(text)) words.set(word, (words.get(word) ?? 0) + 1);
  return words;
}

// The words of the documentation that someone means who types `word`, each with its likeness from 0 to 1.
function meant(word, seen) {
  const found = new Map();
  for (const other of seen.keys()) {
    if (other === word) found.set(other, EXACT);
    else if (stem(other) === stem(word)) found.set(other, FORM);
    else if (word.length > 1 && other.startsWith(word)) found.set(other, START);
  }
  if (found.size || word.length < 4) return found;
  const allowed = word.length < 8 ? 1 : 2;
  const near = [...seen.keys()].filter((other) => distance(word, other, allowed) <= allowed);
  const stems = new Set(near.map(stem));
  for (const other of seen.keys()) if (stems.has(stem(other))) found.set(other, ERROR);
  if (found.size) return found;
  for (const other of seen.keys()) if (distance(word, other.slice(0, word.length), 1) <= 1) found.set(other, ERROR / 2);
  return found;
}

function stem(word) {
  return word.length > 4 ? word.replace(/(ings?|ed|es|s|e)$/, "") : word.replace(/s$/, "");
}

function weigh({ section, words }, terms, query, total, seen) {
  const found = new Set();
  let points = 0, matched = 0;
  for (const term of terms) {
    const best = {};
    for (const [word, likeness] of term) {
      const rare = likeness * Math.log(1 + total / seen.get(word));
      for (const [field, weight] of Object.entries(FIELDS)) {
        const times = words[field].get(word);
        if (!times) continue;
        const share = field === "text" ? 1 + Math.log(times) : 1 + 2 / words[field].size;
        best[field] = Math.max(best[field] ?? 0, rare * weight * share);
        found.add(word);
      }
    }
    const sum = Object.values(best).reduce((all, one) => all + one, 0);
    points += sum;
    matched += sum > 0;
  }
  const phrase = split(query).join(" ");
  if (split(section.title).join(" ") === phrase) points *= 2;
  else if (` ${split(section.words ?? "").join(" ")} `.includes(` ${phrase} `)) points *= 1.5;
  if (section.title === section.page) points *= 1.1;
  return { section, terms: found, points, found: matched };
}

// How many letters are missing, added, exchanged or swapped; `enough` is the most that matters.
function distance(one, other, enough) {
  if (Math.abs(one.length - other.length) > enough) return Infinity;
  let before = [], last = [...Array(other.length + 1).keys()];
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const same = one[i - 1] === other[j - 1];
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0 : 1));
      if (i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    [before, last] = [last, row];
  }
  return last[other.length];
}

// A part of the text in whole words, around the first of the terms: [text, marked] pairs.
export function excerpt(text, terms, length = 120) {
  const pieces = text.trim().split(/(\s+)/);
  const first = Math.max(0, pieces.findIndex((piece) => split(piece).some((word) => terms.has(word))));
  let start = first;
  for (let room = length / 3; start > 0 && room > pieces[start - 1].length; start--) room -= pieces[start - 1].length;
  const shown = [];
  for (let room = length, at = start; at < pieces.length && room > 0; at++) {
    room -= pieces[at].length;
    shown.push(pieces[at]);
  }
  const cut = start > 0 ? [["… ", false]] : [];
  return [...cut, ...shown.flatMap((piece) => marked(piece, terms))];
}

// The text as [text, marked] pairs.
export function marked(text, terms) {
  return text.split(/([\p{L}\p{N}]+)/u).filter(Boolean).map((piece) => [piece, terms.has(split(piece)[0])]);
}
