"""What each stage and each signal is worth: `python benchmarks/ablation.py [--stories 40] [--signals]`.

On the project's own stories that its models have not seen, the decision is fitted and scored by leaving stories out: as released, with one
stage replaced by the naive choice, and with one signal removed. Each variant has a screen and a decision of its own.

- sentences: each sentence is a claim as it stands, with no holder, denial, time or number read;
- plain embeddings: all-MiniLM-L6-v2 as it comes;
- no screen: as many pairs, the nearest alone, reach the judge;
- no judge: the reading decides alone;
- no decision: the larger contradiction of both directions is the score.

RESULTS
"""

import argparse
from collections.abc import Sequence
from typing import Any

import numpy as np

from contradict import Claim, ConflictFinder, Document, NLIScores, SentenceEmbedder, SignalScreen, TopKRetriever, signals
from contradict.logistic import DecisionModel
from contradict.records import stable_id
from contradict.segment.text import load_spacy, plain
from training import decision
from training.stories import for_decision, read_stories


class Sentences:
    """Every sentence a claim, as it stands."""

    def __init__(self) -> None:
        self._nlp = load_spacy(None)

    def segment(self, documents: Sequence[Document]) -> list[Claim]:
        claims = []
        for document in documents:
            for sentence in self._nlp(plain(document.text)).sents:
                text = sentence.text.strip()
                start = sentence.start_char + sentence.text.index(text)
                words = frozenset(t.lemma_.lower() for t in sentence if t.is_alpha and not t.is_stop)
                place = (start, start + len(text))
                claims.append(
                    Claim(stable_id(document.id, *place), document.id, *place, document.text[start : place[1]], text, lemmas=words)
                )
        return claims


class Undecided:
    """A judge that cannot tell."""

    def classify(self, pairs: Sequence[tuple[str, str]]) -> NLIScores:
        third = np.full(len(pairs), 1 / 3, dtype=np.float32)
        return NLIScores(third, third, third)


def rows_of(stories: dict[str, Any], screened: bool = True, **parts: Any) -> list[dict[str, Any]]:
    """The judged pairs of the stories by a finder with some parts replaced."""
    chosen = decision.read(stories, ConflictFinder(screen=False, **parts))
    if screened:
        screen = SignalScreen(DecisionModel.from_dict(decision.fit_screen(chosen)))
    else:
        model = DecisionModel((), (), (), (), 0.0, 0.0)  # keeps what commits to something
        screen = SignalScreen(model)
    return decision.measure(chosen, ConflictFinder(screen=screen, **parts), quiet=True)


def show(name: str, rows: list[dict[str, Any]], scores: list[np.ndarray]) -> None:
    found = decision.curve(rows, scores)
    reached = sum(len(set(r["gold"].tolist()) - {-1}) for r in rows) / sum(r["conflicts"] for r in rows)
    print(f"| {name} | {found['AP']:.3f} | {found['best_F1']:.3f} | {reached:.3f} | {sum(len(r['gold']) for r in rows)} |", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--stories", type=int, default=40, help="how many, the first by name")
    parser.add_argument("--signals", action="store_true", help="also remove each signal in turn")
    args = parser.parse_args()
    every = {name: story for name, story in read_stories().items() if for_decision(name)}
    stories = dict(list(every.items())[:: max(1, len(every) // args.stories)])
    print(f"{len(stories)} stories, {sum(len(s['conflicts']) for s in stories.values())} conflicts\n")
    print("| variant | AP | best F1 | conflicts judged | pairs judged |\n| --- | --- | --- | --- | --- |")
    rows = rows_of(stories)
    show("as released", rows, decision.left_out_scores(rows))
    contradiction = [np.maximum(r["kept"][2].contradiction, r["kept"][3].contradiction) for r in rows]
    show("no decision", rows, contradiction)
    if args.signals:
        columns = list(decision.LEARNED)
        for column in columns:
            decision.LEARNED[:] = [c for c in columns if c != column]
            show(f"without {signals.NAMES[column]}", rows, decision.left_out_scores(rows))
        decision.LEARNED[:] = columns
    near = round(sum(len(r["gold"]) for r in rows) / sum(len(r["kept"][0]) for r in rows))
    for name, screened, parts in (
        ("no judge", True, {"classifier": Undecided()}),
        ("no screen", False, {"retriever": TopKRetriever(top_k=near)}),
        ("plain embeddings", True, {"embedder": SentenceEmbedder()}),
        ("sentences", True, {"segmenter": Sentences()}),
    ):
        varied = rows_of(stories, screened, **parts)
        show(name, varied, decision.left_out_scores(varied))


if __name__ == "__main__":
    main()
