"""Where annotated conflicts are lost before the judge: `python benchmarks/retrieval.py [STORIES] [--pool 20] [--draws 4]`.

Runs segmentation, embeddings, blocking by event, retrieval and the screen, no NLI, over stories each alone and over pools of them, as a
user's folder holds many events. STORIES is a folder of annotated stories, by default those of the project that its models have not seen.
Prints the share of annotated passages, those of non-conflicts too, that some claim covers, and of the annotated conflicts those

- read: both sides are claims;
- same event: read, and their documents are compared;
- near: a pair of theirs is among each claim's nearest;
- judged: the screen leaves such a pair to the judge;

beside the pairs that are near and judged, as shares of all pairs inside one story, and the share of pairs across stories that blocking
removes. The dates of invented stories lie years apart, which makes their events easy to tell, so pools are also measured with all
stories begun on one day, and without any dates.

RESULTS
"""

import argparse
import random
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np

from contradict import Claim, ConflictFinder, Document, Scope
from training.stories import STORIES, Gold, documents_of, for_decision, read_stories, share

DATES = ("as they are", "begun on one day", "none")


def dated(documents: list[Document], how: str) -> list[Document]:
    first = min(d.published for d in documents if d.published)
    shift = first - date(2024, 1, 1) if how == "begun on one day" else timedelta(0)
    return [replace(d, published=None if how == "none" or d.published is None else d.published - shift) for d in documents]


def passages(story: Any, claims: list[Claim]) -> tuple[int, int]:
    """How many annotated passages there are, and how many some claim covers."""
    texts = {a["id"]: a["text"] for a in story["articles"]}
    sides = {(s["article"], s["quote"]) for pair in story["conflicts"] + story["distractors"] for s in (pair["left"], pair["right"])}
    covered = 0
    for article, quote in sides:
        start = texts[article].index(quote)
        place = (start, start + len(quote))
        covered += any(share((c.start, c.end), place) > 0 for c in claims if c.document_id == article)
    return len(sides), covered


def measure(draw: list[str], stories: dict[str, Any], read: dict[str, Any], how: str, blocked: bool, finder: ConflictFinder) -> np.ndarray:
    """Conflicts annotated, read, met, near, judged; pairs inside a story, near, judged; pairs across stories, removed by blocking."""
    documents, claims = [], []
    for name in draw:
        documents += [replace(d, id=f"{name}/{d.id}") for d in dated(read[name]["documents"], how)]
        claims += [replace(c, document_id=f"{name}/{c.document_id}") for c in read[name]["claims"]]
    embeddings, general = (np.concatenate([read[name][kind] for name in draw]) for kind in ("embeddings", "general"))
    encoder: Any = finder.embedder
    events = finder.blocker.block(documents, claims, general, encoder.general) if blocked and finder.blocker else None
    scope = Scope(tuple(d.id for d in documents), events)
    chosen = finder.retriever.retrieve(claims, embeddings, documents, scope)
    kept = finder.screen.keep(claims, chosen, documents) if finder.screen else chosen
    near, judged = (set(zip(p.left.tolist(), p.right.tolist(), strict=True)) for p in (chosen, kept))
    counts = np.zeros(10, dtype=np.int64)
    start = 0
    for name in draw:
        own, gold = read[name]["claims"], Gold(stories[name])
        found: list[set[int]] = [set(), set(), set(), set()]
        for i in range(len(own)):
            for j in range(i + 1, len(own)):
                conflict = gold.find(own[i], own[j])
                if conflict is not None:
                    pair = (start + i, start + j)
                    met = scope.barrier(f"{name}/{own[i].document_id}", f"{name}/{own[j].document_id}") is None
                    for step, passed in zip(found, (True, met, pair in near, pair in judged), strict=True):
                        if passed:
                            step.add(conflict)
        counts[:5] += (len(gold.conflicts), *map(len, found))
        counts[5] += len(own) * (len(own) - 1) // 2
        start += len(own)
    counts[6:8] = len(near), len(judged)
    sizes = np.array([len(read[name]["claims"]) for name in draw])
    counts[8] = (sizes.sum() ** 2 - (sizes**2).sum()) // 2
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
        counts[9] = counts[8] - met
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("stories", type=Path, nargs="?", help="by default the project's own that no model has seen")
    parser.add_argument("--pool", type=int, default=20, help="stories in one call")
    parser.add_argument("--draws", type=int, default=4, help="how many pools are drawn")
    args = parser.parse_args()
    stories = read_stories(args.stories or STORIES)
    if args.stories is None:
        stories = {name: story for name, story in stories.items() if for_decision(name)}
    if not stories:
        parser.error(f"no story-*.json in {args.stories}")
    rng = random.Random(0)
    draws = [sorted(rng.sample(sorted(stories), min(args.pool, len(stories)))) for _ in range(args.draws)]
    finder = ConflictFinder()
    encoder: Any = finder.embedder
    read: dict[str, Any] = {}
    for name in sorted(stories):
        documents = documents_of(stories[name])
        claims = finder.claims(documents)
        texts = [c.proposition for c in claims]
        read[name] = {
            "documents": documents,
            "claims": claims,
            "embeddings": encoder.encode(texts),
            "general": encoder.general.encode(texts),
        }
    total, covered = (sum(x) for x in zip(*(passages(stories[n], read[n]["claims"]) for n in stories), strict=True))
    size = sum(len(r["claims"]) for r in read.values())
    print(f"{len(stories)} stories, {size} claims; passages covered: {covered} of {total}, {covered / total:.3f}\n")
    columns = ("stories in a call", "blocking", "dates", "conflicts", "read", "same event", "near", "judged")
    columns += ("near / inside", "judged / inside", "across removed")
    print("| " + " | ".join(columns) + " |\n" + "| --- " * len(columns) + "|")
    alone = [[name] for name in sorted(stories)]
    settings = [(alone, True, DATES[0]), (draws, False, DATES[0]), *((draws, True, how) for how in DATES)]
    for pools, blocked, how in settings:
        c = sum(measure(pool, stories, read, how, blocked, finder) for pool in pools)
        shares = [*(c[1:5] / c[0]), c[6] / c[5], c[7] / c[5], c[9] / c[8] if c[8] else 0.0]
        print(f"| {len(pools[0])} | {'events' if blocked else 'none'} | {how} | {c[0]} | " + " | ".join(f"{x:.3f}" for x in shares) + " |")


if __name__ == "__main__":
    main()
