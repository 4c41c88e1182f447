"""Which articles may tell of one event."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from contradict import Document, EventBlocker
from contradict.events import lead, names
from contradict.records import Claim
from contradict.testing import FakeEmbedder, FakeSegmenter

DAY = date(2024, 5, 1)
# Each event has words and names of its own; a report takes some of them.
SUBJECTS = (
    ("the river flooded the lower streets of Varo and the mayor Ilse Brandt left", "flood water Varo Brandt river"),
    ("the court in Halm fined the bank of Otto Kestrel for its loans", "court bank Halm Kestrel loans"),
    ("the strike at the Dunmore mill ended when Rosa Quill signed a pay deal", "strike mill Dunmore Quill wages"),
    ("the satellite of the Corvel agency lost contact with engineers in Port Nimbus", "satellite orbit Corvel Nimbus signal"),
)


class ContentEmbedder(FakeEmbedder):
    """Words that say nothing of the subject left out, as a sentence model would weigh them down."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        return super().encode(
            [" ".join(w for w in t.split() if len(w) > 3 and w not in ("Report", "Yesterday", "says", "that")) for t in texts]
        )


def report(subject: int, number: int, day: date | None = DAY, text: str | None = None) -> Document:
    sentence, title = SUBJECTS[subject]
    return Document(f"{subject}-{number}", text or f"Yesterday {sentence}. Report {number} says that {sentence}.", title, published=day)


def corpus(each: int = 3, day: date | None = DAY) -> list[Document]:
    return [report(subject, number, day) for subject in range(len(SUBJECTS)) for number in range(each)]


def meetings(documents: list[Document], blocker: EventBlocker | None = None) -> set[frozenset[str]]:
    claims = FakeSegmenter().segment(documents)
    embedder = ContentEmbedder(512)
    embeddings = embedder.encode([c.proposition for c in claims])
    events = (blocker or EventBlocker()).block(documents, claims, embeddings, embedder)
    assert len(events) == len(documents)
    for k, event in enumerate(events):
        assert k in event
        assert event.tolist() == sorted(set(event.tolist()))
        assert all(k in events[other] for other in event)
    return {frozenset((documents[k].id, documents[int(m)].id)) for k, event in enumerate(events) for m in event if m != k}


def subject_of(meeting: frozenset[str]) -> set[str]:
    return {name.split("-")[0] for name in meeting}


def test_articles_of_one_event_meet_and_others_do_not() -> None:
    found = meetings(corpus())
    assert all(len(subject_of(meeting)) == 1 for meeting in found)
    assert len(found) == len(SUBJECTS) * 3


def test_a_follow_up_weeks_later_meets_its_story() -> None:
    later = report(0, 9, DAY + timedelta(days=60), "Two months on, Ilse Brandt returned to Varo, where the river flooded the streets.")
    found = meetings([*corpus(), later])
    assert {frozenset(("0-9", f"0-{k}")) for k in range(3)} <= found
    assert all(len(subject_of(meeting)) == 1 for meeting in found)


def test_few_articles_are_not_parted() -> None:
    documents = [report(k, 0) for k in range(4)]
    assert len(meetings(documents)) == 6
    assert not meetings(documents, EventBlocker(smallest=2))


def test_reports_far_apart_meet_through_the_one_that_tells_of_both() -> None:
    one = Document(
        "x-1", "Waves broke the harbour wall of Lindra and boats sank there, said Pilot Moss.", "harbour waves boats", published=DAY
    )
    other = Document("x-2", "A widow in Tessel sold candles outside the chapel, said Abbess Thorn.", "candles widow chapel", published=DAY)
    both = Document("x-3", f"{one.text} {other.text}", "harbour waves boats candles widow chapel", published=DAY)
    # Names and subject of the two alone are too far apart.
    rare = [one, other, *corpus()]
    assert frozenset(("x-1", "x-2")) not in meetings(rare)
    found = meetings([*rare, both])
    assert frozenset(("x-1", "x-2")) in found
    assert {m for m in found if "x-1" in m} == {frozenset(("x-1", "x-2")), frozenset(("x-1", "x-3"))}


def test_no_chain_joins_a_corpus() -> None:
    """Each article shares half of its words with the next: neighbours meet, the ends do not."""
    words = [f"word{k}" for k in range(60)]
    documents = [Document(f"d{k:02}", " ".join(words[4 * k : 4 * k + 8]), published=DAY) for k in range(13)]
    found = meetings(documents)
    apart = [abs(int(a[1:]) - int(b[1:])) for a, b in (sorted(m) for m in found)]
    assert apart.count(1) == 12
    assert max(apart) <= 2


def test_years_apart_the_same_words_may_be_another_event() -> None:
    blocker = EventBlocker(link=0.9, step=0.9)
    near = [*corpus(3), report(0, 8, DAY + timedelta(days=3))]
    far = [*corpus(3), report(0, 8, DAY + timedelta(days=3000))]
    assert frozenset(("0-0", "0-8")) in meetings(near, blocker)
    assert frozenset(("0-0", "0-8")) not in meetings(far, EventBlocker(link=0.9, step=0.9, gap_weight=0.2))


def test_without_dates_events_are_still_told_apart() -> None:
    found = meetings(corpus(day=None))
    assert all(len(subject_of(meeting)) == 1 for meeting in found)
    assert len(found) == len(SUBJECTS) * 3


@settings(max_examples=15)
@given(st.randoms(), st.integers(1, 5))
def test_neither_order_nor_block_size_changes_anything(random: Any, block_size: int) -> None:
    documents = [*corpus(), report(0, 7, None), report(1, 7, DAY + timedelta(days=40))]
    shuffled = random.sample(documents, len(documents))
    assert meetings(documents) == meetings(shuffled, EventBlocker(block_size=block_size))


@pytest.mark.parametrize("n", [0, 1, 9])
def test_articles_that_say_nothing_are_blocked_without_complaint(n: int) -> None:
    documents = [Document(f"d{k}", "🌉 \n") for k in range(n)]
    embedder = FakeEmbedder(8)
    events = EventBlocker(smallest=1).block(documents, [], np.zeros((0, 8), dtype=np.float32), embedder)
    assert [k in event for k, event in enumerate(events)] == [True] * n


def test_a_claim_of_every_document_is_not_needed() -> None:
    documents = corpus()
    claims = [Claim("c", documents[0].id, 0, 9, "Yesterday", "Yesterday")]
    embedder = FakeEmbedder(64)
    assert len(EventBlocker().block(documents, claims, embedder.encode(["Yesterday"]), embedder)) == len(documents)


def test_names_are_capitals_inside_sentences() -> None:
    document = Document("a", "Water rose in Varo on Tuesday. Ilse Brandt fled, the Brandt family said. Port was the port of Élan.")
    assert names(document) == {"varo", "brandt", "élan"}


def test_the_lead_is_the_title_and_the_first_paragraphs() -> None:
    assert lead(Document("a", "x" * 5000, "Title")).startswith("Title\nxxx")
    assert len(lead(Document("a", "x" * 5000))) == 600


@pytest.mark.parametrize("options", [{"nearest": 0}, {"block_size": 0}])
def test_sizes_below_one_are_refused(options: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="must be at least 1"):
        EventBlocker(**options)
