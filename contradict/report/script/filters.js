// Which conflicts are shown: one predicate for all views.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const own = (k) => [CLAIMS[CONFLICTS[k].left], CLAIMS[CONFLICTS[k].right]];
const disputeOf = CONFLICTS.map(() => -1);
DISPUTES.forEach((dispute, d) => dispute.conflicts.forEach((k) => { disputeOf[k] = d; }));

const searched = CONFLICTS.map((_, k) =>
  fold([DISPUTES[disputeOf[k]]?.question ?? "", ...own(k).flatMap((c) => {
    const from = DOCUMENTS[c.document];
    return [c.text, c.speaker, from.label, from.title ?? ""].map((t) => t.slice(0, 5000));
  })].join("\n")));

const filters = { words: [], score: 0, kinds: new Set(), strengths: new Set(), holder: "", outlet: "", from: "", to: "", reviewed: "", pair: null };
let visible = CONFLICTS.map(() => true);

/** The two parties of a conflict, as the matrix has them: speakers or outlets. */
const parties = (k, by) => own(k).map((c) => (by === "outlet" ? DOCUMENTS[c.document].label : c.speaker));

const REVIEWED = {
  "": () => true,
  none: (k) => !says(reviews.get(k)),
  kept: (k) => judgementOf(k) !== "dismissed",
  noted: (k) => Boolean(noteOf(k)),
};

function matches(k) {
  const conflict = CONFLICTS[k];
  const { kinds, strengths, holder, outlet, from, to, pair } = filters;
  if ((conflict.score ?? 0) < filters.score) return false;
  if (kinds.size && !kinds.has(conflict.kind)) return false;
  if (strengths.size && !strengths.has(conflict.strength)) return false;
  const claims = own(k);
  if (holder && !claims.some((c) => c.speaker === holder)) return false;
  if (outlet && !claims.some((c) => DOCUMENTS[c.document].label === outlet)) return false;
  if ((from || to) && !claims.some((c) => within(DOCUMENTS[c.document].published, from, to))) return false;
  if (!(REVIEWED[filters.reviewed] ?? (() => judgementOf(k) === filters.reviewed))(k)) return false;
  if (pair) {
    const [a, b] = parties(k, pair.by);
    if (!((a === pair.a && b === pair.b) || (a === pair.b && b === pair.a))) return false;
  }
  return filters.words.every((word) => searched[k].includes(word));
}

const within = (date, from, to) => Boolean(date) && (!from || date >= from) && (!to || date <= to);

const SORTS = {
  score: (a, b) => b.score - a.score,
  latest: (a, b) => (b.latest ?? "").localeCompare(a.latest ?? ""),
  first: (a, b) => (a.first ?? "9999").localeCompare(b.first ?? "9999"),
  outlets: (a, b) => outlets(b).size - outlets(a).size,
  conflicts: (a, b) => b.conflicts.length - a.conflicts.length,
  open: (a, b) => reviewedShare(a) - reviewedShare(b),
};
const outlets = (dispute) => new Set(dispute.sides.flatMap((s) => s.outlets));
const reviewedShare = (dispute) => dispute.conflicts.filter((k) => says(reviews.get(k))).length / Math.max(1, dispute.conflicts.length);

/** The disputes with a conflict that is shown, in the order asked for; equal ones by their score. */
function shownDisputes() {
  const places = DISPUTES.map((_, d) => d).filter((d) => DISPUTES[d].conflicts.some((k) => visible[k]));
  const compare = SORTS[byId("sort").value] ?? SORTS.score;
  return places.sort((a, b) => compare(DISPUTES[a], DISPUTES[b]) || DISPUTES[b].score - DISPUTES[a].score || a - b);
}

function counted(values) {
  const counts = new Map();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
}

function setUpFilters(changed) {
  const form = byId("filter-form");
  const score = byId("score");
  const lowest = Math.floor(Math.min(DATA.threshold ?? 0, ...CONFLICTS.map((c) => c.score ?? 0)) * 100) / 100;
  Object.assign(score, { min: Math.max(0, lowest), max: 1, value: Math.max(0, lowest) });
  score.defaultValue = score.value;
  for (const [id, name, meanings] of [["kinds", "kind", KINDS], ["strengths", "strength", STRENGTHS]]) {
    byId(id).append(...counted(CONFLICTS.map((c) => c[name])).map(([value, n]) =>
      el("label", { class: "check" }, el("input", { type: "checkbox", name, value }),
        el("span", {}, value, el("small", {}, meanings[value] ?? "")), el("span", { class: "n" }, n.toLocaleString("en")))));
  }
  const choices = {
    holder: counted(CONFLICTS.flatMap((_, k) => [...new Set(parties(k, "holder"))])),
    outlet: counted(CONFLICTS.flatMap((_, k) => [...new Set(parties(k, "outlet"))])),
  };
  for (const [id, counts] of Object.entries(choices)) {
    byId(id).append(el("option", { value: "" }, id === "holder" ? "anyone" : "any"), ...counts.map(([value, n], place) => el("option", { value: place }, `${shorten(value, 60)} (${n})`)));
  }
  const chosen = (id) => (byId(id).value === "" ? "" : choices[id][Number(byId(id).value)][0]);
  const ticked = (name) => new Set([...form.querySelectorAll(`input[name=${name}]:checked`)].map((box) => box.value));
  function read() {
    Object.assign(filters, {
      words: fold(byId("q").value).split(/\s+/).filter(Boolean),
      score: Number(score.value) <= Number(score.min) ? -1 : Number(score.value),
      kinds: ticked("kind"), strengths: ticked("strength"),
      holder: chosen("holder"), outlet: chosen("outlet"),
      from: byId("from").value, to: byId("to").value, reviewed: byId("reviewed").value,
    });
    byId("score-shown").textContent = Number(score.value).toFixed(2);
    changed();
  }
  form.addEventListener("input", read);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    filters.pair = null;
    setTimeout(read);
  });
  // Wide screens have room for the filters; a phone shows the disputes first.
  const wide = matchMedia("(min-width: 62rem)");
  const arrange = () => { byId("filters").open = wide.matches; };
  wide.addEventListener("change", arrange);
  arrange();
  byId("score-shown").textContent = Number(score.value).toFixed(2);
  return read;
}

/** Applies the filters and says how much they leave. */
function sift() {
  visible = CONFLICTS.map((_, k) => matches(k));
  const left = visible.filter(Boolean).length;
  const groups = DISPUTES.filter((d) => d.conflicts.some((k) => visible[k])).length;
  const all = left === CONFLICTS.length;
  byId("count").textContent = all
    ? `${plural(groups, "dispute")}, ${plural(left, "conflict")}`
    : `${groups} of ${plural(DISPUTES.length, "dispute")}, ${left} of ${plural(CONFLICTS.length, "conflict")} match`;
  const chip = byId("pair-filter");
  chip.hidden = !filters.pair;
  chip.replaceChildren(...(filters.pair
    ? [el("button", { type: "button", class: "chip", on: { click: () => { filters.pair = null; refreshAll(); } } },
      "Only ", said(filters.pair.a, 60), " against ", said(filters.pair.b, 60), " ", el("span", { "aria-hidden": "true" }, "✕"), hidden(" (remove this filter)"))]
    : []));
}
