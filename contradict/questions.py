"""Embeddings in which claims on one question are near each other: the default of the embedding stage.

All-MiniLM-L6-v2 brings together what is said in like words. Its top layers were tuned a second time (`training/questions.py`), so
that a claim is near to what may contradict it, in whatever words.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from functools import cached_property
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor, nn

from contradict.encode import SentenceEmbedder
from contradict.model_files import check_sha256, minilm_folder, weights_file

_MAX_LENGTH = 128  # tokens; a claim is a sentence at most


def load_encoder() -> tuple[Any, Any]:
    from transformers import AutoModel, AutoTokenizer

    folder = minilm_folder()
    return AutoModel.from_pretrained(folder, use_safetensors=True).eval(), AutoTokenizer.from_pretrained(folder)


class TopLayers(nn.Module):
    """The encoder's top layers, mean pooling and scaling to unit length."""

    def __init__(self, layers: nn.ModuleList) -> None:
        super().__init__()
        self.layers = layers

    def forward(self, states: Tensor, mask: Tensor) -> Tensor:
        """States of the layers below, shape (texts, tokens, width), to vectors, shape (texts, width)."""
        barred = (1.0 - mask)[:, None, None, :] * torch.finfo(torch.float32).min
        for layer in self.layers:
            states = layer(states, attention_mask=barred)
            states = states[0] if isinstance(states, tuple) else states  # transformers before 5
        return nn.functional.normalize((states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True), dim=-1)

    def embed(self, states: Sequence[NDArray[np.float16]]) -> Tensor:
        """Texts of which the states below are kept, each of shape (tokens, width), to vectors."""
        mask = torch.zeros(len(states), max(len(s) for s in states))
        padded = torch.zeros(*mask.shape, states[0].shape[1])
        for k, state in enumerate(states):
            padded[k, : len(state)] = torch.from_numpy(state.astype(np.float32))
            mask[k, : len(state)] = 1.0
        vectors: Tensor = self(padded, mask)
        return vectors


def top_layers(encoder: Any, number: int) -> TopLayers:
    return TopLayers(encoder.encoder.layer[-number:])


def shared_states(
    encoder: Any, tokenizer: Any, texts: Sequence[str], above: int, token_budget: int = 4096
) -> Iterator[tuple[list[int], Tensor, Tensor]]:
    """Batches of texts of similar length: their rows, what the layers below the top `above` give, and the mask of their tokens."""
    encoded = tokenizer(list(texts), truncation=True, max_length=_MAX_LENGTH)
    lengths = [len(ids) for ids in encoded["input_ids"]]
    order = sorted(range(len(texts)), key=lengths.__getitem__)
    start = 0
    while start < len(order):
        stop = start + 1
        while stop < len(order) and (stop + 1 - start) * lengths[order[stop]] <= token_budget:
            stop += 1
        rows = order[start:stop]
        batch = tokenizer.pad({name: [values[k] for k in rows] for name, values in encoded.items()}, return_tensors="pt")
        batch = batch.to(encoder.device)
        with torch.inference_mode():
            states = encoder(**batch, output_hidden_states=True).hidden_states[-1 - above]
        yield rows, states, batch["attention_mask"].float()
        start = stop


def _load_head(encoder: Any) -> TopLayers:
    path = weights_file("questions.safetensors")
    expected = weights_file("questions.sha256").read_text(encoding="utf-8").strip()
    check_sha256(path, expected, "run `pip install --force-reinstall contradict-news`")
    state = {name: tensor.to(torch.float32) for name, tensor in load_file(path).items()}
    head = top_layers(deepcopy(encoder), len({name.split(".")[1] for name in state}))
    head.load_state_dict(state)
    return head


class QuestionEmbedder:
    """Encodes claims so that those which answer one question are near each other.

    Args:
        device: As torch names it; by default the GPU where there is one.
        token_budget: Tokens, padding included, in one batch.

    Raises:
        WeightsError: The installed encoder or the bundled layers are missing or not the released ones.
    """

    name = "all-MiniLM-L6-v2, tuned for questions"

    def __init__(self, device: str | None = None, token_budget: int = 4096) -> None:
        self._device = device or ("cuda" if torch.cuda.is_available() else "cpu")
        self._token_budget = token_budget
        self._encoder, self._tokenizer = load_encoder()
        self._encoder.to(self._device)
        self._questions = _load_head(self._encoder).to(self._device)
        self._width = int(self._encoder.config.hidden_size)

    @cached_property
    def general(self) -> SentenceEmbedder:
        """The encoder as it was: what tells whether whole articles are of one subject."""
        return SentenceEmbedder(device=self._device)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeds texts: float32, shape (len(texts), 384), unit length. Equal texts are encoded once."""
        distinct = sorted(set(texts))
        vectors = np.zeros((len(distinct), self._width), dtype=np.float32)
        if not distinct:
            return vectors
        with torch.inference_mode():
            for rows, states, mask in shared_states(
                self._encoder, self._tokenizer, distinct, len(self._questions.layers), self._token_budget
            ):
                vectors[rows] = self._questions(states, mask).float().cpu().numpy()
        place = {text: row for row, text in enumerate(distinct)}
        return vectors[[place[text] for text in texts]]
