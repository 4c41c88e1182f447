"""Natural language inference over pairs of propositions, by default with the bundled model."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from contradict.errors import ModelError
from contradict.model_files import check_sha256, first_line, minilm_folder, weights_file
from contradict.progress import progress
from contradict.records import NLIScores

if TYPE_CHECKING:
    from transformers import PreTrainedModel, PreTrainedTokenizerBase

LABELS = ("entailment", "neutral", "contradiction")


def label_order(id2label: Mapping[Any, str]) -> list[int]:
    """Columns of entailment, neutral and contradiction, read from a model's config.

    Raises:
        ModelError: The labels do not say which is which.
    """
    names = {int(column): str(label).strip().lower() for column, label in id2label.items()}
    order = []
    for wanted in LABELS:
        matching = [column for column, name in names.items() if name.startswith(wanted[:7]) and not name.startswith("not")]
        if len(matching) != 1:
            raise ModelError(
                f"the model's labels are {list(names.values())}: cannot tell which is {wanted!r}. Use a three-way NLI model whose "
                "config names its labels entailment, neutral and contradiction (id2label)"
            )
        order += matching
    return order


def _load_bundled() -> "tuple[PreTrainedModel, PreTrainedTokenizerBase]":
    """The bundled layers and head over the token embeddings of the installed encoder."""
    import torch
    from safetensors.torch import load_file
    from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

    release = json.loads(weights_file("nli.json").read_text(encoding="utf-8"))
    path = weights_file("nli.safetensors")
    check_sha256(path, release["sha256"], "run `pip install --force-reinstall contradict-news`")
    folder = minilm_folder()
    config = AutoConfig.from_pretrained(
        folder, num_labels=3, id2label=dict(enumerate(LABELS)), label2id={n: i for i, n in enumerate(LABELS)}
    )
    model = AutoModelForSequenceClassification.from_config(config)  # type: ignore[no-untyped-call]
    state = {name: tensor.to(torch.float32) for name, tensor in load_file(path).items()}
    embeddings = load_file(folder / "model.safetensors")
    state |= {
        f"bert.{name}": tensor for name, tensor in embeddings.items() if name.startswith("embeddings.") and "position_ids" not in name
    }
    model.load_state_dict(state)
    return model.eval(), AutoTokenizer.from_pretrained(folder)


class NLIClassifier:
    """Scores (premise, hypothesis) pairs with a transformers sequence-classification model.

    Args:
        model: A hub name or a local folder of a three-way NLI model; by default the bundled one.
        device: As torch names it; by default the GPU where there is one.
        max_length: Tokens of both texts together; the longer text is cut first.
        token_budget: Tokens, padding included, in one batch.

    Raises:
        ModelError: The model cannot be loaded, or the order of its labels cannot be read from its config.
    """

    def __init__(self, model: str | Path | None = None, device: str | None = None, max_length: int = 192, token_budget: int = 4096) -> None:
        import torch

        self.name = str(model) if model is not None else "contradict-nli"
        self._max_length, self._token_budget = max_length, token_budget
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._temperature, self._bias = 1.0, torch.zeros(len(LABELS), device=self._device)
        if model is None:
            self._model, self._tokenizer = _load_bundled()
            release = json.loads(weights_file("nli.json").read_text(encoding="utf-8"))
            self._temperature, self._bias = release["temperature"], torch.tensor(release["bias"], device=self._device)
        else:
            from transformers import AutoModelForSequenceClassification, AutoTokenizer

            try:
                self._tokenizer = AutoTokenizer.from_pretrained(str(model))
                self._model = AutoModelForSequenceClassification.from_pretrained(str(model), use_safetensors=True).eval()
            except (OSError, ValueError, KeyError) as error:
                raise ModelError(
                    f"cannot load the NLI model {self.name!r}: give a folder with safetensors weights, or a hub name "
                    f"(offline, only a folder or a cached name works). {first_line(error)}"
                ) from error
        self._order = label_order(self._model.config.id2label or {})
        self._model.to(self._device)  # type: ignore[arg-type]

    def classify(self, pairs: Sequence[tuple[str, str]]) -> NLIScores:
        """Probabilities of entailment, neutral and contradiction, each shape (len(pairs),).

        Equal pairs are scored once, and pairs of one length are batched together, so that little padding is computed and
        a pair's scores do not depend on its neighbours.
        """
        distinct = sorted(set(pairs))
        place = {pair: row for row, pair in enumerate(distinct)}
        rows = [place[pair] for pair in pairs]
        columns = self._probabilities(distinct)[rows]
        entailment, neutral, contradiction = (np.ascontiguousarray(columns[:, k]) for k in range(3))
        return NLIScores(entailment, neutral, contradiction)

    def _probabilities(self, pairs: list[tuple[str, str]]) -> NDArray[np.float32]:
        import torch

        out = np.zeros((len(pairs), 3), dtype=np.float32)
        if not pairs:
            return out
        encoded = self._tokenizer([p for p, _ in pairs], [h for _, h in pairs], truncation=True, max_length=self._max_length)
        lengths = np.array([len(ids) for ids in encoded["input_ids"]])
        order = np.argsort(lengths, kind="stable")
        with torch.inference_mode(), progress("judging pairs", len(pairs), "pair") as bar:
            start = 0
            while start < len(order):
                stop = start + 1
                while stop < len(order) and (stop + 1 - start) * lengths[order[stop]] <= self._token_budget:
                    stop += 1
                batch = order[start:stop]
                padded = self._tokenizer.pad(
                    {name: [values[k] for k in batch] for name, values in encoded.items()}, return_tensors="pt"
                ).to(self._device)
                logits = self._model(**padded).logits.float()[:, self._order] / self._temperature + self._bias
                out[batch] = logits.softmax(-1).cpu().numpy()
                bar.update(stop - start)
                start = stop
        return out
