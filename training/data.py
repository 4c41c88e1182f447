"""Reading training pairs and turning them into batches of similar length."""

import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from transformers import PreTrainedTokenizerBase

LABELS = ("entailment", "neutral", "contradiction")
# A two-way label allows two of the three classes: the loss asks only that the forbidden one be unlikely.
ALLOWED = {
    "entailment": (1, 0, 0),
    "neutral": (0, 1, 0),
    "contradiction": (0, 0, 1),
    "not_entailment": (0, 1, 1),
    "not_contradiction": (1, 1, 0),
}


class Pair(NamedTuple):
    premise: str
    hypothesis: str
    label: str


def read_pairs(path: Path) -> list[Pair]:
    """Reads `premise`, `hypothesis`, `label` lines from a .jsonl or .jsonl.gz file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines if line.strip()]
    return [Pair(r["premise"], r["hypothesis"], r["label"]) for r in rows if r["label"] in ALLOWED]


def find_source(name: str, roots: list[Path]) -> Path:
    for root in roots:
        for suffix in (".jsonl", ".jsonl.gz"):
            if (root / (name + suffix)).is_file():
                return root / (name + suffix)
    raise FileNotFoundError(f"no {name}.jsonl or {name}.jsonl.gz in {', '.join(map(str, roots))}")


def draw(rows: dict[str, int], roots: list[Path], rng: random.Random) -> list[Pair]:
    """Draws up to `rows[source]` pairs of each source, or repeats a source that is asked for more than it has."""
    drawn: list[Pair] = []
    for name, wanted in rows.items():
        pairs = read_pairs(find_source(name, roots))
        while wanted > 0:
            drawn += rng.sample(pairs, min(wanted, len(pairs)))
            wanted -= len(pairs)
    rng.shuffle(drawn)
    return drawn


def batches(pairs: list[Pair], batch_size: int, rng: random.Random) -> list[list[int]]:
    """Indices of batches of similar length: sorted within pools of 100 batches, so that order stays random at large."""
    lengths = [len(p.premise) + len(p.hypothesis) for p in pairs]
    order: list[list[int]] = []
    pool = batch_size * 100
    for start in range(0, len(pairs), pool):
        members = sorted(range(start, min(start + pool, len(pairs))), key=lengths.__getitem__)
        cut = [members[i : i + batch_size] for i in range(0, len(members), batch_size)]
        rng.shuffle(cut)
        order += cut
    return order


def collate(pairs: list[Pair], tokenizer: PreTrainedTokenizerBase, max_length: int) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
    encoded = tokenizer(
        [p.premise for p in pairs],
        [p.hypothesis for p in pairs],
        truncation=True,
        max_length=max_length,
        padding=True,
        return_tensors="pt",
    )
    return dict(encoded), torch.tensor(np.array([ALLOWED[p.label] for p in pairs], dtype=np.float32))


def evaluation_batches(pairs: list[Pair], batch_size: int = 64) -> Iterator[list[int]]:
    order = sorted(range(len(pairs)), key=lambda i: len(pairs[i].premise) + len(pairs[i].hypothesis))
    for start in range(0, len(order), batch_size):
        yield order[start : start + batch_size]
