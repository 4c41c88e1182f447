"""Tiny models with real files, so that tests run the library's own loading code without a download."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

WORDS = "the a bridge river town army ministry minister drone train is was has had not no never open closed fell left said in on".split()
LABELS = {0: "entailment", 1: "neutral", 2: "contradiction"}
_SPECIAL = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]
_LENGTH = 64


def _save_tokenizer(folder: Path) -> int:
    """A WordPiece tokenizer over `WORDS` and letters; returns the size of its vocabulary."""
    from tokenizers import BertWordPieceTokenizer
    from transformers import PreTrainedTokenizerFast

    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    words = list(dict.fromkeys([*_SPECIAL, *WORDS, *letters, *(f"##{letter}" for letter in letters), ".", ","]))
    tokenizer = BertWordPieceTokenizer(vocab={word: number for number, word in enumerate(words)}, lowercase=True)
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), _SPECIAL, strict=True))
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, model_max_length=_LENGTH, **names).save_pretrained(str(folder))
    return len(words)


def _config(folder: Path, id2label: Mapping[int, str] = LABELS) -> Any:
    import torch
    from transformers import BertConfig

    torch.manual_seed(0)  # the same weights whatever the labels
    return BertConfig(
        vocab_size=_save_tokenizer(folder),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=_LENGTH,
        initializer_range=0.5,  # wide, so that pairs differ visibly in their scores
        id2label=dict(id2label),
        label2id={name: column for column, name in id2label.items()},
    )


def save_nli_model(folder: Path, id2label: Mapping[int, str] = LABELS) -> Path:
    """A BERT sequence classifier with random weights: two layers, hidden size 32, safetensors."""
    from transformers import BertForSequenceClassification

    BertForSequenceClassification(_config(folder, id2label)).save_pretrained(folder)
    return folder


def save_sentence_model(folder: Path) -> Path:
    """A sentence-transformers folder over a random BERT, with mean pooling."""
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Pooling, Transformer
    from transformers import BertModel

    bare = folder / "bert"
    BertModel(_config(bare)).save_pretrained(bare)
    SentenceTransformer(modules=[Transformer(str(bare)), Pooling(32)], device="cpu").save(str(folder / "sentences"))
    return folder / "sentences"
