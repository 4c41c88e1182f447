"""The report as text: self-contained, harmless whatever the articles say, and true to the records."""

import json
from base64 import b64encode
from dataclasses import replace
from hashlib import sha256
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.records import Attribution, Claim, Document, Judgement, Polarity, Review, Signal, Span, TimeInterval
from contradict.report import page_data, render
from contradict.report.page import Offsets, embedded
from contradict.results import Conflicts
from tests.conftest import FinderFactory
from tests.report_data import NLI, bridge, claim, conflict, many

HOSTILE = "</script><script>alert(1)</script><!--<script>]]>&lt;img src=x onerror=alert(2)>\u2028\u202e\x00"


class Page(HTMLParser):
    """The elements of a page with their attributes, and the text in its style and scripts."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.raw: list[tuple[str, str]] = []
        self._in: str | None = None
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag in ("script", "style"):
            self._in = tag
            self.raw.append((tag, ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == self._in:
            self._in = None

    def handle_data(self, data: str) -> None:
        if self._in:
            self.raw[-1] = (self.raw[-1][0], self.raw[-1][1] + data)

    @property
    def data(self) -> Any:
        return json.loads(next(text for tag, text in self.raw if tag == "script"))


def hostile() -> Conflicts:
    documents = tuple(Document(name, HOSTILE + " So it was.", title=HOSTILE, outlet=HOSTILE, url="javascript:alert(3)") for name in "ab")
    left, right = (claim(d, HOSTILE, HOSTILE) for d in documents)
    found = conflict(HOSTILE, left, right, evidence=(Signal(HOSTILE, 1.0, 1.0, HOSTILE),))
    return Conflicts((found,), documents, 0.5, {HOSTILE: 1}, {HOSTILE: 2}, {HOSTILE: HOSTILE})


def test_the_page_needs_nothing_but_itself() -> None:
    page = Page(render(bridge()))
    assert not [e for e in page.elements if e[0] in ("link", "img", "iframe", "object", "embed", "base", "form") and e[0] != "form"]
    addresses = [v for _, attributes in page.elements for name, v in attributes.items() if name in ("src", "href", "action", "srcset")]
    assert addresses == ["#main"]
    style = next(text for tag, text in page.raw if tag == "style")
    assert "url(" not in style
    assert "@import" not in style


def test_only_the_pages_own_style_and_script_may_run() -> None:
    page = Page(render(hostile()))
    policy = next(a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    hashes = {f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'" for tag, text in page.raw if not text.startswith("{")}
    assert len(hashes) == 2
    assert all(h in policy for h in hashes)


def test_the_script_makes_no_markup_out_of_text() -> None:
    script = Page(render(bridge())).raw[-1][1]
    ways = "innerHTML outerHTML insertAdjacentHTML document.write DOMParser eval( Function( srcdoc fetch( XMLHttp WebSocket import(".split()
    for way in ways:
        assert way not in script


def test_hostile_text_is_data_and_nothing_else() -> None:
    harmless, page = Page(render(bridge())), Page(render(hostile()))
    assert [e[0] for e in page.elements] == [e[0] for e in harmless.elements]
    data = page.data
    assert data["documents"][0]["title"] == HOSTILE
    assert data["claims"][0]["speaker"] == HOSTILE
    assert data["conflicts"][0]["why"] == HOSTILE


@given(st.text())
def test_embedded_data_is_read_back_and_means_nothing_to_html(text: str) -> None:
    written = embedded({text: [text]})
    assert json.loads(written) == {text: [text]}
    assert not set(written) & set("<>&\u2028\u2029")


def test_half_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    found = bridge()
    documents = (replace(found.documents[0], title="A \ud83d title"), *found.documents[1:])
    page = replace(found, documents=documents).to_html(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_bytes() == page.encode("utf-8")
    assert Page(page).data["documents"][0]["title"] == "A \ud83d title"


@given(st.text(st.characters(exclude_categories=()), max_size=40), st.integers(-3, 50))
def test_offsets_count_as_javascript_does(text: str, place: int) -> None:
    before = text[: max(place, 0)]
    assert Offsets(text)(place) == len(before.encode("utf-16-le", "surrogatepass")) // 2


def test_the_data_says_what_the_records_say() -> None:
    found = bridge().with_reviews([Review("deaths:1", Judgement.UNSURE, "ask")])
    data = page_data(found)
    assert [(c["id"], c["kind"], c["strength"], c["score"], c["why"]) for c in data["conflicts"]] == [
        (c.id, c.kind.value, c.strength.value, c.score, c.why) for c in found
    ]
    for row, c in zip(data["conflicts"], found, strict=True):
        assert [data["claims"][row[side]]["text"] for side in ("left", "right")] == [c.left.text, c.right.text]
        assert [data["claims"][row[side]]["speaker"] for side in ("left", "right")] == [found.speaker(c.left), found.speaker(c.right)]
    assert [d["question"] for d in data["disputes"]] == ["What of bridge?", "What of deaths?", "What of rain?"]
    assert data["reviews"] == {"1": {"conflict": "deaths:1", "judgement": "unsure", "note": "ask", "at": None}}
    assert data["summary"] == found.summary()
    assert data["dropped"] == {"a holder commits to nothing": 3}


def test_places_and_marks_point_into_the_text() -> None:
    data = page_data(bridge())

    def cut(document: int, start: int, end: int) -> str:
        raw = data["documents"][document]["text"].encode("utf-16-le")
        return str(raw[2 * start : 2 * end].decode("utf-16-le"))

    marks = {}
    for c in data["claims"]:
        assert cut(c["document"], c["start"], c["end"]) == c["text"]
        marks[c["text"]] = {(m["kind"], cut(c["document"], m["start"], m["end"])) for m in c["marks"]}
    assert marks["The bridge was open on Monday"] == {("source", "Mayor Holm"), ("time", "Monday")}
    assert marks["Colonel Kostrel denied that the bridge was open"] == {("source", "Colonel Kostrel"), ("denial", "denied")}
    assert marks["Two people died"] == {("number", "Two")}
    assert marks["The bridge was shut until July"] == {("time", "until July")}


def test_places_outside_the_text_do_no_harm() -> None:
    document = Document("a", "Short.")
    astray = Claim(
        "x", "a", 2, 99, "ort.", "ort.",
        attribution=(Attribution("Nobody", Span(50, 60), Span(-5, 70), Polarity.DENIED),),
        time=TimeInterval(None, None, "elsewhere"),
    )  # fmt: skip
    data = page_data(Conflicts((conflict("c", astray, claim(document, "Short.")),), (document,), 0.5))
    assert (data["claims"][0]["start"], data["claims"][0]["end"]) == (2, 6)
    assert all(0 <= m["start"] <= m["end"] <= 6 for m in data["claims"][0]["marks"])


def test_texts_come_only_with_the_articles_that_are_quoted() -> None:
    found = bridge().above(0.7)
    texts = [d["text"] is not None for d in page_data(found)["documents"]]
    assert texts == [True, True, False, False]


@pytest.mark.parametrize("n", [0, 1, 7])
def test_every_conflict_stands_in_a_dispute(n: int) -> None:
    found = many(n)
    # As the library itself joins them, not as the tests do.
    data = page_data(Conflicts(found.ranked, found.documents, 0.5))
    assert sorted(k for d in data["disputes"] for k in d["conflicts"]) == list(range(n))
    for d in data["disputes"]:
        standing = {k for side in d["sides"] for k in (*side["claims"], *side["copies"])}
        assert all({data["conflicts"][k]["left"], data["conflicts"][k]["right"]} <= standing for k in d["conflicts"])


def test_a_review_is_kept_under_a_key_that_changes_with_the_words() -> None:
    found = bridge()
    before = [c["key"] for c in page_data(found)["conflicts"]]
    reworded = replace(found.ranked[0], left=replace(found.ranked[0].left, text="The bridge was shut on Monday"))
    after = [c["key"] for c in page_data(replace(found, ranked=(reworded, *found.ranked[1:])))["conflicts"]]
    assert before[0] != after[0]
    assert before[1:3:2] == after[1:3:2]


def test_the_same_results_give_the_same_page() -> None:
    assert render(bridge()) == render(bridge())


def test_the_page_says_that_it_shows_leads() -> None:
    assert "Ranked leads, not verdicts." in render(bridge())


def test_results_of_the_pipeline_make_a_page(make_finder: FinderFactory, articles: list[Document], tmp_path: Path) -> None:
    found = make_finder().find(articles)
    page = found.to_html(tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == page
    data = Page(page).data
    assert len(data["disputes"]) == 1
    assert {c["speaker"] for c in data["claims"]} == {"Aster Press (own voice)", "Borough News (own voice)"}
    assert NLI.keys() == data["conflicts"][0]["forward"].keys()
