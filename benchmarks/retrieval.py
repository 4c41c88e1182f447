"""Where annotated conflicts are lost before the judge: `python benchmarks/retrieval.py [STORIES] [--pool 20] [--draws 4]`.

Pools stories of many events in one call, as a user's folder does, and runs segmentation, embeddings, blocking by event and retrieval
on them, no NLI. STORIES is a folder of annotated stories, by default the project's own. Prints, over the draws,

- read: conflicts of which both sides are read as claims;
- same event: of these, those whose documents are compared;
- judged: those of which a pair is kept for the judge;
- across: pairs of claims of different stories that blocking removes;
- pairs: judged, as a share of all pairs inside one story.

The dates of invented stories lie years apart, which makes their events easy to tell. So everything is also measured with all stories
begun on one day, and without any dates.

2026-11-23, four draws of 20 of the project's 56 stories (some 80 articles and 1,080 claims each), on which the thresholds of `EventBlocker`
were chosen too; 1,037 conflicts:

| blocking | dates | read | same event | judged | across removed | pairs judged / inside |
| --- | --- | --- | --- | --- | --- | --- |
| none | as they are | 0.972 | 1.000 | 0.403 | 0.000 | 0.383 |
| events | as they are | 0.972 | 1.000 | 0.711 | 0.967 | 0.368 |
| events | begun on one day | 0.972 | 1.000 | 0.521 | 0.819 | 0.385 |
| events | none | 0.972 | 1.000 | 0.551 | 0.855 | 0.385 |

Blocking loses nothing here; what is lost is lost to the nearest 16, and the fewer foreign claims compete for these places, the less.
"""

import argparse
import random
import time
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from contradict import Claim, Document, EventBlocker, Scope, SentenceEmbedder, SpacySegmenter, TopKRetriever
from training.stories import STORIES, Gold, documents_of, read_stories

DATES = ("as they are", "begun on one day", "none")


def dated(documents: list[Document], how: str) -> list[Document]:
    first = min(d.published for d in documents if d.published)
    shift = first - date(2024, 1, 1) if how == "begun on one day" else timedelta(0)
    return [replace(d, published=None if how == "none" or d.published is None else d.published - shift) for d in documents]


def measure(
    stories: dict[str, Any], draw: list[str], read: dict[str, Any], how: str, embedder: SentenceEmbedder, blocked: bool
) -> np.ndarray:
    """Counts: annotated conflicts, read, of one event, judged; pairs across stories, of these removed; pairs judged, pairs inside."""
    documents, claims, story = [], [], []
    for name in draw:
        documents += [replace(d, id=f"{name}/{d.id}") for d in dated(read[name][0], how)]
        claims += [replace(c, document_id=f"{name}/{c.document_id}") for c in read[name][1]]
        story += [name] * len(read[name][1])
    embeddings = np.concatenate([read[name][2] for name in draw])
    events = EventBlocker().block(documents, claims, embeddings, embedder) if blocked else None
    scope = Scope(tuple(d.id for d in documents), events)
    pairs = TopKRetriever().retrieve(claims, embeddings, documents, scope)
    kept = set(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    counts = np.zeros(8, dtype=np.int64)
    start = 0
    for name in draw:
        own: list[Claim] = read[name][1]
        gold = Gold(stories[name])
        found: dict[str, set[int]] = {"read": set(), "met": set(), "judged": set()}
        for i in range(len(own)):
            for j in range(i + 1, len(own)):
                conflict = gold.find(own[i], own[j])
                if conflict is None:
                    continue
                found["read"].add(conflict)
                if scope.barrier(f"{name}/{own[i].document_id}", f"{name}/{own[j].document_id}") is None:
                    found["met"].add(conflict)
                if (start + i, start + j) in kept:
                    found["judged"].add(conflict)
        counts[:4] += (len(gold.conflicts), *map(len, found.values()))
        counts[7] += len(own) * (len(own) - 1) // 2
        start += len(own)
    sizes = np.array([len(read[name][1]) for name in draw])
    counts[4] = (sizes.sum() ** 2 - (sizes**2).sum()) // 2
    met = 0
    if events is not None:
        size = {d.id: 0 for d in documents}
        for claim in claims:
            size[claim.document_id] += 1
        label = [d.id.split("/")[0] for d in documents]
        met = sum(
            size[documents[a].id] * size[documents[b].id]
            for a, event in enumerate(events)
            for b in event.tolist()
            if a < b and label[a] != label[b]
        )
    counts[5] = counts[4] - met if events is not None else 0
    counts[6] = len(pairs)
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", type=Path, nargs="?", default=STORIES)
    parser.add_argument("--pool", type=int, default=20, help="stories in one call")
    parser.add_argument("--draws", type=int, default=4, help="how many pools are drawn")
    args = parser.parse_args()
    stories = read_stories(args.stories)
    if not stories:
        parser.error(f"no story-*.json in {args.stories}")
    segmenter, embedder = SpacySegmenter(), SentenceEmbedder(device="cpu")
    rng = random.Random(0)
    draws = [sorted(rng.sample(sorted(stories), min(args.pool, len(stories)))) for _ in range(args.draws)]
    read: dict[str, Any] = {}
    for name in sorted({name for draw in draws for name in draw}):
        documents = documents_of(stories[name])
        claims = segmenter.segment(documents)
        read[name] = (documents, claims, embedder.encode([c.proposition for c in claims]))
    print(f"{len(draws)} draws of {len(draws[0])} of {len(stories)} stories; {sum(len(r[1]) for r in read.values())} claims")
    print("| blocking | dates | conflicts | read | same event | judged | across removed | pairs judged / inside | s |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for blocked, how in ((False, DATES[0]), *((True, how) for how in DATES)):
        begun = time.perf_counter()
        c = sum(measure(stories, draw, read, how, embedder, blocked) for draw in draws)
        spent = (time.perf_counter() - begun) / len(draws)
        shares = (c[1] / c[0], c[2] / c[1], c[3] / c[0], c[5] / c[4], c[6] / c[7])
        print(f"| {'events' if blocked else 'none'} | {how} | {c[0]} | " + " | ".join(f"{x:.3f}" for x in shares) + f" | {spent:.1f} |")


if __name__ == "__main__":
    main()
