"""Trains the question head: `python -m training.questions --out RUN`.

Two claims that answer one question belong together, whatever they answer; sentence encoders bring together what is said in like
words. So the top layers of the encoder are tuned a second time: in each annotated story, a claim's opponents must be nearer to it than
all its other claims (InfoNCE, van den Oord et al., 2018, with every other claim of the story as a negative). The lower layers stay as
they are: what they give is computed once. Stories kept for the decision model are not trained on, but tell how much is found.
"""

import argparse
import pickle
import random
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from safetensors.torch import save_file
from torch.nn import functional as F

from contradict.questions import load_encoder, shared_states, top_layers
from contradict.records import Claim, Mood, Polarity
from contradict.segment import SpacySegmenter
from training.export import WEIGHTS
from training.stories import Gold, documents_of, for_decision, read_stories

SEED, EPOCHS, RATE, TEMPERATURE = 20, 4, 1e-4, 0.05
LAYERS = 4  # of the encoder's six that are tuned


class Story(NamedTuple):
    """What is trained on in one story of n claims.

    Attributes:
        states: Of each claim, what the shared layers give: float16, shape (tokens, width).
        own: The encoder's embeddings, float32, shape (n, width).
        gold: Index of the conflict that two claims make, -1 where none; shape (n, n).
        unclear: Pairs that are no conflict but touch one, tempt to see one, or share words; shape (n, n).
        same: Pairs of one document; shape (n, n).
        usable: Claims that are compared at all; shape (n,).
    """

    states: list[np.ndarray]
    own: np.ndarray
    gold: np.ndarray
    unclear: np.ndarray
    same: np.ndarray
    usable: np.ndarray
    conflicts: int


def prepared(story: Any, claims: list[Claim], own: np.ndarray, states: list[np.ndarray]) -> Story:
    gold, n = Gold(story), len(claims)
    found, unclear = np.full((n, n), -1), np.zeros((n, n), dtype=bool)
    for i in range(n):
        for j in range(i):
            a, b = claims[i], claims[j]
            k = gold.find(a, b)
            found[i, j] = found[j, i] = -1 if k is None else k
            if k is None:
                overlap = a.document_id == b.document_id and a.start < b.end and b.start < a.end
                unclear[i, j] = unclear[j, i] = overlap or gold.touches(a, b) or gold.is_distractor(a, b)
    document = np.array([c.document_id for c in claims])
    usable = np.array([c.mood is not Mood.QUESTION and c.polarity is not Polarity.UNCOMMITTED for c in claims])
    return Story(states, own, found, unclear, document[:, None] == document[None, :], usable, len(gold.conflicts))


def recall(stories: list[Story], closeness: list[np.ndarray], shares: tuple[float, ...] = (0.1, 0.15, 0.2, 0.25, 0.33)) -> list[float]:
    """Share of the annotated conflicts among the closest pairs, for several shares of all pairs of a story."""
    out = []
    for wanted in shares:
        hits = 0
        for story, close in zip(stories, closeness, strict=True):
            i, j = np.triu_indices(len(close), 1)
            barred = ~(story.usable[i] & story.usable[j])
            score = np.where(barred, -9.0, close[i, j] - 0.15 * story.same[i, j])
            nearest = np.argsort(-score)[: int(wanted * len(score))]
            hits += len(set(story.gold[i, j][nearest].tolist()) - {-1})
        out.append(round(hits / sum(s.conflicts for s in stories), 3))
    return out


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for what is computed once, and the checkpoint")
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    random.seed(SEED)
    torch.manual_seed(SEED)
    cache = args.out / "claims.pkl"
    if cache.exists():
        stories = pickle.loads(cache.read_bytes())
    else:
        segmenter, (encoder, tokenizer), stories = SpacySegmenter(), load_encoder(), {}
        own_layers = top_layers(encoder, LAYERS)
        for name, story in read_stories().items():
            claims = segmenter.segment(documents_of(story))
            states: list[np.ndarray] = [np.zeros(0)] * len(claims)
            own = np.zeros((len(claims), encoder.config.hidden_size), dtype=np.float32)
            with torch.inference_mode():
                for rows, below, mask in shared_states(encoder, tokenizer, [c.proposition for c in claims], LAYERS):
                    own[rows] = own_layers(below, mask).numpy()
                    for k, row in enumerate(rows):
                        states[row] = below[k, : int(mask[k].sum())].half().numpy()
            stories[name] = prepared(story, claims, own, states)
        cache.write_bytes(pickle.dumps(stories))
    train = [s for name, s in stories.items() if not for_decision(name) and s.conflicts]
    test = [s for name, s in stories.items() if for_decision(name)]
    layers = top_layers(load_encoder()[0], LAYERS)
    optimizer = torch.optim.AdamW(layers.parameters(), lr=RATE, weight_decay=0.01)
    checkpoint, done = args.out / "checkpoint.pt", 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        layers.load_state_dict(state["layers"])
        optimizer.load_state_dict(state["optimizer"])
        done = state["epochs"]

    def report(name: str) -> None:
        with torch.inference_mode():
            heads = [layers.embed(s.states).numpy() for s in test]
        print(f"{name}: found in 10, 15, 20, 25, 33% of the pairs: {recall(test, [h @ h.T for h in heads])}", flush=True)

    print(f"encoder alone: {recall(test, [s.own @ s.own.T for s in test])}")
    steps = args.epochs * len(train)
    for epoch in range(done, args.epochs):
        random.Random(f"{SEED}-{epoch}").shuffle(train)
        total = 0.0
        for k, story in enumerate(train):
            step = epoch * len(train) + k
            for group in optimizer.param_groups:
                group["lr"] = RATE * min(1.0, (step + 1) / 100) * (1 - step / steps)
            head = layers.embed(story.states)
            close = head @ head.T / TEMPERATURE
            partner = torch.from_numpy(story.gold >= 0)
            close = close.masked_fill(torch.eye(len(close), dtype=torch.bool) | torch.from_numpy(story.unclear), -1e4)
            others = close.masked_fill(partner, -1e4).logsumexp(1)
            i, j = partner.nonzero(as_tuple=True)
            if not len(i):
                continue
            loss = F.softplus(others[i] - close[i, j]).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += loss.item()
        torch.save({"layers": layers.state_dict(), "optimizer": optimizer.state_dict(), "epochs": epoch + 1}, checkpoint)
        print(f"loss {total / len(train):.3f}")
        report(f"epoch {epoch + 1}")
    path = WEIGHTS / "questions.safetensors"
    save_file({name: tensor.half().contiguous() for name, tensor in layers.state_dict().items()}, path)
    (WEIGHTS / "questions.sha256").write_text(sha256(path.read_bytes()).hexdigest() + "\n")
    print(f"{path}: {path.stat().st_size / 2**20:.1f} MiB, top {LAYERS} layers")


if __name__ == "__main__":
    main()
