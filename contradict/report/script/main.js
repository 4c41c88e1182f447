// The views, and the order in which the parts are set up.
const VIEWS = ["disputes", "matrix", "timeline", "about"];
const refreshers = {};
const stale = new Set(VIEWS);

/** Brings the view that is seen up to date; the others when they are looked at. */
function refreshAll() {
  sift();
  VIEWS.forEach((view) => stale.add(view));
  refreshView(VIEWS.find((view) => !byId(view).hidden));
}

function refreshView(view) {
  if (stale.delete(view)) refreshers[view]?.();
}

function selectTab(name, focus = false) {
  for (const view of VIEWS) {
    const tab = byId(`tab-${view}`);
    byId(view).hidden = view !== name;
    tab.setAttribute("aria-selected", String(view === name));
    tab.tabIndex = view === name ? 0 : -1;
  }
  if (focus) byId(`tab-${name}`).focus();
  byId("layout").classList.toggle("unfiltered", name === "about");
  refreshView(name);
}

function setUpTabs() {
  VIEWS.forEach((view, k) => {
    const tab = byId(`tab-${view}`);
    tab.addEventListener("click", () => selectTab(view));
    tab.addEventListener("keydown", ({ key }) => {
      const to = { ArrowRight: k + 1, ArrowLeft: k - 1, Home: 0, End: VIEWS.length - 1 }[key];
      if (to !== undefined) selectTab(VIEWS[(to + VIEWS.length) % VIEWS.length], true);
    });
  });
}

setUpReviews();
setUpFilters(refreshAll);
refreshers.disputes = setUpDisputes();
refreshers.matrix = setUpMatrix();
refreshers.timeline = setUpTimeline();
setUpAbout();
setUpTabs();
setUpKeys();
refreshAll();
document.documentElement.dataset.ready = "yes";
