"""Prepares our own claim pairs for training: `python -m training.prepare --out DIR`.

Each written anchor gives its counterparts in both orders. The label of the reverse order is known only in part: a contradiction
stays one, anything else stays no contradiction. Texts of different anchors of one event speak of different facts of it: these are
the neutral pairs among which a judge of news must find the conflicts (`news_events`). A tenth of the events is held out for
evaluation, chosen by a hash of the event's name.
"""

import argparse
import json
import random
from hashlib import blake2b
from pathlib import Path

PAIRS = Path(__file__).parent / "data" / "pairs"


def held_out(event: str) -> bool:
    return blake2b(event.encode(), digest_size=4).digest()[0] % 10 == 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    train, test, events = [], [], []
    facts: dict[str, list[list[str]]] = {}
    for path in sorted(PAIRS.glob("pairs-*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            facts.setdefault(row["event"], []).append([row["anchor"], *(other["text"] for other in row["others"])])
            for other in row["others"]:
                meta = {"event": row["event"], "kind": other["kind"]}
                pair = {"premise": row["anchor"], "hypothesis": other["text"], "label": other["label"], "meta": meta}
                if held_out(row["event"]):
                    test.append(pair)
                    continue
                back = "contradiction" if other["label"] == "contradiction" else "not_contradiction"
                train += [pair, {**pair, "premise": other["text"], "hypothesis": row["anchor"], "label": back}]
    rng = random.Random(20)
    for event, anchors in facts.items():
        if held_out(event):
            continue
        for texts in anchors:
            for _ in range(8 if len(anchors) > 1 else 0):
                other = rng.choice([a for a in anchors if a is not texts])
                pair = {"premise": rng.choice(texts), "hypothesis": rng.choice(other), "label": "neutral"}
                events.append({**pair, "meta": {"event": event, "kind": "other_fact"}})
    for name, rows in (("news", train), ("news_heldout", test), ("news_events", events)):
        with (args.out / f"{name}.jsonl").open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        print(f"{name}: {len(rows)} pairs")


if __name__ == "__main__":
    main()
