"""Attribution read by the segmenter, against annotated articles: who says what, by which words.

    python benchmarks/attribution.py polnear_dev.jsonl.gz [--json] [--limit N]

Each line of FILE is an article: `text`, and `attributions`, each with `source`, `cue` and `content`, lists of parts with `spans`, character
offsets into the text. The whole text goes through `SpacySegmenter`, as in the library.

Predicted attributions: the links of the claims' chains. Links with the same holder, source and cue are one attribution (a report over
several clauses or sentences). The content of a link is what its claims cover, with the sources and cues of later links of the same chain,
less the link's own source and cue.

Tokens are runs of word characters (with inner apostrophes), so that punctuation counts for nothing; a token belongs to a span that it
overlaps. The figures, all micro-averaged over the file:

- content_token_f1: F1 of the tokens that stand in any content, predicted against annotated.
- content_span_f1: F1 of whole contents. A predicted and an annotated content match where they share at least half of the tokens that either
  has (Jaccard >= 0.5); one to one, the best overlaps first. `content_exact_f1` asks for the same tokens.
- source_f1: over the matched contents only, F1 of source tokens, predicted against annotated: a source that one side has and the other
  lacks counts against it in full. `source_found` is the share of matched contents with an annotated source where at least one
  token of it is shared.
- cue_f1: the same of cue tokens. Annotated cues are long ("said in a statement on Monday"), predicted ones the
  verb with its auxiliaries.

`by` gives figures for annotated contents that are direct (all tokens in quotation marks), mixed (some) or indirect (none), and for those
that are nested (part of another's content; polnear_train and polnear_dev, as shared, have none) or outermost: their count, the share of
their tokens in any predicted content (content_token_recall), the share matched (content_span_recall), and source_f1 over the matched.
"""

import argparse
import gzip
import json
import re
import time
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from contradict import Claim, Document, SpacySegmenter

WORD = re.compile(r"\w+(?:['’]\w+)*")
QUOTATION = re.compile(r"“[^”]*(?:”|$)|\"[^\"\n]*(?:\"|$)", re.M)
ROLES = ("source", "cue", "content")

Tokens = frozenset[int]


@dataclass(frozen=True)
class Attributed:
    """One attribution: the tokens of its source, its cue and its content."""

    source: Tokens
    cue: Tokens
    content: Tokens


class Words:
    """An article's tokens, by place."""

    def __init__(self, text: str) -> None:
        self.spans = [match.span() for match in WORD.finditer(text)]
        self.at = {place: number for number, (start, end) in enumerate(self.spans) for place in range(start, end)}
        self.quoted = self.within(match.span() for match in QUOTATION.finditer(text))

    def within(self, spans: Iterable[tuple[int, int]]) -> Tokens:
        return frozenset(self.at[place] for start, end in spans for place in range(start, end) if place in self.at)


def annotated(article: dict[str, Any], words: Words) -> list[Attributed]:
    rows = []
    for entry in article["attributions"]:
        parts = [words.within((a, b) for part in entry[role] for a, b in part["spans"]) for role in ROLES]
        if parts[2]:
            rows.append(Attributed(*parts))
    return rows


def predicted(claims: list[Claim], words: Words) -> list[Attributed]:
    merged: dict[Any, set[int]] = defaultdict(set)
    named: dict[Any, tuple[Tokens, Tokens]] = {}
    for claim in claims:
        for depth, link in enumerate(claim.attribution):
            source, cue = (words.within([(s.start, s.end)] if s else []) for s in (link.source, link.cue))
            later = [s for after in claim.attribution[depth + 1 :] for s in (after.source, after.cue) if s]
            inside = words.within([(claim.start, claim.end), *((s.start, s.end) for s in later)])
            key = (link.holder, link.source, link.cue)
            merged[key] |= inside - source - cue
            named[key] = (source, cue)
    return [Attributed(*named[key], frozenset(content)) for key, content in merged.items() if content]


def match(gold: list[Attributed], guess: list[Attributed]) -> list[tuple[int, int, float]]:
    """Pairs of contents that share half of their tokens: index of gold, of guess, Jaccard overlap."""
    overlaps = [
        (len(g.content & p.content) / len(g.content | p.content), i, j)
        for i, g in enumerate(gold)
        for j, p in enumerate(guess)
        if g.content & p.content
    ]
    pairs, left, right = [], set(), set()
    for overlap, i, j in sorted(overlaps, key=lambda o: (-o[0], o[1], o[2])):
        if overlap >= 0.5 and i not in left and j not in right:
            pairs.append((i, j, overlap))
            left.add(i)
            right.add(j)
    return pairs


@dataclass
class Tally:
    """Counts of an F1."""

    right: int = 0
    guessed: int = 0
    wanted: int = 0

    def add(self, guess: Tokens, gold: Tokens) -> None:
        self.right += len(guess & gold)
        self.guessed += len(guess)
        self.wanted += len(gold)

    @property
    def precision(self) -> float:
        return self.right / self.guessed if self.guessed else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.guessed + self.wanted) if self.guessed + self.wanted else 0.0


def kinds(content: Tokens, words: Words, others: list[Tokens]) -> tuple[str, str]:
    """Directness and nesting of an annotated content."""
    quoted = len(content & words.quoted)
    directness = "direct" if quoted == len(content) else "mixed" if quoted else "indirect"
    return directness, "nested" if any(content < other for other in others) else "outermost"


def evaluate(articles: list[dict[str, Any]]) -> dict[str, Any]:
    segmenter = SpacySegmenter()
    tallies: dict[str, Tally] = defaultdict(Tally)
    classes: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
    begun = time.perf_counter()
    for number, article in enumerate(articles):
        words = Words(article["text"])
        gold = annotated(article, words)
        guess = predicted(segmenter.segment([Document(str(number), article["text"])]), words)
        covered = frozenset().union(*(p.content for p in guess))
        tallies["content"].add(covered, frozenset().union(*(g.content for g in gold)))
        pairs = match(gold, guess)
        matched = {i: j for i, j, _ in pairs}
        for name, found in (("spans", len(pairs)), ("exact", sum(overlap == 1 for *_, overlap in pairs))):
            tally = tallies[name]
            tally.right, tally.guessed, tally.wanted = tally.right + found, tally.guessed + len(guess), tally.wanted + len(gold)
        for i, g in enumerate(gold):
            own = [classes[kind] for kind in kinds(g.content, words, [o.content for o in gold])]
            for counts in own:
                counts["tokens"].add(covered & g.content, g.content)
                counts["spans"].right += i in matched
                counts["spans"].wanted += 1
            if i in matched:
                p = guess[matched[i]]
                tallies["cue"].add(p.cue, g.cue)
                for tally in (tallies["source"], *(counts["source"] for counts in own)):
                    tally.add(p.source, g.source)
                if g.source:
                    tallies["found"].wanted += 1
                    tallies["found"].right += bool(p.source & g.source)
    return {
        "articles": len(articles),
        "attributions": tallies["spans"].wanted,
        "predicted": tallies["spans"].guessed,
        "content_token_f1": tallies["content"].f1,
        "content_token_precision": tallies["content"].precision,
        "content_token_recall": tallies["content"].recall,
        "content_span_f1": tallies["spans"].f1,
        "content_span_precision": tallies["spans"].precision,
        "content_span_recall": tallies["spans"].recall,
        "content_exact_f1": tallies["exact"].f1,
        "source_f1": tallies["source"].f1,
        "source_precision": tallies["source"].precision,
        "source_recall": tallies["source"].recall,
        "source_found": tallies["found"].recall,
        "cue_f1": tallies["cue"].f1,
        "articles_per_minute": 60 * len(articles) / (time.perf_counter() - begun),
        "by": {
            kind: {
                "attributions": counts["spans"].wanted,
                "content_token_recall": counts["tokens"].recall,
                "content_span_recall": counts["spans"].recall,
                "source_f1": counts["source"].f1,
            }
            for kind, counts in sorted(classes.items())
        },
    }


def read(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file if line.strip()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("file", type=Path)
    parser.add_argument("--limit", type=int, help="articles of the file")
    parser.add_argument("--json", action="store_true")
    args = parser.parse_args()
    result = evaluate(read(args.file)[: args.limit])
    if args.json:
        print(json.dumps(result, indent=1))
        return
    for name, value in result.items():
        if name != "by":
            print(f"{name:26} {value:.3f}" if isinstance(value, float) else f"{name:26} {value}")
    print("\n| annotated contents | count | token recall | span recall | source F1 |\n| --- | --- | --- | --- | --- |")
    for kind, row in result["by"].items():
        shares = [f"{row[key]:.3f}" for key in ("content_token_recall", "content_span_recall", "source_f1")]
        print(f"| {kind} | {row['attributions']} | {' | '.join(shares)} |")


if __name__ == "__main__":
    main()
