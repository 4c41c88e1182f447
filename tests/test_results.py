"""What comes back, and its exports."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from contradict.records import Attribution, Claim, Conflict, Document, Kind, Polarity, Quantity, Signal, Strength, TimeInterval
from contradict.results import Conflicts, conflict_to_dict, plain

HOSTILE = "<script>alert('x')</script> & \"quoted\""
DOCUMENTS = (
    Document("a", "The bridge was open. Two died.", outlet="Aster Press", published=date(2024, 6, 11), metadata={"secret": 1}),
    Document("b", "The bridge was shut. Nine died.", title="Bridge shut"),
)
NLI = {"entailment": 0.1, "neutral": 0.2, "contradiction": 0.7}


def claim(document: str = "a", text: str = "The bridge was open", **fields: Any) -> Claim:
    return Claim(f"{document}-{text}", document, 0, len(text), text, text, **{"lemmas": frozenset({"bridge"}), **fields})


def conflict(score: float, kind: Kind = Kind.DIRECT, left: Claim | None = None, **fields: Any) -> Conflict:
    given = {
        "id": f"{kind}-{score}",
        "left": left or claim("a"),
        "right": claim("b", "The bridge was shut"),
        "kind": kind,
        "strength": Strength.CONTRADICTION,
        "score": score,
        "similarity": 0.5,
        "forward": NLI,
        "backward": NLI,
        "evidence": (Signal("opposition", 0.7, 1.2, "read as contradicting"), Signal("worth", 1.0, 0.3, "")),
    }
    return Conflict(**{**given, **fields})


def results(*ranked: Conflict, threshold: float = 0.5, **fields: Any) -> Conflicts:
    counts = {"documents": 2, "claims": 1234, "pairs considered": 760761, "pairs scored": 1}
    return Conflicts(ranked, **{"documents": DOCUMENTS, "threshold": threshold, "counts": counts, **fields})


@pytest.fixture
def three() -> Conflicts:
    return results(conflict(0.9), conflict(0.6, Kind.NUMERIC), conflict(0.3, Kind.NUMERIC))


def strictly_parsed(text: str) -> Any:
    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is not JSON")

    return json.loads(text, parse_constant=refuse)


# As a sequence


def test_only_conflicts_from_the_threshold_on_are_reported(three: Conflicts) -> None:
    assert len(three) == 2
    assert [c.score for c in three] == [0.9, 0.6]
    assert [c.score for c in three.ranked] == [0.9, 0.6, 0.3]
    assert [c.score for c in three.above(0.6)] == [0.9, 0.6]


def test_items_and_slices(three: Conflicts) -> None:
    assert three[0].score == 0.9
    assert three[-1].score == 0.6
    assert [c.score for c in three[1:]] == [0.6]
    assert three[5:] == ()
    assert three[0] in three
    with pytest.raises(IndexError):
        three[2]


def test_a_lower_threshold_shows_more_without_computing_again(three: Conflicts) -> None:
    more = three.above(0.0)
    assert len(more) == 3
    assert more.ranked is three.ranked
    assert more.documents is three.documents
    assert (more.threshold, three.threshold) == (0.0, 0.5)
    assert len(more.above(0.95)) == 0


@given(st.lists(st.floats(0, 1), max_size=8), st.floats(0, 1))
def test_above_reports_exactly_the_scores_from_there_on(scores: list[float], threshold: float) -> None:
    found = results(*(conflict(s) for s in sorted(scores, reverse=True))).above(threshold)
    assert [c.score for c in found] == sorted((s for s in scores if s >= threshold), reverse=True)


def test_of_kind_takes_names_and_kinds_and_keeps_the_misses(three: Conflicts) -> None:
    numeric = three.of_kind("numeric")
    assert [c.score for c in numeric] == [0.6]
    assert [c.score for c in numeric.above(0.1)] == [0.6, 0.3]
    assert len(three.of_kind(Kind.NUMERIC, "direct")) == 2
    assert len(three.of_kind(Kind.CAUSAL)) == 0
    with pytest.raises(ValueError, match="vague"):
        three.of_kind("vague")


def test_document_and_speaker(three: Conflicts) -> None:
    assert three.document("b") is DOCUMENTS[1]
    with pytest.raises(KeyError):
        three.document("nowhere")
    assert three.speaker(claim("a")) == "Aster Press (own voice)"
    assert three.speaker(claim("b")) == "Bridge shut (own voice)"
    assert three.speaker(claim("a", attribution=(Attribution("Mayor Holm", None, None, Polarity.DENIED),))) == "Mayor Holm"


def test_why_joins_the_reasons_that_have_words(three: Conflicts) -> None:
    assert three[0].why == "read as contradicting"


# JSON


def test_a_conflict_as_a_dict() -> None:
    data = conflict_to_dict(conflict(0.9, left=claim(time=TimeInterval(date(2024, 6, 11), None, "since Tuesday"))))
    assert data["kind"] == "direct"
    assert data["strength"] == "contradiction"
    assert data["why"] == "read as contradicting"
    assert data["left"]["time"] == {"start": "2024-06-11", "end": None, "text": "since Tuesday", "granularity": 1, "exhaustive": False}
    assert data["left"]["holder"] is None
    assert "lemmas" not in data["left"]
    assert data["forward"] == NLI


def test_json_has_conflicts_documents_counts_and_models_but_no_metadata(three: Conflicts) -> None:
    data = strictly_parsed(three.to_json())
    assert list(data) == ["schema", "version", "conflicts", "documents", "threshold", "counts", "dropped", "models", "words"]
    assert data["conflicts"] == three.to_dicts()
    document = {"id": "a", "title": None, "outlet": "Aster Press", "published": "2024-06-11", "url": None}
    assert data["documents"][0] == {**document, "text": "The bridge was open. Two died."}
    assert strictly_parsed(three.to_json(texts=False))["documents"][0] == document
    assert data["counts"]["claims"] == 1234


def test_json_is_written_to_a_file(three: Conflicts, tmp_path: Path) -> None:
    text = three.to_json(tmp_path / "out.json")
    assert (tmp_path / "out.json").read_text(encoding="utf-8") == text + "\n"


def test_json_can_be_compact(three: Conflicts) -> None:
    assert "\n" not in three.to_json(indent=None)


@pytest.mark.parametrize("value", [float("inf"), float("-inf"), float("nan")])
def test_json_has_null_for_numbers_that_json_lacks(value: float) -> None:
    quantity = Quantity(0.0, value, "at least two", 0, 3)
    found = results(conflict(0.9, left=claim(quantities=(quantity,)), similarity=value), counts={"claims": value})
    data = strictly_parsed(found.to_json())
    assert data["conflicts"][0]["left"]["quantities"][0]["high"] is None
    assert data["conflicts"][0]["similarity"] is None
    assert data["counts"]["claims"] is None


def test_json_takes_the_numbers_of_numpy() -> None:
    found = results(conflict(np.float32(0.75), similarity=np.float64(0.5)), counts={"claims": np.int64(3)})
    data = strictly_parsed(found.to_json())
    assert data["conflicts"][0]["score"] == 0.75
    assert data["counts"]["claims"] == 3


@given(st.text(), st.text())
def test_json_keeps_any_text(left: str, title: str) -> None:
    found = results(conflict(0.9, left=claim(text=left)), documents=(Document("a", "x", title=title), DOCUMENTS[1]))
    data = strictly_parsed(found.to_json())
    assert data["conflicts"][0]["left"]["text"] == left
    assert data["documents"][0]["title"] == title


def test_half_a_surrogate_pair_can_be_written(tmp_path: Path) -> None:
    results(conflict(0.9, left=claim(text="The bridge \ud83d"))).to_json(tmp_path / "out.json")
    data = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert data["conflicts"][0]["left"]["text"] == "The bridge \ud83d"


def test_plain_sorts_sets_and_writes_out_what_json_lacks() -> None:
    assert plain({"b": frozenset({"z", "a"}), 1: (Kind.DIRECT, Path("x"))}) == {"b": ["a", "z"], "1": ["direct", "x"]}


# Tables and words


def test_a_dataframe_has_a_row_a_conflict(three: Conflicts) -> None:
    frame = three.to_pandas()
    assert frame["score"].tolist() == [0.9, 0.6]
    assert frame.columns[0] == "score"
    first = frame.iloc[0]
    assert (first["left_holder"], first["left_outlet"], first["left_published"]) == (
        "Aster Press (own voice)",
        "Aster Press",
        date(2024, 6, 11),
    )
    assert (first["right_text"], first["right_outlet"], first["why"]) == ("The bridge was shut", "Bridge shut", "read as contradicting")


def test_a_dataframe_of_nothing_has_the_same_columns(three: Conflicts) -> None:
    empty = three.above(1.0).to_pandas()
    assert len(empty) == 0
    assert list(empty.columns) == list(three.to_pandas().columns)


def test_html_escapes_everything_that_comes_from_the_articles() -> None:
    hostile = claim("a", HOSTILE, attribution=(Attribution(HOSTILE, None, None, Polarity.ASSERTED),))
    evidence = (Signal("opposition", 1.0, 1.0, HOSTILE),)
    documents = (Document("a", HOSTILE, outlet=HOSTILE), Document("b", "x", title=HOSTILE))
    page = results(conflict(0.9, left=hostile, evidence=evidence), documents=documents)._repr_html_()
    assert "<script" not in page
    # The left holder, text and outlet, the right voice and title, and the reason.
    assert page.count("&lt;script&gt;") == 6


def test_html_shows_fifty_conflicts_and_counts_the_rest() -> None:
    page = results(*(conflict(0.9) for _ in range(53)))._repr_html_()
    assert page.count(">0.90</td>") == 50
    assert "3 more" in page


def test_html_of_nothing_still_says_what_was_searched(three: Conflicts) -> None:
    assert "0 conflicts at score 1.00 or more" in three.above(1.0)._repr_html_()


def test_the_summary_says_what_was_searched(three: Conflicts) -> None:
    expected = "2 conflicts at score 0.50 or more, from 2 documents, 1,234 claims, 760,761 pairs considered and 1 scored."
    assert three.summary() == expected
    assert repr(three) == f"<Conflicts: {expected}>"
    assert three.of_kind("direct").summary().startswith("1 conflict at")
    assert Conflicts((), (), 0.5).summary().startswith("0 conflicts at score 0.50 or more, from 0 documents")
