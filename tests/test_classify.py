import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from contradict import ModelError, NLIClassifier, NLIScores, WeightsError
from contradict.classify import label_order
from contradict.model_files import WEIGHTS
from tests.models import LABELS, WORDS, save_nli_model

CLOSE = 1e-5
COLUMNS = ("entailment", "neutral", "contradiction")


def table(scores: NLIScores) -> np.ndarray:
    return np.stack([getattr(scores, name) for name in COLUMNS], axis=1)


def some_pairs(count: int) -> list[tuple[str, str]]:
    draw = random.Random(7)
    texts = [" ".join(draw.choices(WORDS, k=draw.randint(1, 20))) for _ in range(2 * count)]
    return list(zip(texts[:count], texts[count:], strict=True))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return save_nli_model(tmp_path_factory.mktemp("nli"))


@pytest.fixture(scope="module")
def classifier(folder: Path) -> NLIClassifier:
    return NLIClassifier(folder, device="cpu")


@pytest.mark.parametrize(
    ("id2label", "order"),
    [
        ({0: "entailment", 1: "neutral", 2: "contradiction"}, [0, 1, 2]),
        ({0: "CONTRADICTION", 1: "NEUTRAL", 2: "ENTAILMENT"}, [2, 1, 0]),
        ({0: "contradiction", 1: "entailment", 2: "neutral"}, [1, 2, 0]),
        ({"2": "entailment", "0": "neutral", "1": "contradiction"}, [2, 0, 1]),
    ],
)
def test_label_order(id2label: Mapping[Any, str], order: list[int]) -> None:
    assert label_order(id2label) == order


@pytest.mark.parametrize(
    "id2label",
    [
        {0: "LABEL_0", 1: "LABEL_1", 2: "LABEL_2"},
        {0: "entailment", 1: "not_entailment"},
        {0: "entailment", 1: "entailment", 2: "contradiction"},
        {},
    ],
)
def test_unreadable_labels_are_refused(id2label: Mapping[int, str]) -> None:
    with pytest.raises(ModelError, match="id2label") as caught:
        label_order(id2label)
    assert all(name.lower() in str(caught.value) for name in id2label.values())


def test_rows_sum_to_one(classifier: NLIClassifier) -> None:
    scores = classifier.classify(some_pairs(40))
    assert len(scores) == 40
    assert all(getattr(scores, name).dtype == np.float32 for name in COLUMNS)
    assert np.allclose(table(scores).sum(axis=1), 1, atol=CLOSE)
    assert np.ptp(scores.entailment) > 0.01  # pairs are told apart


def test_no_pairs(classifier: NLIClassifier) -> None:
    assert table(classifier.classify([])).shape == (0, 3)


def test_order_changes_nothing(classifier: NLIClassifier) -> None:
    pairs = some_pairs(40)
    shuffled = random.Random(1).sample(range(40), 40)
    mixed = table(classifier.classify([pairs[k] for k in shuffled]))
    assert np.abs(table(classifier.classify(pairs))[shuffled] - mixed).max() <= CLOSE


def test_direction_matters(classifier: NLIClassifier) -> None:
    pairs = some_pairs(10)
    backward = table(classifier.classify([(b, a) for a, b in pairs]))
    assert np.abs(table(classifier.classify(pairs)) - backward).max() > 0.01


def test_equal_pairs_are_scored_once(classifier: NLIClassifier, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []
    score = classifier._probabilities
    monkeypatch.setattr(classifier, "_probabilities", lambda pairs: (seen.append(len(pairs)), score(pairs))[1])
    one, other = ("the bridge fell", "the bridge is open"), ("the town", "the river")
    rows = table(classifier.classify([one, other, one, one]))
    assert seen == [2]
    assert (rows[0] == rows[2]).all() and (rows[0] == rows[3]).all() and (rows[0] != rows[1]).any()


@pytest.mark.parametrize("token_budget", [1, 50, 100_000])
def test_batches_change_nothing(folder: Path, classifier: NLIClassifier, token_budget: int) -> None:
    pairs = some_pairs(40)
    other = NLIClassifier(folder, device="cpu", token_budget=token_budget)
    assert np.abs(table(classifier.classify(pairs)) - table(other.classify(pairs))).max() <= CLOSE


def test_long_texts_are_cut(folder: Path) -> None:
    scores = NLIClassifier(folder, device="cpu", max_length=32).classify([("the bridge fell " * 100, "the town")])
    assert np.isfinite(table(scores)).all()


def test_columns_follow_the_labels(tmp_path: Path, classifier: NLIClassifier) -> None:
    renamed = NLIClassifier(save_nli_model(tmp_path, {0: "Contradiction", 1: "Entailment", 2: "Neutral"}), device="cpu")
    pairs = some_pairs(10)
    assert LABELS[0] == "entailment"
    assert np.allclose(table(renamed.classify(pairs))[:, [2, 0, 1]], table(classifier.classify(pairs)), atol=CLOSE)


def test_two_way_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="three-way"):
        NLIClassifier(save_nli_model(tmp_path, {0: "entailment", 1: "not_entailment"}), device="cpu")


def test_pickled_weights_are_refused(tmp_path: Path) -> None:
    save_nli_model(tmp_path)
    (tmp_path / "model.safetensors").rename(tmp_path / "pytorch_model.bin")
    with pytest.raises(ModelError, match="safetensors"):
        NLIClassifier(tmp_path, device="cpu")


def test_unknown_name_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"'nobody/no-such-model'.*give a folder with safetensors weights"):
        NLIClassifier("nobody/no-such-model", device="cpu")


def test_missing_weights_name_remedy_and_other_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.model_files.WEIGHTS", tmp_path)
    monkeypatch.setattr("contradict.model_files.packages_distributions", lambda: {"contradict": ["contradict-news", "contradict-other"]})
    with pytest.raises(WeightsError, match=r"pip install --force-reinstall contradict-news.*contradict-other.*uninstall it first"):
        NLIClassifier()


def test_missing_weights_without_other_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.model_files.WEIGHTS", tmp_path)
    monkeypatch.setattr("contradict.model_files.packages_distributions", dict)
    with pytest.raises(WeightsError, match=r"contradict-news`$"):
        NLIClassifier()


def test_altered_weights_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "nli.json").write_text(json.dumps({"sha256": "0" * 64, "temperature": 1.0}), encoding="utf-8")
    (tmp_path / "nli.safetensors").write_bytes(b"not the released weights")
    monkeypatch.setattr("contradict.model_files.WEIGHTS", tmp_path)
    with pytest.raises(WeightsError, match="not the released file"):
        NLIClassifier()


@pytest.mark.skipif(not (WEIGHTS / "nli.safetensors").is_file(), reason="the bundled weights are not in this tree")
def test_bundled_model() -> None:
    bundled = NLIClassifier(device="cpu")
    pairs = [
        ("The bridge was open on Monday.", "The bridge was not open on Monday."),
        ("Twelve soldiers died in the blast.", "Soldiers died in the blast."),
        ("The bridge was open on Monday.", "The bridge was built by a Danish firm."),
    ]
    rows = table(bundled.classify(pairs))
    assert rows[:, 2].argmax() == 0 and rows[:, 0].argmax() == 1 and rows[:, 1].argmax() == 2
    assert np.abs(table(bundled.classify(pairs[::-1]))[::-1] - rows).max() <= CLOSE
