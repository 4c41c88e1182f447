// A claim in its article: the text with the claim and what carries it marked, scrolled to the place.
const MARKS = { denial: "denial", time: "time", number: "number", source: "who says it" };
const AROUND = 700; // characters of context that paper gets

/** The paragraph of a claim, or as much around it as paper gets. */
function surroundings(text, { start, end }) {
  const from = Math.max(text.lastIndexOf("\n", Math.max(0, start - 1)) + 1, start - AROUND);
  const stop = text.indexOf("\n", end);
  return { start: from, end: Math.min(stop < 0 ? text.length : stop, end + AROUND), kind: "near" };
}

/** Parts of a text between the ends of ranges, each with the kinds of the ranges over it. */
function segments(text, ranges) {
  const inside = ranges.filter((r) => r.end > r.start && r.start < text.length);
  const cuts = [...new Set([0, text.length, ...inside.flatMap((r) => [r.start, Math.min(r.end, text.length)])])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, k) => ({
    text: text.slice(cuts[k], end),
    kinds: new Set(inside.filter((r) => r.start <= cuts[k] && r.end >= end).map((r) => r.kind)),
  }));
}

/** The article of claim `n`, with the dispute's `others` in it marked lightly. */
function articleText(n, others) {
  const claim = CLAIMS[n];
  const { text, label } = DOCUMENTS[claim.document];
  const ranges = [
    surroundings(text, claim),
    { start: claim.start, end: claim.end, kind: "claim" },
    ...claim.marks,
    ...others.filter((o) => o !== n && CLAIMS[o].document === claim.document).map((o) => ({ ...CLAIMS[o], kind: "other" })),
  ];
  let cut = false;
  const nodes = segments(text, ranges).flatMap((part) => {
    const kinds = [...part.kinds].filter((kind) => kind !== "near");
    const near = part.kinds.has("near");
    const made = el(kinds.length ? "mark" : "span", { class: [...kinds, near ? "" : "far"].join(" ").trim() || null }, inOrder(part.text));
    const gap = !near && !cut ? [el("span", { class: "gap", "aria-hidden": "true" }, " […] ")] : [];
    cut = !near;
    return [...gap, made];
  });
  const body = el("bdi", { class: "article-text", dir: "auto" }, nodes);
  return el("div", { class: "scroll", tabindex: "0", role: "group", "aria-label": `Article: ${shorten(label, 80)}` }, body);
}

/** Puts the claim in the middle of its article's window. */
function scrollToClaim(panel) {
  const box = panel.querySelector(".scroll");
  const mark = panel.querySelector("mark.claim");
  if (box && mark) box.scrollTop += mark.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 3;
}

/** What was understood of a claim, in words. */
function understood(claim) {
  const facts = [];
  if (claim.polarity === "denied") facts.push(el("span", { class: "fact denial" }, "denies it"));
  if (claim.polarity === "uncommitted") facts.push(el("span", { class: "fact" }, "commits to neither"));
  if (claim.mood !== "fact") facts.push(el("span", { class: "fact" }, claim.mood));
  if (claim.certainty === "hedged") facts.push(el("span", { class: "fact" }, "hedged"));
  if (claim.chain.length) facts.push(el("span", { class: "fact" }, "told by ", list(claim.chain.map((name) => said(name, 60)))));
  if (claim.time) facts.push(el("span", { class: "fact time" }, "speaks of ", interval(claim.time), ": ", said(claim.time.text, 60)));
  for (const n of claim.numbers) {
    const bound = n.bound === "exact" ? "" : `${n.bound} `;
    facts.push(el("span", { class: "fact number" }, `number: ${bound}`, said([n.text, n.unit, n.noun].filter((w, k, all) => w && !all[0].includes(k ? w : "\0")).join(" "), 60)));
  }
  return facts.length ? el("p", { class: "facts" }, facts) : null;
}

/** Outlet, date, and the way to the page it came from. */
function sourceLine(claim) {
  const from = DOCUMENTS[claim.document];
  const href = placeOf(claim);
  const link = href && el("a", { href, target: "_blank", rel: "noopener noreferrer", "data-printed": `: ${shorten(from.url, 120)}` }, "read at the outlet", hidden(" (opens a new tab)"));
  const raw = !href && from.url ? el("span", { class: "raw-url" }, said(from.url, 80)) : null;
  return el("p", { class: "source-line" }, said(from.label, 80), `, ${day(from.published)}`, link || raw ? " · " : null, link || raw);
}

function panel(n, letter, others) {
  const claim = CLAIMS[n];
  const { title, outlet } = DOCUMENTS[claim.document];
  return el("div", { class: `panel side-${letter}` },
    el("h5", { class: "speaker" }, letterOf(letter), said(claim.speaker, 80)),
    sourceLine(claim),
    title && outlet ? el("p", { class: "title" }, said(title, 200)) : null,
    articleText(n, others), understood(claim));
}

const letterOf = (letter) => el("span", { class: `letter side-${letter}`, "aria-label": `side ${letter.toUpperCase()}` }, letter.toUpperCase());

const legend = () => el("p", { class: "legend" }, "Marked: ", el("mark", { class: "claim" }, "the claim"), " ",
  Object.entries(MARKS).flatMap(([kind, label]) => [el("mark", { class: kind }, label), " "]),
  el("mark", { class: "other" }, "another claim in this dispute"));
