"""Denials that only point at what was said before."""

import pytest

from contradict.records import Mood, Polarity
from tests.segmenting import read

ASSERTED, DENIED = Polarity.ASSERTED, Polarity.DENIED


@pytest.mark.parametrize(
    ("text", "holder", "polarity"),
    [
        ("Rebels said they had captured Orsk on Monday. The army denied it.", "army", DENIED),
        ("Rebels said they had captured Orsk on Monday. The army rejected the claim.", "army", DENIED),
        ("Rebels said they had captured Orsk on Monday; the army calls that statement false.", "army", DENIED),
        ('Rebels said they had captured Orsk on Monday. "That is a lie," Colonel Ruz said.', "Ruz", DENIED),
        ('Rebels said they had captured Orsk on Monday. "This never happened," Colonel Ruz said.', "Ruz", DENIED),
        ("The army denied that it had lost Orsk. Rebels called that untrue.", "Rebels", ASSERTED),
    ],
)
def test_what_was_said_is_denied(text: str, holder: str, polarity: Polarity) -> None:
    first, second = read(text)[:2]
    assert (second.holder, second.polarity) == (holder, polarity)
    assert second.proposition == first.proposition and second.time == first.time
    assert text[second.start : second.end] == second.text != first.text


def test_the_owner_of_a_claim_is_told() -> None:
    text = "The union said twelve men were missing. The mayor said the pit was safe. Police rejected the union's claim."
    *_, last = read(text)
    assert last.holder == "Police" and "welve men" in last.proposition and last.quantities


@pytest.mark.parametrize(
    "text",
    [
        "The army denied it.",
        "The minister said the dam was safe. It was a lie that cost lives.",
        "The minister said the dam was safe. The minister denied the allegations of fraud.",
    ],
)
def test_a_denial_with_an_object_of_its_own_or_none_repeats_nothing(text: str) -> None:
    assert not [c for c in read(text) if c.polarity is DENIED and "dam" in c.proposition]


def test_two_who_differ_on_one_content_make_two_claims() -> None:
    asserted, denied = read("Kestrel disputed the coroner's finding that the syrup had sickened 60 children.")
    assert (asserted.holder, asserted.polarity) == ("coroner", ASSERTED)
    assert (denied.holder, denied.polarity) == ("Kestrel", DENIED)
    assert asserted.proposition == denied.proposition


def test_having_said_so_is_what_is_denied() -> None:
    (claim,) = read("The mayor denied having said that the army was corrupt.")
    assert (claim.holder, claim.polarity) == ("mayor", DENIED)
    assert "said" in claim.proposition


def test_neither_part_of_a_question_is_stated() -> None:
    assert {c.mood for c in read("Did Nordvik know as early as 2008 that its pipe had lost 30 percent of its wall?")} == {Mood.QUESTION}


def test_an_apposition_names_the_holder() -> None:
    (claim,) = read("The film has taken 41 million dollars, according to its distributor, Lantern Row.")
    assert claim.holder == "Lantern Row"


def test_a_source_beside_a_verdict_holds_it() -> None:
    claim = read("Rumours that the striker is leaving are pure fiction, according to his agent.")[0]
    assert (claim.holder, claim.polarity) == ("agent", DENIED)
