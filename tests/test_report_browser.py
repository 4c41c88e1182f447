"""The report in a browser: what a reader sees and does, and what hostile articles cannot do.

Needs Chromium on the path and the package playwright; the accessibility tests need axe-core too (`.ci/run` fetches all three).
"""

import json
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from contradict.records import Document, Judgement, Kind, Polarity, Review, Signal, Strength
from contradict.results import Conflicts
from tests.report_data import Grouped, bridge, claim, conflict, many

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium")
if CHROMIUM is None:
    pytest.skip("Chromium is not installed", allow_module_level=True)
AXE = Path(__file__).parent.parent / ".cache" / "axe" / "node_modules" / "axe-core" / "axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

Open = Callable[..., Any]


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Open]:
    """Opens results as a report from disk; at the end no error may have happened, and nothing been asked of a network."""
    contexts, errors, asked = [], [], []

    def open_(conflicts: Conflicts, context: Any = None, name: str = "report.html", **options: Any) -> Any:
        conflicts.to_html(tmp_path / name)
        if context is None:
            context = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **options})
            contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(15_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
        page.on("request", lambda request: asked.append(request.url))
        page.on("dialog", lambda dialog: (errors.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.goto((tmp_path / name).as_uri())
        page.wait_for_selector("html[data-ready]")
        return page

    yield open_
    for context in contexts:
        context.close()
    assert errors == []
    assert [url for url in asked if not url.startswith(("file:", "blob:file:", "blob:null"))] == []


@pytest.fixture
def page(opened: Open) -> Any:
    return opened(bridge())


def until(page: Any, expression: str) -> None:
    """Waits until the expression holds. Playwright's own `wait_for_function` may need eval, which the page's policy forbids."""
    for _ in range(150):
        if page.evaluate(f"Boolean({expression})"):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"did not come true: {expression}")


def questions(page: Any) -> list[str]:
    return list(page.locator("#disputes .question:visible").all_text_contents())


def open_dispute(page: Any, name: str) -> Any:
    dispute = page.locator(".dispute", has_text=f"What of {name}?")
    dispute.locator(".question").click()
    return dispute


# What is seen


def test_first_come_the_disputes_the_likeliest_first(page: Any) -> None:
    assert questions(page) == ["What of bridge?", "What of deaths?", "What of rain?"]
    text = page.locator(".dispute").first.text_content()
    for expected in ("0.91", "Mayor Holm in Aster Press", "Colonel Kostrel", "Borough News", "denial", "contradiction", "2 conflicts"):
        assert expected in text
    assert "Why: the language model reads them as contradicting (70%)" in text
    assert "11 Jun 2024 – 20 Jul 2024" in text
    assert (
        page.locator("#standfirst").inner_text().startswith("3 disputes from 4 conflicts between statements in 4 articles from 3 outlets")
    )
    assert "Ranked leads, not verdicts." in page.locator("header").inner_text()


def test_a_dispute_opens_to_the_passages_with_the_claims_marked(page: Any) -> None:
    dispute = open_dispute(page, "bridge")
    panels = dispute.locator(".pair.open .panel")
    assert panels.count() == 2
    left, right = panels.nth(0), panels.nth(1)
    assert "".join(left.locator("mark.claim").all_text_contents()) == "The bridge was open on Monday"
    assert left.locator("mark.time").all_text_contents() == ["Monday"]
    assert left.locator("mark.source").all_text_contents() == ["Mayor Holm"]
    assert right.locator("mark.denial").all_text_contents() == ["denied"]
    assert "denies it" in right.text_content()
    assert "speaks of 10 Jun 2024: Monday" in left.text_content()
    assert left.locator(".article-text").text_content().replace(" […] ", "") == bridge().documents[0].text
    # Aster Press has one claim against two: the side tells it once.
    assert dispute.locator(".side-full").first.locator("li").count() == 1


def test_numbers_are_marked_and_told(page: Any) -> None:
    dispute = open_dispute(page, "deaths")
    assert dispute.locator(".panel mark.number").all_text_contents() == ["Two", "Nine"]
    assert "number: at least Two people" in dispute.locator(".panel").first.text_content()


def test_evidence_is_told_in_words_with_the_measurements_at_hand(page: Any) -> None:
    evidence = open_dispute(page, "deaths").locator(".evidence")
    assert "the language model reads them as contradicting (70%) speaks strongly for a conflict" in evidence.text_content()
    assert not evidence.locator("table").is_visible()
    evidence.locator("summary").click()
    assert "worth" in evidence.locator("table").text_content()
    assert "contradiction 70%" in evidence.text_content()


def in_window(page: Any, selector: str) -> bool:
    """Whether an element is seen in its scrolled window and on the screen."""
    return bool(
        page.evaluate(
            """selector => { const mark = [...document.querySelectorAll(selector)].find(m => m.offsetParent);
            const [a, b] = [mark.getBoundingClientRect(), mark.closest('.scroll').getBoundingClientRect()];
            return a.top >= b.top && a.bottom <= b.bottom && a.top >= 0 && a.bottom <= innerHeight; }""",
            selector,
        )
    )


def test_a_click_shows_the_claim_at_its_place_in_the_article(page: Any) -> None:
    two_bridge = bridge()
    dispute = open_dispute(page, "bridge")
    dispute.locator(".to-place").last.click()
    until(page, "document.activeElement.classList.contains('scroll')")
    assert page.evaluate("document.activeElement.querySelector('mark.claim').textContent") == "The bridge was shut "
    assert dispute.locator(".pair.open").count() == 2
    # The claim of the deaths stands a thousand characters down its article.
    assert two_bridge[1].left.start > 1000
    open_dispute(page, "deaths").locator(".pair.open").scroll_into_view_if_needed()
    page.wait_for_timeout(100)
    assert in_window(page, ".dispute:nth-child(2) .panel mark.claim")


def test_the_way_to_the_outlet_names_the_words(page: Any) -> None:
    link = open_dispute(page, "bridge").locator(".panel").first.locator("a")
    assert link.get_attribute("href") == "https://example.org/aster#:~:text=The%20bridge%20was%20open%20on%20Monday"
    assert link.get_attribute("rel") == "noopener noreferrer"


def test_a_page_of_nothing_says_so(opened: Open) -> None:
    page = opened(bridge().above(1.0))
    assert "That does not mean that the articles agree" in page.locator("#disputes").inner_text()
    for view in ("matrix", "timeline", "about"):
        page.click(f"#tab-{view}")


# Filters, search, sort


def test_filters_leave_what_matches(page: Any) -> None:
    cases: list[tuple[Callable[[], Any], list[str]]] = [
        (lambda: page.check("input[value=denial]"), ["bridge"]),
        (lambda: (page.check("input[value=denial]"), page.check("input[value=numeric]")), ["bridge", "deaths"]),
        (lambda: page.check("input[value=tension]"), ["bridge", "rain"]),
        (lambda: page.select_option("#holder", label="Colonel Kostrel (1)"), ["bridge"]),
        (lambda: page.select_option("#outlet", label="A note (1)"), ["rain"]),
        (lambda: page.fill("#from", "2024-07-01"), ["bridge", "rain"]),
        (lambda: page.fill("#to", "2024-06-11"), ["bridge", "deaths"]),
        (lambda: page.fill("#score", "0.7"), ["bridge", "deaths"]),
        (lambda: page.fill("#q", "PEOPLE nine"), ["deaths"]),
        (lambda: page.fill("#q", "borough"), ["bridge", "deaths"]),
        (lambda: page.fill("#q", "nothing like it"), []),
    ]
    for act, left in cases:
        act()
        assert questions(page) == [f"What of {name}?" for name in left]
        assert f"{len(left)} of 3 disputes" in page.locator("#count").inner_text()
        page.click("button[type=reset]")
        until(page, "document.querySelectorAll('#disputes .dispute').length === 3")


def test_filters_narrow_the_conflicts_of_an_open_dispute(page: Any) -> None:
    dispute = open_dispute(page, "bridge")
    assert dispute.locator(".pair").count() == 2
    page.check("input[value=temporal]")
    assert dispute.locator(".pair").count() == 1
    assert "2 conflicts, 1 matching" in dispute.text_content()
    page.uncheck("input[value=temporal]")
    assert dispute.locator(".pair").count() == 2


def test_sorting(page: Any) -> None:
    page.select_option("#sort", "first")
    assert questions(page) == ["What of bridge?", "What of deaths?", "What of rain?"]
    page.select_option("#sort", "latest")
    assert questions(page) == ["What of bridge?", "What of rain?", "What of deaths?"]
    page.locator(".dispute", has_text="What of bridge?").locator(".question").click()
    page.locator(".pair.open [data-judgement=unsure]").click()
    page.select_option("#sort", "open")
    assert questions(page)[-1] == "What of bridge?"


# Matrix and timeline


def test_the_matrix_counts_who_stands_against_whom_and_opens_it(page: Any) -> None:
    page.click("#tab-matrix")
    row = page.locator("#matrix tbody tr", has=page.locator("th", has_text="Mayor Holm"))
    assert sorted(row.locator(".cell").all_text_contents()) == [
        "Mayor Holm against Colonel Kostrel: 1 conflict, best score 0.91",
        "Mayor Holm against Corvel Post (own voice): 1 conflict, best score 0.65",
    ]
    row.locator(".cell", has_text="Kostrel").click()
    assert questions(page) == ["What of bridge?"]
    assert page.locator("#pair-filter").inner_text().startswith("Only Mayor Holm against Colonel Kostrel")
    page.locator("#pair-filter button").click()
    assert len(questions(page)) == 3
    page.click("#tab-matrix")
    page.check("#matrix input[value=outlet]")
    assert "Aster Press against Borough News: 2 conflicts" in page.locator("#matrix").text_content()


def test_the_timeline_by_publication_and_by_the_time_spoken_of(page: Any) -> None:
    page.click("#tab-timeline")
    assert page.locator("#timeline .when").all_text_contents() == ["11 Jun 2024"] * 2 + ["12 Jun 2024"] * 2 + ["20 Jul 2024"] * 2
    assert "6 claims; 1 more stands in an article without a date." in page.locator("#timeline").inner_text()
    page.check("#timeline input[value=spoken]")
    assert page.locator("#timeline .when").all_text_contents() == ["10 Jun 2024", "until 30 Jun 2024"]
    assert "2 claims; 5 more name no time." in page.locator("#timeline").inner_text()
    page.locator("#timeline .link").last.click()
    until(page, "document.activeElement.classList.contains('scroll')")
    assert page.locator("#tab-disputes").get_attribute("aria-selected") == "true"
    assert page.evaluate("document.activeElement.querySelector('mark.claim').textContent").startswith("The bridge was shut")


def test_a_claim_that_speaks_of_long_ago_does_not_squeeze_the_rest(opened: Open) -> None:
    found = many(200)
    old = replace(found.documents[0], id="old", published=date(1066, 10, 14))
    odd = conflict("t0000:old", claim(old, "Statement 0 of article 0 stands."), found.ranked[0].right, score=0.9)
    page = opened(Grouped((*found.ranked, odd), (*found.documents, old), 0.5))
    page.click("#tab-timeline")
    assert page.locator(".dot.before").count() == 1
    assert {label[-4:] for label in page.locator(".axis span").all_text_contents()} == {"2024"}


# Keyboard


def test_the_keyboard_goes_everywhere(page: Any) -> None:
    def focused() -> str:
        return str(page.evaluate("document.activeElement.textContent"))

    page.keyboard.press("j")
    assert focused() == "What of bridge?"
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert focused() == "What of rain?"
    page.keyboard.press("k")
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    assert page.locator(".dispute.open").count() == 1
    page.keyboard.press("n")
    page.keyboard.press("n")
    assert "0.65" in focused()
    page.keyboard.press("c")
    assert page.locator("#reviews-count").inner_text() == "1 of 4 conflicts reviewed: 1 confirmed."
    page.keyboard.press("m")
    page.keyboard.type("c j d: a note")
    assert page.locator("#reviews-count").inner_text() == "1 of 4 conflicts reviewed: 1 confirmed."
    page.keyboard.press("Escape")
    page.keyboard.press("Escape")
    assert page.locator(".dispute.open").count() == 0
    page.keyboard.press("/")
    page.keyboard.type("nine")
    assert questions(page) == ["What of deaths?"]
    page.keyboard.press("Escape")
    page.keyboard.press("3")
    assert page.locator("#timeline").is_visible()
    page.keyboard.press("ArrowRight")
    assert page.locator("#about").is_visible()
    page.keyboard.press("?")
    assert page.locator("#help").is_visible()


def test_single_keys_can_be_turned_off_for_good(page: Any) -> None:
    page.keyboard.press("?")
    page.uncheck("#keys-on")
    page.keyboard.press("Escape")
    page.reload()
    page.wait_for_selector("html[data-ready]")
    page.keyboard.press("2")
    assert page.locator("#disputes").is_visible()


# Reviews


def test_reviews_survive_a_reload_and_come_back_to_the_library(opened: Open, tmp_path: Path) -> None:
    page = opened(bridge())
    pair = open_dispute(page, "deaths").locator(".pair.open")
    pair.locator("[data-judgement=dismissed]").click()
    pair.locator("textarea").fill("different days <b>&")
    assert "Kept in this browser." in pair.text_content()
    page.wait_for_timeout(300)  # the browser's store is written a moment later
    page.reload()
    page.wait_for_selector("html[data-ready]")
    dispute = open_dispute(page, "deaths")
    assert "dismissed, with a note" in dispute.locator(".meta").text_content()
    assert dispute.locator("textarea").input_value() == "different days <b>&"
    assert dispute.locator("[data-judgement=dismissed]").get_attribute("aria-pressed") == "true"
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "reviews.json")
    assert download.value.suggested_filename == "reviews.json"
    found = bridge().with_reviews(tmp_path / "reviews.json")
    assert {k: (r.judgement, r.note) for k, r in found.reviews.items()} == {"deaths:1": (Judgement.DISMISSED, "different days <b>&")}
    # In another browser, given with the results; and loaded into a report that was made without them.
    for other in (opened(found), opened(bridge())):
        if other.locator("#reviews-count").inner_text().startswith("0"):
            other.set_input_files("#import-file", tmp_path / "reviews.json")
            until(other, "document.getElementById('reviews-notice').textContent")
            assert other.locator("#reviews-notice").inner_text() == "1 review loaded."
        assert other.locator("#reviews-count").inner_text() == "1 of 4 conflicts reviewed: 1 dismissed."
        assert open_dispute(other, "deaths").locator("textarea").input_value() == "different days <b>&"


def test_a_review_that_is_withdrawn_stays_withdrawn(opened: Open, tmp_path: Path) -> None:
    given = bridge().with_reviews([Review("deaths:1", Judgement.CONFIRMED)])
    page = opened(given)
    open_dispute(page, "deaths").locator("[data-judgement=confirmed]").click()
    page.wait_for_timeout(300)
    page.reload()
    page.wait_for_selector("html[data-ready]")
    assert page.locator("#reviews-count").inner_text() == "0 of 4 conflicts reviewed."
    with page.expect_download() as download:
        page.click("#export")
    download.value.save_as(tmp_path / "reviews.json")
    assert given.with_reviews(tmp_path / "reviews.json").reviews == {}


def test_a_wrong_file_is_told_and_changes_nothing(page: Any, tmp_path: Path) -> None:
    for text in ("", "{", "[]", '{"format": "contradict-reviews", "version": 9, "reviews": []}'):
        page.evaluate("document.getElementById('reviews-notice').textContent = ''")
        (tmp_path / "odd.json").write_text(text, encoding="utf-8")
        page.set_input_files("#import-file", tmp_path / "odd.json")
        until(page, "document.getElementById('reviews-notice').textContent")
        assert "not a file of reviews" in page.locator("#reviews-notice").inner_text()
        assert page.locator("#reviews-count").inner_text().startswith("0 of 4")


def test_odd_reviews_in_a_file_are_counted(page: Any, tmp_path: Path) -> None:
    rows: list[Any] = [
        {"conflict": "elsewhere", "judgement": "unsure"},
        {"conflict": "rain:1", "judgement": "guilty"},
        None,
        {"conflict": "rain:1", "note": "x"},
    ]
    (tmp_path / "r.json").write_text(json.dumps({"format": "contradict-reviews", "version": 1, "reviews": rows}), encoding="utf-8")
    page.set_input_files("#import-file", tmp_path / "r.json")
    until(page, "document.getElementById('reviews-notice').textContent")
    assert page.locator("#reviews-notice").inner_text() == "1 review loaded, 1 of conflicts that are not here, 2 not understood."


def test_reviews_of_other_articles_with_the_same_ids_do_not_show(opened: Open, browser: Any) -> None:
    context = browser.new_context()
    page = opened(bridge(), context)
    open_dispute(page, "deaths").locator("[data-judgement=confirmed]").click()
    found = bridge()
    reworded = tuple(replace(c, left=replace(c.left, text="Two dogs died")) if c.id == "deaths:1" else c for c in found.ranked)
    other = opened(replace(found, ranked=reworded), context, "other.html")
    assert other.locator("#reviews-count").inner_text().startswith("0 of 4")
    assert opened(found, context, "again.html").locator("#reviews-count").inner_text().startswith("1 of 4")
    context.close()


# Looks


def test_dark_and_light_follow_the_system(opened: Open) -> None:
    def brightness(page: Any, what: str) -> float:
        colour = page.evaluate(f"getComputedStyle(document.documentElement).{what}")
        return sum(map(float, re.findall(r"[\d.]+", colour)[:3])) / 3

    light, dark = (opened(bridge(), color_scheme=scheme) for scheme in ("light", "dark"))
    assert brightness(light, "backgroundColor") > 230
    assert brightness(light, "color") < 60
    assert brightness(dark, "backgroundColor") < 40
    assert brightness(dark, "color") > 200


def test_paper_gets_the_disputes_and_the_passages_without_the_controls(opened: Open, tmp_path: Path) -> None:
    page = opened(bridge(), color_scheme="dark")
    dispute = open_dispute(page, "deaths")
    dispute.locator("textarea").first.fill("ask the hospital")
    page.emulate_media(media="print")
    assert not page.locator(".side").is_visible()
    assert not page.locator("#tabs").is_visible()
    assert not dispute.locator("textarea").is_visible()
    assert "Note: ask the hospital" in dispute.text_content()
    assert "Apples were sold" not in dispute.locator(".panel").first.text_content()
    assert "Two people died" in dispute.locator(".panel").first.text_content()
    assert page.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert page.evaluate("getComputedStyle(document.documentElement).color") == "rgb(30, 28, 25)"
    page.pdf(path=str(tmp_path / "report.pdf"))
    assert (tmp_path / "report.pdf").stat().st_size > 10_000


@pytest.mark.parametrize("width", [320, 390, 768])
def test_no_view_is_wider_than_the_screen(opened: Open, width: int) -> None:
    page = opened(bridge(), viewport={"width": width, "height": 800})
    open_dispute(page, "bridge")
    for view in ("disputes", "matrix", "timeline", "about"):
        page.click(f"#tab-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, view
    assert not page.locator("#q").is_visible()
    page.click("#tab-disputes")
    page.locator("#filters > summary").click()
    page.fill("#q", "nine")
    assert questions(page) == ["What of deaths?"]


# Many


def test_a_thousand_conflicts_stay_fluid(opened: Open) -> None:
    page = opened(many(1000))
    took = page.evaluate(
        """() => { const times = {};
        const time = (name, run) => {
            const start = performance.now();
            run();
            document.body.getBoundingClientRect();
            times[name] = performance.now() - start;
        };
        times.load = performance.getEntriesByType('navigation')[0].domComplete;
        const q = document.getElementById('q');
        const type = text => { q.value = text; q.dispatchEvent(new Event('input', {bubbles: true})); };
        time('search', () => type('holder 14'));
        time('clear', () => type(''));
        time('open', () => document.querySelector('.question').click());
        time('judge', () => document.querySelector('.judge').click());
        time('matrix', () => document.getElementById('tab-matrix').click());
        time('timeline', () => document.getElementById('tab-timeline').click());
        return times; }"""
    )
    # Measured on two cores with a load of seven: each below 0.2 s, loading about 1 s; the bounds leave room for worse.
    assert took.pop("load") < 5000
    assert max(took.values()) < 1000, took
    page.click("#tab-disputes")
    assert page.locator(".dispute").count() < 250
    for _ in range(4):
        page.evaluate("scrollTo(0, document.body.scrollHeight)")
        page.wait_for_timeout(100)
    until(page, "document.querySelectorAll('.dispute').length === 250")
    assert "250 disputes, 1,000 conflicts" in page.locator("#count").inner_text()


def test_one_dispute_of_a_thousand_conflicts_opens(opened: Open) -> None:
    found = many(1000)
    page = opened(replace(found, ranked=tuple(replace(c, id=f"all:{c.id}") for c in found.ranked)))
    took = page.evaluate(
        "() => { const start = performance.now(); document.querySelector('.question').click(); return performance.now() - start; }"
    )
    assert took < 1000
    assert page.locator(".pair").count() == 12
    page.locator(".pairs > .more").click()
    assert page.locator(".pair").count() == 24


# Hostile articles

SCRIPT = "</script><script>window.pwned = 1</script><img src=x onerror='window.pwned = 2'><svg onload=alert(1)>{{7*7}}${7*7}<!--"
RIGHT_TO_LEFT = "‮⁦ evil ‏"
LONG = "A very long title without end " * 3400


def hostile(title: str, address: str = "javascript:window.pwned=3//") -> Conflicts:
    documents = tuple(
        Document(name, f"{title[:3000]} {SCRIPT} One said so.\x00", title=title, outlet=title, published=date(2024, 1, 1), url=address)
        for name in "ab"
    )
    sides = [claim(d, SCRIPT, title, polarity=p) for d, p in zip(documents, (Polarity.ASSERTED, Polarity.DENIED), strict=True)]
    evidence = (Signal(title, 1.0, 1.0, title),)
    found = conflict(f"{title[:50]}:1", *sides, Kind.DENIAL, 0.8, strength=Strength.TENSION, evidence=evidence)
    return Grouped((found,), documents, 0.5, {title: 3}, {title: 4}, {title: title}).with_reviews(
        [Review(found.id, Judgement.UNSURE, title)]
    )


@pytest.mark.parametrize(
    "title",
    [SCRIPT, RIGHT_TO_LEFT + SCRIPT, LONG, "\ud83d\x00\x07", "x" * 100_000, "\u0300" * 5000, "__proto__", "\" onclick=window.pwned=4 '"],
)
def test_hostile_text_never_runs_and_never_breaks_the_page(opened: Open, title: str) -> None:
    page = opened(hostile(title))
    page.locator(".question").click()
    page.locator(".to-place, .pair.open .panel").first.wait_for()
    for opener in page.locator(".measured summary").all():
        opener.click()
    assert page.locator(".pair textarea").input_value().replace("\x00", "") != ""
    for view in ("matrix", "timeline", "about", "disputes"):
        page.click(f"#tab-{view}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, view
    page.click("#tab-disputes")
    assert page.evaluate("window.pwned") is None
    assert page.evaluate("document.querySelectorAll('script').length") == 2
    assert page.evaluate("document.querySelectorAll('img, svg, iframe, object, [onerror], [onload], [onclick]').length") == 0
    assert page.evaluate("[...document.querySelectorAll('a')].every(a => a.getAttribute('href').startsWith('#'))")
    assert page.locator(".panel mark.claim").first.text_content() == SCRIPT.split("\x00")[0]
    assert page.locator(".dispute").bounding_box()["height"] < 4000
    page.keyboard.press("Escape")
    page.fill("#q", "nothing of the kind")
    assert page.locator(".dispute").count() == 0


ADDRESSES = (
    "javascript:alert(1)", " JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,<script>alert(1)</script>",
    "vbscript:x", "file:///etc/passwd", "//example.org", "not an address",
)  # fmt: skip


def test_only_web_addresses_become_links(opened: Open) -> None:
    documents = tuple(Document(f"d{k}", f"Claim {k}.", title="x", url=a) for k, a in enumerate((*ADDRESSES, "https://example.org/")))
    claims = [claim(d, d.text) for d in documents]
    page = opened(Grouped(tuple(conflict(f"x:{k}", claims[0], c) for k, c in enumerate(claims[1:])), documents, 0.5))
    page.locator(".question").click()
    for pair in page.locator(".pair-head").all()[1:]:  # the first is open
        pair.click()
    assert {a.get_attribute("href") for a in page.locator(".dispute a").all()} == {"https://example.org/#:~:text=Claim%208."}
    page.click("#tab-about")
    assert {a.get_attribute("href") for a in page.locator("#about a").all()} == {"https://example.org/"}


def test_marks_of_direction_end_where_the_words_end(opened: Open) -> None:
    page = opened(hostile(RIGHT_TO_LEFT + "evil"))
    order = page.evaluate(
        """() => { const meta = document.querySelector('.why'); const range = document.createRange();
        const b = meta.querySelector('b').firstChild;
        const at = k => { range.setStart(b, k); range.setEnd(b, k + 1); return range.getBoundingClientRect().left; };
        return [at(0), at(1), at(2)]; }"""
    )
    assert order == sorted(order)
    # "<holder> in <outlet>", on one line.
    boxes = page.evaluate(
        """() => { const w = document.querySelector('.where'); const range = document.createRange(); range.selectNode(w.firstChild);
        return [document.querySelector('.who bdi'), range, w.querySelector('bdi')].map(e => e.getBoundingClientRect().left); }"""
    )
    assert boxes == sorted(boxes)
    page.locator(".question").click()
    facts = page.evaluate("[...document.querySelectorAll('.panel:last-child .speaker > *')].map(e => e.getBoundingClientRect().left)")
    assert facts == sorted(facts)


def test_injected_code_would_not_run_either(browser: Any, tmp_path: Path) -> None:
    page = browser.new_page()
    bridge().to_html(tmp_path / "report.html")
    page.goto((tmp_path / "report.html").as_uri())
    page.evaluate("() => { const s = document.createElement('script'); s.textContent = 'window.pwned = 1'; document.body.append(s); }")
    assert page.evaluate("window.pwned") is None
    page.close()


# For everyone


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 390])
def test_axe_finds_no_serious_violation(opened: Open, scheme: str, width: int) -> None:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm install --prefix .cache/axe axe-core")
    page = opened(
        bridge().with_reviews([Review("bridge:1", Judgement.CONFIRMED, "yes"), Review("rain:1", Judgement.DISMISSED)]),
        color_scheme=scheme,
        viewport={"width": width, "height": 900},
    )
    page.evaluate(AXE.read_text(encoding="utf-8"))

    def check(where: str) -> None:
        found = page.evaluate("async () => (await axe.run(document, {resultTypes: ['violations']})).violations")
        bad = [
            (v["id"], v["nodes"][0]["html"][:200], v["nodes"][0]["failureSummary"]) for v in found if v["impact"] in ("serious", "critical")
        ]
        assert bad == [], where

    page.evaluate("document.getElementById('filters').open = true")
    check("closed")
    for name in ("bridge", "deaths", "rain"):
        open_dispute(page, name)
    for summary in page.locator(".measured summary:visible").all():
        summary.click()
    check("open")
    for view in ("matrix", "timeline", "about"):
        page.click(f"#tab-{view}")
        check(view)
    page.click("#tab-timeline")
    page.check("#timeline input[value=spoken]")
    check("spoken of")
    page.evaluate("document.getElementById('help').showModal()")
    check("help")
