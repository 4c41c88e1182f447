"""Transcripts: who speaks the paragraphs that open with a label."""

from contradict.segment.speakers import labels
from tests.segmenting import read

TRANSCRIPT = """Anna Holm and Ruth Berg came to the studio.

HOST: Why was the gate shut?

HOLM: The gate was open all night. I saw it myself.

MS BERG: The police say that the gate was shut.

HOST: The key was lost."""


def test_a_label_holds_its_paragraph_and_no_other() -> None:
    holders = {claim.text: claim.holder for claim in read(TRANSCRIPT)}
    assert holders["The gate was open all night."] == holders["I saw it myself."] == "Anna Holm"
    assert holders["The key was lost."] is None  # who asks claims nothing


def test_a_report_within_a_labelled_paragraph_keeps_both() -> None:
    claim = next(c for c in read(TRANSCRIPT) if "shut" in c.text and c.attribution)
    assert [link.holder for link in claim.attribution] == ["Ruth Berg", "police"]
    span = claim.attribution[0].source
    assert span is not None and TRANSCRIPT[span.start : span.end] == "MS BERG"


def test_a_later_label_is_short_for_a_fuller_one() -> None:
    found = labels(["CHIEF EXECUTIVE ASTRID NORD: Gladly.", "Q: So?", "NORD: Never."], [])
    assert [found[k].holder for k in range(3)] == ["Chief Executive Astrid Nord", None, "Chief Executive Astrid Nord"]


def test_who_answers_is_named_in_the_title() -> None:
    paragraphs = ["Q: Did you go?", "A: I did.", "Q: Jonas Holt too?"]
    assert labels(paragraphs, ["Jonas Holt"], "Interview: Ruta Lenk")[1].holder == "Ruta Lenk"
    assert labels(paragraphs, ["Jonas Holt", "Ruta Lenk"], "Ruta Lenk speaks")[1].holder == "Ruta Lenk"
    assert labels(["Q: Why?", "A: So."], [])[1].holder is None


def test_one_colon_makes_no_transcript() -> None:
    assert labels(["The result: nothing.", "Note: this was corrected.", "A: x", ": ", ""], []) == {}
