"""Prepares our own claim pairs and stories for training: `python -m training.prepare --out DIR`.

Each written anchor gives its counterparts in both orders. The label of the reverse order is known only in part: a contradiction
stays one, anything else stays no contradiction. Half of the counterparts have a second premise under which the label turns, so that no
text gives its label away; names, figures and dates exchanged multiply them (`news_swaps`). Texts of different anchors of one event speak
of different facts of it: these are the neutral pairs among which a judge of news must find the conflicts (`news_events`). A tenth of the
events is held out for evaluation, chosen by a hash of the event's name. Of the annotated stories, those not kept for the decision model
give the pairs of claims that the library itself would judge (`news_stories`, and `news_stories_last` of those written last).
"""

import argparse
import json
import random
import re
from hashlib import blake2b
from pathlib import Path
from typing import Any

from contradict.finder import ConflictFinder
from contradict.records import Polarity
from training.stories import Gold, documents_of, for_decision, read_stories
from training.swaps import names_of, swapped

PAIRS = Path(__file__).parent / "data" / "pairs"
LAST = re.compile(r"story-f[a-z]")


def held_out(event: str) -> bool:
    return blake2b(event.encode(), digest_size=4).digest()[0] % 10 == 0


NEGATIVES = 110  # pairs of a story that are no conflict: distractors first, then the most similar


def story_pairs(story: Any, finder: ConflictFinder, rng: random.Random) -> list[dict[str, Any]]:
    """The candidate pairs of a story as NLI pairs, labelled through the polarity algebra.

    Between asserted claims a conflict is a contradiction; against a denial it is the entailment of what is denied by what the other
    asserts. Each is given as the propositions read and, more rarely, as the words stand in the article.
    """
    documents, gold = documents_of(story), Gold(story)
    claims = finder.claims(documents)
    pairs = finder.retriever.retrieve(claims, finder.embedder.encode([c.proposition for c in claims]), documents)
    positive, tempting, others = [], [], []
    for i, j, similarity in zip(pairs.left.tolist(), pairs.right.tolist(), pairs.similarity.tolist(), strict=True):
        left, right = claims[i], claims[j]
        polarities = {left.polarity, right.polarity}
        if Polarity.UNCOMMITTED in polarities or polarities == {Polarity.DENIED}:
            continue
        denied = len(polarities) == 2
        if left.polarity is Polarity.DENIED or (not denied and rng.random() < 0.5):
            left, right = right, left  # what is asserted is the premise of what is denied
        conflict = gold.find(left, right) is not None
        if not conflict and gold.touches(left, right):
            continue  # a part of a conflict's passages: cannot be labelled
        if conflict:
            label = "entailment" if denied else "contradiction"
            positive.append((left.proposition, right.proposition, label))
            if not denied:
                positive.append((right.proposition, left.proposition, label))
            positive.append((left.text, right.text, "contradiction"))
        else:
            label = "not_entailment" if denied else "not_contradiction"
            texts = (left.proposition, right.proposition) if rng.random() < 0.8 else (left.text, right.text)
            row = (*texts, label if texts[1] == right.proposition else "not_contradiction")
            if gold.is_distractor(left, right):
                tempting += [row, (texts[1], texts[0], "not_contradiction") if not denied else row]
            else:
                others.append((similarity + 0.3 * rng.random(), row))
    negative = tempting + [row for _, row in sorted(others, reverse=True)]
    return [{"premise": p, "hypothesis": h, "label": label} for p, h, label in positive + negative[:NEGATIVES]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train, test, events = [], [], []

    def keep(event: str, premise: str, hypothesis: str, label: str, kind: str) -> None:
        pair = {"premise": premise, "hypothesis": hypothesis, "label": label, "meta": {"event": event, "kind": kind}}
        if held_out(event):
            test.append(pair)
            return
        back = "contradiction" if label == "contradiction" else "not_contradiction"
        train.extend([pair, {**pair, "premise": hypothesis, "hypothesis": premise, "label": back}])

    facts: dict[str, list[list[str]]] = {}
    for path in sorted(PAIRS.glob("pairs-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            facts.setdefault(row["event"], []).append([row["anchor"], *(other["text"] for other in row["others"])])
            for other in row["others"]:
                keep(row["event"], row["anchor"], other["text"], other["label"], other["kind"])
    for line in (PAIRS / "premises.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        keep(row["event"], row["premise"], row["hypothesis"], row["label"], row["kind"])
    rng = random.Random(20)
    names = names_of(text for pair in train for text in (pair["premise"], pair["hypothesis"]))
    swaps = [
        {"premise": premise, "hypothesis": hypothesis, "label": label, "meta": {**pair["meta"], "swapped": True}}
        for pair in train
        for premise, hypothesis, label in swapped(pair["premise"], pair["hypothesis"], pair["label"], names, rng)
    ]
    for event, anchors in facts.items():
        if held_out(event):
            continue
        for texts in anchors:
            for _ in range(8 if len(anchors) > 1 else 0):
                other = rng.choice([a for a in anchors if a is not texts])
                pair = {"premise": rng.choice(texts), "hypothesis": rng.choice(other), "label": "neutral"}
                events.append({**pair, "meta": {"event": event, "kind": "other_fact"}})
    finder = ConflictFinder()
    stories: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for name, story in read_stories().items():
        if not for_decision(name):
            stories[bool(LAST.match(name))] += story_pairs(story, finder, rng)
    for name, rows in (
        ("news", train), ("news_heldout", test), ("news_swaps", swaps), ("news_events", events),
        ("news_stories", stories[False]), ("news_stories_last", stories[True]),
    ):  # fmt: skip
        with (args.out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        print(f"{name}: {len(rows)} pairs")


if __name__ == "__main__":
    main()
