import pytest

from contradict import Attribution, Claim, Polarity
from contradict.holders import same_holder, same_name


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [
        ("Anna Holm", "Anna Holm", True),
        ("Anna Holm", "Holm", True),
        ("A. Holm", "Anna Holm", True),
        ("Mr Holm", "Rolf Holm", True),
        ("Anna Holm", "Rolf Holm", False),
        ("Anna Holm", "Anna Berg", False),
        ("Foreign Minister Drell", "Anton Drell", True),
        ("Prime Minister Anton Drell", "President Karin Drell", False),
        ("José Marín", "Jose Marin", True),
        ("Karin Vold Jr.", "Karin Vold", True),
        ("the Defence Ministry", "Defence Ministry", True),
        ("Ministry of Defence", "the Defense Ministry", True),
        ("Defence Ministry spokesman Ivan Petrov", "the Defence Ministry", True),
        ("Defence Ministry spokesman Ivan Petrov", "Ivan Petrov", True),
        ("the Defence Ministry's spokeswoman", "Defence Ministry", True),
        ("Defence Ministry", "Foreign Ministry", False),
        ("Russian Defence Ministry", "Ukrainian Defence Ministry", False),
        ("Russian Defence Ministry", "Defence Ministry", True),
        ("White House representative", "the White House", True),
        ("a spokesman for the White House", "a White House official", True),
        ("White House", "State Department", False),
        ("US State Department", "the State Department", True),
        ("OSCE", "Organization for Security and Co-operation in Europe", True),
        ("U.N.", "United Nations", True),
        ("WHO", "World Health Organization", True),
        ("WHO", "World Trade Organization", False),
        ("Nordvik", "Nordvik Foods", True),
        ("Moscow", "Moscow police", False),
        ("the minister", "the minister", False),
        ("supermarket chain Belfair", "Belfair", True),
    ],
)
def test_same_name(left: str, right: str, same: bool) -> None:
    assert same_name(left, right) is same_name(right, left) is same


@pytest.mark.parametrize("name", ["", " ", "?", "'s", "the", "\x00", "Mr", "(", "é" * 500])
def test_names_without_a_name(name: str) -> None:
    assert same_name(name, "Anna Holm") is same_name("Anna Holm", name) is False


def test_claims() -> None:
    def claim(document: str, holder: str | None) -> Claim:
        chain = (Attribution(holder, None, None, Polarity.ASSERTED),) if holder else ()
        return Claim("id", document, 0, 1, "x", "x", chain)

    assert same_holder(claim("a", "Holm"), claim("b", "Anna Holm"))
    assert same_holder(claim("a", None), claim("a", None))
    assert not same_holder(claim("a", None), claim("b", None))
    assert not same_holder(claim("a", "Holm"), claim("a", None))
