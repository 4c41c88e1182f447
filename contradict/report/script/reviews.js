// Reviews: given with the results, changed here, kept in this browser under the conflict's key, exported as JSON.
const JUDGEMENTS = { confirmed: "Confirm", unsure: "Unsure", dismissed: "Dismiss" };
const DONE = { confirmed: "confirmed", unsure: "unsure", dismissed: "dismissed" };
const reviews = new Map(); // place of the conflict → {judgement, note, at}
const listeners = [];
let keeps = true;

const storeKey = (k) => `contradict:review:${CONFLICTS[k].key}`;
const made = (review) => (review?.at ? Date.parse(review.at) || 0 : 0);
const says = (review) => Boolean(review && (review.judgement || review.note));
const judgementOf = (k) => reviews.get(k)?.judgement ?? null;
const noteOf = (k) => reviews.get(k)?.note ?? "";

/** A review out of foreign JSON, or null. */
function checked(row) {
  if (!row || typeof row !== "object") return null;
  const { judgement = null, note = "", at = null } = row;
  if (judgement !== null && !Object.hasOwn(JUDGEMENTS, judgement)) return null;
  if (typeof note !== "string" || (at !== null && (typeof at !== "string" || Number.isNaN(Date.parse(at))))) return null;
  return { judgement, note, at };
}

function readStored() {
  for (const [k, review] of Object.entries(DATA.reviews)) reviews.set(Number(k), checked(review));
  try {
    CONFLICTS.forEach((_, k) => {
      const text = localStorage.getItem(storeKey(k));
      if (!text) return;
      let review = null;
      try {
        review = checked(JSON.parse(text));
      } catch {
        // Not ours, or broken: as if there were none.
      }
      if (review && made(review) >= made(reviews.get(k))) reviews.set(k, review);
    });
  } catch {
    keeps = false;
  }
}

function keep(k, review) {
  reviews.set(k, review);
  try {
    localStorage.setItem(storeKey(k), JSON.stringify(review));
  } catch {
    keeps = false;
  }
}

function review(k, change) {
  keep(k, { judgement: judgementOf(k), note: noteOf(k), ...change, at: new Date().toISOString() });
  listeners.forEach((run) => run(k));
}

const judge = (k, judgement) => review(k, { judgement: judgementOf(k) === judgement ? null : judgement });

/** What is exported: withdrawn reviews too, so that reading the file withdraws them. */
function exported() {
  const rows = [...reviews].filter(([, r]) => r && (r.at || says(r))).map(([k, r]) => ({ conflict: CONFLICTS[k].id, ...r }));
  return `${JSON.stringify({ format: DATA.format, version: DATA.version, reviews: rows }, null, 2)}\n`;
}

function exportReviews() {
  const url = URL.createObjectURL(new Blob([exported()], { type: "application/json" }));
  el("a", { href: url, download: "reviews.json" }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10000);
}

/** Takes the reviews of a file; of one conflict the later holds. Returns what to tell the reader. */
function importReviews(text) {
  let data = null;
  try {
    data = JSON.parse(text);
  } catch {
    // told below
  }
  if (data?.format !== DATA.format || data.version !== DATA.version || !Array.isArray(data.reviews)) return "That is not a file of reviews from a report like this one.";
  const places = new Map(CONFLICTS.map((c, k) => [c.id, k]));
  const told = { loaded: 0, older: 0, elsewhere: 0, broken: 0 };
  for (const row of data.reviews) {
    const found = checked(row);
    const k = places.get(row?.conflict);
    if (!found) told.broken += 1;
    else if (k === undefined) told.elsewhere += 1;
    else if (says(reviews.get(k)) && made(found) < made(reviews.get(k))) told.older += 1;
    else {
      keep(k, found);
      told.loaded += 1;
    }
  }
  listeners.forEach((run) => run(null));
  const parts = [`${plural(told.loaded, "review")} loaded`];
  if (told.older) parts.push(`${told.older} older than what is here`);
  if (told.elsewhere) parts.push(`${told.elsewhere} of conflicts that are not here`);
  if (told.broken) parts.push(`${told.broken} not understood`);
  return `${parts.join(", ")}.`;
}

/** The buttons and the note of one conflict. */
function reviewControls(k) {
  const buttons = Object.entries(JUDGEMENTS).map(([name, label]) =>
    el("button", { type: "button", class: `judge ${name}`, "data-judgement": name, on: { click: () => judge(k, name) } }, label));
  const state = el("span", { class: "saved", role: "status" });
  const note = el("textarea", { rows: 2, class: "note", dir: "auto", on: { input: () => review(k, { note: note.value }) } });
  const printed = el("p", { class: "printed-note" });
  const root = el("fieldset", { class: "review" }, el("legend", {}, "Your review"),
    el("div", { class: "row" }, buttons, state),
    el("label", { class: "note-label" }, "Note", note), printed);
  function refresh(changed = false) {
    for (const button of buttons) button.setAttribute("aria-pressed", String(button.dataset.judgement === judgementOf(k)));
    if (note.value !== noteOf(k)) note.value = noteOf(k);
    printed.replaceChildren(...(noteOf(k) ? ["Note: ", whole(noteOf(k))] : []));
    if (changed) state.textContent = keeps ? "Kept in this browser." : "This browser keeps nothing: export before you close the page.";
  }
  refresh();
  return { root, refresh, note };
}

function setUpReviews() {
  readStored();
  const notice = byId("reviews-notice");
  const file = byId("import-file");
  const refresh = () => {
    const counts = Object.keys(JUDGEMENTS).map((name) => [name, CONFLICTS.filter((_, k) => judgementOf(k) === name).length]);
    const words = counts.filter(([, n]) => n).map(([name, n]) => `${n} ${DONE[name]}`);
    const total = CONFLICTS.filter((_, k) => says(reviews.get(k))).length;
    byId("reviews-count").textContent = `${total} of ${plural(CONFLICTS.length, "conflict")} reviewed${words.length ? `: ${words.join(", ")}` : ""}.`;
    byId("export").disabled = !reviews.size;
    if (!keeps) notice.textContent = "This browser keeps no reviews for this page: export them before you close it.";
  };
  listeners.push(refresh);
  refresh();
  byId("export").addEventListener("click", exportReviews);
  byId("import").addEventListener("click", () => file.click());
  file.addEventListener("change", async () => {
    if (!file.files.length) return;
    notice.textContent = importReviews(await file.files[0].text());
    file.value = "";
  });
}
