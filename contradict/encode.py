"""Sentence embeddings, by default from the installed all-MiniLM-L6-v2."""

from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from contradict.errors import ModelError
from contradict.model_files import first_line, minilm_folder
from contradict.progress import no_loading_bar


class SentenceEmbedder:
    """Encodes texts with a sentence-transformers model.

    Args:
        model: A hub name or a local folder; by default the installed all-MiniLM-L6-v2.
        device: As torch names it; by default the GPU where there is one.

    Raises:
        ModelError: The model cannot be loaded.
    """

    def __init__(self, model: str | Path | None = None, device: str | None = None, batch_size: int = 64) -> None:
        from sentence_transformers import SentenceTransformer

        self.name = str(model) if model is not None else "all-MiniLM-L6-v2"
        self._batch_size = batch_size
        try:
            with no_loading_bar() if model is None else nullcontext():
                self._model = SentenceTransformer(
                    str(model if model is not None else minilm_folder()),
                    device=device,
                    local_files_only=model is None,
                    model_kwargs={"use_safetensors": True},
                )
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(
                f"cannot load the embedding model {self.name!r}: give a sentence-transformers folder or hub name "
                f"(offline, only a folder or a cached name works). {first_line(error)}"
            ) from error
        dimensions = getattr(self._model, "get_embedding_dimension", None) or self._model.get_sentence_embedding_dimension  # before 5.3
        self._dimensions = int(dimensions() or 0)

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Embeds texts: float32, shape (len(texts), dimensions), unit length. Equal texts are encoded once."""
        distinct = sorted(set(texts))
        if not distinct:
            return np.zeros((0, self._dimensions), dtype=np.float32)
        vectors = self._model.encode(distinct, batch_size=self._batch_size, normalize_embeddings=True, show_progress_bar=False)
        place = {text: row for row, text in enumerate(distinct)}
        return np.asarray(vectors, dtype=np.float32)[[place[text] for text in texts]]
