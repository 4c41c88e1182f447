"""Shared fixtures: a pipeline of fakes, so that no test here loads a model."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import settings

from contradict import ConflictDecider, ConflictFinder, Document
from contradict.decide import DecisionModel
from contradict.testing import FakeClassifier, FakeEmbedder, FakeSegmenter

settings.register_profile("tests", deadline=None, database=None)
settings.load_profile("tests")

FinderFactory = Callable[..., ConflictFinder]


@pytest.fixture(scope="session")
def decision_model() -> DecisionModel:
    """Its score of a pair is the NLI opposition itself."""
    return DecisionModel(names=("opposition",), mean=(0.0,), scale=(1.0,), weight=(1.0,), intercept=0.0, threshold=0.5)


@pytest.fixture(scope="session")
def make_finder(decision_model: DecisionModel) -> FinderFactory:
    def make(**options: Any) -> ConflictFinder:
        fakes = {
            "segmenter": FakeSegmenter(),
            "embedder": FakeEmbedder(),
            "classifier": FakeClassifier(),
            "decider": ConflictDecider(decision_model),
        }
        return ConflictFinder(**{**fakes, **options})

    return make


@pytest.fixture(scope="session")
def finder(make_finder: FinderFactory) -> ConflictFinder:
    return make_finder()


@pytest.fixture(scope="session")
def articles() -> list[Document]:
    """Three articles with one planted negation: the bridge."""
    return [
        Document("a", "The bridge was open on Monday. Farmers sold apples at the market.", outlet="Aster Press"),
        Document("b", "The bridge was not open on Monday. Snow fell in the hills.", outlet="Borough News"),
        Document("c", "The council will vote on a budget for schools.", outlet="Corvel Post"),
    ]
