"""What the wording of a clause says of it: mood, certainty and how check-worthy it is."""

import re
from typing import TYPE_CHECKING, Any

from contradict.records import Certainty, Mood
from contradict.segment import cues
from contradict.segment.attribution import Cue

if TYPE_CHECKING:
    from spacy.tokens import Token


# "Prices rise tomorrow", "the ferry sails on Saturday": the present tense of a plan.
_PLANNED = re.compile(r"\b(?:tomorrow|next (?:week|month|year|\w+day)|on (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b", re.I)
_TO_COME = re.compile(
    r"\b(?:by (?:the )?(?:end|start|beginning|middle) of|by [A-Z0-9]\w*|tomorrow|next|until|within|in \w+ time|rest of the year)\b"
)
_AHEAD_OF = re.compile(
    r"\b(?:this (?:year|autumn|winter|spring|summer)|(?:in|on) (?:the )?(?:second|first|third|fourth) (?:half|quarter))\b"
)
_MODAL = frozenset("could may might should can".split())
_WISH = frozenset("hope fear".split())
_ASKING = frozenset("ask wonder inquire enquire query".split())
_LIKELY = frozenset("likely unlikely set due poised bound expected certain sure".split())


def _auxiliaries(root: "Token") -> "list[Token]":
    return [c for c in root.children if c.dep_ in ("aux", "auxpass")]


def _to_come(root: "Token", text: str) -> bool:
    """Whether a clause speaks of what is to come without "will"."""
    aux = _auxiliaries(root)
    finite = aux[0] if aux else root
    perfect = any(t.lemma_ == "have" for t in aux)
    if not perfect and any(t.lower_ in _MODAL for t in aux) and (_TO_COME.search(text) or _AHEAD_OF.search(text)):
        return True
    heads = (root, *(c for c in root.children if c.dep_ in ("acomp", "attr", "xcomp")))
    below = [c for t in heads for c in t.children]
    if any(t.lower_ in _LIKELY for t in heads) and any(c.dep_ in ("xcomp", "ccomp") or c.lower_ == "to" for c in below):
        return finite.tag_ in ("VBZ", "VBP", "VBN") and not perfect
    going = root.lower_ == "going" and any(c.dep_ == "xcomp" for c in root.children)
    bare = finite.tag_ == "VB" and not aux and any(c.dep_ == "nsubj" for c in root.children)  # how the tagger reads "tolls go up"
    planned = (
        (finite.tag_ in ("VBZ", "VBP") or bare) and root.lemma_ not in ("be", "have", "say") and not perfect and bool(_PLANNED.search(text))
    )
    return going or planned


def _opinion(root: "Token", words: set[str], own: set[str], text: str) -> bool:
    if words & cues.OPINION_WORDS:
        return True
    judged = next((c for c in root.children if c.dep_ in ("attr", "acomp")), None) if root.lemma_ == "be" else None
    if judged is not None:
        # "Far too many", "a needless, cruel and cowardly act": a measure of excess, or a row of adjectives and no number.
        excess = any(c.lower_ == "too" for t in judged.subtree for c in t.children)
        described = [t for t in judged.subtree if t.pos_ == "ADJ" and not t.ent_type_]
        if excess or (len(described) >= 3 and not any(t.like_num or t.ent_type_ for t in judged.subtree)):
            return True
    return bool(own & {"should", "ought"} and not any(t.lemma_ == "have" for t in _auxiliaries(root)))


def find_mood(tokens: "list[Token]", chain: list[Cue], text: str) -> Mood:
    """Fact, forecast, commitment, question or opinion, by the main verb of the content and the verbs that report it."""
    words = {t.lower_ for t in tokens}
    reporting = {c.head.lemma_ for c in chain}
    inner = chain[-1].head.lemma_ if chain else ""
    root = next((t for t in tokens if t.head not in tokens or t.dep_ == "ROOT"), tokens[0])
    aux = _auxiliaries(root)
    own = {c.lower_ for c in aux}
    asked = inner in _ASKING and any(t.lower_ in ("whether", "if") for t in tokens[:2])
    wondering = not chain and root.sent.text.rstrip().endswith("?")  # "Did the firm know that ...?": neither part is stated
    if text.rstrip("\"'” ").endswith("?") or asked or wondering:
        return Mood.QUESTION
    ahead = bool(own & {"will", "'ll", "shall", "wo", "would"}) or root.tag_ in ("VB", "VBG") or bool(chain and root == chain[-1].head)
    if reporting & cues.MOOD_COMMITMENT and ahead:
        return Mood.COMMITMENT
    if root.pos_ == "VERB" and (root.lemma_ in cues.MOOD_COMMITMENT or (root.lemma_ == "commit" and "to" in words)):
        return Mood.COMMITMENT
    unreal = "would" in own and any(t.lemma_ == "have" for t in aux)  # "would have survived"
    future = bool(own & {"will", "'ll", "shall", "wo"}) or ("would" in own and not unreal)
    if future and chain and inner in ("announce", "agree", "undertake") and _speaks_of_itself(root, chain[-1]):
        return Mood.COMMITMENT
    plain = " ".join(t.text for t in tokens)
    if reporting & cues.MOOD_FORECAST or future or root.lemma_ in cues.MOOD_FORECAST or _to_come(root, plain):
        return Mood.FORECAST
    if _opinion(root, words, own, plain) and not (reporting & _WISH and "should" in own):
        return Mood.OPINION
    if reporting & _WISH:
        return Mood.FORECAST if own & (_MODAL | {"should"}) else Mood.OPINION
    return Mood.FACT


def _speaks_of_itself(root: "Token", cue: Cue) -> bool:
    """ "Corrigan Timber announced it will take on ..."."""
    subject = next((c for c in root.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    return subject is not None and subject.lower_ in ("it", "he", "she", "they", "we", "i")


def find_certainty(tokens: "list[Token]", chain: list[Cue]) -> Certainty:
    """Hedged where a modal, an adverb or the reporting verb leaves room; "nothing may enter" is a rule, and no hedge."""
    words = {t.lower_ for t in tokens if t.tag_ != "NNP"}
    lemmas = {c.head.lemma_ for c in chain}
    weak = lemmas & {"believe", "think", "suspect", "suggest", "fear", "hope", "understand", "suppose", "reckon", "guess"}
    permits = {"may"} if any(t.lower_ in ("nothing", "nobody", "no", "only") for t in tokens[:3]) else set()
    return Certainty.HEDGED if (words - permits) & cues.HEDGE_WORDS or weak else Certainty.CERTAIN


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
