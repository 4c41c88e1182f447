"""Whether two holders are one: names compared across articles, a person by surname, an institution by its name or its initials."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from contradict.records import Claim

# Whoever bears one of these speaks for the institution named beside it.
_VOICES = frozenset(
    "spokesman spokeswoman spokesperson spokespeople spokesmen representative representatives official officials officer statement "
    "communique communiqué press secretary service office website briefing aide aides source sources authorities".split()
)
# These name a person by what he or she does, and nobody without a name beside them.
_ROLES = frozenset(
    "mr mrs ms miss mx dr prof professor sir dame lord lady president vice deputy acting interim former ex then minister premier "
    "chancellor secretary general ambassador envoy governor mayor senator representative congressman congresswoman mp captain colonel col "
    "gen lt lieutenant major maj sergeant sgt corporal admiral commander commissioner chief executive chairman chairwoman chair "
    "chairperson director head leader judge justice prosecutor attorney lawyer inspector superintendent detective officer coach manager "
    "owner author analyst economist king queen prince princess pope bishop archbishop cardinal imam rabbi rev reverend father sister "
    "founder boss king's ceo cfo spokesman spokeswoman spokesperson prime opposition trade".split()
)
# What makes a name an institution's.
_BODIES = frozenset(
    "ministry department house office agency council court police army navy force forces union party company university bank institute "
    "organization committee commission board bureau service authority government parliament senate congress assembly center group "
    "association federation foundation fund church corporation corp inc ltd plc llc limited holdings industries partners network news "
    "times post hospital school college club museum museums society alliance league nations coalition tribunal administration command "
    "guard corps team staff media television radio observatory airlines airways energy foods pharma systems laboratories motors".split()
)
_TRADING = frozenset("corp inc ltd plc llc limited holdings group company industries partners foods pharma energy systems motors".split())
_SMALL = frozenset("the a an of for in and at on to by from with its his her their our s & de la du".split())
_SUFFIXES = frozenset("jr sr ii iii iv".split())
_SPELLING = ((r"isation", "ization"), (r"\bdefence\b", "defense"), (r"\bcentre\b", "center"), (r"\blabour\b", "labor"))


@dataclass(frozen=True, slots=True)
class _Party:
    """A name taken apart.

    Attributes:
        person: Words of a person's name, the surname last; empty where none is named.
        body: Words of an institution's name, or of any other holder's.
        office: Whether a bare office ("minister") stands for a person without a name.
    """

    person: tuple[str, ...]
    body: tuple[str, ...]
    office: bool


def _words(name: str) -> list[str]:
    """Words as written, without accents, dots and possessive endings."""
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    plain = re.sub(r"(?<=\b\w)\.", "", re.sub(r"['’]s?(?=\s|$)|\([^)]*\)", "", plain))
    return re.findall(r"\w+(?:['’\-]\w+)*|&", plain)


def _lower(word: str) -> str:
    word = word.lower()
    for pattern, plain in _SPELLING:
        word = re.sub(pattern, plain, word)
    return word


@lru_cache(maxsize=65536)
def _party(name: str) -> _Party:
    words = _words(name)
    lower = [_lower(w) for w in words]
    voiced = any(w in _VOICES for w in lower)
    rest = [(w, small) for w, small in zip(words, lower, strict=True) if small not in _SMALL | _SUFFIXES]
    bodily = any(small in _BODIES for _, small in rest)
    # "Defence Ministry spokesman Ivan Petrov", "Foreign Minister Lavrov": the person stands after the last office.
    last = max((k for k, (_, small) in enumerate(rest) if small in _ROLES | _VOICES), default=-1)
    after = [small for w, small in rest[last + 1 :] if w[:1].isupper()]
    before = [(w, small) for w, small in rest[: last + 1] if small not in _ROLES | _VOICES]
    beyond = voiced and last + 1 < len(rest) and any(w in ("for", "of", "from", "at") for w in lower)  # "a spokesman for the White House"
    if last >= 0 and after and not beyond and not any(a in _BODIES for a in after):
        return _Party(tuple(after), tuple(small for _, small in before), False)
    kept = [(w, small) for w, small in rest if small not in _VOICES] if voiced else rest
    # What is said of a name in small letters before it ("supermarket chain Belfair") is no part of it.
    first = next((k for k, (w, _) in enumerate(kept) if w[:1].isupper()), 0)
    kept = kept[first:]
    body = tuple(small for _, small in kept)
    named = [small for w, small in kept if w[:1].isupper()]
    if any(small in _ROLES for small in body) and not voiced:
        return _Party((), tuple(small for small in body if small not in _ROLES), True)
    if len(named) >= 2 and len(named) == len(kept) and not bodily and not any(w.isupper() and len(w) > 2 for w, _ in kept):
        return _Party(tuple(named), (), False) if not voiced else _Party((), body, False)
    return _Party((), body, False)


def _same_person(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Surnames agree, and first names do where both are given: the same, or one the other's initial."""
    if a[-1] != b[-1]:
        return False
    if len(a) == 1 or len(b) == 1:
        return True
    first, second = sorted((a[0], b[0]), key=len)
    return first == second or (len(first) == 1 and second.startswith(first))


def _initials(words: tuple[str, ...]) -> str:
    return "".join(w[0] for w in words)


def _same_body(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    if not a or not b:
        return False
    few, many = sorted((a, b), key=len)
    if set(few) == set(many):
        return True
    if len(few) == 1:
        name = few[0]
        if len(many) > 1 and len(name) > 1 and name == _initials(many):
            return True
        # "Nordvik" and "Nordvik Foods", but not "Moscow" and "Moscow police", nor "ministry" and "Defence Ministry".
        return name not in _BODIES and name == many[0] and all(w in _TRADING for w in many[1:])
    return set(few) < set(many) and few[-1] in (many[-1], *(_BODIES & set(many))) and bool(_BODIES & set(few))


def same_name(a: str, b: str) -> bool:
    """Whether two names of holders, perhaps from different articles, are names of one.

    A surname is its full name, two different first names are two people, a spokesman and whatever else speaks for an institution
    is the institution, initials are what they stand for. A bare office ("the minister") names nobody.
    """
    left, right = _party(a), _party(b)
    if left.person and right.person:
        return _same_person(left.person, right.person)
    if left.office or right.office:
        return False
    for one, other in ((left, right), (right, left)):
        if one.person:
            surname = len(other.body) == 1 and other.body[0] not in _BODIES and other.body[0] == one.person[-1]
            return surname or _same_body(one.body, other.body) or (len(other.body) > 1 and one.person == other.body)
    return _same_body(left.body, right.body)


def same_holder(left: Claim, right: Claim) -> bool:
    """Whether one holder makes both claims: one name by `same_name`, or the article's own voice within one document."""
    if left.holder is None or right.holder is None:
        return left.holder is right.holder and left.document_id == right.document_id
    return same_name(left.holder, right.holder)
