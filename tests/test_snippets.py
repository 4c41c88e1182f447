"""Records in a notebook: what is seen at a glance, and that article text stays text."""

import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict import ClaimCheck, Document, Finding
from contradict.records import (
    Attribution,
    Bound,
    Certainty,
    Claim,
    Conflict,
    Dispute,
    Explanation,
    Mood,
    Polarity,
    Quantity,
    Side,
    Signal,
    TimeInterval,
)
from contradict.snippets import claim_html
from tests.test_results import conflict, results

TEXT = "Snow fell.\nOn Monday, Mayor Holm denied that two people would die in the flood. Nobody else spoke."
AT = TEXT.index("two people")
CLAIM = Claim(
    "a-1", "a", AT, AT + 33, "two people would die in the flood", "two people would die in the flood on Monday",
    (Attribution("Mayor Holm", None, None, Polarity.DENIED),), Polarity.DENIED, Mood.FORECAST, Certainty.HEDGED,
    TimeInterval(date(2024, 6, 10), None, "since Monday"),
    (Quantity(2, 2, "two", AT, AT + 3, "", "people", Bound.AT_LEAST),), 0.7, "a count",
)  # fmt: skip
DOCUMENT = Document("a", TEXT, "Flood", "Aster Press", date(2024, 6, 11), "https://aster.example/a?b&c")
HOSTILE = "</bdi></table><script>alert('x')</script><img src=x onerror=alert(1)> & \"quoted\" \u202e"
ALLOWED = {"div", "b", "br", "small", "span", "bdi", "mark", "table", "tr", "td", "th", "ul", "li", "p", "a"}


class Page(HTMLParser):
    """The elements and the text of a page; every element that is opened must be closed in its order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.links: list[str | None] = []
        self.text = ""
        self.open: list[str] = []
        self.feed(html)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert {name for name, _ in attrs} <= {"style", "href", "rel", "dir"}
        self.tags.append(tag)
        self.links += [value for name, value in attrs if name == "href"]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data


def told(text: str) -> list[str]:
    """Every representation of records that say this everywhere."""
    source = Attribution(text, None, None, Polarity.DENIED)
    numbers = (Quantity(1, 2, text, 0, len(text), "", text), Quantity(1, 2, text, -5, 10**6))
    claim = Claim(
        text, "a", 0, len(text), text, text, (source, source), time=TimeInterval(None, None, text), quantities=numbers, worth_reason=text
    )
    document = Document("a", text, text, text, None, text)
    found = conflict(0.9, left=claim, right=replace(claim, document_id="b"), evidence=(Signal("x", 1.0, 1.0, text),), id=text)
    everything = results(found, documents=(document, Document("b", "x", text)), dropped={text: 1})
    side = Side((claim,) * 7, (claim,), (text,), (text,))
    dispute = Dispute("d", text, (side, side), (found,), 0.9, None, None)
    finding = Finding(claim, claim, 0.5, text)
    check = ClaimCheck(text, (claim,), (finding,), (finding,), (document,), 0.2, {"claims": 1, "pairs scored": 1}, {text: 1})
    explanation = Explanation("decide", text, text, claim, claim, found)
    records = (claim, document, found, everything, dispute, check, explanation)
    return [x._repr_html_() for x in records] + [claim_html(claim, document)]


def test_a_claim_shows_who_how_when_and_how_many() -> None:
    page = Page(CLAIM._repr_html_())
    for expected in (
        "Mayor Holm", "denied", "forecast", "hedged", "2024-06-10 – …", "since Monday", "at least two (people)", "read as: ",
        "two people would die in the flood on Monday", "check-worthy 0.70: a count",
    ):  # fmt: skip
        assert expected in page.text
    assert "<b>two</b> people" in CLAIM._repr_html_()


def test_an_ordinary_claim_says_so() -> None:
    page = Page(Claim("a-1", "a", 0, 10, "Snow fell.", "snow fell")._repr_html_())
    for expected in ("the article’s own voice", "asserted", "fact", "certain"):
        assert expected in page.text


def test_a_claim_stands_in_its_passage_where_the_document_is_known() -> None:
    page = Page(claim_html(CLAIM, DOCUMENT))
    assert "On Monday, Mayor Holm denied that two people would die in the flood. Nobody else spoke." in page.text
    assert "Snow fell." not in page.text
    assert "Aster Press" in page.text
    assert "denied that" not in Page(claim_html(CLAIM, replace(DOCUMENT, text=""))).text


def test_a_document_shows_where_it_is_from_and_how_it_begins() -> None:
    page = Page(DOCUMENT._repr_html_())
    for expected in ("Flood", "Aster Press", "2024-06-11", "18 words", "Snow fell.", "Nobody else spoke."):
        assert expected in page.text
    assert page.links == ["https://aster.example/a?b&c"]
    assert "undated" in Document("a", "x")._repr_html_()
    assert "(no text)" in Document("a", "")._repr_html_()


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "' onclick='alert(1)"])
def test_only_addresses_of_the_web_are_links(url: str) -> None:
    page = Page(replace(DOCUMENT, url=url)._repr_html_())
    assert page.links == []
    assert url in page.text


def test_a_conflict_shows_both_sides_and_the_weight_of_each_reason() -> None:
    found: Conflict = conflict(0.9, left=CLAIM)
    page = Page(found._repr_html_())
    for expected in (
        "direct, contradiction, score 0.90",
        "not a verdict",
        "Mayor Holm",
        "The bridge was shut",
        "read as contradicting (+1.20)",
    ):
        assert expected in page.text
    assert page.tags.count("td") == 2
    assert page.tags.count("li") == 1


def test_conflicts_show_claims_in_their_passages_and_what_was_left_out() -> None:
    page = Page(
        results(
            conflict(0.9, left=CLAIM), documents=(DOCUMENT, Document("b", "The bridge was shut")), dropped={"not English": 3}
        )._repr_html_()
    )
    for expected in ("Mayor Holm denied", "On Monday, Mayor Holm denied that two people would die", "Left out: not English: 3"):
        assert expected in page.text


def test_a_passage_is_cut_between_words() -> None:
    text = f"{'drought ' * 40}The bridge fell.{' harvest' * 40}"
    at = text.index("The")
    page = Page(claim_html(Claim("a-1", "a", at, at + 16, "The bridge fell.", "x"), Document("a", text)))
    assert "… drought drought" in page.text and "harvest harvest …" in page.text
    assert set(re.findall(r"[a-z]+", page.text.split("The bridge")[0].split("…")[1])) == {"drought"}
    assert set(re.findall(r"[a-z]+", page.text.split("fell.")[1].split("…")[0])) == {"harvest"}


def test_a_dispute_shows_its_sides_with_holders_outlets_and_words() -> None:
    other = replace(CLAIM, attribution=(), polarity=Polarity.ASSERTED, text="nobody died", quantities=())
    sides = (
        Side((CLAIM,) * 7, (CLAIM,), ("Mayor Holm",), ("Aster Press",)),
        Side((other,), (), ("Messenger (own voice)",), ("Messenger",)),
    )
    dispute = Dispute("d", "Who died?", sides, (conflict(0.9),), 0.9, date(2024, 6, 11), date(2024, 6, 14))
    page = Page(dispute._repr_html_())
    for expected in (
        "Who died?", "1 conflict, best score 0.90", "2024-06-11 – 2024-06-14", "Mayor Holm", "in Aster Press", "denied", "nobody died",
        "Messenger (own voice)", "… and 2 more.", "and 1 in the same words",
    ):  # fmt: skip
        assert expected in page.text
    assert page.tags.count("td") == 2


def test_a_check_shows_what_is_against_and_for() -> None:
    findings = (Finding(CLAIM, CLAIM, 0.8, "counts differ"),), (Finding(replace(CLAIM, attribution=()), CLAIM, 0.6, "implies it"),)
    check = ClaimCheck("Two died.", (CLAIM,), *findings, (DOCUMENT,), 0.2, {"claims": 9, "pairs scored": 4}, {"not English": 3})
    page = Page(check._repr_html_())
    for expected in (
        "Two died.", "read as:", "1 against and 1 for, in 9 claims", "against", "0.80", "counts differ", "for", "0.60", "implies it",
        "Mayor Holm", "Aster Press (own voice)", "2024-06-11", "Left out: not English: 3", "Leads, not a verdict",
    ):  # fmt: skip
        assert expected in page.text
    assert "<table" not in replace(check, contradicting=(), supporting=())._repr_html_()


def test_an_explanation_shows_the_stage_the_reason_and_both_claims() -> None:
    page = Page(Explanation("block", "another event", "They tell of different events.", CLAIM, CLAIM)._repr_html_())
    for expected in ("block", "another event", "They tell of different events.", "two people would die"):
        assert expected in page.text
    assert page.tags.count("td") == 2
    assert "<table" not in Explanation("segment", "no claim read there", "None.")._repr_html_()


@pytest.mark.parametrize("text", [HOSTILE, "<!--", "&lt;b&gt;", "\x00\x1b[31m", "\ud83d", "", "<![CDATA[", "x" * 100_000])
def test_article_text_stays_text(text: str) -> None:
    for html in told(text):
        page = Page(html)
        assert set(page.tags) <= ALLOWED
        assert page.links == []
        html.encode("utf-8")
    assert text.replace("\ud83d", "?")[:1200] in Page(told(text)[0]).text


@given(st.text())
def test_any_text_leaves_the_elements_as_they_are(text: str) -> None:
    assert [set(Page(html).tags) - {"p", "b"} for html in told(text)] == [set(Page(html).tags) - {"p", "b"} for html in told("x")]


def test_a_very_long_text_is_cut_and_says_by_how_much() -> None:
    for html in told("x" * 100_000):
        assert len(html) < 30_000
        assert "more characters)" in html
