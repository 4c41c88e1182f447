"""Anything readable to documents."""

import json
import warnings
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.documents import is_english, read_documents
from contradict.errors import ContradictWarning, DuplicateIdError, InputError
from contradict.records import Document

STORY = "The ministry said that the bridge was closed to all of the traffic on Monday."
GERMAN = "Das Ministerium teilte mit, dass die Brücke am Montag für den gesamten Verkehr gesperrt wurde und gesperrt bleibt."
ARABIC = "قال الوزير إن الجسر مفتوح أمام حركة المرور اليوم وأمس وغدا في المدينة القديمة"


def read_one(docs: Any) -> Document:
    documents, dropped = read_documents(docs)
    assert dropped == {}
    (document,) = documents
    return document


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


# Kinds of input


@pytest.mark.parametrize("docs", [STORY, [STORY], (STORY,), iter([STORY]), {"text": STORY}, Document("a", STORY), pd.Series([STORY])])
def test_every_wrapping_of_one_text_reads_as_one_document(docs: Any) -> None:
    assert read_one(docs).text == STORY


def test_a_str_is_a_text_even_if_a_file_has_that_name(tmp_path: Path) -> None:
    path = write(tmp_path / "story.txt", STORY)
    assert read_one(str(path)).text == str(path)


def test_a_document_is_passed_on_unchanged() -> None:
    document = Document("a", STORY, title="Bridge", published=date(2024, 6, 11), metadata={"page": 1})
    assert read_one(document) is document


@pytest.mark.parametrize(
    ("row", "field", "value"),
    [
        ({"body": STORY}, "text", STORY),
        ({"content": STORY}, "text", STORY),
        ({"maintext": STORY}, "text", STORY),
        ({"text": STORY, "headline": "Bridge"}, "title", "Bridge"),
        ({"text": STORY, "publisher": "Aster Press"}, "outlet", "Aster Press"),
        ({"text": STORY, "source": {"id": None, "name": "Aster Press"}}, "outlet", "Aster Press"),
        ({"text": STORY, "link": "https://example.org/1"}, "url", "https://example.org/1"),
        ({"text": STORY, "doc_id": 7}, "id", "7"),
        ({"text": STORY, "date": "2024-06-11"}, "published", date(2024, 6, 11)),
        ({"text": STORY, "title": "", "headline": "Bridge"}, "title", "Bridge"),
        ({"text": STORY, "title": float("nan")}, "title", None),
    ],
)
def test_fields_are_found_under_the_names_others_use(row: dict[str, Any], field: str, value: Any) -> None:
    assert getattr(read_one(row), field) == value


def test_fields_that_are_not_ours_are_kept_as_metadata() -> None:
    assert read_one({"text": STORY, "section": "World", "tags": ["a", "b"], "empty": None}).metadata == {
        "section": "World",
        "tags": ["a", "b"],
    }


def test_rows_of_a_dataframe_are_documents_and_missing_cells_are_left_open() -> None:
    frame = pd.DataFrame(
        {
            "body": [STORY, "The bridge was open."],
            "date": [pd.Timestamp("2024-06-11"), pd.NaT],
            "outlet": ["Aster Press", None],
            "id": pd.array([1, None], dtype="Int64"),
        }
    )
    (first, second), _ = read_documents(frame)
    assert (first.id, first.published, first.outlet) == ("1", date(2024, 6, 11), "Aster Press")
    assert (second.published, second.outlet, second.text) == (None, None, "The bridge was open.")


def test_a_dataframe_may_hold_arrays() -> None:
    frame = pd.DataFrame({"text": [STORY], "tags": [pd.Series(["a", "b"]).to_numpy()]})
    assert read_one(frame).text == STORY


def test_rows_of_itertuples_and_iterrows_are_documents() -> None:
    frame = pd.DataFrame({"text": [STORY], "title": ["Bridge"]})
    assert read_one(list(frame.itertuples(index=False))).title == "Bridge"
    assert read_one([row for _, row in frame.iterrows()]).title == "Bridge"


# Dates


@pytest.mark.parametrize(
    "value",
    [
        date(2024, 6, 11),
        datetime(2024, 6, 11, 23, 59),
        pd.Timestamp("2024-06-11 08:00"),
        "2024-06-11",
        "2024-06-11T08:00:00Z",
        "2024-06-11T08:00:00+02:00",
        "11 June 2024",
        "June 11, 2024",
        "Tue, 11 Jun 2024 08:00:00 GMT",
    ],
)
def test_a_date_is_read_in_its_usual_forms(value: Any) -> None:
    assert read_one({"text": STORY, "published": value}).published == date(2024, 6, 11)


@pytest.mark.parametrize("value", ["sometime", "2024-02-31", "June 2024", 20240611, "yesterday", "2 days ago"])
def test_a_date_that_cannot_be_read_or_moves_with_the_clock_is_an_error(value: Any) -> None:
    with pytest.raises(InputError, match=r"document 1 .*publication date.*YYYY-MM-DD"):
        read_documents({"text": STORY, "published": value})


# Text files


def test_a_text_file_without_header_is_all_text(tmp_path: Path) -> None:
    document = read_one(write(tmp_path / "story.txt", STORY))
    assert (document.id, document.text, document.title) == ("story.txt", STORY, None)


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("suffix", [".txt", ".md"])
def test_the_header_of_a_text_file_is_metadata(tmp_path: Path, suffix: str, newline: str) -> None:
    head = ["Title: Bridge: closed", "Outlet: Aster Press", "Date: 2024-06-11", "URL: https://example.org/1", "", STORY, "More."]
    document = read_one(write(tmp_path / f"story{suffix}", newline.join(head)))
    assert document.text == f"{STORY}\nMore."
    assert document.title == "Bridge: closed"
    assert document.outlet == "Aster Press"
    assert document.published == date(2024, 6, 11)
    assert document.url == "https://example.org/1"


def test_a_first_paragraph_with_a_colon_is_no_header(tmp_path: Path) -> None:
    text = f"Breaking: the bridge is closed.\n\n{STORY}"
    assert read_one(write(tmp_path / "story.txt", text)).text == text


def test_the_header_may_give_the_id(tmp_path: Path) -> None:
    assert read_one(write(tmp_path / "story.txt", f"ID: bridge-1\n\n{STORY}")).id == "bridge-1"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_are_read(tmp_path: Path, encoding: str) -> None:
    assert read_one(write(tmp_path / "story.txt", f"“{STORY}” — Ørsa".encode(encoding))).text == f"“{STORY}” — Ørsa"


# JSON


@pytest.mark.parametrize(
    ("name", "content", "ids"),
    [
        ("one.json", {"text": STORY}, ["one.json#1"]),
        ("list.json", [{"text": STORY}, {"text": "The bridge was open.", "id": "own"}], ["list.json#1", "own"]),
        ("texts.json", [STORY], ["texts.json#1"]),
        ("wrapped.json", {"status": "ok", "articles": [{"content": STORY}]}, ["wrapped.json#1"]),
        ("empty.json", [], []),
    ],
)
def test_json_holds_an_object_a_list_or_a_list_of_articles(tmp_path: Path, name: str, content: Any, ids: list[str]) -> None:
    documents, dropped = read_documents(write(tmp_path / name, json.dumps(content)))
    assert [d.id for d in documents] == ids
    assert dropped == {}


def test_jsonl_has_one_article_a_line_and_ids_are_line_numbers(tmp_path: Path) -> None:
    path = write(tmp_path / "a.jsonl", f'{{"text": "{STORY}"}}\n\n{{"text": "The bridge was open."}}\n')
    documents, _ = read_documents(path)
    assert [d.id for d in documents] == ["a.jsonl#1", "a.jsonl#3"]


@pytest.mark.parametrize("separator", ["\u2028", "\u2029", "\x85"])
def test_a_jsonl_string_may_hold_other_line_separators(tmp_path: Path, separator: str) -> None:
    assert read_one(write(tmp_path / "a.jsonl", f'{{"text": "One{separator}two"}}\n')).text == f"One{separator}two"


@pytest.mark.parametrize(
    ("name", "content", "line"),
    [("a.json", '{"text": "x",\n oops}', 2), ("a.jsonl", '{"text": "x"}\n{"text": "y"}\n{oops\n', 3)],
)
def test_invalid_json_names_the_file_and_the_line(tmp_path: Path, name: str, content: str, line: int) -> None:
    with pytest.raises(InputError, match=rf"{name} is not valid JSON \(line {line}: "):
        read_documents(write(tmp_path / name, content))


@pytest.mark.parametrize("content", ["5", "null", '"a text"', "[" * 100_000, f'[{{"text": "x", "n": {"1" * 5000}}}]'])
def test_json_that_holds_no_articles_is_an_error(tmp_path: Path, content: str) -> None:
    with pytest.raises(InputError, match=r"a\.json"):
        read_documents(write(tmp_path / "a.json", content))


def test_a_record_without_text_is_left_out_and_the_rest_of_the_file_read(tmp_path: Path) -> None:
    path = write(tmp_path / "a.json", json.dumps([{"text": STORY}, {"title": "no text"}, 5, {"text": "The bridge was open."}]))
    with pytest.warns(ContradictWarning) as caught:
        documents, dropped = read_documents(path)
    assert [d.id for d in documents] == ["a.json#1", "a.json#4"]
    assert dropped == {"unreadable": 2}
    assert [("article 2 has no text" in str(w.message), "article 3 is int" in str(w.message)) for w in caught] == [(1, 0), (0, 1)]


# Folders and unreadable files


def test_a_folder_is_read_in_name_order_with_its_subfolders(tmp_path: Path) -> None:
    write(tmp_path / "b.txt", STORY)
    write(tmp_path / "a" / "news.json", '[{"text": "Snow fell in the hills."}]')
    write(tmp_path / "c" / "news.json", '[{"text": "Rain fell in the hills."}]')
    write(tmp_path / "ignored.pdf", "%PDF")
    documents, dropped = read_documents(tmp_path)
    assert [d.id for d in documents] == ["a/news.json#1", "b.txt", "c/news.json#1"]
    assert dropped == {}


def test_a_missing_path_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"no such file or folder: .*nowhere\.txt"):
        read_documents(tmp_path / "nowhere.txt")


def test_a_path_that_no_system_takes_is_an_error() -> None:
    with pytest.raises(InputError):
        read_documents(Path("x" * 5000))


def test_a_folder_with_nothing_readable_is_an_error(tmp_path: Path) -> None:
    write(tmp_path / "photo.png", b"\x89PNG")
    with pytest.raises(InputError, match=r"nothing to read in .*no \.txt, \.md, \.json, \.jsonl, \.csv, \.html, \.htm file"):
        read_documents(tmp_path)


def test_a_lone_file_that_is_not_utf8_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cafe\.txt is not UTF-8 text"):
        read_documents(write(tmp_path / "cafe.txt", "café".encode("latin-1")))


def test_a_folder_where_no_file_can_be_read_is_an_error_that_counts_them(tmp_path: Path) -> None:
    write(tmp_path / "a.txt", b"caf\xe9")
    write(tmp_path / "b.json", "{")
    with pytest.raises(InputError, match=r"a\.txt is not UTF-8 text.*and 1 more"):
        read_documents(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("bad.txt", b"caf\xe9", "not UTF-8"),
        ("bad.json", b"{", "not valid JSON"),
        ("bad.md", b"Date: sometime\n\nThe text.", "publication date"),
    ],
)
def test_an_unreadable_file_among_good_ones_is_counted_and_the_rest_read(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    write(tmp_path / "good.txt", STORY)
    write(tmp_path / name, content)
    with pytest.warns(ContradictWarning, match=rf"{name}.*{reason}.*left out"):
        documents, dropped = read_documents(tmp_path)
    assert [d.id for d in documents] == ["good.txt"]
    assert dropped == {"unreadable": 1}


# Ids and copies


def test_default_ids_depend_on_the_content_alone() -> None:
    first = [d.id for d in read_documents([STORY, "The bridge was open."])[0]]
    second = [d.id for d in read_documents(["The bridge was open.", {"body": STORY}])[0]]
    assert first == second[::-1]
    assert len(set(first)) == 2
    assert first[0] == "1a607a5aa255cb6a"


def test_two_documents_with_one_id_are_an_error_that_names_both() -> None:
    with pytest.raises(DuplicateIdError, match=r"'a'.*document 1 \(a\).*document 3"):
        read_documents([Document("a", STORY), "The bridge was open.", {"id": "a", "text": "Snow fell in the hills."}])


@pytest.mark.parametrize(
    "copy",
    [
        Document("a", STORY),
        Document("b", STORY),
        Document("a", STORY.replace(" ", "\n")),
        {"text": STORY, "title": "Another headline"},
    ],
)
def test_the_same_article_twice_is_read_once(copy: Any) -> None:
    with pytest.warns(ContradictWarning, match=r"document 2.* is the same article as document 1"):
        documents, dropped = read_documents([Document("a", STORY), copy])
    assert [d.id for d in documents] == ["a"]
    assert dropped == {"the same article twice": 1}


@pytest.mark.parametrize(("field", "values"), [("outlet", ("Aster Press", "Borough News")), ("date", ("2024-06-11", "2024-06-12"))])
def test_one_text_in_two_outlets_or_on_two_days_is_two_articles(field: str, values: tuple[str, str]) -> None:
    documents, dropped = read_documents([{"text": STORY, field: value} for value in values])
    assert (len(documents), dropped) == (2, {})


# What is left out, and what is not


@pytest.mark.parametrize("text", [GERMAN, ARABIC])
def test_what_is_not_english_is_left_out_with_a_warning(text: str) -> None:
    with pytest.warns(ContradictWarning, match="document 2 is not in English"):
        documents, dropped = read_documents([STORY, text])
    assert len(documents) == 1
    assert dropped == {"not English": 1}


@pytest.mark.parametrize("text", ["", " ", "\n\t \n", "\u00a0"])
@pytest.mark.parametrize("field", ["text", "body"])
def test_an_empty_document_is_left_out_with_a_warning(field: str, text: str) -> None:
    with pytest.warns(ContradictWarning, match="document 1 has no text"):
        documents, dropped = read_documents([{field: text}, STORY])
    assert len(documents) == 1
    assert dropped == {"empty": 1}


def test_an_empty_file_is_left_out_with_a_warning(tmp_path: Path) -> None:
    with pytest.warns(ContradictWarning, match=r"empty\.txt has no text"):
        assert read_documents(write(tmp_path / "empty.txt", "")) == ([], {"empty": 1})


@pytest.mark.parametrize("docs", [[], (), {}.values(), pd.DataFrame()])
def test_no_documents_at_all_is_no_error(docs: Any) -> None:
    assert read_documents(docs) == ([], {})


@pytest.mark.parametrize(
    "text",
    [
        "The man\x00said \x07that the bridge\x1b[31m was closed.",
        "The minister said “سلام” was the word that they used on the bridge 🌉🔥 in the city.",
        "The bridge \ud83d was closed.",
        "🌉",
        "1914",
    ],
)
def test_odd_characters_are_kept_as_they_are(text: str) -> None:
    assert read_one(text).text == text


@pytest.mark.parametrize(
    ("docs", "message"),
    [
        (None, "no documents"),
        (5, "cannot read documents from int"),
        (b"bytes", "cannot read documents from bytes"),
        ([b"bytes"], "document 1 is a bytes: decode it first"),
        ([STORY, None], "document 2 is a NoneType"),
        ([[STORY]], "document 1 is a list"),
        ({}, "document 1 has no text.*it has nothing"),
        ([STORY, {"title": "Bridge"}], "document 2 has no text.*it has title"),
        ([{"text": 5}], "document 1 has no text"),
        ([{"text": None}], "document 1 has no text"),
    ],
)
def test_what_cannot_be_read_is_an_error_that_names_its_place(docs: Any, message: str) -> None:
    with pytest.raises(InputError, match=message):
        read_documents(docs)


@given(st.lists(st.one_of(st.text(), st.just(STORY), st.fixed_dictionaries({"text": st.text()}, optional={"title": st.text()}))))
def test_every_text_is_either_read_or_counted(docs: list[Any]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ContradictWarning)
        documents, dropped = read_documents(docs)
    assert len(documents) + sum(dropped.values()) == len(docs)
    assert len({d.id for d in documents}) == len(documents)


@pytest.mark.parametrize(
    ("text", "english"),
    [(STORY, True), (GERMAN, False), (ARABIC, False), ("Bridge closed", True), ("", True), ("мост закрыт", False)],
)
def test_english_is_told_apart(text: str, english: bool) -> None:
    assert is_english(text) is english
