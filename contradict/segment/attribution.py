"""Who says what: reporting cues, their sources and their content, read from the dependency parse.

Rules over spaCy's syntax: a cue is a reporting verb with a clause (`ccomp`), an object that names a report, or a gerund;
"according to"; or a noun with a clause ("X's claim that ..."). The cue alone gives the stance.
"""

from dataclasses import dataclass, field
from typing import Literal

from spacy.tokens import Doc, Token
from spacy.tokens import Span as SpacySpan

from contradict.records import Polarity, Span
from contradict.segment import cues

_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
_CLAUSES = ("ccomp", "parataxis")
_RELATIVE = frozenset("who which that there".split())


@dataclass(slots=True)
class Cue:
    """A reporting expression in one sentence.

    Attributes:
        head: The token that reports.
        source: Head of the source's noun phrase; None where it is understood.
        content: Head of the reported clause or phrase; None for "X said" after a free-standing quotation.
        shape: What `content` is: a clause, a gerund or a noun phrase.
        offset: Where the paragraph of `head` starts in the article.
        label: Where a speaker's label stands in the article, which is source and cue in one ("HOST: ...").
    """

    head: Token
    source: Token | None
    content: Token | None
    stance: Polarity
    shape: Literal["clause", "gerund", "noun"] = "clause"
    holder: str = field(default="")
    offset: int = 0
    label: Span | None = None

    @property
    def beside(self) -> bool:
        """Whether the cue is a phrase beside what it reports: "according to X", "in X's view"."""
        return self.head.lower_ == "according" or self.head.pos_ == "ADP"

    def source_span(self) -> Span | None:
        """The source as it stands in the article: the noun phrase with appositions, or the pronoun that points to it."""
        if self.label is not None:
            return self.label
        if self.source is None:
            return None
        mention = _child(self.head, *_SUBJECTS)
        if mention is not None and mention.lower_ in ("who", "which", "that") and self.source != mention:
            return _characters(mention, mention, self.offset)
        return _characters(*_phrase_in_full(self.source, self), self.offset)

    def cue_span(self) -> Span:
        """The reporting words: the verb with its auxiliaries and particle, or "according to"."""
        if self.label is not None:
            return self.label
        doc, first, last = self.head.doc, self.head.i, self.head.i
        while first > 0 and doc[first - 1].head == self.head and doc[first - 1].dep_ in ("aux", "auxpass", "neg", "advmod"):
            first -= 1
        while last + 1 < len(doc) and doc[last + 1].head == self.head and doc[last + 1].dep_ in ("prt", "neg"):
            last += 1
        if self.head.lower_ == "according" and last + 1 < len(doc) and doc[last + 1].lower_ == "to":
            last += 1
        return _characters(doc[first], doc[last], self.offset)


def _characters(first: Token, last: Token, offset: int) -> Span:
    return Span(offset + first.idx, offset + last.idx + len(last))


def noun_phrase(head: Token) -> tuple[int, int]:
    """First and last token of the noun phrase around `head`, without appositions and relative clauses."""
    first, last = head.i, head.i
    entity = next((e for e in head.doc.ents if e.start <= head.i < e.end and e.label_ in ("PERSON", "ORG", "GPE")), None)
    if entity is not None:
        first, last = entity.start, entity.end - 1
        first = max([first, *(t.i + 1 for t in entity if t.text == "," and t.i < head.i)])  # "on Radio Vaituku, Matafeo said"
    after = head.nbor() if head.i + 1 < len(head.doc) else head
    if head.dep_ == "pobj" and after.head == head and after.tag_ in ("NNS", "NN", "VBZ") and after.dep_ != "relcl":
        last = after.i  # "according to pay slips", where the parser takes the first for the head
    while last + 2 < len(head.doc) and head.doc[last + 1].text == "-" and not head.doc[last].whitespace_:
        last += 2  # "Talaei-Nik", which the tokenizer parts
    while first >= 2 and head.doc[first - 1].text == "-" and not head.doc[first - 1].whitespace_:
        first -= 2
    for child in head.children:
        if child.dep_ in ("compound", "amod", "poss", "det", "nmod", "nummod", "case") and child.i <= head.i:
            first = min(first, child.left_edge.i)
        elif child.dep_ == "prep" and child.lower_ in ("of", "for", "in", "at") and child.i - head.i == 1:
            edge = child.right_edge.i
            stop = next((t.i for t in head.doc[child.i : edge + 1] if t.lower_ in (",", "who", "which", "that")), edge + 1)
            last = max(last, min(stop - 1, child.i + 6))
    return first, last


def _phrase_in_full(head: Token, cue: Cue) -> tuple[Token, Token]:
    """The noun phrase of a source with what is said of it, up to where the cue or its content begins."""
    first, last = (head.doc[i] for i in noun_phrase(head))
    barred = {cue.head.i} | ({cue.content.i} if cue.content is not None else set())
    start, end = head.left_edge.i, head.right_edge.i
    if end - start < 40 and not any(start <= i <= end for i in barred):
        speech = next((c for c in head.children if c.dep_ == "relcl" and c.lemma_ in cues.STANCES), None)
        if speech is not None:
            end = max(last.i, speech.left_edge.i - 1)  # "Vold, who denied it, said": a report of its own
        first, last = head.doc[min(start, first.i)], head.doc[max(end, last.i)]
    while first.i < last.i and (first.is_punct or first.is_space) and first.text not in "($":
        first = first.nbor()
    while last.i > first.i and (last.is_punct or last.is_space) and last.text not in ")%":
        last = last.nbor(-1)
    return first, last


def _child(token: Token, *labels: str) -> Token | None:
    return next((c for c in token.children if c.dep_ in labels), None)


def _negated(verb: Token) -> bool:
    if any(c.dep_ == "neg" or c.lower_ in ("never", "neither", "hardly") for c in verb.children) or _nor(verb):
        return True
    subject = _child(verb, *_SUBJECTS)
    return subject is not None and (subject.lower_ in ("nobody", "none") or any(c.lower_ == "no" for c in subject.children))


def _nor(verb: Token) -> bool:
    """The second of "neither confirmed nor denied"."""
    return verb.dep_ == "conj" and any(c.lower_ == "nor" for c in verb.head.children)


def _refused(verb: Token) -> bool:
    """ "Declined to confirm", "could not say"."""
    return verb.dep_ == "xcomp" and verb.head.lemma_ in cues.REFUSE


def shares_frame(cue: Cue) -> bool:
    """Whether the verb above the cue only frames it: "refused to confirm that", "neither confirmed nor denied that"."""
    return cue.content is not None and cue.content != cue.head.head and (_refused(cue.head) or _nor(cue.head))


def _subject(verb: Token) -> Token | None:
    """The verb's subject, or the one it shares with the verb it hangs on ("..., adding that ...")."""
    seen = 0
    token = verb
    while seen < 6:
        subjects = [c for c in token.children if c.dep_ in ("nsubj", "nsubjpass")]
        aside = token == verb and token.dep_ == "parataxis" and len(subjects) > 1 and subjects[1].i < token.i
        found = subjects[aside] if subjects else None  # "The cage, she told the court, was a gift": not the cage
        if found is not None and (token == verb or token.pos_ in ("VERB", "AUX")):
            if found.lower_ in _RELATIVE and token.dep_ == "relcl":
                return token.head
            return found
        if token.dep_ in ("acl", "relcl"):
            return token.head
        if token.dep_ == "ROOT" or token.dep_ not in ("conj", "advcl", "xcomp", "ccomp", "pcomp", "prep"):
            return None
        token, seen = token.head, seen + 1
    return None


def _names_report(noun: Token) -> bool:
    return noun.lemma_.lower() in cues.REPORT_NOUNS or any(
        c.dep_ in ("acl", "ccomp", "relcl") and c.lemma_ in cues.ASSERT for c in noun.children
    )


def _calls_false(verb: Token) -> bool:
    """ "Dismissed ... as fiction", "called it a lie"."""
    return any(
        t.lower_ in cues.FALSEHOODS or t.lemma_.lower() in cues.FALSEHOODS for t in verb.subtree if t.i > verb.i and t.i - verb.i < 14
    )


def _verb_cue(verb: Token) -> Cue | None:
    lemma = verb.lemma_.lower()
    if lemma in cues.DENY_OF:
        inner = _laid_at_the_door(verb)
        return Cue(verb, _subject(verb), inner, Polarity.DENIED, "gerund") if inner is not None and not _negated(verb) else None
    if lemma not in cues.STANCES:
        return None
    clause = _child(verb, *_CLAUSES)
    if clause is None:
        complement = _child(verb, "xcomp")
        if complement is not None and any(c.dep_ == "mark" for c in complement.children):
            clause = complement
    if clause is None and lemma in cues.SPEECH:
        clause = _that_clause(verb)
    if clause is not None and clause.pos_ not in ("VERB", "AUX"):
        clause = None  # "found it free of defects"
    if (
        clause is not None
        and clause.lemma_ in cues.STANCES
        and clause.i > verb.i
        and not any(c.dep_ in (*_CLAUSES, "dobj", "xcomp") or c.dep_ in _SUBJECTS for c in clause.children)
    ):
        clause = None
    if clause is not None and any(t.text == ";" for t in verb.doc[min(clause.i, verb.i) : max(clause.i, verb.i)]):
        clause = None  # two statements, not one in the other
    obj = _child(verb, "dobj", "nsubjpass" if verb.tag_ == "VBN" else "dobj")
    stance = cues.stance(lemma, _negated(verb), _refused(verb))
    ruled_out = lemma == "rule" and any(c.dep_ == "prt" and c.lower_ == "out" for c in verb.children)
    if ruled_out and stance is Polarity.ASSERTED:
        stance = Polarity.DENIED
    if any(c.dep_ == "aux" and c.lower_ in ("can", "could", "would", "might") for c in verb.children) and _negated(verb):
        stance = Polarity.UNCOMMITTED
    source = _subject(verb)
    passive = any(c.dep_ == "auxpass" for c in verb.children)
    if passive:
        agent = _child(verb, "agent")
        source = _child(agent, "pobj") if agent is not None else None
    if lemma in cues.DENY_REPORT:
        if lemma in ("brand", "call", "label", "describe", "ridicule", "deride") and not _calls_false(verb):
            return None
        if clause is not None and clause.i > verb.i and lemma not in ("call", "brand", "label"):
            return Cue(verb, source, clause, stance)
        verdict = _child(verb, "ccomp", "oprd", "xcomp") if obj is None else None
        if verdict is not None and verdict.pos_ not in ("VERB", "AUX"):
            obj = _child(verdict, "nsubj", "det")  # "called that untrue"
        if obj is None or not (_names_report(obj) or _calls_false(verb)):
            return None
        inner = next((c for c in obj.children if c.dep_ in ("acl", "ccomp", "relcl") and _child(c, "mark")), None)
        return Cue(verb, source, inner, stance) if inner is not None else Cue(verb, source, obj, stance, "noun")
    if clause is not None:
        if source is not None and source in clause.subtree and source.head == clause:
            source = None
        return Cue(verb, source, clause, stance)
    if lemma in cues.DENY or ruled_out:
        gerund = _child(verb, "xcomp", "pcomp")
        if gerund is not None and gerund.pos_ in ("VERB", "AUX"):
            return Cue(verb, source, gerund, stance, "gerund")
        if obj is not None and obj != source:
            inner = next((c for c in obj.children if c.dep_ in ("acl", "ccomp") and _child(c, "mark")), None)
            if _names_report(obj) and inner is not None:
                return Cue(verb, source, inner, stance)
            if obj.pos_ == "VERB" or obj.tag_ == "VBG":
                return Cue(verb, source, obj, stance, "gerund")
            return Cue(verb, source, obj, stance, "noun")
        return None
    counted = obj is not None and any(c.dep_ == "nummod" for c in obj.children)  # "admits 50 bathers"
    if lemma in ("acknowledge", "admit", "concede", "confirm") and obj is not None and obj.pos_ in ("NOUN", "PROPN"):
        if lemma == "admit" and counted:
            return None
        return Cue(verb, source, obj, stance, "noun")
    if lemma in ("admit", "acknowledge") or lemma in cues.ACCUSE_OF:
        inner = (_laid_at_the_door(verb) if lemma in cues.ACCUSE_OF else None) or _child(verb, "xcomp")
        if inner is not None:
            # "accused the ministry of hiding the files": the accused acts
            return Cue(verb, source, inner, stance, "gerund")
    counts = lemma in ("put", "estimate", "count", "list", "speak", "record") and source is not None and source.tag_ != "DT"
    if counts and not passive and any(t.like_num and t.i > verb.i for t in verb.subtree):
        return Cue(verb, source, verb, stance)  # "put the toll at 31": the whole clause is what is claimed
    if verb.dep_ in ("parataxis", "ccomp") and source is not None and source.head == verb and lemma not in ("ask",):
        around = verb.head  # "Nobody, she said, had seen it"
        first = source.left_edge.i
        aside = "," in (verb.left_edge.text, verb.doc[max(0, first - 1)].text) and verb.right_edge.i - first < 14
        if aside and around.pos_ in ("VERB", "AUX") and around.left_edge.i < first:
            return Cue(verb, source, around, stance)
    closed = _closed_by(verb, source)
    if closed is not None:
        return Cue(verb, source, closed, stance)
    if lemma not in cues.NEEDS_CLAUSE and _refused(verb):
        return Cue(verb, source, verb.head, stance)  # "declined to comment": nothing is said either way
    if lemma not in cues.NEEDS_CLAUSE and source is not None:
        return Cue(verb, source, None, stance)  # '"...", he explained' with the quotation parsed apart
    return None


def _that_clause(verb: Token) -> Token | None:
    """The clause of "told the mayors that he knew", "said on the steps that he knew", where the parser hangs it on the noun between."""
    for that in verb.subtree:
        if that.lower_ != "that" or not verb.i < that.i < verb.i + 12 or that.head.i < that.i:
            continue
        clause = that.head
        if clause.dep_ not in ("relcl", "acl") or clause.pos_ not in ("VERB", "AUX") or clause.head.lemma_.lower() in cues.REPORT_NOUNS:
            return None
        subject = _child(clause, *_SUBJECTS, "expl")
        plain = that.dep_ == "mark" or verb.lemma_ in cues.TOLD
        return clause if plain and subject is not None and subject != that else None
    return None


def _laid_at_the_door(verb: Token) -> Token | None:
    """ "Accused the ministry of hiding the files": the act."""
    near = [*verb.children, *(c for obj in verb.children if obj.dep_ == "dobj" for c in obj.children)]
    of = next((c for c in near if c.dep_ == "prep" and c.lower_ == "of"), None)
    return _child(of, "pcomp") if of is not None else None


def _closed_by(verb: Token, source: Token | None) -> Token | None:
    """What a closing "..., residents said as they swept the square" reports, however the parser hung the two clauses together."""
    if source is None or source.i > verb.i or verb.i - source.i > 8 or source.lower_ in _RELATIVE - {"there"} or source.pos_ == "NUM":
        return None
    if _child(verb, "agent") is not None:
        return None
    if _child(verb, "dobj", "xcomp", "ccomp") is not None and verb.lemma_ not in cues.TOLD:
        return None
    doc, start = verb.doc, verb.sent.start
    first = source.i
    while first > start and doc[first - 1].text != "," and source.i - first < 8:
        first -= 1
    if first <= start + 2 or doc[first - 1].text != ",":
        return None
    if doc[first].lower_ in (*_RELATIVE, "according", "and", "but", "or", "as", "while", "when", "although", "because") or doc[
        first
    ].pos_ in ("ADP", "SCONJ"):
        return None

    def states(token: Token) -> bool:
        return token.pos_ in ("VERB", "AUX") and token.i < first and _child(token, *_SUBJECTS, "expl") is not None

    below = next((c for c in verb.children if c.dep_ in ("advcl", "ccomp") and states(c) and _child(c, "mark") is None), None)
    if below is not None:
        return below
    return next((t for t in verb.ancestors if states(t) and t.sent == verb.sent), None)


def _predicate_cue(be: Token) -> Cue | None:
    """ "It is untrue that", "rumours that ... are fiction", "there is no truth in the story that", "it is not clear whether".

    The one who says so is whoever reports the sentence, or the article: the cue has no source of its own.
    """
    said = _child(be, "acomp", "attr")
    if said is None:
        return None
    negated = any(c.dep_ == "neg" for c in be.children)
    subject = _child(be, *_SUBJECTS, "expl")
    if subject is None:
        return None
    false = said.lower_ in cues.FALSEHOODS or said.lemma_.lower() in cues.FALSEHOODS
    untrue = said.lower_ in ("true", "correct", "accurate") and negated
    open_ = (said.lower_ in ("clear", "known", "certain", "sure") and negated) or said.lower_ in ("unclear", "unknown", "uncertain")
    if said.lower_ == "truth" and (any(c.lower_ == "no" for c in said.children) or negated):
        noun = next((t for t in said.subtree if t.i > said.i and _names_report(t)), None)
        clause = _reported(noun) if noun is not None else None
        return Cue(be, None, clause, Polarity.DENIED) if clause is not None else None
    if not ((false and not negated) or untrue or open_):
        return None
    clause = _reported(subject) if _names_report(subject) or subject.lemma_.lower() in cues.ASSERT_NOUNS else None
    if clause is None and subject.lower_ == "it":
        near = [c for c in (*be.children, *said.children) if c.dep_ in ("ccomp", "csubj", "advcl", "acl") and c.i > said.i]
        near += [c for c in be.head.children if c.dep_ == "ccomp" and c.i > be.head.i] if be.head != be else []
        near += [c for aside in be.children if aside.dep_ == "parataxis" for c in aside.children if c.dep_ == "ccomp" and c.i > aside.i]
        clause = next((c for c in near if any(t.lower_ in ("that", "whether", "if") for t in c.subtree if t.i < c.i)), None)
    if clause is None or clause == be:
        return None
    return Cue(be, None, clause, Polarity.UNCOMMITTED if open_ else Polarity.DENIED)


def _reported(noun: Token) -> Token | None:
    """The clause that says what a claim or rumour says."""
    return next((c for c in noun.children if c.dep_ in ("acl", "ccomp", "relcl") and c.pos_ in ("VERB", "AUX")), None)


def _act_cue(verb: Token) -> Cue | None:
    """An act of speech that the article tells in its own words: "condemned the raid", "called for a truce"."""
    source = _child(verb, "nsubj") or (_subject(verb) if verb.dep_ == "conj" else None)
    if source is None or _negated(verb) or _child(verb, "auxpass") is not None:
        return None
    if any(c.dep_ == "prt" and c.lower_ != "out" for c in verb.children):
        return None  # "called off the talks"
    if source.tag_ in ("WDT", "WP", "EX") or source.lower_ in ("this", "that", "it", "which", "there"):
        return None
    lemma = verb.lemma_.lower()
    complement = _child(verb, "xcomp") or _child(verb, "ccomp")
    infinitive = complement is not None and any(c.lower_ == "to" for c in complement.children)
    named = (
        (_child(verb, "dobj", "oprd") is not None and lemma in cues.ACTS_WITH_OBJECT)
        or (infinitive and lemma in cues.ACTS_WITH_INFINITIVE)
        or any(c.dep_ == "prep" and c.lower_ in cues.ACTS_WITH_PREPOSITION.get(lemma, ()) for c in verb.children)
    )
    return Cue(verb, source, verb, Polarity.ASSERTED) if named else None


def _noun_cue(noun: Token) -> Cue | None:
    lemma = noun.lemma_.lower()
    if lemma not in cues.ASSERT_NOUNS and lemma not in cues.DENIAL_NOUNS:
        return None
    clause = next((c for c in noun.children if c.dep_ in ("acl", "ccomp") and any(t.lower_ == "that" for t in c.children)), None)
    owner = _child(noun, "poss")
    if owner is None:
        by = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ in ("by", "from", "of")), None)
        owner = _child(by, "pobj") if by is not None else None
    if clause is None or owner is None:
        return None
    return Cue(noun, owner, clause, Polarity.DENIED if lemma in cues.DENIAL_NOUNS else Polarity.ASSERTED)


def _beside(token: Token) -> Token | None:
    """Whose account a phrase beside the clause names: "according to X", "in X's view", "by the count of X"."""
    if token.lower_ == "according":
        to = next((c for c in token.children if c.lower_ == "to"), None)
        return _child(to, "pobj") if to is not None else None
    noun = _child(token, "pobj") if token.pos_ == "ADP" and token.lower_ in ("in", "by", "on", "from") else None
    if noun is None or noun.lemma_.lower() not in cues.ACCOUNTS or token.head.pos_ not in ("VERB", "AUX"):
        return None
    of = next((c for c in noun.children if c.dep_ == "prep" and c.lower_ == "of"), None)
    return _child(noun, "poss") or (_child(of, "pobj") if of is not None else None)


def _according(token: Token) -> Cue | None:
    source = _beside(token)
    if source is None:
        return None
    head = token.head
    while head.dep_ not in ("ROOT", "conj", "ccomp", "advcl") and head.head != head:
        head = head.head
    return Cue(token, source, head, Polarity.ASSERTED)


def find_cues(sentence: SpacySpan) -> list[Cue]:
    """The reporting cues of a sentence, in order of appearance."""
    found = []
    asks = sentence.text.rstrip().endswith("?") and '"' not in sentence.text
    for token in sentence:
        if asks and token == sentence.root:
            continue  # "Did the firm know that ...?" reports nothing
        cue = _verb_cue(token) if token.pos_ in ("VERB", "AUX") else None
        if cue is None and token.lemma_ == "be":
            cue = _predicate_cue(token)
        if token.pos_ == "VERB" and cue is None and token.lemma_ in cues.CLOSING:
            source = _child(token, "nsubj")
            below = _child(token, "ccomp")
            fronted = below is not None and source is not None and below.right_edge.i < source.left_edge.i
            closed = below if fronted else _closed_by(token, source)
            cue = Cue(token, source, closed, Polarity.ASSERTED) if closed is not None else None
        if token.pos_ == "VERB" and (cue is None or cue.content is None):
            cue = _act_cue(token) or cue
        cue = cue or (_noun_cue(token) if token.pos_ == "NOUN" else None) or _according(token)
        if cue is not None:
            found.append(cue)
    # "Denied having said that": what is denied is the saying.
    done = {c.content.i for c in found if c.shape == "gerund" and c.content is not None and c.head.lemma_ in cues.DENY}
    found = [c for c in found if c.head.i not in done]
    for false in [c for c in found if c.head.lemma_ == "be" and c.source is None]:
        for cue in found:
            if cue is not false and cue.content == false.content:
                cue.content = false.head  # "it is untrue, the bank insists, that ...": the bank insists on the falsity
    return found


def runs_on(sentence: SpacySpan, outer: list[Cue], quoted: frozenset[int]) -> tuple[int, Cue] | None:
    """Where a report goes on without a cue, and whose it is: "she said that two had died; the others were safe"."""
    for token in sentence:
        if token.text in (";", ":") and token.i not in quoted:
            said = [c for c in outer if c.holder and c.head.i < token.i and c.content != c.head and c.head.lemma_ in cues.SPEECH]
            if said and said[-1].stance != Polarity.UNCOMMITTED:
                return token.i, said[-1]
    return None


def backshifted(sentence: SpacySpan) -> bool:
    """Whether the main verb stands in the tense of reported speech: "It had turned up 31 trips"."""
    verbs = [sentence.root, *(c for c in sentence.root.children if c.dep_ == "conj")]
    return any(c.dep_ in ("aux", "auxpass") and c.lower_ in ("had", "would", "'d") for verb in verbs for c in verb.children)


def quoted_tokens(doc: Doc) -> frozenset[int]:
    """Indices of the tokens that stand in quotation marks, the marks among them.

    A mark after a space opens and one before a space closes, whatever came before, so that one stray mark does no harm further on.
    """
    inside, is_open = set(), False
    for token in doc:
        if token.text == '"':
            before = token.i == 0 or bool(doc[token.i - 1].whitespace_) or doc[token.i - 1].text in "([-—"
            after = (
                token.i + 1 == len(doc) or bool(token.whitespace_) or (doc[token.i + 1].is_punct and doc[token.i + 1].text not in "'.($")
            )
            opens = before if before != after else not is_open
            if opens or is_open:
                inside.add(token.i)
            is_open = opens
        elif is_open:
            inside.add(token.i)
    return frozenset(inside)
