"""Clause units: the parts of a sentence that become claims, each with the chain of cues above it."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from contradict.segment.attribution import Cue

if TYPE_CHECKING:
    from spacy.tokens import Span as SpacySpan
    from spacy.tokens import Token

_CONTRAST = frozenset("although though while whereas but despite even".split())
CONTENT = frozenset("NOUN PROPN VERB ADJ NUM".split())  # parts of speech that carry content


class Unit:
    """A clause that becomes a claim: its head verb, its tokens, and the chain of cues above it."""

    __slots__ = ("chain", "head", "tokens")

    def __init__(self, head: "Token", tokens: "list[Token]", chain: list[Cue]) -> None:
        self.head, self.tokens, self.chain = head, tokens, chain


def _resumed(cue: Cue) -> "Iterator[tuple[Token, Token]]":
    """Words that the parser hangs on a report though they belong to what it stands in or follows, with the head of that."""
    content, verb = cue.content, cue.head
    if content is None or content == verb:
        return
    inside = content == verb.head and verb.dep_ == "parataxis"
    closing = next((t.i for t in verb.children if t.i > verb.i and t.text == ","), None)
    if closing is not None and (inside or (content.head == verb and content.right_edge.i < verb.i)):
        # "The drones were sold, the ministry said, before the war"
        for after in (c for c in verb.children if c.i > closing and c.dep_ in ("prep", "agent")):
            yield from ((token, content) for token in after.subtree)
    if inside and cue.source is not None and cue.source.head == verb:
        first = next(c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass"))
        if first != cue.source:  # "The cage, she told the court, was a gift"
            yield from ((token, content) for token in first.subtree)


def follows(token: "Token") -> bool:
    """A closing participle with an object or more: "..., killing at least nine people", "..., while listing a series of lapses"."""
    if token.dep_ != "advcl" or token.tag_ != "VBG" or token.left_edge.i < token.head.i:
        return False
    doc, first = token.doc, token.left_edge.i
    opened = "," in (doc[first].text, doc[max(0, first - 1)].text)
    return opened and sum(t.is_alpha or t.like_num for t in token.subtree) >= 3 and not _has_subject(token)


def _has_subject(token: "Token") -> bool:
    return any(c.dep_ in ("nsubj", "nsubjpass", "expl", "csubj") for c in token.children)


def clause_units(sentence: "SpacySpan", found: list[Cue]) -> list[Unit]:
    """Parts a sentence into clauses: reported contents, co-ordinated and contrasted clauses, and the rest."""
    reports = [c for c in found if c.content is not None and not c.beside]
    contents = {c.content.i: c for c in reports if c.content is not None and c.content != c.head}
    acts = {c.head.i: c for c in reports if c.content == c.head}
    told = {c.head.i for c in found if c.content is not None}
    heads = {sentence.root.i}
    for token in sentence:
        conjoined = token.dep_ == "conj" and token.pos_ in ("VERB", "AUX") and _has_subject(token)
        contrast = token.dep_ == "advcl" and _has_subject(token) and any(c.dep_ == "mark" and c.lower_ in _CONTRAST for c in token.children)
        listed = token.dep_ in ("ccomp", "parataxis") and token.head == sentence.root and _has_subject(token)
        listed = listed and token.right_edge.i - token.left_edge.i > 3
        if token.i in contents or conjoined or contrast or listed or (follows(token) and token.i not in told):
            heads.add(token.i)
    # A reporting verb below something else ("..., adding that ...") parts as well, so that it is frame, not claim.
    parting = ("advcl", "conj", "parataxis")
    heads |= {c.head.i for c in found if c.content is not None and c.head.pos_ in ("VERB", "AUX") and c.head.dep_ in parting}
    # A closing "..., the priest estimates" that the parser hung below what it reports.
    heads |= {
        c.head.i
        for c in reports
        if c.content is not None and c.content != c.head and c.head.pos_ == "VERB" and c.content.is_ancestor(c.head)
    }
    resumed = {token.i: content for cue in found for token, content in _resumed(cue)}

    owner: dict[int, list[Token]] = {h: [] for h in heads}
    for token in sentence:
        at = resumed.get(token.i, token)
        while at.i not in heads and at.head != at:
            at = at.head
        owner.setdefault(at.i, []).append(token)

    parts = []
    doc = sentence.doc
    for head, tokens in sorted(owner.items()):
        chain = [acts[head]] if head in acts else []
        at = doc[head]
        while True:
            if at.i in contents and contents[at.i] not in chain:
                cue = contents[at.i]
                chain.append(cue)
                if cue.head.lemma_ == "be":
                    at = cue.head  # "it is untrue, the bank insists, that ...": the clause may hang elsewhere
                    continue
            if at.head == at:
                break
            # A clause joined to reported content shares its report, unless it stands in another quotation frame.
            at = at.head
        chain.reverse()
        parts.append(Unit(doc[head], tokens, chain))
    return parts


def has_substance(unit: Unit, least: int = 0) -> bool:
    """Whether a unit says enough to be a claim: three words, one of content, `least` letters."""
    words = [t for t in unit.tokens if t.is_alpha or t.like_num]
    content = [t for t in words if t.pos_ in CONTENT]
    return len(words) >= 3 and bool(content) and sum(len(t.text) for t in words) >= least


def joined(tokens: "list[Token]") -> str:
    """The tokens' text, with a space where others stood between them."""
    return "".join((" " if k and tokens[k - 1].i != t.i - 1 else "") + t.text_with_ws for k, t in enumerate(tokens))
