"""What speaks for and against a conflict between two claims: each signal a number, measured on one pair."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from math import isinf, log, log1p

from contradict.holders import same_holder
from contradict.polarity import NEGATION, agreement, opposition
from contradict.records import Bound, CandidatePairs, Certainty, Claim, Document, Mood, NLIScores, Polarity, Quantity
from contradict.units import common

_CAUSAL = re.compile(
    r"\b(?:cause[ds]?|because|due to|blame[ds]?|led to|result(?:ed)? (?:of|from|in)|owing to|trigger(?:ed)?|triggered by|"
    r"traced?|work of|fault|failure|sabotage|arson|deliberate(?:ly)?|accident(?:al(?:ly)?)?|error|set off|sparked|source)\b",
    re.I,
)
_ROUNDING = 0.02  # two exact figures this close are one figure rounded


def weights_of(claims: Sequence[Claim]) -> dict[str, float]:
    """Inverse document frequency of each lemma over the claims: shared rare words say more than shared common ones."""
    counts = Counter(lemma for claim in claims for lemma in claim.lemmas)
    return {lemma: log(1 + len(claims) / count) for lemma, count in counts.items()}


def overlap(a: frozenset[str], b: frozenset[str], weight: Mapping[str, float]) -> float:
    """Weighted share of the smaller set that both have, 0 to 1."""
    smaller = min(sum(weight.get(w, 1.0) for w in a), sum(weight.get(w, 1.0) for w in b))
    return sum(weight.get(w, 1.0) for w in a & b) / smaller if smaller else 0.0


def _comparable(a: Quantity, b: Quantity, left: Claim, right: Claim) -> bool:
    if common(a.unit, b.unit) is None:
        return False
    if a.noun and b.noun:
        return a.noun == b.noun
    # One side leaves out what it counts ("Twelve died"): comparable where the claims share their other words.
    return bool(a.unit) or len((left.lemmas & right.lemmas) - {a.noun, b.noun}) >= 1


def _disjoint(a: Quantity, b: Quantity) -> bool:
    left, right = common(a.unit, b.unit) or (1.0, 1.0)  # minutes and months are brought to days
    if a.low * left > b.high * right or b.low * right > a.high * left:
        if Bound.EXACT == a.bound == b.bound:
            return abs(a.low * left - b.low * right) > _ROUNDING * max(abs(a.low * left), abs(b.low * right))
        return True
    return False


def quantities_conflict(left: Claim, right: Claim) -> tuple[Quantity, Quantity] | None:
    """The first two quantities of one thing whose ranges exclude each other, unless another comparable pair agrees."""
    found: tuple[Quantity, Quantity] | None = None
    for a in left.quantities:
        for b in right.quantities:
            if _comparable(a, b, left, right):
                if not _disjoint(a, b):
                    return None
                found = found or (a, b)
    return found


def quantities_agree(left: Claim, right: Claim) -> bool:
    return any(_comparable(a, b, left, right) and not _disjoint(a, b) for a in left.quantities for b in right.quantities)


def grew_later(left: Claim, right: Claim, published: Mapping[str, date]) -> bool:
    """Whether the larger of two conflicting counts was published on a later day: a toll that grew supersedes, it does not contradict."""
    found = quantities_conflict(left, right)
    days = published.get(left.document_id), published.get(right.document_id)
    if found is None or days[0] is None or days[1] is None or days[0] == days[1]:
        return False
    if left.time is not None and right.time is not None and (left.time.start, left.time.end) == (right.time.start, right.time.end):
        return False  # both speak of one moment
    a, b = found
    units = common(a.unit, b.unit) or (1.0, 1.0)
    right_is_larger = b.low * units[1] > a.high * units[0]
    return right_is_larger == (days[1] > days[0])


def times_conflict(left: Claim, right: Claim) -> bool:
    """Whether the two intervals have no day in common, tolerating the coarser expression's granularity."""
    a, b = left.time, right.time
    if a is None or b is None:
        return False
    slack = 0 if max(a.granularity, b.granularity) >= 28 else max(a.granularity, b.granularity) - 1
    for first, second in ((a, b), (b, a)):
        if first.end is not None and second.start is not None and (second.start - first.end).days > slack:
            return True
    return False


def times_part(left: Claim, right: Claim) -> bool:
    """Whether one claim ends where the other only begins ("before the invasion" against "since August"), or all of it does."""
    a, b = left.time, right.time
    if a is None or b is None or not times_conflict(left, right):
        return False
    early, late = (a, b) if (a.end or date.max) < (b.start or date.min) else (b, a)
    return early.start is None and (early.exhaustive or late.start != late.end)


def times_meet(left: Claim, right: Claim) -> bool:
    return left.time is not None and right.time is not None and not times_conflict(left, right)


def negated(claim: Claim) -> bool:
    return bool(NEGATION.search(claim.proposition))


def causal(claim: Claim) -> bool:
    return bool(_CAUSAL.search(claim.proposition))


_TITLES = frozenset("the a an of s and in for mr mrs ms dr president minister spokesman spokeswoman spokesperson representative".split())


def _holder_words(name: str | None) -> frozenset[str]:
    return frozenset(w for w in re.findall(r"\w+", (name or "").lower()) if w not in _TITLES)


def concerned(left: Claim, right: Claim) -> bool:
    """Whether one side's holder is what the other side speaks of: the party concerned rebuts, or confesses."""
    for a, b in ((left, right), (right, left)):
        words = _holder_words(a.holder)
        if words and words & (b.names | frozenset(w.lower() for w in b.proposition.split()[:3])) and not same_holder(a, b):
            return True
    return False


def _days_apart(left: Claim, right: Claim, published: Mapping[str, date]) -> float:
    """0 for one day or an unknown one, 1 for a month, by the logarithm between and beyond."""
    one, other = published.get(left.document_id), published.get(right.document_id)
    return log1p(abs((one - other).days)) / log(31) if one and other else 0.0


def _logit(p: float) -> float:
    p = min(max(p, 1e-3), 1 - 1e-3)
    return log(p / (1 - p))


# What the reading alone tells, before any judge is asked.
READ = (
    "similarity", "closeness", "rank", "shared_words", "shared_names", "no_shared_name", "counts_differ", "counts_agree",
    "counts_differ_close", "grew_later", "days_apart", "times_exclude", "times_meet", "times_exclude_close",
    "times_exclude_all", "times_part", "denied", "denied_close", "negation_differs", "negated_both", "uncommitted", "other_holder",
    "same_holder", "concerned", "same_document", "close_inside", "parties_inside", "own_voice_inside", "attributed", "adjacent",
    "forecast_and_fact", "forecasts", "opinion", "hedged", "worth", "causes", "short", "copy",
)  # fmt: skip
JUDGED = (
    "opposition", "opposition_above", "opposition_rank", "opposition_least", "agreement", "neutral", "judged_close",
    "opposition_inside", "denied_implied",
)  # fmt: skip
NAMES = READ + JUDGED


def _above_own_mean(ends: Sequence[tuple[int, int]], values: Sequence[float], n: int) -> list[float]:
    """Each pair's value less the mean over the candidate pairs of its two claims."""
    total, count = [0.0] * n, [0] * n
    for pair, value in zip(ends, values, strict=True):
        for k in pair:
            total[k] += value
            count[k] += 1
    return [v - 0.5 * (total[i] / count[i] + total[j] / count[j]) for (i, j), v in zip(ends, values, strict=True)]


def _outranked(ends: Sequence[tuple[int, int]], values: Sequence[float]) -> list[float]:
    """By how many pairs of either claim, whichever has more, a pair is surpassed; as log(1 + count)."""
    of_claim: dict[int, list[float]] = {}
    for pair, value in zip(ends, values, strict=True):
        for k in pair:
            of_claim.setdefault(k, []).append(value)
    ordered = {k: sorted(own) for k, own in of_claim.items()}
    return [log1p(max(len(ordered[k]) - bisect_right(ordered[k], value) for k in pair)) for pair, value in zip(ends, values, strict=True)]


def _reciprocal_rank(ends: Sequence[tuple[int, int]], values: Sequence[float], claims: Sequence[Claim]) -> list[float]:
    """Mean of 1 / rank of the pair among each claim's candidates, counted within the same or within the other documents."""
    groups: dict[tuple[int, bool], list[tuple[float, int]]] = {}
    for k, ((i, j), value) in enumerate(zip(ends, values, strict=True)):
        inside = claims[i].document_id == claims[j].document_id
        for end in (i, j):
            groups.setdefault((end, inside), []).append((-value, k))
    out = [0.0] * len(ends)
    for members in groups.values():
        place, previous = 0, None
        for count, (value, k) in enumerate(sorted(members), 1):
            if value != previous:
                place, previous = count, value  # equal values share a place, whatever the order of the pairs
            out[k] += 0.5 / place
    return out


def read(claims: Sequence[Claim], pairs: CandidatePairs, documents: Sequence[Document] = ()) -> list[dict[str, float]]:
    """The signals `READ` of every pair, in the order of the pairs; the documents tell when each claim was published."""
    weight = weights_of(claims)
    published = {d.id: d.published for d in documents if d.published is not None}
    ends = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    # How close a pair is by the standards of its own claims: a claim that is like everything says little.
    above = _above_own_mean(ends, pairs.similarity.tolist(), len(claims))
    rank = _reciprocal_rank(ends, pairs.similarity.tolist(), claims)
    out = []
    for k, (i, j) in enumerate(ends):
        left, right, similarity = claims[i], claims[j], float(pairs.similarity[k])
        differ, exclude = quantities_conflict(left, right) is not None, times_conflict(left, right)
        moods = {left.mood, right.mood}
        same = same_holder(left, right)
        denied = Polarity.DENIED in (left.polarity, right.polarity) and left.polarity != right.polarity
        inside = left.document_id == right.document_id
        out.append(
            {
                "similarity": similarity,
                "closeness": above[k],
                "rank": rank[k],
                "shared_words": overlap(left.lemmas, right.lemmas, weight),
                "shared_names": overlap(left.names, right.names, weight),
                "no_shared_name": float(bool(left.names) and bool(right.names) and not left.names & right.names),
                "counts_differ": float(differ),
                "counts_agree": float(quantities_agree(left, right)),
                "counts_differ_close": differ * similarity,
                "grew_later": float(differ and grew_later(left, right, published)),
                "days_apart": _days_apart(left, right, published),
                "times_exclude": float(exclude),
                "times_exclude_all": float(exclude and any(c.time is not None and c.time.exhaustive for c in (left, right))),
                "times_meet": float(times_meet(left, right)),
                "times_exclude_close": exclude * similarity,
                "times_part": similarity * times_part(left, right),
                "denied": float(denied),
                "denied_close": denied * similarity,
                "negation_differs": float(negated(left) != negated(right)),
                "negated_both": float(negated(left) and negated(right)),
                "uncommitted": float(Polarity.UNCOMMITTED in (left.polarity, right.polarity)),
                "other_holder": float(not same),
                "same_holder": float(same and left.holder is not None),
                "concerned": float(concerned(left, right)),
                "same_document": float(inside),
                "close_inside": inside * similarity,
                "parties_inside": float(inside and not same and left.holder is not None and right.holder is not None),
                "own_voice_inside": float(inside and left.holder is None and right.holder is None),
                "attributed": float((left.holder is not None) + (right.holder is not None)),
                "adjacent": float(inside and abs(left.start - right.start) < 250),
                "forecast_and_fact": float(Mood.FORECAST in moods and Mood.FACT in moods),
                "forecasts": float(moods == {Mood.FORECAST}),
                "opinion": float(Mood.OPINION in moods),
                "hedged": float(Certainty.HEDGED in (left.certainty, right.certainty)),
                "worth": left.worth * right.worth,
                "causes": float(causal(left) and causal(right)),
                "short": float(min(len(left.lemmas), len(right.lemmas)) < 3),
                "copy": float(similarity > 0.9),
            }
        )
    return out


def measure(
    claims: Sequence[Claim],
    pairs: CandidatePairs,
    forward: NLIScores,
    backward: NLIScores,
    documents: Sequence[Document] = (),
) -> list[dict[str, float]]:
    """All signals of every pair, by name (`NAMES`), in the order of the pairs."""
    ends = list(zip(pairs.left.tolist(), pairs.right.tolist(), strict=True))
    scores = [(forward.at(k), backward.at(k)) for k in range(len(ends))]
    opposing = [opposition(claims[i], claims[j], f, b) for (i, j), (f, b) in zip(ends, scores, strict=True)]
    # A claim that the model takes to contradict everything says little.
    above, outranked = _above_own_mean(ends, opposing, len(claims)), _outranked(ends, opposing)
    out = read(claims, pairs, documents)
    for k, (i, j) in enumerate(ends):
        left, right, values, opposed = claims[i], claims[j], out[k], opposing[k]
        f, b = scores[k]
        asserted = left.polarity == right.polarity == Polarity.ASSERTED
        values |= {
            "opposition": _logit(opposed),
            "opposition_above": above[k],
            "opposition_rank": outranked[k],
            "opposition_least": _logit(min(f["contradiction"], b["contradiction"]) if asserted else opposed),
            "agreement": _logit(agreement(left, right, f, b)),
            "neutral": _logit(min(f["neutral"], b["neutral"])),
            "judged_close": values["similarity"] * opposed,
            "opposition_inside": values["same_document"] * opposed,
            # A vague denial ("it was not involved") is implied a little by everything: only what implies it more than its like counts.
            "denied_implied": values["denied_close"] * max(0.0, above[k]),
        }
    return out


def describe_number(quantity: Quantity) -> str:
    """A quantity as a reader would say it."""
    return f"{quantity.bound.value} {quantity.text}" if quantity.bound is not Bound.EXACT and not isinf(quantity.low) else quantity.text
