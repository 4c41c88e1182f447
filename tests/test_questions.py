"""The default embeddings."""

from pathlib import Path

import numpy as np
import pytest

from contradict import QuestionEmbedder, WeightsError

TEXTS = ["The bridge collapsed.", "The bridge fell down.", "Farmers sold apples.", "The council said that the old bridge had been safe."]


@pytest.fixture(scope="module")
def embedder() -> QuestionEmbedder:
    return QuestionEmbedder(device="cpu")


def test_unit_length_and_like_texts_are_near(embedder: QuestionEmbedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (4, 384) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[1] > vectors[0] @ vectors[2] + 0.3


def test_what_answers_one_question_is_nearer_than_to_the_encoder(embedder: QuestionEmbedder) -> None:
    answers = ["The ministry was told of the leak in March.", "Officials learnt about it only in June.", "The ministry employs 400 people."]
    ours, general = embedder.encode(answers), embedder.general.encode(answers)
    assert ours[0] @ ours[1] - ours[0] @ ours[2] > general[0] @ general[1] - general[0] @ general[2]


def test_neither_order_nor_batch_changes_a_vector(embedder: QuestionEmbedder) -> None:
    together = embedder.encode(TEXTS)
    assert np.allclose(embedder.encode(TEXTS[::-1])[::-1], together, atol=1e-5)
    assert np.allclose(QuestionEmbedder(device="cpu", token_budget=1).encode(TEXTS), together, atol=1e-5)
    assert embedder.encode([TEXTS[0], TEXTS[0]]).shape == (2, 384)


def test_no_texts_and_very_long_ones(embedder: QuestionEmbedder) -> None:
    assert embedder.encode([]).shape == (0, 384)
    assert np.isfinite(embedder.encode(["", "bridge " * 5000])).all()


def test_an_altered_head_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.model_files._checked", set())
    monkeypatch.setattr("contradict.questions.weights_file", lambda name: Path(__file__))
    with pytest.raises(WeightsError, match=r"not the released file.*pip install --force-reinstall contradict-news"):
        QuestionEmbedder(device="cpu")
