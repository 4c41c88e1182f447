"""Tables, annotations, Markdown and graphs: what they say, and that article text cannot break them."""

import csv
import io
import json
import re
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from contradict import Conflicts, Document, MissingExtraError
from contradict.exports import COLUMNS, markdown
from contradict.records import Attribution, Claim, Kind, Polarity, Signal
from contradict.texts import one_line, web_address
from tests.test_results import claim, conflict, results

OPEN = "Snow fell. The bridge was open, he said. Two died."
DOCUMENTS = (
    Document("a", OPEN, outlet="Aster Press", published=date(2024, 6, 11), url="https://aster.example/bridge?a=1&copy;=2"),
    Document("b 1", "The bridge was shut", title="Bridge shut", url="javascript:alert(1)"),
)
SAID = Claim(
    "a-1",
    "a",
    11,
    30,
    "The bridge was open",
    "the bridge was open",
    (Attribution("Mayor Holm", None, None, Polarity.DENIED),),
    Polarity.DENIED,
)
SHUT = Claim("b-1", "b 1", 0, 19, "The bridge was shut", "the bridge was shut")
FOUND = results(conflict(0.9, Kind.DENIAL, SAID, right=SHUT, id="c-1"), conflict(0.3), documents=DOCUMENTS, dropped={"not English": 1})
HOSTILE = "<script>alert('x')</script> =1+1 **b** [a](javascript:x) ![i](http://x) `c` | d | &amp; \u202e\x00\n\n# head\n- list\n```\n---"


def told(text: str, **fields: Any) -> Conflicts:
    """Results in which an article says this everywhere."""
    hostile = Claim("a-1", "a", 0, len(text), text, text, (Attribution(text, None, None, Polarity.DENIED),), Polarity.DENIED)
    evidence = (Signal("opposition", 1.0, 1.0, text),)
    documents = (Document("a", text, text, text, url=text), Document("b", "x", title=text))
    return results(
        conflict(0.9, left=hostile, right=claim("b", text), evidence=evidence, id=text, **fields), documents=documents, dropped={text: 1}
    )


# Tables


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline=""), strict=True))


def test_a_table_has_a_row_a_conflict() -> None:
    (row,) = table(FOUND.to_csv())
    assert row == {
        "score": "0.9", "kind": "denial", "strength": "contradiction",
        "left_holder": "Mayor Holm", "left_polarity": "denied", "left_text": "The bridge was open", "left_outlet": "Aster Press",
        "left_published": "2024-06-11", "left_url": "https://aster.example/bridge?a=1&copy;=2",
        "right_holder": "Bridge shut (own voice)", "right_polarity": "asserted", "right_text": "The bridge was shut",
        "right_outlet": "Bridge shut", "right_published": "", "right_url": "javascript:alert(1)",
        "why": "read as contradicting", "review": "", "note": "", "id": "c-1",
    }  # fmt: skip


def test_table_and_dataframe_say_the_same() -> None:
    pytest.importorskip("pandas", reason="pandas is not installed")
    frame = FOUND.to_pandas()
    assert list(frame.columns) == list(COLUMNS)
    assert frame.fillna("").astype(str).to_dict("records") == table(FOUND.to_csv())


def test_a_table_in_a_file_has_the_mark_of_utf8_and_lines_as_rfc_4180(tmp_path: Path) -> None:
    text = FOUND.to_csv(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes() == b"\xef\xbb\xbf" + text.encode("utf-8")
    assert text.count("\r\n") == 2
    assert text.startswith('"score","kind"')


def test_a_table_of_nothing_has_its_columns() -> None:
    assert FOUND.above(1.0).to_csv() == ",".join(f'"{c}"' for c in COLUMNS) + "\r\n"


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\tx",
        "\rx",
        " =1",
        "\u00a0=1",
        "\ufeff=1",
        "\u200b=1",
        "\x00=1",
        "＝1",
        "＋1",
        "－1",
        "＠x",
    ],
)
def test_no_cell_begins_as_a_formula(text: str) -> None:
    row = next(csv.DictReader(io.StringIO(told(text).to_csv(), newline="")))
    assert {name: row[name] for name in ("left_text", "left_holder", "right_outlet", "left_url", "why", "id")} == dict.fromkeys(
        ("left_text", "left_holder", "right_outlet", "left_url", "why", "id"), f"'{text}"
    )


@pytest.mark.parametrize("text", ["Two died - or three", "a=b", "a@b", "'quoted", '"quoted"', "a;b,c", "1914", "", "…"])
def test_other_cells_are_as_they_stand(text: str) -> None:
    assert table(told(text).to_csv())[0]["left_text"] == text


@given(st.text())
def test_every_text_keeps_to_its_cell(text: str) -> None:
    read = table(told(text).to_csv())
    assert len(read) == 1
    assert read[0]["left_text"].removeprefix("'") == text.removeprefix("'")
    assert not any(cell.lstrip().startswith(("=", "+", "-", "@")) for cell in read[0].values())


def test_numbers_of_numpy_are_numbers() -> None:
    text = results(conflict(np.float32(0.75))).to_csv()
    assert text.splitlines()[1].startswith("0.75,")


# W3C Web Annotations


def test_each_side_is_an_annotation_of_its_conflict() -> None:
    page = json.loads(FOUND.to_annotations())
    assert page["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert page["type"] == "AnnotationPage"
    left, right = page["items"]
    assert (left["id"], right["id"]) == ("urn:contradict-news:conflict:c-1:left", "urn:contradict-news:conflict:c-1:right")
    assert {left["type"], right["type"]} == {"Annotation"}
    assert left["conflict"] == right["conflict"] == "urn:contradict-news:conflict:c-1"
    assert left["target"] == {
        "type": "SpecificResource",
        "source": "https://aster.example/bridge?a=1&copy;=2",
        "selector": [
            {"type": "TextQuoteSelector", "exact": "The bridge was open", "prefix": "Snow fell. ", "suffix": ", he said. Two died."},
            {"type": "TextPositionSelector", "start": 11, "end": 30},
        ],
    }
    assert right["target"]["selector"][0] == {"type": "TextQuoteSelector", "exact": "The bridge was shut"}
    assert right["target"]["source"] == "urn:contradict-news:document:b%201"
    assert {**left["target"], "purpose": "linking"} in right["body"]
    assert {**right["target"], "purpose": "linking"} in left["body"]
    assert {"denial", "contradiction"} == {b["value"] for b in left["body"] if b["purpose"] == "tagging"}
    assert "Bridge shut: “The bridge was shut”" in left["body"][0]["value"]


def test_selectors_find_the_claim_in_the_text() -> None:
    text = "🌉 é̂ The bridge\nwas open. The bridge was open."
    at = text.rindex("The")
    page = json.loads(
        results(
            conflict(0.9, left=replace(SAID, start=at, end=at + 19)), documents=(Document("a", text), Document("b", "x"))
        ).to_annotations()
    )
    said, where = page["items"][0]["target"]["selector"]
    assert text[where["start"] : where["end"]] == said["exact"]
    assert said["prefix"] + said["exact"] + said["suffix"] in text
    assert len(said["prefix"]) <= 32


def test_where_the_text_is_not_there_an_annotation_has_the_claim_alone() -> None:
    page = json.loads(
        results(conflict(0.9, left=SAID, right=SHUT), documents=tuple(replace(d, text="") for d in DOCUMENTS)).to_annotations()
    )
    assert page["items"][0]["target"]["selector"][0] == {"type": "TextQuoteSelector", "exact": "The bridge was open"}


@pytest.mark.parametrize("text", [HOSTILE, "The bridge \ud83d", "x" * 100_000])
def test_annotations_of_hostile_text_are_json_with_iris(text: str, tmp_path: Path) -> None:
    told(text).to_annotations(tmp_path / "out.jsonld")
    items = json.loads((tmp_path / "out.jsonld").read_text(encoding="utf-8"))["items"]
    assert items[0]["target"]["selector"][0]["exact"] == text
    for iri in (items[0]["id"], items[0]["conflict"], items[0]["target"]["source"]):
        assert re.fullmatch(r"urn:contradict-news:[\w%.~:-]+", iri, re.ASCII)


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://aster.example/a?b=c&d=%20#e", "https://aster.example/a?b=c&d=%20#e"),
        (" HTTP://aster.example ", "HTTP://aster.example"),
        ("https://aster.example/é <b>\n>)", "https://aster.example/%C3%A9%20%3Cb%3E%0A%3E)"),
        ("https://aster.example/\ud83d", "https://aster.example/?"),
        ("javascript:alert(1)", None), ("JavaScript:alert(1)", None), ("java\nscript:alert(1)", None),
        ("data:text/html,x", None), ("https:x", None),
        ("file:///etc", None), ("http://[", None), ("/news/bridge", None), ("aster.example", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_only_addresses_of_the_web_are_linked_to(url: str | None, address: str | None) -> None:
    assert web_address(url) == address


# Markdown

RENDER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def test_markdown_for_a_ticket(tmp_path: Path) -> None:
    text = FOUND.to_markdown(tmp_path / "out.md")
    assert (tmp_path / "out.md").read_text(encoding="utf-8") == text
    for line in (
        "# Where the articles disagree",
        f"Leads to check, not verdicts. {FOUND.summary()}",
        "## 1. denial, contradiction (score 0.90)",
        "> The bridge was open",
        "> — **Mayor Holm** denies, [Aster Press](<https://aster.example/bridge?a=1&amp;copy;=2>), 2024-06-11",
        "> — **Bridge shut (own voice)**, Bridge shut, undated",
        "Why: read as contradicting",
        "- [ ] checked (conflict c-1)",
        "Left out: not English: 1",
    ):
        assert line in text.splitlines()
    assert 'href="https://aster.example/bridge?a=1&amp;copy;=2"' in RENDER.render(text)


def shape(text: str) -> list[str]:
    """The Markdown's elements in order, without the texts in them."""
    return [child.type for token in RENDER.parse(text) for child in (token, *(token.children or ())) if child.type != "text"]


def ticket(text: str) -> str:
    found = told(text)
    return replace(found, documents=tuple(replace(d, url=None) for d in found.documents)).to_markdown()


PLAIN = shape(told("The bridge was open").to_markdown())


@pytest.mark.parametrize(
    "text",
    [
        HOSTILE, "# head", "1. one", "12) twelve", "- list", "+ list", "* list", "---", "===", "***", "___", "> quote",
        "```code", "~~~", "    code", "\tcode",
        "| a | b |\n|---|---|\n| c | d |", "<b>", "<!-- x", "</p>",
        "[a]: http://x", "[^1]: note", "![x](y)", "**b**", "_i_", "~~s~~", "`c`", "``", "\\", "\\*",
        "&lt;", "&#60;", "a\\", "http://x.example", "www.x.example", "a@x.example",
        "<http://x>", ":smile:", "$x$", "{x}", "\r\n\r\n# head", "\u2028# head",
        "\x00", "\u202e", "", " ", "*", "**", "x" * 100_000,
    ],
)  # fmt: skip
def test_article_text_shows_as_it_stands_and_makes_no_markdown(text: str) -> None:
    page = ticket(text)
    assert shape(page) == PLAIN
    assert (one_line(text) or "–") in [c.content for t in RENDER.parse(page) if t.type == "inline" for c in [flat(t)]]


def flat(token: Any) -> Any:
    token.content = "".join(c.content for c in token.children or ())
    return token


@given(st.text() | st.text(alphabet="ab1 \n\t\\`*_{}[]()<>#+-.!|~&$:=@/w;^\"'"))
def test_no_text_makes_markdown(text: str) -> None:
    assert shape(ticket(text)) == PLAIN
    (paragraph,) = [t for t in RENDER.parse(f"> {markdown(text) or '–'}") if t.type == "inline"]
    assert flat(paragraph).content == (one_line(text) or "–")


@pytest.mark.parametrize(("text", "escaped"), [("http://x.example", "http\\://x"), ("www.x.example", "www\\.x"), ("a@x.example", "a\\@x")])
def test_addresses_in_article_text_are_no_links_where_markdown_finds_them_by_itself(text: str, escaped: str) -> None:
    assert escaped in markdown(text)


def test_markdown_has_nothing_that_turns_the_text_around_it() -> None:
    assert not set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\x00\x1b") & set(told(HOSTILE).to_markdown())


def test_half_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    found = told("The bridge \ud83d")
    found.to_csv(tmp_path / "out.csv")
    found.to_markdown(tmp_path / "out.md")
    assert "The bridge ?" in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert "The bridge ?" in (tmp_path / "out.md").read_text(encoding="utf-8")


# Graphs


def test_a_graph_of_claims(tmp_path: Path) -> None:
    networkx = pytest.importorskip("networkx", reason="networkx is not installed")
    graph = FOUND.to_networkx()
    assert graph.nodes["a-1"] == {
        "text": "The bridge was open", "speaker": "Mayor Holm", "polarity": "denied",
        "document": "a", "outlet": "Aster Press", "published": "2024-06-11",
    }  # fmt: skip
    expected = {"kind": "denial", "strength": "contradiction", "score": 0.9, "why": "read as contradicting"}
    assert list(graph.edges(keys=True, data=True)) == [("a-1", "b-1", "c-1", expected)]
    networkx.write_graphml(graph, tmp_path / "out.graphml")
    assert networkx.read_graphml(tmp_path / "out.graphml").nodes["a-1"]["speaker"] == "Mayor Holm"


def test_a_graph_of_speakers_has_an_edge_for_each_conflict() -> None:
    pytest.importorskip("networkx", reason="networkx is not installed")
    found = results(conflict(0.9, left=SAID, right=SHUT, id="c-1"), conflict(0.8, left=SAID, right=SAID, id="c-2"), documents=DOCUMENTS)
    graph = found.to_networkx(nodes="speakers")
    assert set(graph) == {"Mayor Holm", "Bridge shut (own voice)"}
    assert sorted(graph.edges(keys=True)) == [("Mayor Holm", "Bridge shut (own voice)", "c-1"), ("Mayor Holm", "Mayor Holm", "c-2")]
    with pytest.raises(ValueError, match="not 'outlets'"):
        found.to_networkx(nodes="outlets")  # type: ignore[arg-type]


def test_without_networkx_the_error_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkx", None)
    with pytest.raises(MissingExtraError, match=r"pip install contradict-news\[networkx\]"):
        FOUND.to_networkx()
