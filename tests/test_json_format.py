"""JSON: as published, and read back."""

import json
from dataclasses import fields, replace
from datetime import date
from importlib.resources import files
from math import inf, isnan, nan
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict import ConflictFinder, Conflicts, Document, InputError
from contradict.errors import ContradictWarning
from contradict.records import (
    Attribution,
    Bound,
    Certainty,
    Claim,
    Conflict,
    Kind,
    Mood,
    Polarity,
    Quantity,
    Signal,
    Span,
    Strength,
    TimeInterval,
)

jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
SCHEMA = json.loads((files("contradict") / "schema" / "conflicts-1.json").read_text(encoding="utf-8"))

DOCUMENTS = (
    Document(
        "a", "Mayor Holm denied on Monday that two had died.", outlet="Aster Press", published=date(2024, 6, 11), metadata={"desk": 1}
    ),
    Document("b", "Two or more died.", title="Flood", url="https://borough.example/flood"),
)
DENIED = Claim(
    "a-1", "a", 0, 45, "Mayor Holm denied on Monday that two had died", "two had died",
    attribution=(Attribution("Aster Press", None, None, Polarity.ASSERTED),
                 Attribution("Mayor Holm", Span(0, 10), Span(11, 17), Polarity.DENIED)),
    polarity=Polarity.DENIED, mood=Mood.FACT, certainty=Certainty.HEDGED, time=TimeInterval(date(2024, 6, 10), None, "on Monday", 1, True),
    quantities=(Quantity(2.0, 2.0, "two", 34, 37, "", "people", Bound.EXACT),), worth=0.7, worth_reason="a count",
    lemmas=frozenset({"die", "two"}), names=frozenset({"holm"}),
)  # fmt: skip
STATED = Claim(
    "b-1", "b", 0, 16, "Two or more died", "two or more died", quantities=(Quantity(2.0, inf, "Two or more", 0, 11, bound=Bound.AT_LEAST),)
)
NLI = {"entailment": 0.1, "neutral": 0.2, "contradiction": 0.7}
FOUND = Conflict(
    "c-1", DENIED, STATED, Kind.DENIAL, Strength.CONTRADICTION, 0.9, 0.5, NLI, NLI,
    (Signal("denied", 1.0, 1.2, "Holm denies what Flood states"), Signal("worth", 1.0, 0.3, "")),
)  # fmt: skip
MISSED = replace(FOUND, id="c-2", score=0.3)
RESULTS = Conflicts((FOUND, MISSED), DOCUMENTS, 0.5, {"documents": 2, "claims": 2}, {"empty": 1}, {"classifier": "fake"})


def closed(schema: Any) -> Any:
    """The schema with no other fields than it names: every field that we write must be described."""
    if isinstance(schema, dict):
        made = {k: closed(v) for k, v in schema.items()}
        return {**made, "additionalProperties": False} if "required" in made else made
    return [closed(v) for v in schema] if isinstance(schema, list) else schema


def check(text: str) -> Any:
    data = json.loads(text)
    CLOSED.validate(data)
    return data


CLOSED = jsonschema.Draft202012Validator(closed(SCHEMA), format_checker=jsonschema.FormatChecker())


# As published


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("options", [{}, {"texts": False}, {"misses": True}, {"indent": None}])
def test_what_is_written_is_as_published(options: dict[str, Any]) -> None:
    data = check(RESULTS.to_json(**options))
    assert (data["schema"], data["version"]) == ("contradict-news/conflicts", 1)
    assert [c["id"] for c in data["conflicts"]] == (["c-1", "c-2"] if options.get("misses") else ["c-1"])


def test_what_a_pipeline_finds_is_as_published(finder: ConflictFinder, articles: list[Document]) -> None:
    found = finder.find(articles).above(0.0)
    data = check(found.to_json())
    assert len(data["conflicts"]) == len(found) > 0
    assert Conflicts.from_json(found.to_json()).reported == found.reported


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("schema",), "other"), (("version",), 2), (("conflicts", 0, "kind"), "vague"), (("conflicts", 0, "score"), "high"),
        (("conflicts", 0, "left", "start"), -1), (("conflicts", 0, "left", "time", "start"), "Monday"), (("documents", 0, "text"), ""),
        (("documents", 0, "id"), None), (("models", "classifier"), 5), (("words", "a-1"), []),
    ],
)  # fmt: skip
def test_the_schema_refuses_what_is_not_ours(path: tuple[str | int, ...], value: Any) -> None:
    data = json.loads(RESULTS.to_json())
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(data, SCHEMA, format_checker=jsonschema.FormatChecker())


def test_the_schema_names_every_kind_strength_and_field_of_the_records() -> None:
    named = SCHEMA["$defs"]
    assert named["conflict"]["properties"]["kind"]["enum"] == [k.value for k in Kind]
    assert named["conflict"]["properties"]["strength"]["enum"] == [s.value for s in Strength]
    assert named["polarity"]["enum"] == [p.value for p in Polarity]
    assert named["claim"]["properties"]["mood"]["enum"] == [m.value for m in Mood]
    assert named["quantity"]["properties"]["bound"]["enum"] == [b.value for b in Bound]
    assert {f.name for f in fields(Claim)} - set(named["claim"]["properties"]) == {"lemmas", "names"}
    assert {f.name for f in fields(Document)} - set(named["document"]["properties"]) == {"metadata"}


# And back


def test_conflicts_come_back_as_they_were(tmp_path: Path) -> None:
    RESULTS.to_json(tmp_path / "out.json")
    back = Conflicts.from_json(tmp_path / "out.json")
    assert back.reported == RESULTS.reported
    assert (back[0].forward, back[0].backward) == (NLI, NLI)
    assert back.documents == DOCUMENTS
    assert (back.threshold, back.counts, back.models) == (0.5, RESULTS.counts, RESULTS.models)
    assert back[0].left.time == DENIED.time
    assert back[0].right.quantities[0].high == inf


def test_near_misses_are_counted_or_kept() -> None:
    back = Conflicts.from_json(RESULTS.to_json())
    assert back.dropped == {"empty": 1, "below the threshold, not exported": 1}
    assert len(back.above(0.0)) == 1
    whole = Conflicts.from_json(RESULTS.to_json(misses=True))
    assert (whole.dropped, len(whole), len(whole.above(0.0))) == ({"empty": 1}, 1, 2)


def test_without_texts_the_rest_comes_back_with_a_warning() -> None:
    text = RESULTS.to_json(texts=False)
    assert "text" not in json.loads(text)["documents"][0]
    with pytest.warns(ContradictWarning, match="2 documents without text.*give from_json the documents"):
        back = Conflicts.from_json(text)
    assert back.reported == RESULTS.reported
    assert [(d.id, d.text, d.outlet) for d in back.documents] == [("a", "", "Aster Press"), ("b", "", None)]
    assert back.to_json() == text
    assert len(json.loads(back.to_annotations())["items"]) == len(back.to_csv().splitlines()) == 2


def test_given_documents_bring_their_texts() -> None:
    back = Conflicts.from_json(RESULTS.to_json(texts=False), documents=DOCUMENTS)
    assert (back.documents, back.documents[0].metadata) == (DOCUMENTS, {"desk": 1})
    assert back.to_json() == RESULTS.to_json()


def test_given_documents_must_be_those_that_were_read() -> None:
    with pytest.raises(InputError, match="text given for document 'b' is not the one that was read"):
        Conflicts.from_json(RESULTS.to_json(texts=False), documents=[DOCUMENTS[0], Document("b", "Nobody died at all.")])


def broken(**changes: Any) -> str:
    data = json.loads(RESULTS.to_json())
    conflict = data["conflicts"][0]
    for path, value in changes.items():
        place, *keys = {"c": conflict, "l": conflict["left"], "d": data}[path[0]], *path.split("__")[1:]
        for key in keys[:-1]:
            place = place[key]
        if value is ...:
            del place[keys[-1]]
        else:
            place[keys[-1]] = value
    return json.dumps(data)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "the text is not valid JSON.*a str is always the JSON itself; give a file as a Path"),
        ("out.json", "give a file as a Path"),
        ("[" * 100_000, "not valid JSON"),
        ("[]", "not what to_json writes"),
        ("5", "not what to_json writes"),
        (broken(d__schema="other"), "\"schema\" must be 'contradict-news/conflicts'"),
        (broken(d__version=2), "is of version 2, this contradict reads up to 1: install a newer"),
        (broken(d__version=0), '"version" is 0'),
        (broken(d__version=True), '"version" is True'),
        (broken(d__version=None), '"version" is None'),
        (broken(d__conflicts=...), '"conflicts" is missing'),
        (broken(d__threshold=...), '"threshold" is missing'),
        (broken(d__threshold="0.5"), "threshold is str, not float"),
        (broken(d__conflicts={}), "conflicts is dict, not tuple"),
        (broken(d__conflicts=[5]), r"conflicts\[0\] is int, not Conflict"),
        (broken(d__documents=[5]), "documents is not a list of objects"),
        (broken(d__documents=[{"id": "a"}]), "claim b-1 is of document 'b', which is not among the documents"),
        (broken(d__documents=[{"text": "x"}]), r"documents\[0\] has no id"),
        (broken(d__counts=[1]), "counts is list, not Mapping"),
        (broken(d__words={"a-1": 5}), r"words\.a-1 is int, not Mapping"),
        (broken(c__kind="vague"), r"conflicts\[0\]\.kind: 'vague' is not a valid Kind"),
        (broken(c__score=True), r"conflicts\[0\]\.score is bool, not float"),
        (broken(c__left=...), r"conflicts\[0\] has no left"),
        (broken(l__start="0"), r"conflicts\[0\]\.left\.start is str, not int"),
        (broken(l__time__start="Monday"), r"conflicts\[0\]\.left\.time\.start: .*Monday"),
        (broken(l__attribution=[None]), r"conflicts\[0\]\.left\.attribution\[0\] is NoneType, not Attribution"),
    ],
)  # fmt: skip
def test_what_is_not_ours_says_what_is_wrong_and_where(text: str, message: str) -> None:
    with pytest.raises(InputError, match=message):
        Conflicts.from_json(text)


@pytest.mark.parametrize("content", [None, b"{", b"caf\xe9"])
def test_a_file_that_cannot_be_read_is_an_error_that_names_it(tmp_path: Path, content: bytes | None) -> None:
    if content is not None:
        (tmp_path / "out.json").write_bytes(content)
    with pytest.raises(InputError, match=r"out\.json"):
        Conflicts.from_json(tmp_path / "out.json")


def test_fields_that_a_later_release_adds_are_passed_over() -> None:
    assert Conflicts.from_json(broken(d__new=1, c__new=[], l__new={})).reported == RESULTS.reported


numbers = st.one_of(st.floats(), st.integers(0, 5))
texts = st.text()
claims = st.builds(
    Claim, texts, st.sampled_from("ab"), st.integers(0, 9), st.integers(0, 9), texts, texts,
    attribution=st.lists(
        st.builds(Attribution, texts, st.none() | st.builds(Span, st.integers(0), st.integers(0)), st.none(), st.sampled_from(Polarity)),
        max_size=2,
    ).map(tuple),
    polarity=st.sampled_from(Polarity), mood=st.sampled_from(Mood), certainty=st.sampled_from(Certainty),
    time=st.none() | st.builds(TimeInterval, st.none() | st.dates(), st.none() | st.dates(), texts, st.integers(0), st.booleans()),
    quantities=st.lists(
        st.builds(Quantity, numbers, numbers, texts, st.integers(0), st.integers(0), texts, texts, st.sampled_from(Bound)), max_size=2
    ).map(tuple),
    worth=numbers, worth_reason=texts, lemmas=st.frozensets(texts, max_size=2), names=st.frozensets(texts, max_size=2),
)  # fmt: skip
nli = st.dictionaries(st.sampled_from(["entailment", "neutral", "contradiction"]), numbers)
found = st.builds(
    Conflict, texts, claims, claims, st.sampled_from(Kind), st.sampled_from(Strength), numbers, numbers, nli, nli,
    st.lists(st.builds(Signal, texts, numbers, numbers, texts), max_size=2).map(tuple),
)  # fmt: skip
documents = st.tuples(
    *(st.builds(Document, st.just(i), texts, *[st.none() | texts] * 2, st.none() | st.dates(), st.none() | texts) for i in "ab")
)
counts = st.dictionaries(texts, numbers, max_size=2)
everything = st.builds(
    Conflicts, st.lists(found, max_size=2).map(tuple), documents, st.floats(0, 1), counts, counts, st.dictionaries(texts, texts, max_size=2)
)


@pytest.mark.filterwarnings("ignore::contradict.errors.ContradictWarning")
@given(everything, st.booleans(), st.booleans(), st.sampled_from([None, 2]))
def test_there_and_back_and_there_is_the_same(found: Conflicts, texts: bool, misses: bool, indent: int | None) -> None:
    text = found.to_json(texts=texts, misses=misses, indent=indent)
    back = Conflicts.from_json(text)
    assert back.to_json(texts=texts, misses=misses, indent=indent) == text
    assert len(back) == len(found)


@given(everything)
def test_whatever_is_written_is_as_published(found: Conflicts) -> None:
    check(found.to_json())


def test_what_is_not_a_number_comes_back_as_such() -> None:
    odd = replace(FOUND, similarity=nan, left=replace(DENIED, quantities=(Quantity(-inf, nan, "many", 0, 4),)))
    back = Conflicts.from_json(replace(RESULTS, ranked=(odd,), counts={"claims": nan}).to_json())
    assert isnan(back[0].similarity)
    assert isnan(back.counts["claims"])
    assert back[0].left.quantities[0].low == -inf
    assert "nan claims" in back.summary()
