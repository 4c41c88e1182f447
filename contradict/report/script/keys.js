// The keyboard: single keys where nothing is being typed, unless the reader turned them off.
function setUpKeys() {
  const on = byId("keys-on");
  try {
    on.checked = localStorage.getItem("contradict:keys") !== "off";
  } catch {
    // Nothing is kept: they are on.
  }
  on.addEventListener("change", () => {
    try {
      localStorage.setItem("contradict:keys", on.checked ? "on" : "off");
    } catch {
      // For this visit only.
    }
  });
  const help = byId("help");
  byId("help-button").addEventListener("click", () => help.showModal());

  const shownCards = () => [...document.querySelectorAll("#disputes .dispute")];
  const current = () => document.activeElement.closest?.(".dispute") ?? null;
  const cardAt = (root) => root && cards.get(Number(root.dataset.dispute));

  function step(items, now, by) {
    const next = items[Math.min(Math.max(items.indexOf(now) + by, 0), items.length - 1)];
    const button = next?.querySelector("button");
    if (!button) return;
    button.focus({ preventScroll: true });
    next.scrollIntoView({ block: "nearest" });
  }
  const move = (by) => {
    if (byId("disputes").hidden) selectTab("disputes");
    if (by > 0 && current() === shownCards().at(-1)) byId("disputes").querySelector(".items + .more:not([hidden])")?.click();
    step(shownCards(), current(), current() ? by : 1);
  };
  const movePair = (by) => {
    const root = current();
    if (cardAt(root)?.open) step([...root.querySelectorAll(".pair")], document.activeElement.closest(".pair"), document.activeElement.closest(".pair") ? by : 1);
  };
  /** The conflict that a key speaks to: the one in focus, else the first open one of the dispute in focus. */
  function pairInFocus() {
    const card = cardAt(current());
    const root = document.activeElement.closest?.(".pair") ?? current()?.querySelector(".pair.open");
    return card && root ? card.pairs.made.get(Number(root.dataset.conflict)) : null;
  }
  const judgeHere = (judgement) => {
    const pair = pairInFocus();
    if (pair) judge(pair.k, judgement);
  };
  const actions = {
    j: () => move(1), k: () => move(-1), n: () => movePair(1), p: () => movePair(-1),
    o: () => cardAt(current())?.toggle(),
    c: () => judgeHere("confirmed"), d: () => judgeHere("dismissed"), u: () => judgeHere("unsure"),
    m: () => { const pair = pairInFocus(); if (pair) { pair.toggle(true); pair.controls.note.focus(); } },
    "/": () => { byId("filters").open = true; byId("q").focus(); },
    "?": () => help.showModal(),
    1: () => selectTab("disputes", true), 2: () => selectTab("matrix", true), 3: () => selectTab("timeline", true), 4: () => selectTab("about", true),
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || help.open) return;
    const typing = event.target.closest("input:not([type=checkbox]):not([type=radio]):not([type=range]), textarea, select");
    if (event.key === "Escape") {
      const card = cardAt(current());
      if (typing && card) card.button.focus();
      else if (typing) typing.blur();
      else if (card?.open) {
        card.toggle(false);
        card.button.focus();
      }
      return;
    }
    const run = Object.hasOwn(actions, event.key) ? actions[event.key] : null;
    if (!run || typing || !on.checked) return;
    event.preventDefault();
    run();
  });
}
