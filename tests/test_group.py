"""Conflicts joined by question, and the sides."""

import itertools
import time
from collections.abc import Iterable
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from contradict.group import group, question
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
    Strength,
    TimeInterval,
    stable_id,
)

DOCUMENTS = tuple(
    Document(name, "", outlet=outlet, published=published)
    for name, outlet, published in (
        ("a", "Aster Press", date(2024, 5, 1)),
        ("b", "Borough News", date(2024, 5, 2)),
        ("c", "Corvel Post", date(2024, 5, 3)),
        ("d", "Dunmore Echo", None),
    )
)


def nli(entailment: float = 0.0, contradiction: float = 0.0) -> dict[str, float]:
    return {"entailment": entailment, "neutral": 1 - entailment - contradiction, "contradiction": contradiction}


def claim(
    document: str, text: str, start: int = 0, holder: str | None = None, polarity: Polarity = Polarity.ASSERTED, **fields: Any
) -> Claim:
    chain = (Attribution(holder, None, None, polarity),) if holder else ()
    return Claim(stable_id(document, text, start), document, start, start + len(text), text, text, chain, polarity, **fields)


def pair(left: Claim, right: Claim, score: float = 0.8, similarity: float = 0.6, entailment: float = 0.0, **fields: Any) -> Conflict:
    kind = fields.pop("kind", Kind.DIRECT)
    either = nli(entailment, 0.0 if entailment else 0.9)
    return Conflict(stable_id(left.id, right.id), left, right, kind, Strength.CONTRADICTION, score, similarity, either, either)


def agree(left: Claim, right: Claim, entailment: float = 0.9, similarity: float = 0.8) -> Conflict:
    return pair(left, right, score=0.01, similarity=similarity, entailment=entailment)


def far(left: Claim, right: Claim) -> Conflict:
    return Conflict(stable_id(left.id, right.id), left, right, Kind.DIRECT, Strength.TENSION, 0.01, 0.2, nli(), nli())


def grouped(conflicts: Iterable[Conflict], *others: Conflict, claims: Iterable[Claim] = ()) -> tuple[Dispute, ...]:
    conflicts = tuple(conflicts)
    return group(conflicts, (*conflicts, *others), DOCUMENTS, tuple(claims))


def texts(dispute: Dispute) -> list[list[str]]:
    return [[c.text for c in side.claims] for side in dispute.sides]


OPEN, STILL_OPEN = claim("a", "The bridge was open"), claim("b", "Traffic crossed the bridge")
SHUT, CLOSED = claim("c", "The bridge was shut", holder="the mayor"), claim("d", "Nobody could cross")


def test_nothing_gives_no_dispute() -> None:
    assert grouped([]) == ()


def test_one_conflict_is_one_dispute() -> None:
    conflict = pair(OPEN, SHUT)
    (found,) = grouped([conflict])
    assert texts(found) == [["The bridge was open"], ["The bridge was shut"]]
    assert [side.holders for side in found.sides] == [("Aster Press",), ("the mayor",)]
    assert [side.outlets for side in found.sides] == [("Aster Press",), ("Corvel Post",)]
    assert (found.score, found.conflicts, found.first, found.latest) == (0.8, (conflict,), date(2024, 5, 1), date(2024, 5, 3))


def test_agreement_joins_conflicts_that_share_no_claim() -> None:
    conflicts = [pair(OPEN, SHUT, 0.9), pair(STILL_OPEN, CLOSED, 0.7)]
    (found,) = grouped(conflicts, agree(OPEN, STILL_OPEN), agree(SHUT, CLOSED))
    assert texts(found) == [["Nobody could cross", "The bridge was shut"], ["The bridge was open", "Traffic crossed the bridge"]]
    assert [c.score for c in found.conflicts] == [0.9, 0.7]
    assert len(grouped(conflicts, far(OPEN, STILL_OPEN), far(SHUT, CLOSED))) == 2
    assert len(grouped(conflicts, agree(OPEN, STILL_OPEN, similarity=0.3), agree(SHUT, CLOSED))) == 2


def test_a_denial_agrees_with_what_contradicts_the_denied() -> None:
    denial = claim("b", "The bridge was open", holder="the ministry", polarity=Polarity.DENIED)
    contradicts = Conflict("x", SHUT, denial, Kind.DIRECT, Strength.TENSION, 0.01, 0.8, nli(0, 0.9), nli(0, 0.1))
    (found,) = grouped([pair(OPEN, SHUT), pair(OPEN, denial)], contradicts)
    assert [side.holders for side in found.sides] == [("Aster Press",), ("the ministry", "the mayor")]


def test_three_figures_are_three_sides_of_one_question() -> None:
    figures = [claim(d, f"{n} people died in the fire") for d, n in zip("abc", ("12", "19", "31"), strict=True)]
    (found,) = grouped(pair(x, y) for k, x in enumerate(figures) for y in figures[k + 1 :])
    assert texts(found) == [["12 people died in the fire"], ["19 people died in the fire"], ["31 people died in the fire"]]
    assert len(found.conflicts) == 3


def test_those_who_share_an_opponent_share_a_side_unless_opposed() -> None:
    (found,) = grouped([pair(OPEN, SHUT), pair(STILL_OPEN, SHUT)], agree(OPEN, STILL_OPEN, entailment=0.1, similarity=0.8))
    assert texts(found) == [["The bridge was open", "Traffic crossed the bridge"], ["The bridge was shut"]]


def test_opponents_never_share_a_side_however_much_agrees_around_them() -> None:
    third = claim("b", "Cars drove over the bridge")
    (found,) = grouped([pair(OPEN, SHUT, 0.5)], agree(OPEN, third, 0.99), agree(third, SHUT, 0.99))
    assert len(found.sides) == 2
    conflicts = [pair(OPEN, SHUT, 0.6), pair(third, CLOSED, 0.5), pair(OPEN, CLOSED, 0.5)]
    for dispute in grouped(conflicts, agree(OPEN, third), agree(third, SHUT), agree(SHUT, CLOSED)):
        side = {c.id: k for k, s in enumerate(dispute.sides) for c in s.claims}
        assert all(side[c.left.id] != side[c.right.id] for c in dispute.conflicts)


# No chains, no hubs


def test_a_claim_that_conflicts_with_many_does_not_join_their_questions() -> None:
    hub = claim("a", "Nothing of the kind has ever happened here")
    others = [claim("b", f"Matter number {k} happened", 100 * k) for k in range(30)]
    found = grouped(pair(hub, other) for other in others)
    assert len(found) == 30
    assert all(len(d.conflicts) == 1 for d in found)


def test_a_hub_joins_those_of_its_opponents_that_agree() -> None:
    hub = claim("a", "Nothing of the kind has ever happened here")
    fire = [claim(d, f"The mill burned, said {d}") for d in "bcd"]
    flood = [claim(d, f"The river rose, said {d}", 500) for d in "bcd"]
    inside = [agree(x, y) for group_ in (fire, flood) for k, x in enumerate(group_) for y in group_[k + 1 :]]
    found = grouped((pair(hub, other) for other in (*fire, *flood)), *inside)
    assert sorted(len(d.conflicts) for d in found) == [3, 3]
    for dispute in found:
        assert [len(side.claims) for side in dispute.sides] in ([1, 3], [3, 1])


def test_a_chain_of_conflicts_falls_apart() -> None:
    chain = [claim("a", f"Statement {k} of the chain", 100 * k) for k in range(40)]
    found = grouped(pair(x, y) for x, y in itertools.pairwise(chain))
    assert max(len({c.id for s in d.sides for c in s.claims}) for d in found) <= 3


def test_a_chain_of_agreement_does_not_join_its_ends() -> None:
    """Each pair of sides resembles the next one's only."""
    left = [claim("a", f"View {k} from the left", 100 * k) for k in range(20)]
    right = [claim("b", f"View {k} from the right", 100 * k) for k in range(20)]
    links = [agree(x, y) for side in (left, right) for x, y in itertools.pairwise(side)]
    found = grouped((pair(x, y) for x, y in zip(left, right, strict=True)), *links)
    assert len(found) > 4
    assert max(len(d.conflicts) for d in found) <= 4


# Wire copies

WIRE = "Water has covered the lower half of Ostrel, a farming village in the Saune valley"


def test_wire_text_is_one_voice_and_every_place_is_listed() -> None:
    original, copied = claim("a", WIRE), claim("b", f"{WIRE}.")
    trimmed = claim("c", "Water has covered the lower half of Ostrel, a farming village in the Saune")
    dry = claim("d", "Ostrel is dry")
    (found,) = grouped([pair(original, dry, 0.9), pair(copied, dry, 0.8)], claims=[original, copied, trimmed, dry])
    (wet,) = [s for s in found.sides if s.claims == (original,)]
    assert wet.copies == (copied, trimmed)
    assert wet.outlets == ("Aster Press", "Borough News", "Corvel Post")
    assert wet.holders == wet.outlets
    assert (found.first, found.latest) == (date(2024, 5, 1), date(2024, 5, 3))
    assert len(found.conflicts) == 2


def test_a_figure_a_negation_or_another_holder_is_no_copy() -> None:
    base = "Officials of the district said that 12 people had died in the fire at the mill"
    other = claim("d", "Nobody died at all")
    changed = [
        claim("b", base.replace("12", "31")),
        claim("b", base.replace("had died", "had not died")),
        claim("b", base, holder="the mayor"),
        claim("b", base, polarity=Polarity.DENIED),
    ]
    for copy in changed:
        (found,) = grouped([pair(claim("a", base), other)], claims=[claim("a", base), copy, other])
        assert not any(side.copies for side in found.sides)


def test_a_few_words_are_alike_by_chance() -> None:
    first, second, other = claim("a", "The bridge was open"), claim("b", "The bridge was open"), claim("c", "It was shut")
    (found,) = grouped([pair(first, other)], claims=[first, second, other])
    assert not any(side.copies for side in found.sides)


def test_opponents_are_never_folded() -> None:
    one, other = claim("a", WIRE), claim("b", WIRE)
    (found,) = grouped([pair(one, other)])
    assert [side.claims for side in found.sides] == [(one,), (other,)]


# The question


def test_questions_are_written_from_the_claims() -> None:
    died = [
        Quantity(n, n if b is Bound.EXACT else float("inf"), t, 0, 2, noun="people", bound=b)
        for n, t, b in ((12.0, "Twelve", Bound.EXACT), (31.0, "31", Bound.AT_LEAST))
    ]
    one, other = claim("a", "Twelve people died", quantities=(died[0],)), claim("b", "31 people died", quantities=(died[1],))
    assert question(pair(one, other, kind=Kind.NUMERIC)) == "Twelve people died: twelve, or at least 31?"
    early = TimeInterval(None, date(2022, 1, 1), "before the war")
    late = TimeInterval(date(2022, 8, 1), None, "since August")
    sold, sent = claim("a", "The drones were sold before the war", time=early), claim("b", "Drones came since August", time=late)
    assert question(pair(sold, sent, kind=Kind.TEMPORAL)) == "The drones were sold before the war: before the war, or since August?"
    denied = claim("a", "The army uses drones.", holder="Moscow", polarity=Polarity.DENIED)
    assert question(pair(denied, SHUT, kind=Kind.DENIAL)) == "Is it true that the army uses drones?"
    never = claim("b", "The bridge was never open")
    assert question(pair(never, OPEN)) == question(pair(OPEN, never)) == "Is it true that the bridge was open?"
    assert question(pair(OPEN, SHUT)) == "Is it true that the bridge was open, or that the bridge was shut?"


def test_names_keep_their_capital_and_long_claims_are_cut_with_a_mark() -> None:
    orsa = claim("a", "Orsa burned", names=frozenset({"orsa"}), lemmas=frozenset({"orsa", "burn"}))
    water = claim("b", "Water came", lemmas=frozenset({"water", "come"}))
    assert question(pair(orsa, water)) == "Is it true that Orsa burned, or that water came?"
    endless = claim("a", "It was said that " + "word " * 200)
    assert len(question(pair(endless, water))) < 260
    assert " …" in question(pair(endless, water))


# Every input


@st.composite
def corpora(draw: st.DrawFn) -> tuple[list[Conflict], list[Conflict], list[Claim]]:
    n = draw(st.integers(2, 8))
    wordings = (WIRE, "The bridge was open", "It was shut", f"{WIRE}.", "🌉", "")
    claims = [
        claim(draw(st.sampled_from("abcdz")), draw(st.sampled_from(wordings)), 200 * k, draw(st.sampled_from((None, "Ann Holm", "Holm"))))
        for k in range(n)
    ]
    pairs = [(x, y) for k, x in enumerate(claims) for y in claims[k + 1 :]]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1))
    reported = [pair(x, y, draw(st.sampled_from((0.5, 0.7, 0.9)))) for x, y in chosen]
    others = [agree(x, y, draw(st.sampled_from((0.2, 0.9)))) for x, y in pairs if (x, y) not in chosen and draw(st.booleans())]
    return reported, others, claims


@settings(max_examples=80)
@given(corpora(), st.randoms())
def test_every_conflict_in_one_dispute_opponents_apart_and_order_of_no_account(
    corpus: tuple[list[Conflict], list[Conflict], list[Claim]], random: Any
) -> None:
    reported, others, claims = corpus
    found = group(reported, [*reported, *others], DOCUMENTS, claims)
    assert sorted(c.id for d in found for c in d.conflicts) == sorted(c.id for c in reported)
    for dispute in found:
        assert len(dispute.sides) >= 2
        side = {c.id: k for k, s in enumerate(dispute.sides) for c in (*s.claims, *s.copies)}
        assert len(side) == sum(len(s.claims) + len(s.copies) for s in dispute.sides)
        assert all(side[c.left.id] != side[c.right.id] for c in dispute.conflicts)
        assert all(s.claims and s.holders and s.outlets for s in dispute.sides)
        assert dispute.question.endswith("?")
    shuffled = [random.sample(part, len(part)) for part in (reported, others, claims)]
    again = group(shuffled[0], [*shuffled[1], *shuffled[0]], random.sample(DOCUMENTS, len(DOCUMENTS)), shuffled[2])
    assert again == found


def ten_thousand(shape: str) -> tuple[list[Conflict], list[Conflict]]:
    if shape == "hub":
        hub = claim("a", "Nothing of the kind has ever happened here")
        return [pair(hub, claim("b", f"Matter number {k} happened", 100 * k)) for k in range(10_000)], []
    if shape == "one question":
        claims = [claim("abcd"[k % 4], f"{k} people died in the fire", 100 * k) for k in range(142)]
        return [pair(x, y) for k, x in enumerate(claims) for y in claims[k + 1 :]], []
    claims = [claim("abcd"[k % 4], f"Statement {k} is about matter {k // 6}", 100 * k) for k in range(6000)]
    near = [(claims[k], claims[m]) for k in range(6000) for m in range(k + 1, k + 4) if m < 6000]
    return [pair(x, y) for x, y in near[:10_000]], [agree(x, y) for x, y in near[10_000:]]


def test_ten_thousand_conflicts_take_seconds() -> None:
    for shape in ("hub", "one question", "many events"):
        reported, others = ten_thousand(shape)
        begun = time.process_time()
        found = group(reported, [*reported, *others], DOCUMENTS)
        assert time.process_time() - begun < 15, shape
        assert sum(len(d.conflicts) for d in found) == len(reported)
        if shape == "one question":
            assert len(found) == 1
