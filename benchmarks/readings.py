"""What is read out of single sentences, against gold: `python benchmarks/readings.py [--part open|closed] [--json] [--show FIELD]`.

The gold, `benchmarks/data/readings.jsonl`, is 360 sentences of our own, written without sight of the code; odd ids are open to whoever
tunes it, even ids are closed and serve for the final figure. Each sentence is an article of its own with its publication date.

How a gold claim finds ours. A claim of ours gives one reading for each link of its chain ("Iran said that Moscow denied X" is what Iran
asserts and what Moscow denies), its content the words (\\w+) of the claim without those of that link and of the links outside it. Gold
claims and readings are paired one to one, by the Jaccard overlap of the words' places, the largest first and the same holder before
another, down to a third. Where we part a gold claim in several, the other readings that lie to four fifths within its words and have the
same holder and stance as the paired one join it: their quantities are added, and the first time, mood and hedge that says
more than none, fact and certain holds. Readings that answer no gold claim are counted (`extra`) and cost nothing else.

A gold claim that finds none is wrong in everything. Of the others:
- time: start and end each within a day of the gold's, open ends open; none where the gold has none. `exhaustive` is apart.
- quantities: the same set of (low, high, unit, bound) as the gold, which is first brought to our terms: base units by
  `contradict.units`, and a tenth either way where the bound is "about"; of the quantities of ours only those within the gold's
  content are asked. `nouns`: of the gold quantities found, those of which we name the thing counted as the gold does.
- polarity, mood, certainty: the same. For a gold claim in the article's voice, the claim's own polarity.
- holder: none for none; else the same words without article and case, or one holder by `contradict.holders.same_name`.
"""

import argparse
import json
import re
from dataclasses import dataclass
from datetime import date, timedelta
from math import inf, isclose
from pathlib import Path
from typing import Any

from contradict import Claim, Document, SpacySegmenter
from contradict.holders import same_name
from contradict.records import Bound, Polarity, Quantity, TimeInterval
from contradict.units import to_base

DATA = Path(__file__).parent / "data" / "readings.jsonl"
FIELDS = ("time", "exhaustive", "quantities", "polarity", "mood", "certainty", "holder")
_WORD = re.compile(r"\w+")


@dataclass
class Reading:
    """One holder's word: where its content stands, and what is read of it."""

    content: frozenset[int]  # where the content's words start
    holder: str | None
    polarity: Polarity
    claim: Claim


def places(text: str, start: int, end: int) -> frozenset[int]:
    return frozenset(m.start() for m in _WORD.finditer(text) if start <= m.start() < end)


def readings(claims: list[Claim], text: str) -> list[Reading]:
    found = []
    first: dict[str, Claim] = {}
    for claim in claims:
        meant = first.setdefault(claim.proposition, claim)
        content = places(text, meant.start, meant.end)
        if not claim.attribution:
            found.append(Reading(content, None, claim.polarity, claim))
        for depth, link in enumerate(claim.attribution):
            outside = [s for part in claim.attribution[: depth + 1] for s in (part.source, part.cue) if s]
            inside = [s for part in claim.attribution[depth + 1 :] for s in (part.source, part.cue) if s]
            own = content.union(*(places(text, s.start, s.end) for s in inside))
            found.append(Reading(own.difference(*(places(text, s.start, s.end) for s in outside)), link.holder, link.stance, claim))
    return [r for r in found if r.content]


def one_holder(a: str | None, b: str | None) -> bool:
    if a is None or b is None:
        return a is b
    plain = [re.sub(r"^(?:the|a|an|its|their|his|her)\s+|['’]s?$", "", name.strip(), flags=re.I).lower() for name in (a, b)]
    return plain[0] == plain[1] or same_name(a, b)


def pair(gold: list[dict[str, Any]], ours: list[Reading], text: str) -> dict[int, list[Reading]]:
    spans = []
    for claim in gold:
        at = text.find(claim["content"])
        spans.append(places(text, at, at + len(claim["content"])))
    scored = [
        (len(span & r.content) / len(span | r.content), one_holder(gold[i]["holder"], r.holder), i, j)
        for i, span in enumerate(spans)
        for j, r in enumerate(ours)
    ]
    pairs: dict[int, int] = {}
    for overlap, _, i, j in sorted(scored, key=lambda s: (-round(s[0], 2), not s[1], s[2], s[3])):
        if overlap >= 1 / 3 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    out = {i: [ours[j]] for i, j in pairs.items()}
    free = [r for j, r in enumerate(ours) if j not in pairs.values()]
    for i, chosen in out.items():
        for r in free:
            alike = (r.holder, r.polarity) == (chosen[0].holder, chosen[0].polarity)
            if alike and len(r.content & spans[i]) >= 0.8 * len(r.content) and all(r.claim is not c.claim for c in chosen):
                chosen.append(r)
    return out


def near(a: date | None, b: date | None) -> bool:
    return a is b if a is None or b is None else abs(a - b) <= timedelta(days=1)


def same_time(gold: dict[str, Any] | None, ours: TimeInterval | None) -> bool:
    if gold is None or ours is None:
        return gold is ours
    start, end = (date.fromisoformat(gold[k]) if gold[k] else None for k in ("start", "end"))
    return near(start, ours.start) and near(end, ours.end)


def wanted(quantity: dict[str, Any]) -> Quantity:
    """A gold quantity in our terms."""
    low, high, unit = quantity["low"], quantity["high"], quantity["unit"]
    low, high = 0.0 if low is None else low, inf if high is None else high
    (low, base), (high, _) = to_base(low, unit), to_base(high, unit)
    unit, bound = base, Bound(quantity["bound"])
    if bound is Bound.ABOUT:
        low, high = low * 0.9, high * 1.1
    return Quantity(low, high, quantity["text"], 0, 0, unit, quantity["noun"], bound)


def same_quantity(a: Quantity, b: Quantity) -> bool:
    return (a.unit, a.bound) == (b.unit, b.bound) and isclose(a.low, b.low, rel_tol=1e-3) and isclose(a.high, b.high, rel_tol=1e-3)


def judge(gold: dict[str, Any], ours: list[Reading], text: str) -> dict[str, Any]:
    """What is right of one gold claim, and what we read, for `--show`."""
    claims = [r.claim for r in ours]
    at = text.find(gold["content"])
    want = [wanted(q) for q in gold["quantities"]]
    have = {q for c in claims for q in c.quantities if at <= q.start < at + len(gold["content"])}
    time = next((c.time for c in claims if c.time), None)
    mood = next((c.mood.value for c in claims if c.mood.value != "fact"), "fact")
    certainty = next((c.certainty.value for c in claims if c.certainty.value != "certain"), "certain")
    found = [(w, next((h for h in have if same_quantity(w, h)), None)) for w in want]
    return {
        "time": same_time(gold["time"], time),
        "exhaustive": (gold["time"] or {}).get("exhaustive", False) == bool(time and time.exhaustive and gold["time"]),
        "quantities": all(h for _, h in found) and all(any(same_quantity(w, h) for w in want) for h in have),
        "polarity": gold["polarity"] == ours[0].polarity.value,
        "mood": gold["mood"] == mood,
        "certainty": gold["certainty"] == certainty,
        "holder": one_holder(gold["holder"], ours[0].holder),
        "nouns": [w.noun == h.noun for w, h in found if h is not None],
        "read": {
            "time": time and (str(time.start), str(time.end), time.text),
            "quantities": [(q.text, q.low, q.high, q.unit, q.noun, q.bound.value) for q in have],
            "polarity": ours[0].polarity.value,
            "mood": mood,
            "certainty": certainty,
            "holder": ours[0].holder,
        },
    }


def evaluate(rows: list[dict[str, Any]], show: str | None = None) -> dict[str, Any]:
    segmenter = SpacySegmenter()
    right = dict.fromkeys(FIELDS, 0)
    nouns: list[bool] = []
    claims = matched = extra = 0
    for row in rows:
        text = row["text"]
        ours = readings(segmenter.segment([Document(row["id"], text, published=date.fromisoformat(row["published"]))]), text)
        pairs = pair(row["claims"], ours, text)
        extra += len(ours) - sum(len(chosen) for chosen in pairs.values())
        for i, gold in enumerate(row["claims"]):
            claims += 1
            if i not in pairs:
                if show in ("matched", "all"):
                    print(f"{row['id']} UNMATCHED {gold['content']!r} {gold['holder']} ours: {[(r.holder, r.claim.text) for r in ours]}")
                continue
            matched += 1
            verdict = judge(gold, pairs[i], text)
            nouns += verdict["nouns"]
            for name in FIELDS:
                right[name] += verdict[name]
                if show in (name, "all") and not verdict[name]:
                    print(f"{row['id']} {row['published']} {name}: gold {gold.get(name)!r} ours {verdict['read'].get(name)!r} | {text}")
    return {
        "sentences": len(rows),
        "claims": claims,
        "matched": matched / claims,
        **{name: count / claims for name, count in right.items()},
        "nouns": sum(nouns) / len(nouns) if nouns else None,
        "extra": extra,
    }


def read(part: str) -> list[dict[str, Any]]:
    with DATA.open(encoding="utf-8") as file:
        rows = [json.loads(line) for line in file if line.strip()]
    return [row for row in rows if row["part"] == part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--part", choices=("open", "closed"), default="open")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--show", choices=(*FIELDS, "matched", "all"), help="prints what is wrong, of the open part alone")
    args = parser.parse_args()
    if args.show and args.part == "closed":
        parser.error("the closed part is not shown: use --part open")
    result = evaluate(read(args.part), args.show)
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        print(f"{name:12} {value:.3f}" if isinstance(value, float) else f"{name:12} {value}")


if __name__ == "__main__":
    main()
