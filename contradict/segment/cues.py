"""Reporting words and what each says of its content. Data only: the rules that read it are in `attribution`."""

from contradict.records import Polarity


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Verbs by lemma. Factives ("regret", "acknowledge") report their content as true, so they stand with the assertions.
ASSERT = _words(
    "say tell add state announce claim argue insist assert maintain contend affirm reaffirm confirm report note "
    "explain declare disclose reveal unveil acknowledge admit concede allege accuse charge testify write "
    "estimate believe think warn suggest stress emphasize emphasise underline reiterate repeat recall remark "
    "observe reply respond answer comment conclude find show indicate determine establish predict forecast expect "
    "project calculate count put promise pledge vow swear complain recount describe boast "
    "counter retort caution assure convey quote cite know learn hear see understand regret remember "
    "realize realise discover agree hold deem suspect imply hint mention specify list record document certify "
    "propose recommend demand pronounce proclaim brief inform notify remind post tweet shout joke hope "
    "fear speak verify advise attest clarify continue rule judge trace attribute blame"
)
# What may run on without another cue: "Moss says that two were aboard; the others had been kept back".
SPEECH = _words(
    "say tell add state announce claim argue insist assert maintain contend affirm confirm report explain declare disclose reveal "
    "acknowledge admit concede allege testify write stress recall remark observe reply respond answer deny counter retort contradict "
    "find rule conclude recount swear promise accuse protest"
)
# Their clause comes after the one who is told.
TOLD = _words("tell assure inform warn remind")
# Of whom a phrase beside the clause speaks: "in the ministry's account", "by the count of the guards".
ACCOUNTS = _words("account view opinion telling version reckoning estimate count words")
DENY = _words("deny refute rebut disavow disclaim repudiate")
# These deny what they are said of only when it is a report: "rejected the allegation", not "rejected the offer".
DENY_REPORT = _words("reject dismiss dispute contest contradict rubbish debunk deride brand call label ridicule scotch disprove discredit")
# "Cleared the colonel of ordering it": the act is denied of the one who is cleared; "suspect him of hiding it": it is laid at his door.
DENY_OF = _words("clear acquit exonerate absolve")
ACCUSE_OF = _words("accuse suspect")
# Heads of a closing "..., the court ordered", beside the verbs of report.
CLOSING = _words("order decree hope fear")
DOUBT = _words("doubt question wonder ask inquire enquire speculate investigate examine consider probe")
REFUSE = _words("decline refuse")  # "declined to confirm"
REPORT_NOUNS = _words(
    "report claim allegation accusation suggestion assertion charge rumour rumor story notion idea insinuation "
    "account statement speculation talk theory narrative finding version criticism contention implication"
)
FALSEHOODS = _words(
    "fiction lie lies false untrue fantasy fantasies nonsense baseless fabrication fake unfounded groundless "
    "invention propaganda slander hoax disinformation misinformation rumour rumor myth absurd wrong incorrect "
    "inaccurate untruth"
)
ASSERT_NOUNS = _words(
    "claim assertion statement allegation report announcement admission contention warning finding conclusion "
    "testimony estimate assessment belief promise pledge insistence accusation confirmation argument suggestion account"
)
DENIAL_NOUNS = _words("denial rebuttal refutation")
# Verbs that turn a subject's act into a claim only when a clause follows; "put", "see", "call" are too common otherwise.
NEEDS_CLAUSE = _words(
    "speak put see know hear find show hold think believe learn count list rule call brand label judge continue "
    "hope fear expect record understand remember trace attribute blame describe post describe charge add answer "
    "propose recommend demand agree note repeat discover establish determine document quote cite regret hint "
    "suspect observe realize realise indicate suggest deem imply convey report mention joke question consider "
    "examine investigate probe ask doubt wonder"
)
# Acts of speech told by their name instead of their words: "condemned the raid", "vowed to rebuild it", "called for a truce". Such a
# clause is a claim as it stands, and the speaker its holder.
ACTS_WITH_OBJECT = _words(
    "announce applaud articulate assail attack blame blast call castigate celebrate cheer chide cite compare condemn credit criticise "
    "criticize decry deem defend denounce deride describe detail discuss dismiss dub emphasize endorse express extol float hail issue "
    "label lambast lament laud liken list mention mock name note outline pitch pledge portray praise predict promise propose quote "
    "reaffirm recall recite recount reference reiterate repeat report reveal ridicule slam stress tout trash tweet unveil urge voice "
    "warn welcome oppose accuse commend echo disavow forecast expect project demand "
    "bemoan deplore deny reject contest thank encourage advocate"
)
ACTS_WITH_INFINITIVE = _words(
    "agree ask call demand encourage expect hope invite offer order pledge prefer promise propose report swear threaten urge vow vote "
    "want warn"
)
ACTS_WITH_PREPOSITION: dict[str, frozenset[str]] = {
    "apologize": _words("for"),
    "argue": _words("for against"),
    "boast": _words("of about"),
    "brag": _words("of about"),
    "call": _words("for on"),
    "comment": _words("on"),
    "commit": _words("to"),
    "complain": _words("of about"),
    "insist": _words("on"),
    "joke": _words("about"),
    "lash": _words("at"),
    "object": _words("to"),
    "point": _words("to"),
    "push": _words("for"),
    "rail": _words("against"),
    "refer": _words("to"),
    "report": _words("on"),
    "speak": _words("of about against"),
    "talk": _words("of about"),
    "warn": _words("of about against"),
    "worry": _words("about"),
    "write": _words("of about"),
}
PASSIVE_RECEIVERS = _words("accuse charge suspect allege report say believe think know understand expect estimate")
MOOD_FORECAST = _words("expect predict forecast project anticipate")
MOOD_COMMITMENT = _words("promise pledge vow swear")
MOOD_OPINION = _words("hope fear think feel argue")
HEDGE_WORDS = _words(
    "may might could possibly perhaps reportedly allegedly apparently probably likely suspected alleged "
    "presumably seemingly unconfirmed preliminary provisional believed thought appear appears seem seems"
)
OPINION_WORDS = _words(
    "terrible wonderful shameful disgraceful great best worst brilliant tragic sadly frankly awful "
    "disappointing delighted proud embarrassing ridiculous outrageous regrettable unfortunate"
)
# Wording that leaves no room for another time: "all of them before", "the sales ended before".
EXHAUSTIVE_WORDS = _words(
    "all only every never none exclusively entirely solely no these those until ended ceased stopped halted completed "
    "concluded finished discontinued"
)

STANCES: dict[str, Polarity] = (
    dict.fromkeys(ASSERT, Polarity.ASSERTED)
    | dict.fromkeys(DENY | DENY_REPORT, Polarity.DENIED)
    | dict.fromkeys(DOUBT, Polarity.UNCOMMITTED)
)


def stance(lemma: str, negated: bool, refused: bool) -> Polarity:
    """What a cue says of its content: "did not deny" and "refused to confirm" commit to nothing.

    "Did not say" is uncommitted as well: not having said X is no claim that X is false.
    """
    if negated or refused:
        return Polarity.UNCOMMITTED
    return STANCES[lemma]


def compose(outer: Polarity, inner: Polarity) -> Polarity:
    """Parity of one holder's cues: a denied denial is asserted, anything uncommitted stays so."""
    if Polarity.UNCOMMITTED in (outer, inner):
        return Polarity.UNCOMMITTED
    return Polarity.ASSERTED if outer == inner else Polarity.DENIED
