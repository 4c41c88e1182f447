// The claims in conflict by the day they were published and by the time they speak of.
const DAY_MS = 86400000;

/** The days shown: all of `days`, unless a few lie so far off that the rest would be a blot; those go to the edges. */
function scope(days) {
  if (!days.length) return null;
  const sorted = [...days].sort((a, b) => a - b);
  const at = (share) => sorted[Math.round(share * (sorted.length - 1))];
  const [q1, q3] = [at(0.25), at(0.75)];
  const reach = Math.max(3 * (q3 - q1), 14 * DAY_MS);
  const low = sorted.find((ms) => ms >= q1 - reach);
  const high = sorted.findLast((ms) => ms <= q3 + reach);
  const air = Math.max(DAY_MS, (high - low) * 0.04);
  return { low: low - air, high: high + air };
}

function setUpTimeline() {
  const root = byId("timeline");
  let by = "published";
  const radios = [["published", " by publication"], ["spoken", " by the time spoken of"]].map(([value, label]) =>
    el("label", {}, el("input", { type: "radio", name: "by-time", value, checked: value === by, on: { change: () => { by = value; refresh(); } } }), label));
  const note = el("p", { class: "soft" });
  const axis = el("div", { class: "axis", "aria-hidden": "true" });
  const rows = el("div", { class: "rows", role: "list" });
  root.append(el("h2", {}, "Claims in time"),
    el("p", { class: "intro" }, el("span", { class: "key-dot", "aria-hidden": "true" }), " the day a claim was published  ", el("span", { class: "key-bar", "aria-hidden": "true" }), " the time that it speaks of. An arrow at the edge: it lies further out."),
    el("fieldset", { class: "row plain" }, el("legend", { class: "sr" }, "Order"), radios), note, axis, rows);
  let range = null;
  const share = (ms) => (100 * (ms - range.low)) / (range.high - range.low);

  function bar(claim) {
    if (!claim.time || (!claim.time.start && !claim.time.end)) return null;
    const from = claim.time.start ? stamp(claim.time.start) : -Infinity;
    const to = claim.time.end ? stamp(claim.time.end) + DAY_MS : Infinity;
    const [a, b] = [Math.min(Math.max(share(from), 0), 100), Math.min(Math.max(share(to), 0), 100)];
    const left = Math.min(a, 98.5);
    const ends = `${from < range.low ? " before" : ""}${to > range.high + DAY_MS ? " after" : ""}${from > range.high ? " after" : ""}${to < range.low ? " before" : ""}`;
    return el("span", { class: `bar${ends}`, style: { left: `${left}%`, width: `${Math.max(b - left, 1.5)}%` } });
  }

  function dot(published) {
    if (!published) return null;
    const x = share(stamp(published) + DAY_MS / 2);
    return el("span", { class: `dot${x < 0 ? " before" : x > 100 ? " after" : ""}`, style: { left: `${Math.min(Math.max(x, 0.7), 99.3)}%` } });
  }

  function row(n) {
    const claim = CLAIMS[n];
    const { published, label } = DOCUMENTS[claim.document];
    const when = by === "published" ? day(published) : interval(claim.time);
    return el("div", { class: "moment", role: "listitem" },
      el("p", { class: "when" }, when),
      el("div", {},
        el("button", { type: "button", class: "link", on: { click: () => goToClaim(n) } }, el("strong", {}, said(claim.speaker, 50)), claim.polarity === "denied" ? " denies: " : ": ", quote(claim, 120)),
        el("p", { class: "source-line" }, said(label, 60), by === "published" ? (claim.time ? `, speaks of ${interval(claim.time)}` : "") : `, published ${day(published)}`)),
      el("div", { class: "track", "aria-hidden": "true" }, bar(claim), dot(published)));
  }

  const chunks = chunked(rows, 60, "claim", row);

  function ticks() {
    const count = 4;
    axis.replaceChildren(...Array.from({ length: count }, (_, k) => {
      const ms = range.low + ((range.high - range.low) * (k + 0.5)) / count;
      return el("span", { style: { left: `${((k + 0.5) * 100) / count}%` } }, DAY.format(ms));
    }));
  }

  function refresh() {
    const all = [...new Set(CONFLICTS.flatMap((c, k) => (visible[k] ? [c.left, c.right] : [])))];
    const published = (n) => DOCUMENTS[CLAIMS[n].document].published;
    const spoken = (n) => CLAIMS[n].time && (CLAIMS[n].time.start ?? CLAIMS[n].time.end);
    const key = by === "published" ? published : spoken;
    const placed = all.filter(key).sort((a, b) => key(a).localeCompare(key(b)) || (published(a) ?? "").localeCompare(published(b) ?? "") || a - b);
    range = scope(by === "published" ? placed.map((n) => stamp(published(n)))
      : placed.flatMap((n) => [CLAIMS[n].time.start, CLAIMS[n].time.end].filter(Boolean).map(stamp)));
    const left = all.length - placed.length;
    const missing = by === "published" ? "stands in an article without a date" : "names no time";
    const missed = by === "published" ? "stand in articles without a date" : "name no time";
    note.textContent = `${plural(placed.length, "claim")}${left ? `; ${left.toLocaleString("en")} more ${left === 1 ? missing : missed}` : ""}.`;
    if (range) ticks();
    else axis.replaceChildren();
    chunks.show(placed);
  }
  addEventListener("beforeprint", () => { if (!root.hidden) chunks.everything(); });
  return refresh;
}
