"""Tables and saved web pages as documents; text and JSON are tested in test_documents."""

import csv
import sys
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.documents import read_documents
from contradict.errors import ContradictWarning, InputError, MissingExtraError
from contradict.files import read_file
from contradict.records import Document

STORY = "The ministry said that the bridge was closed to all of the traffic on Monday."
DENIAL = "Mayor Holm denied that the bridge had been unsafe, and said that the council was at fault for the delay."
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bridge closed after flood | Aster Press</title>
<meta property="og:title" content="Bridge closed after flood"><meta property="og:site_name" content="Aster Press">
<meta property="article:published_time" content="2024-06-11T08:00:00Z"><link rel="canonical" href="https://aster.example/news/bridge">
</head><body><nav><a href="/">Home</a> <a href="/sport">All the sport</a></nav>
<article><h1>Bridge closed after flood</h1><p>{STORY}</p><p>{DENIAL}</p>
<p>Repairs to the caf\u00e9 beside it &amp; to the road will take until August, as the engineers \u201ctold us\u201d.</p></article>
<section class="comments"><p>I do not believe any of this, said a reader.</p></section>
<footer>Copyright 2019 Aster Press. Subscribe now to our newsletter.</footer><script>alert("script")</script></body></html>"""


def read_one(path: Path) -> Document:
    documents, dropped = read_documents(path)
    assert dropped == {}
    (document,) = documents
    return document


def write(path: Path, content: str | bytes) -> Path:
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


# Tables


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_the_delimiter_of_a_table_is_told_by_its_column_names(tmp_path: Path, delimiter: str, newline: str) -> None:
    cells = [
        "7",
        '"Bridge; shut, they | say"',
        "Aster Press",
        "2024-06-11",
        "https://aster.example",
        f'"{STORY}{newline}And ""more"", he said."',
    ]
    table = newline.join((delimiter.join(("id", "Title", " OUTLET", "published", "url", "text")), delimiter.join(cells), ""))
    expected = Document(
        "7", f'{STORY}\nAnd "more", he said.', "Bridge; shut, they | say", "Aster Press", date(2024, 6, 11), "https://aster.example"
    )
    assert read_one(write(tmp_path / "news.csv", table)) == expected


def test_a_column_may_have_the_names_that_others_use_and_the_rest_is_metadata(tmp_path: Path) -> None:
    document = read_one(write(tmp_path / "news.csv", f"\ufeffbody,source,section,\n{STORY},Aster Press,Local,unnamed\n"))
    assert (document.id, document.text, document.outlet) == ("news.csv#1", STORY, "Aster Press")
    assert document.metadata == {"section": "Local"}


def test_cells_that_are_missing_are_left_open_and_blank_lines_are_no_articles(tmp_path: Path) -> None:
    path = write(tmp_path / "news.csv", f"\n\ntext,title,published\n{STORY}\n\n,,\nSnow fell in the hills.,,2024-06-11\n")
    documents, dropped = read_documents(path)
    assert [(d.id, d.title, d.published) for d in documents] == [("news.csv#1", None, None), ("news.csv#2", None, date(2024, 6, 11))]
    assert dropped == {}


def test_an_article_may_be_longer_than_the_limit_of_the_csv_module(tmp_path: Path) -> None:
    limit = csv.field_size_limit()
    assert len(read_one(write(tmp_path / "news.csv", f"id,text\n1,{STORY * 4000}\n")).text) > limit
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x85", "\x00"])
def test_odd_separators_in_a_cell_do_not_part_it(tmp_path: Path, separator: str) -> None:
    assert read_one(write(tmp_path / "news.csv", f"id,text\n1,{STORY}{separator}More.\n")).text == f"{STORY}{separator}More."


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "is empty: its first line must name the columns"),
        (" \n\n", "is empty: its first line must name the columns"),
        ("title,outlet\nBridge,Aster Press", "has no column for the text: name it one of text, .*; it has title, outlet"),
        ("text,Text\nOne,Two", "has two columns named 'text'"),
        ('id,text\n1,One\n2,"Two\n', r"is not valid CSV \(from line 3: .*double quotes"),
        ('id,text\n1,"One" two\n', r"is not valid CSV \(from line 2: "),
        (b"text\ncaf\xe9", "is not UTF-8 text"),
    ],
)
def test_a_table_that_cannot_be_read_says_why(tmp_path: Path, content: str | bytes, message: str) -> None:
    limit = csv.field_size_limit()
    with pytest.raises(InputError, match=rf"news\.csv {message}"):
        read_documents(write(tmp_path / "news.csv", content))
    assert csv.field_size_limit() == limit


@pytest.mark.parametrize(
    ("row", "reason", "message"),
    [
        (
            "The bridge, they said, was open,Bridge",
            "unreadable",
            "row 1 has 4 cells for 2 columns: put cells that hold the delimiter in double quotes",
        ),
        (",Bridge", "empty", "row 1 has no text"),
    ],
)
def test_a_row_that_cannot_be_read_is_counted_and_the_rest_read(tmp_path: Path, row: str, reason: str, message: str) -> None:
    with pytest.warns(ContradictWarning, match=message):
        documents, dropped = read_documents(write(tmp_path / "news.csv", f"text,title\n{row}\n{STORY},Other\n"))
    assert ([d.text for d in documents], dropped) == ([STORY], {reason: 1})


@given(st.lists(st.tuples(st.text(), st.text().filter(str.strip)), min_size=1, max_size=5), st.sampled_from(",;\t|"))
def test_whatever_the_csv_module_writes_is_read_back(tmp_path_factory: pytest.TempPathFactory, rows: list[Any], delimiter: str) -> None:
    path = tmp_path_factory.mktemp("csv") / "news.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter, quoting=csv.QUOTE_ALL)
        writer.writerows([("title", "text"), *rows])
    unreadable: list[str] = []
    read = [(row["title"], row["text"]) for row, _ in read_file(path, "news.csv", unreadable)]
    assert read == [tuple(cell.replace("\r\n", "\n").replace("\r", "\n") for cell in row) for row in rows]
    assert unreadable == []


# Web pages


@pytest.fixture
def _trafilatura() -> None:
    pytest.importorskip("trafilatura", reason="trafilatura is not installed")


@pytest.mark.usefixtures("_trafilatura")
@pytest.mark.parametrize("suffix", [".html", ".htm", ".HTML"])
def test_a_web_page_is_its_article_with_what_it_declares(tmp_path: Path, suffix: str) -> None:
    document = read_one(write(tmp_path / f"page{suffix}", PAGE))
    assert document.text.startswith(f"{STORY}\n\n{DENIAL}\n\nRepairs to the café beside it & to the road")
    for other in ("Home", "sport", "reader", "Copyright", "alert", "Bridge closed"):
        assert other not in document.text
    assert (document.id, document.title, document.outlet) == (f"page{suffix}", "Bridge closed after flood", "Aster Press")
    assert (document.published, document.url) == (date(2024, 6, 11), "https://aster.example/news/bridge")


@pytest.mark.usefixtures("_trafilatura")
@pytest.mark.parametrize(
    ("encoding", "declared"),
    [
        ("utf-8", '<meta charset="utf-8">'),
        ("utf-8", ""),
        ("utf-8-sig", '<meta charset="iso-8859-1">'),
        ("utf-16", ""),
        ("cp1252", '<META http-equiv=Content-Type content="text/html; charset=ISO-8859-1">'),
        ("cp1252", ""),
        ("cp1252", '<meta charset="no-such-encoding">'),
        ("utf-8", '<meta charset="utf-16">'),
        ("utf-8", '<meta charset="unicode_escape">'),
        ("mac-roman", '<meta charset="macintosh">'),
    ],
)
def test_a_page_is_decoded_as_browsers_do(tmp_path: Path, encoding: str, declared: str) -> None:
    page = PAGE.replace('<meta charset="utf-8">', declared).encode(encoding)
    text = read_one(write(tmp_path / "page.html", page)).text
    assert "the café beside it" in text
    assert "“told us”" in text


@pytest.mark.usefixtures("_trafilatura")
def test_an_xhtml_page_with_its_declaration_is_read(tmp_path: Path) -> None:
    assert STORY in read_one(write(tmp_path / "page.html", f'<?xml version="1.0" encoding="utf-8"?>{PAGE}')).text


@pytest.mark.usefixtures("_trafilatura")
def test_a_date_that_merely_stands_on_the_page_is_not_its_own(tmp_path: Path) -> None:
    page = PAGE.replace('<meta property="article:published_time" content="2024-06-11T08:00:00Z">', "").replace("on Monday", "on 3 May 2020")
    assert read_one(write(tmp_path / "page.html", page)).published is None


@pytest.mark.usefixtures("_trafilatura")
@pytest.mark.parametrize(
    "page", ["", "<html></html>", "\x00", "<p>Short.</p>", "<div>" * 20_000, "<!--" * 1000, "<" * 50_000, "not a page"]
)
def test_a_page_without_an_article_is_an_error_that_names_it(tmp_path: Path, page: str) -> None:
    with pytest.raises(InputError, match=r"no article can be told from the page around it in .*page\.html"):
        read_documents(write(tmp_path / "page.html", page))


@pytest.mark.usefixtures("_trafilatura")
def test_a_page_in_a_folder_is_read_beside_the_rest_and_one_without_article_counted(tmp_path: Path) -> None:
    write(tmp_path / "a.html", PAGE)
    write(tmp_path / "b.html", "<html></html>")
    write(tmp_path / "c.txt", STORY)
    with pytest.warns(ContradictWarning, match=r"b\.html.*left out"):
        documents, dropped = read_documents(tmp_path)
    assert ([d.id for d in documents], dropped) == (["a.html", "c.txt"], {"unreadable": 1})


def test_without_trafilatura_the_error_names_the_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    write(tmp_path / "a.txt", STORY)
    with pytest.raises(MissingExtraError, match=r"page\.html is a web page, .*pip install contradict-news\[html\]"):
        read_documents([tmp_path / "a.txt", write(tmp_path / "page.html", PAGE)])
