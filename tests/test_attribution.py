import pytest

from contradict import Polarity
from tests.segmenting import last, only, read

ASSERTED, DENIED, UNCOMMITTED = Polarity.ASSERTED, Polarity.DENIED, Polarity.UNCOMMITTED


@pytest.mark.parametrize(
    ("text", "holder", "proposition"),
    [
        ("The minister said that the bridge had collapsed.", "minister", "The bridge had collapsed"),
        ("The minister said the bridge had collapsed.", "minister", "The bridge had collapsed"),
        ("The bridge had collapsed, according to the police.", "police", "The bridge had collapsed"),
        ("According to the police, the bridge had collapsed.", "police", "The bridge had collapsed"),
        ("The ship, according to its owner, carried grain.", "owner", "The ship carried grain"),
        ("The bridge had collapsed, the minister said.", "minister", "The bridge had collapsed"),
        ("The bridge had collapsed, said Mayor Anna Holm.", "Anna Holm", "The bridge had collapsed"),
        ("The dam, the minister said, was not mined.", "minister", "The dam was not mined"),
        ("The ship, Captain Rolf Berg said, carried 300 tonnes of grain.", "Rolf Berg", "The ship carried 300 tonnes of grain"),
        ("The drones were sold, the ministry said, before the war.", "ministry", "The drones were sold before the war"),
        ("The ministry's claim that the dam had been mined was shown on television.", "ministry", "The dam had been mined"),
        ("State media conveyed the ministry's claim that the dam had been mined.", "ministry", "The dam had been mined"),
        ("The mayor said: “The army’s trucks left the town.”", "mayor", "The army's trucks left the town"),
        ("Anna Holm told the Courant that the trucks had left.", "Anna Holm", "The trucks had left"),
    ],
)
def test_who_says_what(text: str, holder: str, proposition: str) -> None:
    claim = read(text)[0]
    assert (claim.holder, claim.proposition, claim.polarity) == (holder, proposition, ASSERTED)


def test_spans_of_source_and_cue() -> None:
    text = "On Monday the minister said that the bridge had collapsed."
    link = last(text).attribution[0]
    assert link.source is not None and text[link.source.start : link.source.end] == "the minister"
    assert link.cue is not None and text[link.cue.start : link.cue.end] == "said"


@pytest.mark.parametrize(
    ("text", "proposition"),
    [
        ("Moscow denied that the army had entered the town.", "The army had entered the town"),
        ("Moscow denied the army had entered the town.", "The army had entered the town"),
        ("Moscow denied employing Iranian drones in Ukraine.", "Moscow was employing Iranian drones in Ukraine"),
        ("Moscow has steadfastly denied employing Iranian drones.", "Moscow was employing Iranian drones"),
        ("Moscow denies having used Iranian drones.", "Moscow had used Iranian drones"),
        ("Moscow rejected the allegation that the army had fled.", "The army had fled"),
        ("Moscow dismissed reports that the army had fled as lies.", "The army had fled"),
    ],
)
def test_denials(text: str, proposition: str) -> None:
    claim = only(text)
    assert (claim.holder, claim.polarity, claim.proposition) == ("Moscow", DENIED, proposition)
    assert claim.text.startswith("Moscow")  # a denial is shown with its denying words


def test_denial_as_a_noun() -> None:
    claim = read("The ministry's denial that troops had fled was met with laughter.")[0]
    assert (claim.holder, claim.polarity, claim.proposition) == ("ministry", DENIED, "Troops had fled")


@pytest.mark.parametrize(
    "text",
    ["The minister rejected the offer.", "The minister called the meeting a success.", "The minister denied it."],
)
def test_no_report_no_denial(text: str) -> None:
    claim = only(text)
    assert claim.polarity is ASSERTED and claim.proposition == text.rstrip(".")


@pytest.mark.parametrize(
    "text",
    [
        "The ministry did not deny that the army had entered the town.",
        "The ministry refused to confirm that the army had entered the town.",
        "The ministry could not rule out that the army had entered the town.",
        "The ministry would neither confirm nor deny that the army had entered the town.",
        "The ministry did not say whether the army had entered the town.",
        "The ministry has never said that the army had entered the town.",
        "No ministry has confirmed that the army had entered the town.",
        "The ministry was asked whether the army had entered the town.",
    ],
)
def test_uncommitted(text: str) -> None:
    claim = only(text)
    assert (claim.polarity, claim.proposition) == (UNCOMMITTED, "The army had entered the town")


@pytest.mark.parametrize("text", ["The ministry declined to comment on the raid.", "Police refused to comment."])
def test_no_comment_commits_to_nothing(text: str) -> None:
    assert only(text).polarity is UNCOMMITTED


def test_negation_inside_the_content_stays_there() -> None:
    said = only("The company said it had not paid the ransom.")
    assert (said.polarity, said.proposition) == (ASSERTED, "Company had not paid the ransom")
    denied = only("The company denied that it had not paid the ransom.")
    assert (denied.polarity, denied.proposition) == (DENIED, "Company had not paid the ransom")


def test_no_evidence_is_an_assertion_about_evidence() -> None:
    claim = read("The government said that there is no evidence that the dam was mined.")[0]
    assert claim.polarity is ASSERTED and "no evidence" in claim.proposition


def test_two_holders_make_a_chain() -> None:
    claim = only("The minister said the spokesman had denied that the army fled.")
    assert [(link.holder, link.stance) for link in claim.attribution] == [("minister", ASSERTED), ("spokesman", DENIED)]
    assert claim.polarity is DENIED and claim.proposition == "The army fled"


def test_one_holder_composes_by_parity() -> None:
    claim = only("The ministry said it did not rule out that agents had entered the town.")
    assert [(link.holder, link.stance) for link in claim.attribution] == [("ministry", UNCOMMITTED)]


def test_contrast_gives_two_claims() -> None:
    first, second = read(
        "Although Iran acknowledges its dispatch of drones to Russia, it contends that the transactions occurred before the invasion."
    )
    assert first.holder == second.holder == "Iran" and first.polarity is second.polarity is ASSERTED
    assert "dispatch of drones to Russia" in first.proposition
    assert second.proposition.endswith("The transactions occurred before the invasion")


def test_two_statements_of_one_sentence() -> None:
    denied, said = read("The ministry denies the army fired the rocket but says a drone hit the school.")
    assert (denied.polarity, denied.proposition) == (DENIED, "The army fired the rocket")
    assert (said.holder, said.polarity, said.proposition) == ("ministry", ASSERTED, "A drone hit the school")


def test_statements_parted_by_a_semicolon() -> None:
    police, mayor = read("Police said they had arrested 12 men; the mayor put the number at 20.")
    assert (police.holder, police.quantities[0].low) == ("Police", 12)
    assert (mayor.holder, mayor.quantities[0].low) == ("mayor", 20)


@pytest.mark.parametrize(
    "text",
    [
        '"The dam was mined. The engineers knew it. Nobody warned the town," Anna Holm said.',
        '"The dam was mined," Anna Holm said. "The engineers knew it. Nobody warned the town."',
        'Anna Holm said: "The dam was mined. The engineers knew it. Nobody warned the town."',
        "“The dam was mined. The engineers knew it. Nobody warned the town,” said Anna Holm, the mayor.",
    ],
)
def test_quotation_of_several_sentences(text: str) -> None:
    claims = read(text)
    assert [claim.holder for claim in claims] == ["Anna Holm"] * 3
    assert "The dam was mined" in claims[0].text and "Nobody warned the town" in claims[2].text


def test_each_quotation_has_its_own_speaker() -> None:
    claims = read('"The dam was mined," said Rolf Berg. "It leaks badly. The town must leave," said Anna Holm.')
    assert [claim.holder for claim in claims] == ["Rolf Berg", "Anna Holm", "Anna Holm"]


def test_first_person_is_the_speaker() -> None:
    assert [claim.proposition for claim in read('"We never sold weapons. I am innocent," said Karin Vold.')] == [
        "Karin Vold never sold weapons",
        "Karin Vold is innocent",
    ]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("Anna Holm visited the dam on Monday. She said that the engineers had known for weeks.", "Anna Holm"),
        ("Anna Holm opened the meeting. The bridge, she said, had collapsed in May.", "Anna Holm"),
        ("Minister Anton Drell visited Pelgrad. He denied that the army had fled.", "Anton Drell"),
        ("Iran sells drones to many countries. It denied that drones had been sent to Russia.", "Iran"),
        ("Anna Holm spoke on Monday. Later Holm said that the bridge was closed.", "Anna Holm"),
        ("Anna Holm, the health minister, arrived on Monday. The minister said that the clinic was closed.", "Anna Holm"),
    ],
)
def test_later_names_of_a_holder(text: str, holder: str) -> None:
    assert last(text).holder == holder


def test_a_passive_report_names_nobody() -> None:
    assert last("Anna Holm spoke first. It was reported that the army had fled.").holder is None


def test_own_voice() -> None:
    claim = only("The army left the town on Tuesday.")
    assert claim.holder is None and claim.attribution == () and claim.polarity is ASSERTED


def test_a_quotation_of_several_sentences_keeps_source_and_cue() -> None:
    text = 'Anna Holm, the mayor, has said: "The dam was mined. Nobody warned the town."'
    for claim in read(text):
        link = claim.attribution[0]
        assert link.source is not None and text[link.source.start : link.source.end] == "Anna Holm, the mayor"
        assert link.cue is not None and text[link.cue.start : link.cue.end] == "has said"


def test_one_named_in_a_quotation_does_not_take_it_over() -> None:
    claims = read('"We never opened it," said Rolf Berg. "The mayor thinks that we lie. The gate was shut."')
    assert [link.holder for link in claims[1].attribution] == ["Rolf Berg", "mayor"]
    assert claims[-1].holder == "Rolf Berg"


@pytest.mark.parametrize(("opening", "closing"), [("''", "''"), ("``", "''")])
def test_doubled_marks_are_quotation_marks(opening: str, closing: str) -> None:
    claims = read(f"{opening}The dam was mined. Nobody warned the town,{closing} said Anna Holm.")
    assert [claim.holder for claim in claims] == ["Anna Holm", "Anna Holm"]


def test_first_person_outside_quotations_is_the_article() -> None:
    assert [claim.holder for claim in read("Anna Holm said that the dam leaked. We counted 38 graves.")] == ["Anna Holm", None]


@pytest.mark.parametrize(
    ("text", "holder"),
    [
        ("The ministry condemned the raid on Monday.", "ministry"),
        ("The union vowed to stop work.", "union"),
        ("Anna Holm called for a truce.", "Anna Holm"),
        ("The ministry called off the talks.", None),
        ("The ministry did not condemn the raid.", None),
        ("The bridge had collapsed, according to pay slips seen by the Courant.", "pay slips"),
    ],
)
def test_acts_of_speech_and_papers_have_a_holder(text: str, holder: str | None) -> None:
    assert only(text).holder == holder


@pytest.mark.parametrize(
    ("text", "holder", "polarity"),
    [
        ("It is untrue, the bank insists, that the accounts were exposed.", "bank", DENIED),
        ("It is false, the mayor said, that he sold the park.", "mayor", DENIED),
        ("Rumours that the mine had closed are untrue, the firm said.", "firm", DENIED),
        ("The rumour that the dam had burst was false.", None, DENIED),
        ("It is not clear whether the rice was shipped.", None, UNCOMMITTED),
        ("Did the builder really pour the concrete?", None, UNCOMMITTED),
        ("The tribunal cleared Colonel Adem Sarr of ordering the massacre.", "tribunal", DENIED),
        ("The snipers killed a nurse in the old town, residents said as they swept the square.", "residents", ASSERTED),
    ],
)
def test_predicates_and_closing_reports(text: str, holder: str | None, polarity: Polarity) -> None:
    claim = only(text)
    assert (claim.holder, claim.polarity) == (holder, polarity)


@pytest.mark.parametrize(
    ("text", "start", "holder"),
    [
        ("Karel Moss said that only two teachers were aboard; the others had been kept back.", "the others", "Karel Moss"),
        ("The firm closed; the minister said that nobody had known.", "The firm", None),  # what stands before a report is not part of it
        ("The minister asked whether the dam held; the gauge showed two metres.", "the gauge", None),
        ("The ministry said a review had been opened. It had turned up 31 private trips.", "It had", "ministry"),
        ("The ministry said a review had been opened. It was raining in the capital.", "It was", None),
        ('Lewin Sark says that he will be ready: "My witnesses are in good health."', '"My', "Lewin Sark"),
        ('Anna Holm received us in her office.\n\nWas the gate shut? "The gate stood open all night."', '"The gate', "Anna Holm"),
    ],
)
def test_words_without_a_cue_of_their_own(text: str, start: str, holder: str | None) -> None:
    claim = next(c for c in read(text) if c.start <= text.index(start) + 1 < c.end and c.start >= text.index(start))
    assert claim.holder == holder
