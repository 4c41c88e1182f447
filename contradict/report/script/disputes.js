// The disputes: a card each, which opens to its sides and to its conflicts with their passages.
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const cards = new Map(); // place of the dispute → its card
let cardList = null;

/** How sure, as a number and a bar. */
const scoreOf = (item) => el("span", { class: "score", style: { "--share": `${Math.round((item.score ?? 0) * 100)}%` } }, hidden("score "), item.shown);

function badges(conflicts) {
  const kinds = counted(conflicts.map((k) => CONFLICTS[k].kind)).map(([kind]) => kind);
  const strengths = new Set(conflicts.map((k) => CONFLICTS[k].strength));
  return el("span", { class: "badges" },
    kinds.slice(0, 3).map((kind) => el("span", { class: "badge", title: KINDS[kind] ?? null }, kind)),
    kinds.length > 3 ? el("span", { class: "badge" }, `+${kinds.length - 3}`) : null,
    strengths.has("contradiction")
      ? el("span", { class: "badge strong", title: STRENGTHS.contradiction }, "contradiction")
      : el("span", { class: "badge", title: STRENGTHS.tension }, "tension"));
}

/** Which side of the dispute each claim stands on: its letter. */
function lettersIn(dispute) {
  const letters = new Map();
  dispute.sides.forEach((side, s) => [...side.claims, ...side.copies].forEach((n) => letters.set(n, LETTERS[s % 26])));
  return letters;
}

function reviewMark(judgement, noted) {
  if (!judgement && !noted) return null;
  const sign = { confirmed: "✓", dismissed: "✕", unsure: "?" }[judgement] ?? "✎";
  return el("span", { class: `reviewed ${judgement ?? ""}` }, el("span", { "aria-hidden": "true" }, `${sign} `), judgement ? DONE[judgement] : "note", judgement && noted ? ", with a note" : "");
}

/** One line for each side of a closed dispute. */
function sideLine(side, s) {
  const letter = LETTERS[s % 26];
  const first = CLAIMS[side.claims[0]];
  const more = side.holders.length - 3;
  return el("div", { class: `side-line side-${letter}` }, letterOf(letter),
    el("div", {},
      el("p", { class: "who" }, el("strong", {}, list(side.holders.slice(0, 3).map((h) => said(h, 60))), more > 0 ? ` and ${more} more` : ""),
        el("span", { class: "where" }, " in ", list(side.outlets.slice(0, 3).map((o) => said(o, 60))), side.outlets.length > 3 ? ` and ${side.outlets.length - 3} more` : "")),
      first ? el("p", { class: "words" }, quote(first, 180)) : null));
}

function makeCard(d) {
  const dispute = DISPUTES[d];
  const best = CONFLICTS[dispute.conflicts[0]];
  const body = el("div", { class: "body", id: `body-${d}`, hidden: true });
  const button = el("button", { type: "button", class: "question", "aria-expanded": "false", "aria-controls": `body-${d}`, on: { click: () => card.toggle() } },
    said(dispute.question, 200));
  const state = el("span", { class: "state" });
  const matching = el("span", { class: "matching" });
  const summary = el("div", { class: "summary" },
    el("div", { class: "sides-short" }, dispute.sides.slice(0, 4).map(sideLine)),
    dispute.sides.length > 4 ? el("p", { class: "soft" }, `and ${plural(dispute.sides.length - 4, "more side")}`) : null);
  const root = el("article", { class: "dispute", "aria-labelledby": `q-${d}`, "data-dispute": d },
    el("div", { class: "head" }, scoreOf(dispute), el("h3", { id: `q-${d}` }, button)),
    summary,
    best ? el("p", { class: "why" }, el("b", {}, "Why: "), said(best.why, 260)) : null,
    el("p", { class: "meta" }, badges(dispute.conflicts), el("span", {}, plural(dispute.conflicts.length, "conflict"), matching), el("span", {}, span(dispute.first, dispute.latest)), state),
    body);
  let pairs = null;
  const card = {
    root, button, d,
    get open() { return !body.hidden; },
    get pairs() { return pairs; },
    toggle(open = body.hidden, first = true) {
      body.hidden = !open;
      summary.hidden = open;
      button.setAttribute("aria-expanded", String(open));
      root.classList.toggle("open", open);
      if (open && !pairs) pairs = fillBody(body, d);
      if (open) pairs.show(first);
    },
    /** Anew after the filters changed. */
    refresh() {
      const n = dispute.conflicts.filter((k) => visible[k]).length;
      matching.textContent = n < dispute.conflicts.length ? `, ${n} matching` : "";
      if (card.open) pairs.show(false);
    },
    /** Anew after a review. */
    refreshState() {
      const given = dispute.conflicts.filter((k) => says(reviews.get(k)));
      const judged = counted(given.map(judgementOf).filter(Boolean));
      root.classList.toggle("dismissed", dispute.conflicts.every((k) => judgementOf(k) === "dismissed"));
      state.replaceChildren(...(dispute.conflicts.length === 1 && given.length
        ? [reviewMark(judgementOf(given[0]), Boolean(noteOf(given[0])))]
        : given.length ? [`${given.length} of ${dispute.conflicts.length} reviewed${judged.length ? `: ${judged.map(([j, n]) => `${n} ${DONE[j]}`).join(", ")}` : ""}`] : []));
    },
  };
  card.refresh();
  card.refreshState();
  return card;
}

/** A claim among its side's, with the way to its place. */
function sideClaim(n, d, copied) {
  const claim = CLAIMS[n];
  return el("li", { class: copied ? "copy" : null },
    el("p", { class: "who" }, el("strong", {}, said(claim.speaker, 80)), claim.polarity === "denied" ? el("span", { class: "denies" }, " denies") : null),
    el("p", { class: "words" }, quote(claim, 400)),
    sourceLine(claim),
    copied ? null : el("button", { type: "button", class: "quiet to-place", on: { click: () => goToClaim(n, d) } }, "Show in the article", hidden(`: ${shorten(claim.text, 60)}`)));
}

function fillBody(body, d) {
  const dispute = DISPUTES[d];
  const letters = lettersIn(dispute);
  const sides = dispute.sides.map((side, s) => {
    const letter = LETTERS[s % 26];
    const claims = el("ul", { class: "claims" });
    const shown = el("section", { class: `side-full side-${letter}` }, el("h4", {}, letterOf(letter),
      el("span", {}, list(side.holders.slice(0, 6).map((h) => said(h, 60))), side.holders.length > 6 ? ` and ${side.holders.length - 6} more` : "")), claims);
    const rest = (from) => {
      claims.append(...side.claims.slice(from, from + 6).map((n) => sideClaim(n, d, false)));
      const left = side.claims.length - from - 6;
      if (left > 0) {
        const more = el("button", { type: "button", class: "more", on: { click: () => { more.remove(); rest(from + 6); } } }, `Show ${plural(Math.min(6, left), "more claim")} of ${left}`);
        shown.append(more);
      }
    };
    rest(0);
    if (side.copies.length) {
      shown.append(el("details", { class: "copies" }, el("summary", {}, `The same words in ${plural(side.copies.length, "more place")}`),
        el("ul", { class: "claims" }, side.copies.map((n) => sideClaim(n, d, true)))));
    }
    return shown;
  });
  const title = el("h4", { class: "pairs-title" });
  const list_ = el("div", { class: "pairs" });
  // One claim against one claim: the passages say it all.
  const plain = dispute.sides.every((side) => side.claims.length === 1 && !side.copies.length);
  body.append(...(plain ? [] : [el("div", { class: "sides-full" }, sides)]), title, legend(), list_);
  const made = new Map();
  const pair = (k) => made.get(k) ?? made.set(k, makePair(k, letters)).get(k);
  const chunks = chunked(list_, 12, "conflict", (k) => pair(k).root);
  let shown = null;
  return {
    pair,
    reach: (k) => chunks.reach(k),
    show(first) {
      const fits = dispute.conflicts.filter((k) => visible[k]);
      title.textContent = fits.length === 1 ? "Side by side" : `Side by side: ${plural(fits.length, "conflict")}, the likeliest first`;
      if (shown === null || fits.length !== shown.length || fits.some((k, i) => k !== shown[i])) chunks.show(fits);
      shown = fits;
      if (first && fits.length && !fits.some((k) => made.get(k)?.open)) pair(fits[0]).toggle(true);
    },
    made,
  };
}

/** What speaks for and against, in words, with the measurements behind it. */
function evidence(conflict) {
  const words = conflict.evidence.filter((s) => s.text);
  const strength = (w) => (w >= 1 ? "speaks strongly for a conflict" : w >= 0.2 ? "speaks for a conflict" : w > -0.2 ? "weighs little" : "speaks against a conflict");
  const rows = conflict.evidence.map((s) => el("tr", {}, el("th", { scope: "row" }, said(s.name, 60)), el("td", {}, String(s.value)), el("td", {}, s.weight > 0 ? `+${s.weight}` : String(s.weight))));
  const read = (scores) => Object.entries(scores).map(([name, p]) => `${name} ${Math.round(p * 100)}%`).join(", ");
  return el("div", { class: "evidence" },
    el("h5", {}, "Why this is shown"),
    el("ul", {}, words.map((s) => el("li", { class: s.weight <= -0.2 ? "against" : s.weight >= 0.2 ? "for" : "little" }, said(s.text, 400), " ", el("span", { class: "weight" }, strength(s.weight))))),
    el("p", { class: "soft" }, `${conflict.strength}: ${STRENGTHS[conflict.strength] ?? ""}. ${conflict.kind}: ${KINDS[conflict.kind] ?? ""}.`),
    el("details", { class: "measured" }, el("summary", {}, "All that was measured"),
      el("table", {}, el("caption", {}, "Signals: the value measured, and what it adds to the decision (log-odds)"),
        el("thead", {}, el("tr", {}, ["signal", "value", "adds"].map((h) => el("th", { scope: "col" }, h)))), el("tbody", {}, rows)),
      el("p", {}, `Language model, first side read against the second: ${read(conflict.forward)}. The other way: ${read(conflict.backward)}. Likeness of the two: ${(conflict.similarity ?? 0).toFixed(2)}.`)));
}

function makePair(k, letters) {
  const conflict = CONFLICTS[k];
  const [left, right] = [conflict.left, conflict.right];
  const letter = (n) => letters.get(n) ?? "a";
  const body = el("div", { class: "pair-body", id: `pair-${k}`, hidden: true });
  const state = el("span", { class: "state" });
  const button = el("button", { type: "button", class: "pair-head", "aria-expanded": "false", "aria-controls": `pair-${k}`, on: { click: () => pair.toggle() } },
    scoreOf(conflict),
    el("span", { class: "pair-text" },
      el("span", { class: "who" }, letterOf(letter(left)), said(CLAIMS[left].speaker, 60), el("span", { class: "against" }, " against "), letterOf(letter(right)), said(CLAIMS[right].speaker, 60)),
      el("span", { class: "words" }, quote(CLAIMS[left], 90), " – ", quote(CLAIMS[right], 90))),
    el("span", { class: "badges" }, el("span", { class: "badge" }, conflict.kind), el("span", { class: `badge ${conflict.strength === "contradiction" ? "strong" : ""}` }, conflict.strength)), state);
  const root = el("section", { class: "pair", "data-conflict": k }, button, body);
  let panels = [];
  let controls = null;
  const pair = {
    root, button, k,
    get open() { return !body.hidden; },
    get controls() { return controls; },
    toggle(open = body.hidden) {
      body.hidden = !open;
      root.classList.toggle("open", open);
      button.setAttribute("aria-expanded", String(open));
      if (open && !controls) {
        const others = [...letters.keys()];
        panels = [panel(left, letter(left), others), panel(right, letter(right), others)];
        controls = reviewControls(k);
        body.append(el("div", { class: "panels" }, panels), el("div", { class: "below" }, evidence(conflict), controls.root));
      }
      // Once it is laid out: a closed part of the page has no places.
      if (open) requestAnimationFrame(() => panels.forEach(scrollToClaim));
    },
    /** Shows the place of one of its claims. */
    showPlace(n) {
      pair.toggle(true);
      const box = panels[n === right ? 1 : 0];
      requestAnimationFrame(() => {
        box.scrollIntoView({ block: "center" });
        box.querySelector(".scroll").focus({ preventScroll: true });
      });
    },
    refreshState(changed) {
      state.replaceChildren(...[reviewMark(judgementOf(k), Boolean(noteOf(k)))].filter(Boolean));
      root.classList.toggle("dismissed", judgementOf(k) === "dismissed");
      controls?.refresh(changed);
    },
  };
  pair.refreshState(false);
  return pair;
}

const cardOf = (d) => cards.get(d) ?? cards.set(d, makeCard(d)).get(d);

/** Opens a claim where it stands, in its likeliest conflict that is shown (in dispute `d`, where given). */
function goToClaim(n, d = null) {
  const fits = (k) => (CONFLICTS[k].left === n || CONFLICTS[k].right === n) && (d === null || disputeOf[k] === d);
  const places = CONFLICTS.map((_, k) => k).filter(fits);
  const k = places.find((p) => visible[p]) ?? places[0];
  if (k === undefined || disputeOf[k] < 0) return;
  if (!visible[k]) {
    byId("filter-form").reset();
    filters.pair = null;
    setTimeout(() => goToClaim(n, d));
    return;
  }
  selectTab("disputes");
  cardList.reach(disputeOf[k]);
  const card = cardOf(disputeOf[k]);
  card.toggle(true, false);
  card.pairs.reach(k);
  card.pairs.pair(k).showPlace(n);
}

function setUpDisputes() {
  const root = byId("disputes");
  cardList = chunked(root, 60, "dispute", (d) => { const card = cardOf(d); card.refresh(); return card.root; }, true);
  const empty = el("p", { class: "empty", hidden: true });
  root.prepend(empty);
  listeners.push((k) => {
    for (const card of k === null ? cards.values() : [cards.get(disputeOf[k])].filter(Boolean)) {
      card.refreshState();
      for (const pair of card.pairs?.made.values() ?? []) if (k === null || pair.k === k) pair.refreshState(k !== null);
    }
  });
  addEventListener("beforeprint", () => { if (!root.hidden) cardList.everything(); });
  return () => {
    const places = shownDisputes();
    empty.hidden = places.length > 0;
    empty.textContent = CONFLICTS.length ? "No conflict matches these filters." : "No conflict was found. That does not mean that the articles agree: see “How it was made” for what was searched.";
    cardList.show(places);
  };
}
