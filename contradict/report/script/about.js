// Where the numbers come from, and what the words mean.
function standfirst() {
  const used = DOCUMENTS.filter((d) => d.text !== null);
  const names = new Set(DOCUMENTS.map((d) => d.outlet).filter(Boolean));
  const dates = DOCUMENTS.map((d) => d.published).filter(Boolean).sort();
  const parts = [`${plural(DISPUTES.length, "dispute")} from ${plural(CONFLICTS.length, "conflict")} between statements in ${used.length === DOCUMENTS.length ? "" : `${used.length} of `}${plural(DOCUMENTS.length, "article")}`];
  if (names.size) parts.push(` from ${plural(names.size, "outlet")}`);
  if (dates.length) parts.push(`, published ${span(dates[0], dates.at(-1))}`);
  return `${parts.join("")}.`;
}

function setUpAbout() {
  byId("standfirst").textContent = standfirst();
  const pairs = (data) => el("dl", { class: "facts-list" }, Object.entries(data).map(([name, value]) => el("div", {}, el("dt", {}, said(name, 80)), el("dd", {}, typeof value === "number" ? value.toLocaleString("en") : said(String(value), 120)))));
  const involved = new Map();
  CONFLICTS.forEach((_, k) => new Set(own(k).map((c) => c.document)).forEach((d) => involved.set(d, (involved.get(d) ?? 0) + 1)));
  const rows = el("tbody");
  const order = DOCUMENTS.map((_, d) => d).sort((a, b) => (involved.get(b) ?? 0) - (involved.get(a) ?? 0) || a - b);
  rows.append(...order.map((d) => {
    const from = DOCUMENTS[d];
    const url = address(from.url ?? "");
    const name = said(from.title ?? from.label, 120);
    return el("tr", {}, el("td", {}, url ? el("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, name) : name), el("td", {}, from.outlet ? said(from.outlet, 60) : "–"), el("td", {}, day(from.published)), el("td", { class: "n" }, (involved.get(d) ?? 0).toLocaleString("en")));
  }));
  byId("about").append(...[
    el("h2", {}, "How it was made"),
    el("p", {}, "A program cut the articles into single statements, noted who stands behind each, compared statements that are near in subject, and ranked the pairs by how likely a fact-checker would call them a conflict. That likelihood is the score, from 0 to 1. It was learned from invented stories; on other articles it may be off, so take it as an order of reading, not as a measure of truth."),
    el("p", {}, "A lead is no finding. Two statements may seem to conflict because they speak of different times, places or counts, or because the program misread who said what; and real conflicts are missed. Nothing here says which side is right."),
    el("h3", {}, "What was searched"), el("p", {}, said(DATA.summary, 400)),
    Object.keys(DATA.dropped).length ? [el("h3", {}, "What was left out"), pairs(DATA.dropped)] : null,
    Object.keys(DATA.models).length ? [el("h3", {}, "With which models"), pairs(DATA.models)] : null,
    el("h3", {}, "Kinds of conflict"), el("dl", { class: "facts-list" }, Object.entries(KINDS).map(([k, text]) => el("div", {}, el("dt", {}, k), el("dd", {}, text)))),
    el("h3", {}, "Strength"), el("dl", { class: "facts-list" }, Object.entries(STRENGTHS).map(([k, text]) => el("div", {}, el("dt", {}, k), el("dd", {}, text)))),
    el("h3", {}, "Your reviews"),
    el("p", {}, "They stay in this browser, on this computer. “Export reviews” writes them to a file, which “Load reviews” reads in another copy of this report, and Conflicts.with_reviews(\"reviews.json\") in Python."),
    el("h3", {}, "The articles"),
    el("div", { class: "grid-box", tabindex: "0", role: "group", "aria-label": "The articles" }, el("table", { class: "sources" }, el("thead", {}, el("tr", {}, ["article", "outlet", "published", "conflicts"].map((h) => el("th", { scope: "col" }, h)))), rows)),
  ].flat().filter(Boolean));
}
