"""Conflicts to disputes: which conflicts are about one question, and who stands on which side of it.

Three steps, each linear in the judged pairs but for sorting:

1. *Voices.* Claims of one wording and one holder are one voice, printed in several places. Near-copies are found by word trigrams,
   compared where they share one of the smallest hashes (bottom-k sketches: Broder, 1997, "On the resemblance and containment of
   documents").
2. *Questions.* Conflicts are clustered, not claims, since one claim may be disputed on several counts (as links are clustered into
   overlapping communities: Ahn, Bagrow & Lehmann, 2010, Nature 466). The likeliest conflict opens a dispute; another joins where
   each of its two voices is linked (in agreement, in conflict, or close in subject) to at least half of the dispute's other voices,
   its own opponent not counted: a quasi-clique (Jiang & Pei, 2009, "Mining frequent cross-graph quasi-cliques"). Hence no chain: a
   claim that conflicts with many says nothing of whether these have to do with one another, and the larger a dispute, the more is
   asked of what joins it.
3. *Sides.* A signed graph, where agreement joins and a reported conflict parts (correlation clustering: Bansal, Blum & Chawla, 2004):
   each voice goes, by date, to the side it agrees with most among those it is not in conflict with, then single voices are
   moved while that helps (as Elsner & Schudy, 2009, found to do well). Where nothing speaks of agreement, a shared opponent
   does (Cartwright & Harary, 1956). Opponents never share a side.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from zlib import crc32

from contradict.polarity import NEGATION, agreement
from contradict.records import Bound, Claim, Conflict, Dispute, Document, Kind, Polarity, Quantity, Side, publication_order, stable_id

AGREEMENT = 0.6  # entailment from which two claims agree, given that they are close
CLOSE = 0.7  # similarity that agreement needs
KIN = 0.76  # similarity from which two claims are taken to treat one matter, whatever the judge says
_KIN_WEIGHT = 0.25  # of closeness beside agreement, when sides are chosen
_COPY = 0.7  # share of trigrams that near-copies have in common
_SKETCH = 6  # smallest hashes of a claim by which copies are looked up
_STOCK = 32  # voices that are looked up by one trigram
_SHORTEST = 6  # words; shorter claims are alike by chance
_LONGEST = 160  # characters of a proposition in a question
_WORD = re.compile(r"[^\W_]+(?:[.,'’]\d+)*")
_SMALL = frozenset(
    "the a an this that these those his her its their our my some all no every each any both many most few several about at in on "
    "by for from after before since during there it he she they we you i more less nearly almost around only one two three four five "
    "six seven eight nine ten eleven twelve hundreds thousands dozens people residents officials police not nobody nothing".split()
)

Place = tuple[str, str, int, int, str]


def group(
    conflicts: Sequence[Conflict], ranked: Sequence[Conflict], documents: Sequence[Document], claims: Sequence[Claim] = ()
) -> tuple[Dispute, ...]:
    """Joins conflicts by the question that they are about.

    Args:
        conflicts: The reported ones.
        ranked: All judged pairs, for what agrees; may include `conflicts`.
        documents: Those of the claims, for outlets and dates.
        claims: All that were read, for further places of the same words; those of `conflicts` where left out.

    Returns:
        Disputes, the likeliest first. Each conflict is in one of them; a claim may be in several.
    """
    grouping = _Grouping(conflicts, ranked, documents, claims)
    disputes = [grouping.dispute(joined) for joined in grouping.questions()]
    return tuple(sorted(disputes, key=lambda d: (-d.score, -len(d.conflicts), d.id)))


class _Grouping:
    """The tables that all steps share: voices, their links, their places."""

    def __init__(
        self, conflicts: Sequence[Conflict], ranked: Sequence[Conflict], documents: Sequence[Document], claims: Sequence[Claim]
    ) -> None:
        self.documents = {d.id: d for d in documents}
        # An order of its own, so that neither the input's nor a filter's decides anything.
        self.conflicts = sorted(conflicts, key=lambda c: (-c.score, c.id))
        disputed = {side.id: side for c in conflicts for side in (c.left, c.right)}
        opposed = {frozenset((c.left.id, c.right.id)) for c in conflicts}
        self.voice, self.copies = _fold(disputed, claims, opposed, self.place)
        self.claim = {name: disputed[name] for name in {self.voice[name] for name in disputed}}
        self.opponents: dict[str, set[str]] = defaultdict(set)
        for c in self.conflicts:
            one, other = self.ends(c)
            self.opponents[one].add(other)
            self.opponents[other].add(one)
        self.weight: dict[str, dict[str, float]] = defaultdict(dict)
        for pair in ranked:
            one, other = self.voice.get(pair.left.id, ""), self.voice.get(pair.right.id, "")
            if one not in self.claim or other not in self.claim or one == other or other in self.opponents[one]:
                continue
            weight = agreement(pair.left, pair.right, pair.forward, pair.backward)
            if weight < AGREEMENT or pair.similarity < CLOSE:
                weight = _KIN_WEIGHT * pair.similarity if pair.similarity >= KIN else 0.0
            if weight > self.weight[one].get(other, 0.0):
                self.weight[one][other] = self.weight[other][one] = weight
        self.linked = {name: self.opponents[name] | self.weight[name].keys() for name in self.claim}

    def ends(self, conflict: Conflict) -> tuple[str, str]:
        """The voices of both sides."""
        return self.voice[conflict.left.id], self.voice[conflict.right.id]

    def place(self, claim: Claim) -> Place:
        return publication_order(claim, self.documents)

    def questions(self) -> list[list[Conflict]]:
        """Conflicts by question, each list from the likeliest on."""
        voices: list[set[str]] = []
        joined: list[list[Conflict]] = []
        containing: dict[str, set[int]] = defaultdict(set)
        for conflict in self.conflicts:
            ends = self.ends(conflict)
            k = self._joins(ends, voices, containing)
            if k is None:
                k = len(voices)
                voices.append(set())
                joined.append([])
            joined[k].append(conflict)
            for end in ends:
                voices[k].add(end)
                containing[end].add(k)
        return joined

    def _joins(self, ends: tuple[str, str], voices: Sequence[set[str]], containing: Mapping[str, set[int]]) -> int | None:
        """The dispute that a conflict of these voices is part of; the best linked, of equals the first."""
        # The end with fewer links leads to fewer disputes; a hub would lead to all of its own.
        one, other = sorted(ends, key=lambda end: (len(self.linked[end]), end))
        candidates = set(containing.get(one, ()))
        for neighbour in self.linked[one]:
            if neighbour != other:
                candidates |= containing.get(neighbour, set())
        best: tuple[float, int] | None = None
        for k in candidates:
            size = len(voices[k]) - (one in voices[k]) - (other in voices[k])
            if not size:
                return k  # the same two voices in other places
            shares = [self._met(end, voices[k], ends) / size for end in ends]
            if min(shares) >= 0.5 and (best is None or (-sum(shares), k) < best):
                best = (-sum(shares), k)
        return None if best is None else best[1]

    def _met(self, end: str, voices: set[str], ends: tuple[str, str]) -> int:
        """How many voices of a dispute, both ends aside, a voice is linked to."""
        linked = self.linked[end]
        few, many = (linked, voices) if len(linked) < len(voices) else (voices, linked)
        return sum(name in many for name in few if name not in ends)

    def dispute(self, conflicts: Sequence[Conflict]) -> Dispute:
        members = sorted({end for c in conflicts for end in self.ends(c)}, key=lambda name: self.place(self.claim[name]))
        sides = [self._side(names) for names in self._sides(members)]
        everything = [claim for side in sides for claim in (*side.claims, *side.copies)]
        dates = [d for d in (self._date(claim) for claim in everything) if d is not None]
        return Dispute(
            id=stable_id(*sorted(c.id for c in conflicts)),
            question=question(conflicts[0]),
            sides=tuple(sides),
            conflicts=tuple(conflicts),
            score=conflicts[0].score,
            first=min(dates, default=None),
            latest=max(dates, default=None),
        )

    def _sides(self, members: Sequence[str]) -> list[list[str]]:
        """Voices parted into sides, each and all in order of publication."""
        inside = set(members)
        opponents = {name: self.opponents[name] & inside for name in members}
        side: dict[str, int] = {}
        for _ in range(4):
            moved = False
            for name in members:
                here = side.pop(name, None)
                barred = {side[other] for other in opponents[name] if other in side}
                gain: dict[int, float] = defaultdict(float)
                for other, weight in self.weight[name].items():
                    if other in side and side[other] not in barred:
                        gain[side[other]] += weight
                if not gain:
                    # Nothing agrees or is close: whoever shares an opponent.
                    for opponent in opponents[name]:
                        for other in opponents[opponent]:
                            if other in side and side[other] not in barred:
                                gain[side[other]] += 0.01
                new = max(side.values(), default=-1) + 1 if here is None else here
                best = max(gain, key=lambda k: (round(gain[k], 6), k == here, -k), default=new)
                side[name] = best
                moved |= best != here
            if not moved:
                break
        parts: dict[int, list[str]] = defaultdict(list)
        for name in members:
            parts[side[name]].append(name)
        return list(parts.values())

    def _side(self, names: Sequence[str]) -> Side:
        claims = [self.claim[name] for name in names]
        copies = sorted((c for name in names for c in self.copies.get(name, ())), key=self.place)
        spoken = sorted((*claims, *copies), key=self.place)
        holders = dict.fromkeys(c.holder or self._label(c) for c in spoken)
        return Side(tuple(claims), tuple(copies), tuple(holders), tuple(dict.fromkeys(map(self._label, spoken))))

    def _label(self, claim: Claim) -> str:
        document = self.documents.get(claim.document_id)
        return document.label if document else claim.document_id

    def _date(self, claim: Claim) -> date | None:
        document = self.documents.get(claim.document_id)
        return document.published if document else None


def _fold(
    disputed: Mapping[str, Claim], claims: Sequence[Claim], opposed: set[frozenset[str]], place: Callable[[Claim], Place]
) -> tuple[dict[str, str], dict[str, list[Claim]]]:
    """The voice of each claim (the id of a disputed one), and the further claims of each voice."""
    voice: dict[str, str] = {}
    members: dict[str, list[Claim]] = {}
    shelf: dict[int, list[str]] = defaultdict(list)
    trigrams: dict[str, frozenset[int]] = {}
    others = {c.id: c for c in claims if c.id not in disputed}
    # Disputed claims first: a voice is named after one of them.
    for claim in (*sorted(disputed.values(), key=place), *sorted(others.values(), key=place)):
        own = _trigrams(claim)
        keys = sorted(own)[:_SKETCH]
        found = next(
            (
                name
                for name in dict.fromkeys(name for key in keys for name in shelf.get(key, ()))
                if _is_copy(claim, own, members[name][0], trigrams[name])
                and all(frozenset((claim.id, m.id)) not in opposed for m in members[name])
            ),
            None,
        )
        if found is not None:
            voice[claim.id] = found
            members[found].append(claim)
        elif claim.id in disputed:
            voice[claim.id], members[claim.id], trigrams[claim.id] = claim.id, [claim], own
            for key in keys:
                # Words that begin many voices are stock: what copies share beyond them finds the copies.
                if len(shelf[key]) < _STOCK:
                    shelf[key].append(claim.id)
    return voice, {name: found[1:] for name, found in members.items()}


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower())


def _trigrams(claim: Claim) -> frozenset[int]:
    words = _words(claim.text)
    if len(words) < _SHORTEST:
        return frozenset()
    return frozenset(crc32(" ".join(three).encode("utf-8", "surrogatepass")) for three in zip(words, words[1:], words[2:], strict=False))


def _is_copy(one: Claim, own: frozenset[int], other: Claim, others: frozenset[int]) -> bool:
    if one.polarity is not other.polarity or len(own & others) < _COPY * len(own | others):
        return False
    if (one.holder is None) is not (other.holder is None):
        return False
    if one.holder and other.holder and not set(_words(one.holder)) & set(_words(other.holder)):
        return False
    # One figure or one "not" is a small part of a text, and all of a conflict.
    figures = [sorted(w for w in _words(c.text) if any(x.isdigit() for x in w)) for c in (one, other)]
    return figures[0] == figures[1] and len(NEGATION.findall(one.text)) == len(NEGATION.findall(other.text))


def question(conflict: Conflict) -> str:
    """What a conflict is about, in the words of its claims."""
    left, right = conflict.left, conflict.right
    denied = next((c for c in (left, right) if c.polarity is Polarity.DENIED), None)
    if denied is not None:
        return f"Is it true that {_clause(denied)}?"
    figures = _figures(left, right)
    if conflict.kind is Kind.NUMERIC and figures is not None:
        return f"{_sentence(left)}: {figures[0]}, or {figures[1]}?"
    if conflict.kind is Kind.TEMPORAL and left.time is not None and right.time is not None:
        return f"{_sentence(left)}: {left.time.text}, or {right.time.text}?"
    negated = [bool(NEGATION.search(c.proposition)) for c in (left, right)]
    if negated[0] != negated[1]:
        return f"Is it true that {_clause(right if negated[0] else left)}?"
    return f"Is it true that {_clause(left)}, or that {_clause(right)}?"


def _figures(left: Claim, right: Claim) -> tuple[str, str] | None:
    """The first two numbers of one thing that exclude each other."""
    pairs = [(a, b) for a in left.quantities for b in right.quantities if a.unit == b.unit and (a.low > b.high or b.low > a.high)]
    # What is counted alike comes before what is not known to be.
    pairs.sort(key=lambda ab: ab[0].noun != ab[1].noun)
    return (_number(pairs[0][0]), _number(pairs[0][1])) if pairs else None


def _number(quantity: Quantity) -> str:
    text, bound = quantity.text.lower() if quantity.text.istitle() else quantity.text, quantity.bound.value
    return text if quantity.bound is Bound.EXACT or text.startswith(bound) else f"{bound} {text}"


def _sentence(claim: Claim) -> str:
    text = " ".join(claim.proposition.split()).strip(" .,;:!?")
    if len(text) > _LONGEST:
        text = text[:_LONGEST].rsplit(" ", 1)[0].rstrip(" ,;:") + " …"
    return text[:1].upper() + text[1:]


def _clause(claim: Claim) -> str:
    text = _sentence(claim)
    first = text.split(" ", 1)[0].lower()
    common = first in _SMALL or (first in claim.lemmas and first not in claim.names)
    return text[:1].lower() + text[1:] if common and first != "i" else text
