// Data from the articles reaches the page through text nodes and checked links only: see el, said and link.
const DATA = JSON.parse(document.getElementById("data").textContent);
const { documents: DOCUMENTS, claims: CLAIMS, conflicts: CONFLICTS, disputes: DISPUTES } = DATA;

const KINDS = {
  direct: "one states what the other rules out",
  denial: "one denies what another states",
  numeric: "numbers of the same thing that differ",
  temporal: "times that cannot both be right",
  identity: "different people or things named for one role",
  location: "different places for one event",
  causal: "different causes or culprits",
  reversal: "a source against its own earlier word",
};
const STRENGTHS = {
  contradiction: "both cannot be true as they stand",
  tension: "not exclusive, but an editor would want to see both",
};

const byId = (id) => document.getElementById(id);

/** An element. Texts among the children become text nodes; `on` has listeners, `style` custom properties. */
function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "class") node.className = value;
    else if (name === "on") Object.entries(value).forEach(([type, run]) => node.addEventListener(type, run));
    else if (name === "style") Object.entries(value).forEach(([key, v]) => node.style.setProperty(key, v));
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((c) => c !== null && c !== undefined && c !== false));
  return node;
}

/**
 * Text in the order in which the program read it. Marks that reverse or embed writing (U+202A to U+202E, U+2066 to U+2069) would
 * show another order, and an open one reaches past the end of its element; a letterless joiner takes the place of each.
 */
const inOrder = (text) => text.replace(/[\u202A-\u202E\u2066-\u2069]/g, "\u2060");

/** Text on one line, cut at a word near `limit`, never inside a character. */
function shorten(text, limit) {
  const line = inOrder(text.slice(0, limit * 4)).replace(/\s+/g, " ").trim();
  if (line.length <= limit && text.length <= limit * 4) return line;
  let cut = line.slice(0, limit);
  if (/[\uD800-\uDBFF]$/.test(cut)) cut = cut.slice(0, -1);
  const space = cut.lastIndexOf(" ");
  return `${space > limit * 0.6 ? cut.slice(0, space) : cut}…`;
}

/** Words from an article, held apart from ours, whatever their direction. */
const said = (text, limit = 220, className = "") => el("bdi", { class: className || null }, shorten(text, limit));
const whole = (text, className = "") => el("bdi", { class: className || null }, inOrder(text));
const hidden = (text) => el("span", { class: "sr" }, text);
const quote = (claim, limit) => el("q", {}, said(claim.text.replace(/^["“”\s]+|["“”\s]+$/g, ""), limit));

const plural = (n, one, many = `${one}s`) => `${n.toLocaleString("en")} ${n === 1 ? one : many}`;
const list = (parts) => parts.flatMap((part, k) => (k ? [", ", part] : [part]));

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
const stamp = (iso) => Date.parse(`${iso}T00:00:00Z`);
const day = (iso) => (iso && !Number.isNaN(stamp(iso)) ? DAY.format(stamp(iso)) : "undated");

function span(first, latest) {
  if (!first) return "undated";
  return first === latest || !latest ? day(first) : `${day(first)} – ${day(latest)}`;
}

function interval({ start, end }) {
  if (start && end) return start === end ? day(start) : `${day(start)} – ${day(end)}`;
  if (start) return `from ${day(start)} on`;
  return end ? `until ${day(end)}` : "at an open time";
}

/** An address that a click may open: http and https alone; null for the rest. */
function address(text) {
  try {
    const url = new URL(text);
    return ["http:", "https:"].includes(url.protocol) ? url : null;
  } catch {
    return null;
  }
}

/** The claim's place on its outlet's page, for browsers that follow text fragments; null without a usable address. */
function placeOf(claim) {
  const url = address(DOCUMENTS[claim.document].url ?? "");
  if (!url) return null;
  if (url.hash) return url.href;
  const words = claim.text.trim().split(/\s+/);
  const encode = (some) => encodeURIComponent(some.join(" ").toWellFormed?.() ?? some.join(" ")).replaceAll("-", "%2D");
  try {
    const parts = words.length > 10 ? [words.slice(0, 5), words.slice(-5)] : [words];
    const fragment = parts.map(encode).join(",");
    return fragment.length > 600 ? url.href : `${url.href}#:~:text=${fragment}`;
  } catch {
    return url.href; // half a surrogate pair has no encoding
  }
}

/** A list that shows `size` items at first and the rest by a button, so that a thousand stay fluid; the button also acts when scrolled to. */
function chunked(container, size, noun, make, scrolls = false) {
  const items = el("div", { class: "items" });
  const button = el("button", { type: "button", class: "more", on: { click: () => extend(size) } });
  container.append(items, button);
  let all = [];
  let shown = 0;
  function extend(by) {
    const next = all.slice(shown, shown + by);
    items.append(...next.map(make));
    shown += next.length;
    button.hidden = shown >= all.length;
    button.textContent = `Show ${plural(Math.min(size, all.length - shown), `more ${noun}`, `more ${noun}s`)} (${shown.toLocaleString("en")} of ${all.length.toLocaleString("en")} shown)`;
  }
  if (scrolls) new IntersectionObserver((seen) => seen.some((s) => s.isIntersecting) && !button.hidden && extend(size), { rootMargin: "600px" }).observe(button);
  return {
    show(list) {
      all = list;
      shown = 0;
      items.replaceChildren();
      extend(size);
    },
    /** Makes the item of this value part of the page. */
    reach(value) {
      const place = all.indexOf(value);
      if (place >= shown) extend(place + 1 - shown);
      return place >= 0;
    },
    everything: () => extend(all.length),
  };
}
