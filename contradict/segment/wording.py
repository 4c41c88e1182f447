"""What the wording of a clause says of it: mood, certainty and how check-worthy it is."""

from typing import TYPE_CHECKING, Any

from contradict.records import Certainty, Mood
from contradict.segment import cues
from contradict.segment.attribution import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


def find_mood(tokens: "list[Token]", chain: list[Cue], text: str) -> Mood:
    words = {t.lower_ for t in tokens}
    reporting = {c.head.lemma_ for c in chain}
    if text.rstrip("\"'” ").endswith("?"):
        return Mood.QUESTION
    root = next((t for t in tokens if t.head not in tokens or t.dep_ == "ROOT"), tokens[0])
    if reporting & cues.MOOD_COMMITMENT or (root.pos_ == "VERB" and root.lemma_ in cues.MOOD_COMMITMENT):
        return Mood.COMMITMENT
    own = {c.lower_ for c in root.children if c.dep_ == "aux"}
    if reporting & cues.MOOD_FORECAST or own & {"will", "'ll", "shall", "wo"} or root.lemma_ in cues.MOOD_FORECAST or "would" in own:
        return Mood.FORECAST
    if words & cues.OPINION_WORDS or own & {"should", "must", "ought"} or reporting & {"hope", "fear"}:
        return Mood.OPINION
    return Mood.FACT


def find_certainty(tokens: "list[Token]", chain: list[Cue]) -> Certainty:
    words = {t.lower_ for t in tokens if t.tag_ != "NNP"}
    weak = {c.head.lemma_ for c in chain} & {"believe", "think", "suspect", "estimate", "suggest", "fear", "allege", "understand"}
    return Certainty.HEDGED if words & cues.HEDGE_WORDS or weak else Certainty.CERTAIN


def find_worth(tokens: "list[Token]", mood: Mood, quantities: tuple[Any, ...]) -> tuple[float, str]:
    """How check-worthy: facts about named things and numbers first, questions and opinions last."""
    if mood == Mood.QUESTION:
        return 0.2, "a question"
    if mood == Mood.OPINION:
        return 0.4, "an opinion or a demand"
    if len(tokens) < 5:
        return 0.4, "too short to stand alone"
    if quantities:
        return 1.0, "states a number"
    if any(t.ent_type_ for t in tokens):
        return 0.9, "names who, where or when"
    return 0.7, "names nobody and no number"
