"""The polarity algebra: what NLI scores of two propositions say of two claims, given how each holder stands to its proposition."""

import re
from collections.abc import Mapping

from contradict.records import Claim, Polarity

NEGATION = re.compile(r"\b(?:not|never|no|none|nobody|nothing|neither|nor|without|cannot)\b|n['’]t\b", re.I)


def opposition(left: Claim, right: Claim, forward: Mapping[str, float], backward: Mapping[str, float]) -> float:
    """How far the NLI scores say that the claims, as their holders stand to them, cannot both hold.

    Asserted against asserted: either contradicts the other. Denied against asserted: the asserted one entails what is denied.
    Denied against denied, or anything uncommitted: nothing.
    """
    polarities = (left.polarity, right.polarity)
    if Polarity.UNCOMMITTED in polarities or polarities == (Polarity.DENIED, Polarity.DENIED):
        return 0.0
    if polarities == (Polarity.ASSERTED, Polarity.ASSERTED):
        return max(forward["contradiction"], backward["contradiction"])
    return backward["entailment"] if left.polarity is Polarity.DENIED else forward["entailment"]


def agreement(left: Claim, right: Claim, forward: Mapping[str, float], backward: Mapping[str, float]) -> float:
    """The counterpart of `opposition`: how far the claims say the same."""
    polarities = (left.polarity, right.polarity)
    if Polarity.UNCOMMITTED in polarities:
        return 0.0
    if polarities[0] == polarities[1]:
        return max(forward["entailment"], backward["entailment"])
    return backward["contradiction"] if left.polarity is Polarity.DENIED else forward["contradiction"]
