"""The command line, with fakes for the models."""

import io
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from contradict import ConflictFinder, Conflicts, ModelError
from contradict.cli import main
from tests.conftest import FinderFactory

OPEN = "Outlet: Aster Press\nDate: 2024-06-11\n\nThe bridge was open on Monday. Farmers sold apples."
SHUT = "Outlet: Borough News\n\nThe bridge was not open on Monday. Snow fell in the hills."
CALM = "The bridge in the town was painted on Monday."

Capsys = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def fakes(monkeypatch: pytest.MonkeyPatch, make_finder: FinderFactory) -> None:
    monkeypatch.setattr("contradict.cli.ConflictFinder", make_finder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "open.txt").write_text(OPEN, encoding="utf-8")
    (folder / "shut.txt").write_text(SHUT, encoding="utf-8")
    return folder


def standard_input(monkeypatch: pytest.MonkeyPatch, raw: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw), encoding="utf-8"))


def words(text: str) -> str:
    """Output without the rulings and breaks of its tables."""
    return " ".join("".join(" " if c in "│┃─━┏┓└┘├┤┼┬┴┡┩╇┳╋" else c for c in text).split())


# find


def test_the_report_is_written(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    target = tmp_path / "report.html"
    assert main(["find", str(folder), "--html", str(target)]) == 0
    captured = capsys.readouterr()
    assert f"written: {target}" in captured.err
    assert "1 conflict" in captured.out
    assert "The bridge was not open on Monday" in target.read_text(encoding="utf-8")


def test_a_report_that_cannot_be_written_is_told(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder), "--html", str(tmp_path / "nowhere" / "report.html")]) == 1
    assert "cannot write" in capsys.readouterr().err


def test_reviews_are_taken_in(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    found = tmp_path / "found.json"
    assert main(["find", str(folder), "--json", str(found)]) == 0
    conflict = json.loads(found.read_text(encoding="utf-8"))["conflicts"][0]["id"]
    rows = [{"conflict": conflict, "judgement": "confirmed", "note": "seen"}, {"conflict": "elsewhere", "judgement": "unsure"}]
    reviews = tmp_path / "reviews.json"
    reviews.write_text(json.dumps({"format": "contradict-reviews", "version": 1, "reviews": rows}), encoding="utf-8")
    assert main(["find", str(folder), "--json", str(found), "--reviews", str(reviews)]) == 0
    assert json.loads(found.read_text(encoding="utf-8"))["conflicts"][0]["review"]["note"] == "seen"
    err = words(capsys.readouterr().err)
    assert "1 review of conflicts that are not here" in err
    assert "left out, reviews of conflicts that are not here: 1" in err
    assert main(["find", str(folder), "--reviews", str(tmp_path / "none.json")]) == 1
    assert "cannot read" in capsys.readouterr().err


def test_find_shows_both_sides_with_their_sources_and_the_reason(folder: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder)]) == 0
    out = words(capsys.readouterr().out)
    for expected in ("Aster Press", "2024-06-11", "Borough News", "direct, contradiction", "reads them as contradicting (100%)"):
        assert expected in out
    assert "1 conflict at score 0.50 or more, from 2 documents, 4 claims, 6 pairs considered and 6 scored." in out


def test_several_paths_are_read_together(folder: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder / "open.txt"), str(folder / "shut.txt")]) == 0
    assert "1 conflict" in capsys.readouterr().out


def test_a_dash_is_standard_input(folder: Path, capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b"\xef\xbb\xbfThe bridge was not open on Monday.")
    assert main(["find", "-", str(folder / "open.txt")]) == 0
    out = words(capsys.readouterr().out)
    assert "1 conflict" in out
    assert "standard input" in out


def test_nothing_found_says_what_was_searched_and_shows_the_nearest_misses(tmp_path: Path, folder: Path, capsys: Capsys) -> None:
    (folder / "shut.txt").write_text(CALM, encoding="utf-8")
    assert main(["find", str(folder)]) == 0
    out = words(capsys.readouterr().out)
    assert "0 conflicts at score 0.50 or more, from 2 documents, 3 claims, 3 pairs considered and 3 scored." in out
    assert "Nothing reaches 0.50. The nearest misses (--min-score lowers the bar):" in out
    assert "The bridge was open on Monday" in out
    assert "painted on Monday" in out


def test_nothing_to_compare_is_said(tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "one.txt").write_text("One claim only.", encoding="utf-8")
    assert main(["find", str(tmp_path)]) == 0
    out = words(capsys.readouterr().out)
    assert "from 1 document, 1 claim, 0 pairs considered" in out
    assert "No two claims were close enough to compare." in out


def test_min_score_and_limit(folder: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder), "--min-score", "0", "--limit", "2"]) == 0
    out = words(capsys.readouterr().out)
    assert "6 conflicts at score 0.00 or more" in out
    assert "4 more: --limit 6, --json FILE or --html FILE shows them." in out


def test_top_k_reaches_the_retriever(folder: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder), "--top-k", "1"]) == 0
    captured = capsys.readouterr()
    assert "6 pairs considered and 6 scored" not in words(captured.out)
    assert "left out, not among the nearest: " in captured.err


def test_kind_shows_one_kind_and_says_when_there_is_none(folder: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder), "--kind", "direct", "--kind", "causal"]) == 0
    assert "1 conflict at" in capsys.readouterr().out
    assert main(["find", str(folder), "--kind", "numeric"]) == 0
    out = capsys.readouterr().out
    assert "0 conflicts at" in out
    assert "None of that kind." in out


def test_json_on_standard_output_is_all_there_is(folder: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder), "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert len(data["conflicts"]) == 1
    assert data["counts"]["documents"] == 2


def test_json_to_a_file_comes_with_the_table(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    target = tmp_path / "a rather long name of a file.json"
    assert main(["find", str(folder), "--json", str(target), "--min-score", "0", "--limit", "1"]) == 0
    captured = capsys.readouterr()
    assert "6 conflicts" in captured.out
    assert f"written: {target}\n" in captured.err
    assert len(json.loads(target.read_text(encoding="utf-8"))["conflicts"]) == 6


def test_each_form_goes_to_its_file(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    targets = {name: str(tmp_path / f"out.{name}") for name in ("json", "csv", "markdown", "annotations")}
    assert main(["find", str(folder), *(part for name, path in targets.items() for part in (f"--{name}", path))]) == 0
    captured = capsys.readouterr()
    assert "1 conflict" in captured.out
    assert captured.err == "".join(f"written: {path}\n" for path in targets.values())
    written = {name: Path(path).read_text(encoding="utf-8") for name, path in targets.items()}
    found = Conflicts.from_json(Path(targets["json"]))
    assert written["csv"] == "\ufeff" + found.to_csv().replace("\r\n", "\n")
    # What was read back also counts the near misses that were not exported.
    assert found.to_markdown().startswith(written["markdown"])
    assert written["annotations"] == found.to_annotations() + "\n"


@pytest.mark.parametrize(("name", "start"), [("csv", b'"score","kind",'), ("markdown", b"# Where the articles"), ("annotations", b"{")])
def test_each_form_on_standard_output_is_all_there_is(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str, start: bytes) -> None:
    (folder / "shut.txt").write_text("The bridge was not open on Monday — 🌉", encoding="utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["find", str(folder), f"--{name}", "-"]) == 0
    sys.stdout.flush()
    assert raw.getvalue().startswith(start)
    assert "— 🌉".encode() in raw.getvalue()
    assert b"1 conflict at score 0.50 or more, from 2 documents, 3 claims" not in raw.getvalue() or name == "markdown"


def test_files_may_go_with_one_form_on_standard_output(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    assert main(["find", str(folder), "--json", "-", "--csv", str(tmp_path / "out.csv")]) == 0
    assert len(json.loads(capsys.readouterr().out)["conflicts"]) == 1
    assert (tmp_path / "out.csv").exists()


def test_tables_and_web_pages_are_read_beside_the_rest(folder: Path, capsys: Capsys) -> None:
    (folder / "more.csv").write_text("outlet;text\nCorvel Post;The bridge was never open on Monday.\n", encoding="utf-8")
    assert main(["find", str(folder)]) == 0
    out = words(capsys.readouterr().out)
    assert "from 3 documents, 5 claims" in out
    assert "Corvel Post" in out


def test_what_was_left_out_is_noted_on_standard_error(folder: Path, capsys: Capsys) -> None:
    (folder / "bad.txt").write_bytes(b"caf\xe9")
    (folder / "copy.txt").write_text(OPEN, encoding="utf-8")
    assert main(["find", str(folder)]) == 0
    captured = capsys.readouterr()
    assert "1 conflict" in captured.out
    assert "notice:" not in captured.out
    assert f"notice: {folder / 'bad.txt'} is not UTF-8 text: save it as UTF-8: left out\n" in captured.err
    assert "left out, unreadable: 1" in captured.err
    assert "left out, the same article twice: 1" in captured.err


def test_against_compares_with_the_reference_only(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    new = tmp_path / "new"
    new.mkdir()
    (new / "one.txt").write_text("The bridge was never open on Monday.", encoding="utf-8")
    (new / "two.txt").write_text("The bridge was open on Monday at last.", encoding="utf-8")
    assert main(["find", str(new), "--against", str(folder), "--json", "-"]) == 0
    captured = capsys.readouterr()
    sides = [{c["left"]["document_id"], c["right"]["document_id"]} for c in json.loads(captured.out)["conflicts"]]
    assert sides
    assert all(len(pair & {"one.txt", "two.txt"}) == 1 for pair in sides)
    assert "left out, both in the reference: 6" in captured.err
    assert main(["find", str(new), "--against", str(folder / "open.txt"), "--against", str(folder / "shut.txt"), "--among-new"]) == 0
    assert "left out, both new" not in capsys.readouterr().err


def test_across_only_leaves_documents_alone(tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "one.txt").write_text("The bridge was open. The bridge was not open.", encoding="utf-8")
    assert main(["find", str(tmp_path)]) == 0
    assert "1 conflict at" in capsys.readouterr().out
    assert main(["find", str(tmp_path), "--across-only"]) == 0
    captured = capsys.readouterr()
    assert "0 conflicts at" in captured.out
    assert "left out, same document: 1" in captured.err


# check


def test_check_shows_what_is_against_and_for_a_claim(folder: Path, capsys: Capsys) -> None:
    assert main(["check", "The bridge was open on Monday.", str(folder)]) == 0
    out = words(capsys.readouterr().out)
    assert out.index("against the claim") < out.index("Borough News") < out.index("for the claim") < out.index("Aster Press")
    assert "1 against and 1 for, in 4 claims of 2 documents; 4 passages judged." in out


def test_check_as_json(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    assert main(["check", "The bridge was open on Monday.", str(folder), "--json", "-"]) == 0
    data = json.loads(capsys.readouterr().out)
    assert [f["passage"]["document_id"] for f in data["contradicting"]] == ["shut.txt"]
    target = tmp_path / "check.json"
    assert main(["check", "The bridge was open on Monday.", str(folder), "--json", str(target)]) == 0
    assert json.loads(target.read_text(encoding="utf-8")) == data
    assert "against the claim" in capsys.readouterr().out


def test_check_says_how_many_it_does_not_show(folder: Path, capsys: Capsys) -> None:
    assert main(["check", "The bridge was open on Monday.", str(folder), "--min-score", "0", "--limit", "1"]) == 0
    assert "2 more against the claim: --limit 3 or --json FILE shows them." in words(capsys.readouterr().out)


def test_a_claim_that_is_none_is_an_input_error(folder: Path, capsys: Capsys) -> None:
    assert main(["check", " ", str(folder)]) == 1
    assert "is no claim that can be checked" in words(capsys.readouterr().err)


def test_check_cannot_write_its_json(folder: Path, tmp_path: Path, capsys: Capsys) -> None:
    assert main(["check", "The bridge was open.", str(folder), "--json", str(tmp_path / "no" / "such" / "folder.json")]) == 1
    assert "cannot write" in capsys.readouterr().err


# claims


def test_claims_lists_what_is_understood(folder: Path, capsys: Capsys) -> None:
    assert main(["claims", str(folder)]) == 0
    out = words(capsys.readouterr().out)
    for expected in ("open.txt", "Farmers sold apples", "shut.txt", "Snow fell in the hills", "asserted", "4 claims."):
        assert expected in out


# Terminals


@pytest.mark.parametrize("command", ["find", "claims"])
def test_output_keeps_to_80_columns_and_is_free_of_control_characters(folder: Path, capsys: Capsys, command: str) -> None:
    long = f"The bridge was never open on Monday {'x' * 300} \x1b[31m\x00\x07 🌉🌉 漢字漢字 [bold]not markup[/bold]"
    (folder / "odd.json").write_text(json.dumps({"text": long, "outlet": f"{'Press ' * 40}\x1b]0;title\x07[red]"}), encoding="utf-8")
    assert main([command, str(folder)]) == 0
    out = capsys.readouterr().out
    assert max(cell_len(line) for line in out.splitlines()) <= 80
    assert not set("\x1b\x00\x07") & set(out)
    assert "[bold]not markup[/bold]" in words(out).replace("[bold]not markup [/bold]", "[bold]not markup[/bold]")


def test_a_narrow_encoding_is_no_obstacle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "shut.txt").write_text("The bridge was not open on Monday — 🌉", encoding="utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["find", str(folder)]) == 0
    sys.stdout.flush()
    assert b"1 conflict" in raw.getvalue()


def test_json_is_utf8_whatever_the_encoding_of_the_output(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "shut.txt").write_text("The bridge was not open on Monday — 🌉", encoding="utf-8")
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="ascii"))
    assert main(["find", str(folder), "--json", "-"]) == 0
    sys.stdout.flush()
    conflict = json.loads(raw.getvalue().decode("utf-8"))["conflicts"][0]
    assert "The bridge was not open on Monday — 🌉" in (conflict["left"]["text"], conflict["right"]["text"])


# Exit codes


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required"),
        (["find"], "required: PATH"),
        (["seek", "x"], "invalid choice"),
        (["find", "x", "--min-score", "2"], "must be a number between 0 and 1, not 2"),
        (["find", "x", "--min-score", "high"], "must be a number between 0 and 1, not high"),
        (["find", "x", "--min-score", "nan"], "must be a number between 0 and 1, not nan"),
        (["find", "x", "--top-k", "0"], "must be a whole number of at least 1, not 0"),
        (["find", "x", "--limit", "ten"], "must be a whole number of at least 1, not ten"),
        (["find", "x", "--kind", "vague"], "invalid choice: 'vague'"),
        (["find", "x", "--json", "-", "--csv", "-"], "two outputs cannot both go to -"),
        (["find", "x", "--markdown", "out", "--annotations", "out"], "two outputs cannot both go to out"),
    ],
)
def test_a_command_line_that_is_not_understood_is_2(arguments: list[str], message: str, capsys: Capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2
    assert message in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--version"], ["--help"], ["find", "--help"]])
def test_version_and_help_are_0(arguments: list[str], capsys: Capsys) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 0
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("command", ["find", "claims"])
@pytest.mark.parametrize(
    ("files", "argument", "message"),
    [
        ({}, "nowhere.txt", "no such file or folder"),
        ({}, "x" * 5000, "cannot read"),
        ({}, ".", "nothing to read in"),
        ({"a.pdf": b"%PDF"}, ".", "nothing to read in"),
        ({"a.txt": b"caf\xe9"}, "a.txt", "is not UTF-8 text"),
        ({"a.txt": b"caf\xe9", "b.txt": b"caf\xe9"}, ".", "and 1 more"),
        ({"a.json": b"{\n  oops"}, "a.json", "is not valid JSON (line 2:"),
        ({"a.json": b'"text"'}, "a.json", "holds str, not articles"),
        ({"a.csv": b"title\nBridge"}, "a.csv", "has no column for the text"),
        ({"a.jsonl": b'{"title": "Bridge"}'}, "a.jsonl", "article 1 has no text"),
        ({"a.txt": b"Date: sometime\n\nThe bridge was open."}, "a.txt", "publication date that cannot be read: 'sometime'"),
        ({"a.json": b'[{"id": 1, "text": "One."}, {"id": 1, "text": "Two."}]'}, "a.json", "two documents have the id '1'"),
        ({"[bold]\n.json": b"{"}, "[bold]\n.json", "[bold] .json is not valid JSON"),
    ],
)
def test_input_that_cannot_be_read_is_1_with_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Capsys, command: str, files: dict[str, bytes], argument: str, message: str
) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    monkeypatch.chdir(tmp_path)
    assert main([command, argument]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith("contradict: ")
    assert captured.err.count("\n") == 1
    assert message in captured.err


def test_standard_input_that_is_not_utf8_is_1(capsys: Capsys, monkeypatch: pytest.MonkeyPatch) -> None:
    standard_input(monkeypatch, b"caf\xe9")
    assert main(["find", "-"]) == 1
    assert capsys.readouterr().err == "contradict: standard input is not UTF-8 text\n"


@pytest.mark.parametrize("form", ["json", "csv", "markdown", "annotations"])
def test_a_file_that_cannot_be_written_is_1(folder: Path, capsys: Capsys, form: str) -> None:
    assert main(["find", str(folder), f"--{form}", str(folder / "nowhere" / "out.json")]) == 1
    captured = capsys.readouterr()
    assert captured.out == ""
    assert "contradict: cannot write" in captured.err


def failing(error: BaseException) -> type[ConflictFinder]:
    class Failing(ConflictFinder):
        def find(self, docs: Any, against: Any = None, *, among_new: bool = False) -> Any:
            raise error

    return Failing


@pytest.mark.parametrize(
    ("error", "code", "message"),
    [(ModelError("no model\nhere"), 3, "contradict: no model here\n"), (KeyboardInterrupt(), 130, "contradict: interrupted\n")],
)
def test_other_exit_codes(
    monkeypatch: pytest.MonkeyPatch, capsys: Capsys, folder: Path, error: BaseException, code: int, message: str
) -> None:
    monkeypatch.setattr("contradict.cli.ConflictFinder", failing(error))
    assert main(["find", str(folder)]) == code
    assert capsys.readouterr().err == message


def test_empty_input_is_no_failure(tmp_path: Path, capsys: Capsys) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert main(["find", str(tmp_path)]) == 0
    captured = capsys.readouterr()
    assert "0 conflicts at score 0.50 or more, from 0 documents" in captured.out
    assert "empty.txt has no text: left out" in captured.err


@pytest.mark.parametrize("arguments", [["find", ".", "--among-new"], ["check", "A claim."], ["check", "A claim.", ".", "--min-score", "2"]])
def test_options_that_do_not_go_together_are_2(arguments: list[str], capsys: Capsys) -> None:
    with pytest.raises(SystemExit) as exit_:
        main(arguments)
    assert exit_.value.code == 2
