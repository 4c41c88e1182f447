"""The screen spares the judge unlikely pairs, counts them, and explain() says so."""

from collections.abc import Sequence
from dataclasses import replace

from contradict import Document, NLIScores, Polarity, SignalScreen, signals
from contradict.logistic import DecisionModel
from contradict.protocols import Screen
from contradict.records import Claim
from contradict.screen import bundled_screen
from contradict.testing import FakeClassifier, FakeSegmenter
from tests.conftest import FinderFactory

SHARING = DecisionModel(("shared_words",), (0.0,), (1.0,), (10.0,), -5.0, threshold=0.5)  # half of the words shared


class Recorder(FakeClassifier):
    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def classify(self, pairs: Sequence[tuple[str, str]]) -> NLIScores:
        self.asked += pairs
        return super().classify(pairs)


def test_unlikely_pairs_are_not_judged(make_finder: FinderFactory, articles: list[Document]) -> None:
    judge, all_judge = Recorder(), Recorder()
    found = make_finder(screen=SignalScreen(SHARING), classifier=judge).find(articles)
    everything = make_finder(classifier=all_judge).find(articles)
    assert 0 < len(judge.asked) < len(all_judge.asked)
    assert found.counts["pairs scored"] + found.dropped["unlikely by what was read"] == everything.counts["pairs scored"]
    assert [c.id for c in found] == [c.id for c in everything]


def test_explained(make_finder: FinderFactory, articles: list[Document]) -> None:
    found = make_finder(screen=SignalScreen(SHARING)).find(articles)
    why = found.explain("Farmers sold apples at the market", "Snow fell in the hills")
    assert (why.stage, why.reason) == ("screen", "unlikely by what was read")
    assert found.explain("The bridge was open on Monday", "The bridge was not open on Monday").stage == "report"


def test_who_commits_to_nothing_is_not_judged(make_finder: FinderFactory, articles: list[Document]) -> None:
    class Silent(FakeSegmenter):
        def segment(self, documents: Sequence[Document]) -> list[Claim]:
            return [replace(c, polarity=Polarity.UNCOMMITTED) for c in super().segment(documents)]

    judge = Recorder()
    found = make_finder(segmenter=Silent(), screen=SignalScreen(SHARING), classifier=judge).find(articles)
    assert not judge.asked
    assert found.dropped["a holder commits to nothing"] > 0
    assert "unlikely by what was read" not in found.dropped


def test_default_only_with_the_embedder_it_knows(make_finder: FinderFactory) -> None:
    from contradict import ConflictFinder

    assert isinstance(ConflictFinder().screen, SignalScreen)
    assert ConflictFinder(screen=False).screen is None
    assert make_finder().screen is None
    assert isinstance(SignalScreen(), Screen)


def test_bundled() -> None:
    model = bundled_screen()
    assert set(model.names) <= set(signals.READ)
    assert 0 < model.threshold < 0.1
