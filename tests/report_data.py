"""Conflicts for the report's tests: built by hand, so that every place, mark and date is known."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from contradict.records import (
    Attribution,
    Bound,
    Claim,
    Conflict,
    Dispute,
    Document,
    Kind,
    Polarity,
    Quantity,
    Side,
    Signal,
    Span,
    Strength,
    TimeInterval,
)
from contradict.results import Conflicts

NLI = {"entailment": 0.1, "neutral": 0.2, "contradiction": 0.7}


class Grouped(Conflicts):
    """Conflicts whose disputes are told by their ids: those of one topic, the part before the colon, make one."""

    def disputes(self) -> tuple[Dispute, ...]:
        topics = {name: tuple(found) for name, found in groupby(sorted(self, key=_topic), key=_topic)}
        made = (self._of(name, found) for name, found in topics.items())
        return tuple(sorted(made, key=lambda d: -d.score))

    def _of(self, name: str, conflicts: tuple[Conflict, ...]) -> Dispute:
        ranked = tuple(sorted(conflicts, key=lambda c: -c.score))
        sides = tuple(tuple({c.id: c for c in claims}.values()) for claims in ([c.left for c in ranked], [c.right for c in ranked]))
        days = sorted(d for side in sides for c in side if (d := self.document(c.document_id).published))
        ends = (days[0], days[-1]) if days else (None, None)
        return Dispute(name, f"What of {name}?", tuple(map(self._side, sides)), ranked, ranked[0].score, *ends)

    def _side(self, claims: Sequence[Claim]) -> Side:
        labels = [self.document(c.document_id).label for c in claims]
        holders = dict.fromkeys(c.holder or label for c, label in zip(claims, labels, strict=True))
        return Side(tuple(claims), (), tuple(holders), tuple(dict.fromkeys(labels)))


def _topic(conflict: Conflict) -> str:
    return conflict.id.split(":")[0]


def claim(document: Document, text: str, holder: str | None = None, **fields: Any) -> Claim:
    """The claim of these words in the article; its holder is named there where the article has the name."""
    start = document.text.index(text)
    chain: tuple[Attribution, ...] = ()
    if holder:
        at = document.text.find(holder)
        denies = fields.get("polarity") is Polarity.DENIED
        cue = document.text.find("denied", start) if denies else -1
        chain = (
            Attribution(
                holder,
                Span(at, at + len(holder)) if at >= 0 else None,
                Span(cue, cue + 6) if cue >= 0 else None,
                Polarity.DENIED if denies else Polarity.ASSERTED,
            ),
        )
    return Claim(f"{document.id}:{start}", document.id, start, start + len(text), text, text, attribution=chain, **fields)


def conflict(name: str, left: Claim, right: Claim, kind: Kind = Kind.DIRECT, score: float = 0.9, **fields: Any) -> Conflict:
    evidence = (Signal("opposition", 0.7, 1.2, "the language model reads them as contradicting (70%)"), Signal("worth", 1.0, -0.3, ""))
    given = {"strength": Strength.CONTRADICTION, "similarity": 0.5, "forward": NLI, "backward": NLI, "evidence": evidence}
    return Conflict(id=name, left=left, right=right, kind=kind, score=score, **{**given, **fields})


def bridge() -> Conflicts:
    """Three disputes of four conflicts between four articles; a face of two UTF-16 units stands before every place in the first."""
    aster = Document(
        "a",
        "😀 A bridge.\n\nThe bridge was open on Monday, Mayor Holm said.\n\n"
        + "Farmers sold apples. " * 60
        + "\n\nTwo people died.\n\nThe end.",
        title="The bridge stood",
        outlet="Aster Press",
        published=date(2024, 6, 11),
        url="https://example.org/aster",
    )
    borough = Document(
        "b", "Colonel Kostrel denied that the bridge was open. Nine people died.", outlet="Borough News", published=date(2024, 6, 12)
    )
    corvel = Document("c", "The bridge was shut until July. It rained.", outlet="Corvel Post", published=date(2024, 7, 20))
    undated = Document("d", "It never rained.", title="A note")
    monday = TimeInterval(date(2024, 6, 10), date(2024, 6, 10), "Monday")
    until = TimeInterval(None, date(2024, 6, 30), "until July", exhaustive=True)
    open_ = claim(aster, "The bridge was open on Monday", "Mayor Holm", time=monday)
    denied = claim(borough, "Colonel Kostrel denied that the bridge was open", "Colonel Kostrel", polarity=Polarity.DENIED)
    shut = claim(corvel, "The bridge was shut until July", time=until)
    two, nine = (
        claim(d, f"{word} people died", quantities=(Quantity(n, n, word, at, at + len(word), noun="people", bound=bound),))
        for d, word, n, bound, at in (
            (aster, "Two", 2.0, Bound.AT_LEAST, aster.text.index("Two")),
            (borough, "Nine", 9.0, Bound.EXACT, borough.text.index("Nine")),
        )
    )
    ranked = (
        conflict("bridge:1", open_, denied, Kind.DENIAL, 0.91),
        conflict("deaths:1", two, nine, Kind.NUMERIC, 0.72),
        conflict("bridge:2", open_, shut, Kind.TEMPORAL, 0.65, strength=Strength.TENSION),
        conflict("rain:1", claim(corvel, "It rained"), claim(undated, "It never rained"), Kind.DIRECT, 0.55, strength=Strength.TENSION),
        conflict("miss:1", claim(corvel, "It rained"), nine, Kind.DIRECT, 0.1),
    )
    counts = {"documents": 4, "claims": 9, "pairs considered": 36, "pairs scored": 12}
    return Grouped(ranked, (aster, borough, corvel, undated), 0.5, counts, {"a holder commits to nothing": 3}, {"classifier": "fake"})


def many(n: int) -> Conflicts:
    """`n` conflicts, four to a dispute, between forty articles of some 5,000 characters."""
    filler = "Nothing of note happened on the market that day, said the baker. " * 60
    documents, claims = [], []
    for d in range(40):
        body = "\n\n".join([f"Statement {k} of article {d} stands.{' ' + filler if k == 10 else ''}" for k in range(60)])
        documents.append(Document(f"d{d}", body, outlet=f"Outlet {d % 12}", published=date(2024, 1 + d % 12, 1 + d % 28)))
        claims.append([claim(documents[-1], f"Statement {k} of article {d} stands.", f"Holder {(7 * d + k) % 150}") for k in range(60)])
    kinds = list(Kind)
    ranked = [
        conflict(
            f"t{k // 4:04}:{k}",
            claims[k % 20][k // 20 % 60],
            claims[20 + k % 20][k // 20 % 60],
            kinds[k % len(kinds)],
            round(0.99 - 0.4 * k / n, 4),
        )
        for k in range(n)
    ]
    return Grouped(tuple(ranked), tuple(documents), 0.5)
