"""Scored pairs to conflicts: every signal weighed by a small calibrated model, with the reasons in plain words."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

from contradict import signals
from contradict.kinds import kind_of
from contradict.logistic import DecisionModel
from contradict.polarity import opposition
from contradict.records import (
    CandidatePairs,
    Claim,
    Conflict,
    Document,
    NLIScores,
    Polarity,
    Signal,
    Strength,
    publication_order,
    stable_id,
)


@lru_cache(maxsize=1)
def bundled_model() -> DecisionModel:
    return DecisionModel.load("decision.json")


# Four in five annotated conflicts are contradictions: a pair that other signals made one is called a tension only where the judge sees
# next to no opposition; a denial or a hedge, where it does not see the one side exclude the other.
_IMPLIED, _UNOPPOSED = 0.5, 0.05


def _name(claim: Claim, documents: Mapping[str, Document]) -> str:
    document = documents.get(claim.document_id)
    return claim.holder or (document.outlet if document and document.outlet else "the article")


def strength_of(values: Mapping[str, float], opposed: float) -> Strength:
    """A tension where a denial is not of what the other states, or where hedges, forecasts or the judge leave room for both to be true."""
    if values["counts_differ"] or values["times_exclude"]:
        return Strength.CONTRADICTION
    weak = values["hedged"] or values["forecast_and_fact"] or values["forecasts"] or values["opinion"]
    room = opposed < _IMPLIED if weak or values["denied"] else opposed < _UNOPPOSED
    return Strength.TENSION if room else Strength.CONTRADICTION


class ConflictDecider:
    """Decides by the polarity algebra, time, quantity and the other signals, weighed by a `DecisionModel`.

    Args:
        model: By default the bundled one, fitted on the project's own annotated stories.
    """

    def __init__(self, model: DecisionModel | None = None) -> None:
        self.model = model or bundled_model()

    def decide(
        self,
        claims: Sequence[Claim],
        pairs: CandidatePairs,
        forward: NLIScores,
        backward: NLIScores,
        documents: Sequence[Document],
    ) -> list[Conflict]:
        """Conflicts of all candidate pairs, best first; those below the threshold are the misses that a reader may still want."""
        by_id = {d.id: d for d in documents}
        found = []
        for k, values in enumerate(signals.measure(claims, pairs, forward, backward, documents)):
            if values["uncommitted"]:
                continue  # a holder who commits to nothing stands against nobody
            left, right = claims[int(pairs.left[k])], claims[int(pairs.right[k])]
            ahead, back = forward.at(k), backward.at(k)
            if publication_order(right, by_id) < publication_order(left, by_id):
                left, right, ahead, back = right, left, back, ahead
            added = self.model.contributions(values)
            opposed = opposition(left, right, ahead, back)
            texts = explain(left, right, values, ahead, back, by_id)
            weight: dict[str, float] = {}
            for name, value in zip(self.model.names, added, strict=True):
                weight[_GROUP.get(name, name)] = weight.get(_GROUP.get(name, name), 0.0) + value
            evidence = [
                Signal(name, round(values[name], 4), round(total, 3), texts.get(name, ""))
                for name, total in weight.items()
                if name in texts or abs(total) >= 0.25
            ]
            found.append(
                Conflict(
                    id=stable_id(left.id, right.id),
                    left=left,
                    right=right,
                    kind=kind_of(left, right, values),
                    strength=strength_of(values, opposed),
                    score=round(self.model.probability(added), 4),
                    similarity=round(values["similarity"], 4),
                    forward=ahead,
                    backward=back,
                    evidence=tuple(sorted(evidence, key=lambda s: (not s.text, -s.weight, s.name))),
                )
            )
        return sorted(found, key=lambda c: (-c.score, c.left.document_id, c.left.start, c.right.document_id, c.right.start, c.id))


# Signals that measure one thing are explained together, under the name of the first.
_GROUP = {
    "closeness": "similarity",
    "opposition_least": "opposition",
    "judged_close": "opposition",
    "neutral": "opposition",
    "counts_differ_close": "counts_differ",
    "times_exclude_close": "times_exclude",
    "times_exclude_all": "times_exclude",
    "denied_close": "denied",
    "denied_implied": "denied",
    "times_part": "times_exclude",
    "opposition_above": "opposition",
    "opposition_rank": "opposition",
    "rank": "similarity",
    "shared_names": "shared_words",
}


def explain(
    left: Claim,
    right: Claim,
    values: Mapping[str, float],
    forward: Mapping[str, float],
    backward: Mapping[str, float],
    documents: Mapping[str, Document],
) -> dict[str, str]:
    """Plain words for the signals that speak, by the signal's name."""
    a, b = _name(left, documents), _name(right, documents)
    texts = {}
    if values["denied"]:
        denier, other = (a, b) if left.polarity is Polarity.DENIED else (b, a)
        texts["denied"] = f"{denier} denies what {other} states"
    counts = signals.quantities_conflict(left, right)
    if counts is not None:
        noun = counts[0].noun or counts[1].noun
        one, other = map(signals.describe_number, counts)
        texts["counts_differ"] = f"counts differ{f' ({noun})' if noun else ''}: {one} against {other}"
    if values["grew_later"]:
        texts["grew_later"] = "the larger figure was published later and may supersede the other"
    if values["times_exclude"] and left.time and right.time:
        texts["times_exclude"] = f"times cannot overlap: {left.time.text} / {right.time.text}"
    opposed = opposition(left, right, forward, backward)
    if opposed >= 0.3 and not values["denied"]:
        texts["opposition"] = f"the language model reads them as contradicting ({opposed:.0%})"
    elif opposed >= 0.3:
        texts["opposition"] = f"the language model reads the one as implying what the other denies ({opposed:.0%})"
    if values["same_holder"]:
        texts["same_holder"] = f"{a} stands on both sides"
    elif values["concerned"]:
        texts["concerned"] = "one speaks of the other"
    if values["negation_differs"]:
        texts["negation_differs"] = "one is worded as a negation, the other is not"
    if values["causes"]:
        texts["causes"] = "both speak of causes or responsibility"
    if values["hedged"]:
        texts["hedged"] = "one side is hedged"
    if values["forecast_and_fact"]:
        texts["forecast_and_fact"] = "one is a forecast, the other is not"
    texts["similarity"] = f"close in subject (similarity {values['similarity']:.2f})"
    return texts
