"""Multiplies written pairs: names, figures and dates exchanged, the label recomputed.

What stands in both texts is exchanged in both (the label stays), or, where one text implies the other, in one alone: then they
contradict each other over a figure or a day, and no longer say the same of a name. Each pair gives both forms, so that an exchange
gives nothing away.
"""

import random
import re
from collections import Counter
from collections.abc import Iterable, Sequence

_DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
_MONTHS = "January February March April June July August September October November December".split()
_NUMBER_WORDS = (
    "two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen twenty thirty forty fifty".split()
)
_FIGURE = re.compile(r"(?<![\w.,-])\d{1,3}(?:,\d{3})+(?![\w,-])|(?<![\w.,-])\d+(?:\.\d+)?(?![\w,-])")
_WORD = re.compile(r"[A-Za-z]+")
# A bound or an approximation may still hold of another figure.
_LOOSE = re.compile(
    r"\b(?:at least|at most|more|less|fewer|over|under|above|below|nearly|almost|about|around|some|roughly|up to|only|"
    r"approximately|between|by|before|after|since|until|several|dozens?|hundreds|thousands)\b",
    re.I,
)


def names_of(texts: Iterable[str]) -> list[str]:
    """Words that stand capitalised inside sentences and never in lower case: names, for the most part."""
    inside: Counter[str] = Counter()
    lower: set[str] = set()
    for text in texts:
        lower.update(w for w in _WORD.findall(text) if w.islower())
        inside.update(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{2,}", text))
    calendar = {*_DAYS, *_MONTHS, "May"}
    return sorted(w for w, n in inside.items() if n > 1 and w not in calendar and w.lower() not in lower)


def _another_figure(figure: str, rng: random.Random) -> str:
    value = float(figure.replace(",", ""))
    if re.fullmatch(r"(?:1[89]|20)\d\d", figure):
        return str(int(value) + rng.choice((-3, -2, -1, 1, 2, 3)))
    changed = value * rng.choice((0.6, 0.7, 0.8, 1.2, 1.3, 1.5))
    if "." in figure:
        return f"{changed:.{len(figure.split('.')[1])}f}"
    changed = round(changed) if round(changed) != value else value + rng.choice((1, 2))
    # As round as it was: 40,000 becomes 52,000, not 51,999.
    zeros = len(figure.replace(",", "")) - len(figure.replace(",", "").rstrip("0"))
    step = 10 ** max(0, min(zeros, len(str(int(changed))) - 1))
    changed = max(step, round(changed / step) * step)
    return f"{int(changed):,}" if "," in figure or (changed >= 10000) else str(int(changed))


def _exchange(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<![\w.,-]){re.escape(old)}(?![\w-])", new, text)


def swapped(premise: str, hypothesis: str, label: str, names: Sequence[str], rng: random.Random) -> list[tuple[str, str, str]]:
    """Further pairs made of one, with their labels."""
    out: list[tuple[str, str, str]] = []
    words = set(_WORD.findall(premise)) & set(_WORD.findall(hypothesis))
    own = sorted(words & set(names))
    if own:
        p, h, changed = premise, hypothesis, None
        for name in own:
            other = rng.choice(names)
            while other in premise or other in hypothesis:
                other = rng.choice(names)
            p, h, changed = _exchange(p, name, other), _exchange(h, name, other), (name, other)
        out.append((p, h, label))
        if label == "entailment" and changed:
            out.append((premise, _exchange(hypothesis, *changed), "not_entailment"))
    if label != "entailment" or _LOOSE.search(hypothesis):
        return out
    for kind in (_DAYS, _MONTHS, _NUMBER_WORDS):
        both = sorted(words & set(kind))
        if both:
            old = rng.choice(both)
            new = rng.choice([w for w in kind if w not in premise and w not in hypothesis])
            out.append((_exchange(premise, old, new), _exchange(hypothesis, old, new), "entailment"))
            out.append((premise, _exchange(hypothesis, old, new), "contradiction"))
    figures = sorted(set(_FIGURE.findall(premise)) & set(_FIGURE.findall(hypothesis)))
    if figures:
        old = rng.choice(figures)
        new = _another_figure(old, rng)
        if new != old and new not in premise:
            if len(set(_FIGURE.findall(premise))) == 1:  # sums and comparisons with other figures would break
                out.append((_exchange(premise, old, new), _exchange(hypothesis, old, new), "entailment"))
            out.append((premise, _exchange(hypothesis, old, new), "contradiction"))
    return [(p, h, one) for p, h, one in out if (p, h) != (premise, hypothesis) and (one != "contradiction" or h != hypothesis)]
