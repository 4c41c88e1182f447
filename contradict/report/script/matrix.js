// Who stands against whom: a table of the conflicts between speakers, or between outlets.
const MATRIX_SIZE = 18;

function setUpMatrix() {
  const root = byId("matrix");
  let by = "holder";
  let size = MATRIX_SIZE;
  const radios = ["holder", "outlet"].map((value) => el("label", {}, el("input", { type: "radio", name: "by", value, checked: value === by, on: { change: () => { by = value; size = MATRIX_SIZE; refresh(); } } }), value === "holder" ? " by who speaks" : " by outlet"));
  const table = el("table", { class: "grid" });
  const more = el("button", { type: "button", class: "more", on: { click: () => { size += MATRIX_SIZE; refresh(); } } });
  const note = el("p", { class: "soft" });
  root.append(el("h2", {}, "Who stands against whom"),
    el("p", { class: "intro" }, "Each number counts the conflicts between two parties; a darker field has more. On the diagonal a source stands against its own earlier word. A number opens its disputes."),
    el("fieldset", { class: "row plain" }, el("legend", { class: "sr" }, "Parties"), radios), note,
    el("div", { class: "grid-box", tabindex: "0", role: "group", "aria-label": "Matrix, scrolls sideways" }, table), more);

  function refresh() {
    const cells = new Map();
    const involved = [];
    CONFLICTS.forEach((conflict, k) => {
      if (!visible[k]) return;
      const [a, b] = parties(k, by);
      involved.push(...new Set([a, b]));
      for (const key of new Set([JSON.stringify([a, b]), JSON.stringify([b, a])])) {
        const cell = cells.get(key) ?? { n: 0, best: conflict };
        cells.set(key, { n: cell.n + 1, best: (conflict.score ?? 0) > (cell.best.score ?? 0) ? conflict : cell.best });
      }
    });
    const ranked = counted(involved).map(([name]) => name);
    const names = ranked.slice(0, size);
    const most = Math.max(1, ...[...cells.values()].map((c) => c.n));
    const column = (name) => el("th", { scope: "col" }, el("div", { class: "up" }, said(name, 30)));
    const field = (a, b) => {
      const cell = cells.get(JSON.stringify([a, b]));
      if (!cell) return el("td", { class: a === b ? "own" : null });
      const show = () => {
        filters.pair = { a, b, by };
        selectTab("disputes");
        refreshAll();
        byId("main").focus();
      };
      return el("td", { class: a === b ? "own" : null },
        el("button", { type: "button", class: "cell", style: { "--heat-share": `${Math.round(10 + 50 * Math.sqrt(cell.n / most))}%` }, on: { click: show },
          title: `best score ${cell.best.shown}` }, el("span", { class: "sr" }, shorten(a, 60), " against ", shorten(b, 60), ": "), String(cell.n), hidden(` ${cell.n === 1 ? "conflict" : "conflicts"}, best score ${cell.best.shown}`)));
    };
    table.replaceChildren(el("caption", { class: "sr" }, "Conflicts between parties"),
      el("thead", {}, el("tr", {}, el("td", {}), names.map(column))),
      el("tbody", {}, names.map((a) => el("tr", {}, el("th", { scope: "row" }, said(a, 60)), names.map((b) => field(a, b))))));
    note.textContent = names.length < ranked.length ? `The ${names.length} with the most conflicts, of ${ranked.length}.` : names.length ? "" : "No conflict matches these filters.";
    more.hidden = names.length >= ranked.length;
    more.textContent = `Show ${Math.min(MATRIX_SIZE, ranked.length - names.length)} more`;
  }
  return refresh;
}
