"""What a column of a survey holds: people's own words, choices, facts, or who they are."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from statistics import median

from empathy_insights.lexicon import SPEAKER, fold, fold_head, says_no_answer
from empathy_insights.readers.dialog.stamps import is_data
from empathy_insights.readers.surveys.survey_heads import attribute_name
from empathy_insights.readers.transcript import Remark
from empathy_insights.roles import role_in

_ASKS_FOR_FACTS = re.compile(r"\bnames?\b|\burl\b|web ?page|e-?mail", re.IGNORECASE)
_ASKS_FOR_WORDS = re.compile(
    r"comment|anything|any (?:other|additional|specific)|why|explain|describe|tell (?:us|me)|"
    r"would you change|suggest|free ?text|opinion|^qual_|one thing|own words|"
    r"\b(?:what|qu[eé])\b(?! (?:is|are|was|were) (?:your|the|su)\b)[^?]*\b(?:do|does|did|should|would|"
    r"could|can|might|gets?|makes?|helps?|like|liked|needs?|wish|hard|hardest|change|better|worry|"
    r"worries|ayuda|necesita|cambiar[ií]a|gusta|falta)\b|"
    r"\bhow (?:do|did|does|can|could|might|should|would)\b|\bc[oó]mo\b|\bpor ?qu[eé]\b|"
    r"\b(?:when|where)\b[^?]*\b(?:feel|like|happy|hard|best|want|need|wish|learn)\b|"
    # Sentences for people to end: `The best thing about school is`.
    r"\b(?:best|worst|hardest|easiest|favou?rite|biggest) (?:thing|part|memory|moment|worry)s?\b|"
    r"\bi wish\b|\bif i could\b|\b(?:would|could) be (?:better|easier)\b|\bsomething (?:that|i|you)\b|"
    r"\blo (?:mejor|peor|m[aá]s|que)\b|\bme gustar[ií]a\b|\b(?:parte|cosa) favorita\b|"
    # Whatever a sentence asks that begins so.
    r"(?:^|[.,:;?!¿()\]–—-]|\band\b)\W*(?:what(?:['’]?s)?|qu[eé]|cu[aá]l(?:es)?|"
    r"how(?:['’]s| (?:is|are|was|were|has|have|had|will)))\b",
    re.IGNORECASE,
)
_FACTS = (
    "grade|school|class|year|age|name|role|position|title|job|occupation|gender|sex|race|"
    "ethnicity|pronoun|language|subject|content area|department|level|building|campus|site|"
    "district|team|group|neighbou?rhood|zip|address|phone|e-?mail|url|web ?page|bus|route|"
    "period|homeroom|date|birthday|time|town|city|county|country|relation(?:ship)?|"
    "connection|affiliation|program|track|cohort|field|industry|grado|escuela|a[ñn]o|edad|"
    "nombre|correo|idioma|lengua|materia|curso|nivel|relaci[oó]n|puesto|cargo"
)
_ASKS_FOR_A_FACT = re.compile(
    r"\b(?:what|which|qu[eé]|cu[aá]l(?:es)?|tell us)(?:['’]?s| (?:is|are|was|were|es|son))?\s+"
    r"(?:(?:an?|your|the|su|tu|el|la|de|own|primary|main|current|home|official|first|last|full|"
    r"preferred|highest|child(?:ren)?|kid|student|daughter|son|teacher|hij[oa])(?:['’]?s)?['’]?\s+)*"
    rf"(?:{_FACTS})(?:s|es|\(s\))?(?:\s+(?:level|band|name|number|address|id|area|range|code))?"
    r"(?=\W*$|\W*[(?]|\s+(?:of|to|in|with|de|en|con)\b|"
    r"\s+(?:do|does|did|will|is|are|was|were|have|has) (?:you|your|the|he|she|they|it|his|her)\b|"
    r"\s+(?:est[aá]|va|asiste|habla|tiene|cursa)\b)|"
    r"\bwhat do you teach\b|\bwhat do you do for\b|\bqu[eé] (?:ense[ñn]a|materias)\b|"
    r"\bhow (?:do|did|does) (?:you|your \w+) (?:get (?:to|home)|travel|come to|identify|"
    r"(?:hear|find out|learn) about)\b|\bhow (?:would|do|should) you (?:rate|rank|grade)\b|"
    r"\bbest describes?\b|\bc[oó]mo (?:(?:se|te) (?:enter|identific)|llegas? a|vienes? a|va(?:s)? a la escuela)",
    re.IGNORECASE,
)
# What tells that words are wanted, whatever they are about.
_WEIGHS = re.compile(
    r"why|explain|comment|help|hard|\blikes?\b|love|hate|want|wish|need|enjoy|prefer|think|"
    r"\bfeel|struggl|\bmiss|chang|better|best(?! describ)|worr|gusta|ayuda|necesit|"
    r"dif[ií]cil|cambi",
    re.IGNORECASE,
)
_TICKS = re.compile(
    r"\b(?:select|check|choose|mark|tick|pick|marque|elija|seleccione)\b[^?]{0,20}"
    r"\b(?:all|any|one|two|three|up to|that apply|todas?|una)\b|- selected choice$",
    re.IGNORECASE,
)
# Whoever has nothing to say says so in the same words as others.
_NOTHING_TO_SAY = re.compile(
    r"\W*(?:no(?:ne|pe|thing)?|n/?a|not (?:really|sure|applicable)|nothing (?:really|much|else)|idk|"
    r"i (?:don['’]?t|do not) know|no idea|nada|ningun[oa]|no s[eé])?\W*",
    re.IGNORECASE,
)
_ON_A_SCALE = re.compile(
    r"\W*(?:(?:strongly|somewhat|mostly|completely|totally|slightly|very|extremely|quite|"
    r"really|not|at all|so|too|a|muy|totalmente|casi|neither)\s+)*(?:yes|no|none|maybe|sometimes|always|never|"
    r"often|rarely|seldom|usually|agree|disagree|neutral|undecided|unsure|sure|good|bad|"
    r"ok(?:ay)?|fine|fair|poor|excellent|great|average|high|medium|low|true|false|"
    r"satisfied|dissatisfied|likely|unlikely|important|easy|hard|difficult|comfortable|"
    r"safe|unsafe|happy|unhappy|well|lot|little|some|at all|daily|weekly|monthly|"
    r"every day|once a (?:day|week|month)|s[ií]|tal vez|a veces|siempre|nunca|bien|mal|"
    r"(?:de|en des)acuerdo)\W*",
    re.IGNORECASE,
)
_ASKS_FOR_ROLE = re.compile(
    r"\broles?\b|describes? (?:you|yourself)|\b(?:you are|are you|i am|i'm)\b|"
    r"\bposition\b|\bjob title\b|relation(?:ship)? (?:to|with)|\bconnection to\b|"
    r"(?:respondent|participant|stakeholder)s? (?:type|group)|affiliation|^\W*(?:respondent|participant|stakeholder)\W*$|"
    r"\brol\b|\b(?:puesto|cargo)\b|\brelaci[oó]n con\b|\btipo de participante\b|\busted es\b|\beres\b",
    re.IGNORECASE,
)
_PART = re.compile(r"[,;]")
# Who ticks `Other` says in a column of its own what they are.
_OTHER = re.compile(
    r"(?:other|otr[oa]|autre|andere[rs]?)?\W*(?:\([^()]*\))?", re.IGNORECASE
)
_CHOSEN = re.compile(r"\W*\bselected choice\W*$", re.IGNORECASE)
_IS_OTHER = re.compile(r"\b(?:other|otr[oa]|autre|andere[rs]?)\b", re.IGNORECASE)
_FEW_WORDS, _SENTENCE = 4, 8
_ASKS_HOW = re.compile(r"\bhow\b|\bc[oó]mo\b", re.IGNORECASE)
OWN_WORDS = "own words"
_DISTINCT = 0.6
_ALONE = 0.5
_ALIKE, _MANY = 0.4, 0.25
_ALONE_IF_ASKED, _MOSTLY_LONG = 0.3, 0.5
_ARE_ROLES = _ARE_ON_A_SCALE = 0.75
_FEWEST = 3
_SLIPS, _IN_SMALL = 0.03, 0.2
_CHOICES, _BEYOND = 6, 0.15


def asks_for_words(head: str) -> bool:
    """Return whether a head asks for what people think, whatever its answers are.

    Examples
    --------
    >>> asks_for_words("What is going well for your child?"), asks_for_words("Comments")
    (True, True)
    >>> asks_for_words("What grade is your child in?"), asks_for_words("What do you teach?")
    (False, False)
    """
    if not _ASKS_FOR_WORDS.search(head) or _TICKS.search(head):
        return False
    return not asks_for_a_fact(head)


def asks_for_a_fact(head: str) -> bool:
    """Return whether a head asks for what people are, as `What school do you attend?`."""
    return bool(_ASKS_FOR_A_FACT.search(head)) and not _WEIGHS.search(head)


def role_column(columns: Mapping[str, Sequence[str]]) -> str | None:
    """Return the column in which people say who they are, if none is called `role`.

    Examples
    --------
    >>> role_column({"Which best describes you?": ["Student", "Parent/Guardian"]})
    'Which best describes you?'
    >>> role_column({"Who helps you?": ["Teacher", "Parent"]})
    """
    if any(attribute_name(name) == "role" for name in columns):
        return None
    for name, values in columns.items():
        if OWN_WORDS in name.casefold():
            continue
        filled = [value for value in values if not _OTHER.fullmatch(value.strip())]
        known = sum(role_in(value) is not None for value in filled)
        is_asked = _ASKS_FOR_ROLE.search(name) or fold_head(name) in SPEAKER
        if known and known > _ARE_ROLES * len(filled) and is_asked:
            return name
    return None


def other_of(column: str | None, header: Sequence[str]) -> str | None:
    """Return the column in which people who ticked `Other` in a column say what they are.

    Examples
    --------
    >>> other_of("Who are you?", ["Who are you?", "Who are you?: Other (please specify)"])
    'Who are you?: Other (please specify)'
    >>> other_of("Who? - Selected Choice", ["Who? - Other - Text"])  # as Qualtrics writes it
    'Who? - Other - Text'
    """
    if column is None:
        return None
    asked = _CHOSEN.sub("", column)
    beside = (name for name in header if name != column and name.startswith(asked))
    return next((name for name in beside if _IS_OTHER.search(name[len(asked) :])), None)


def is_open(name: str, answers: Sequence[str]) -> bool:
    """Return whether answers are in people's own words, no choices, numbers, dates or links.

    Choices repeat; several ticked choices repeat part by part, between commas. What is
    asked for in so many words may be a word long.

    Examples
    --------
    >>> is_open("What helps?", ["My friends help me", "Nothing much helps me", ""])
    True
    >>> is_open("Grade", ["9", "10", "9"])
    False
    >>> is_open("Anything else?", ["No", "none", "No", "My bus is late"])
    True
    >>> is_open("What is going well?", ["Band", "Band", "Her teacher", "Art", "Lunch"])
    True
    """
    if OWN_WORDS in name.casefold():
        return any(map(_is_filled, answers))
    said = _said(name, answers)
    if not said or asks_for_words(name):
        return bool(said)
    n_words = median(len(a.split()) for a in said)
    return n_words >= (_SENTENCE if asks_for_a_fact(name) else _FEW_WORDS)


def is_perhaps_open(name: str, answers: Sequence[str]) -> bool:
    """Return whether answers that were taken for facts may be words of people."""
    is_asked = "?" in name or asks_for_words(name)
    if not is_asked or _TICKS.search(name):
        return False
    said = _wordy(name, answers)
    n_long = sum(len(answer.split()) >= _FEWEST for answer in said)
    may_tell = _ASKS_HOW.search(name) and n_long >= _MOSTLY_LONG * len(said)
    if asks_for_a_fact(name) and not may_tell:
        return False
    if len(said) < _FEWEST or _are_on_a_scale(said):
        return False
    if asks_for_words(name):
        return not _are_several(said)
    return _share_alone(said) >= _ALONE_IF_ASKED


def open_at_best(columns: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the columns that may be words, for a table in which none surely is.

    Examples
    --------
    >>> open_at_best({"Grade": ["3", "4"] * 4, "What do you like?": ["Gym", "Art"] * 4})
    ['What do you like?']
    """
    return [
        name
        for name, answers in columns.items()
        if asks_for_words(name)
        and is_perhaps_open(name, answers)
        and _share_of_long(_wordy(name, answers)) <= _BEYOND
    ]


def taken_for_facts(head: str) -> Remark:
    """Ask whether short answers that were taken for facts are words."""
    return Remark(
        f"the short answers to {head!r} were taken for facts about people, not for their words",
        f"if they are words of people, add ({OWN_WORDS}) to the head of the column",
        1,
    )


def taken_for_words(head: str) -> Remark:
    """Say that short answers are read although they may have been given to choose from."""
    return Remark(
        f"the short answers to {head!r} were taken for people's words, since no other column "
        "holds any",
        "leave the file out if people only chose among given answers",
        1,
    )


def _is_filled(answer: str) -> bool:
    return bool(answer.strip()) and not says_no_answer(answer)


def _said(name: str, answers: Sequence[str]) -> list[str]:
    """Return what people said, where they were not given choices and not asked for facts."""
    said = _wordy(name, answers)
    return [] if _are_chosen(name, said) else said


def _wordy(name: str, answers: Sequence[str]) -> list[str]:
    """Return the answers that may be words, none where mostly data or a name was asked for."""
    filled = [a.strip() for a in answers if _is_filled(a)]
    said = [a for a in filled if not is_data(a)]
    is_asked = asks_for_words(name)
    if len(said) * 2 < max(len(filled), 1):
        return []
    if not is_asked and _ASKS_FOR_FACTS.search(name):
        return []
    return [a for a in said if not _NOTHING_TO_SAY.fullmatch(a)] if is_asked else said


def _are_chosen(name: str, said: Sequence[str]) -> bool:
    """Return whether people chose among what was given: most say what others say, too.

    Children who are asked what they like say the same in a word or two, and each spells
    it another way.
    """
    is_asked = asks_for_words(name)
    if is_asked and (_are_on_a_scale(said) or _are_several(said)):
        return True
    if is_asked and _are_typed(said):
        return False
    if _share_of_long(said) > _ALIKE:
        return True
    if is_asked:
        return _share_alone(said) < _ALONE_IF_ASKED
    return _share_alone(said) < _ALONE or len(set(said)) < _DISTINCT * len(said)


def _share_of_long(said: Sequence[str]) -> float:
    """Return the share of what nobody else would say: three words or more, sign by sign."""
    long = Counter(a for a in said if len(a.split()) >= _FEWEST)
    return sum(n for n in long.values() if n > 1) / max(len(said), 1)


def _are_typed(said: Sequence[str]) -> bool:
    """Return whether people wrote answers themselves, whatever repeats among them.

    Choices are spelled one way, begin with a capital, and are few however many people
    are asked.

    Examples
    --------
    >>> _are_typed(["Recess", "recess", "Lunch"]), _are_typed(["Recess", "Lunch"] * 9)
    (True, False)
    """
    spelled: dict[str, Counter[str]] = {}
    for answer in said:
        spelled.setdefault(fold(answer), Counter())[" ".join(answer.split())] += 1
    otherwise = sum(s.total() - max(s.values()) for s in spelled.values())
    in_small = sum(answer[0].islower() for answer in said)
    times = sorted((s.total() for s in spelled.values()), reverse=True)
    return (
        otherwise > _SLIPS * len(said)
        or (len(times) >= _FEWEST and in_small > _IN_SMALL * len(said))
        or sum(times[_CHOICES:]) > _BEYOND * len(said)
    )


def _are_several(said: Sequence[str]) -> bool:
    """Return whether many answers have parts, of which most are said by others: ticks."""
    n_several = sum(_PART.search(a) is not None for a in said)
    return n_several > _MANY * len(said) and _share_alone(said) < _ALONE_IF_ASKED


def _share_alone(said: Sequence[str]) -> float:
    """Return the share of parts, between commas, that nobody else says."""
    parts = [{p.strip().casefold() for p in _PART.split(a) if p.strip()} for a in said]
    counts = Counter(part for one in parts for part in one)
    alone = sum(times == 1 for times in counts.values())
    return alone / max(sum(counts.values()), 1)


def _are_on_a_scale(said: Sequence[str]) -> bool:
    n_scaled = sum(_ON_A_SCALE.fullmatch(a) is not None for a in said)
    return n_scaled >= _ARE_ON_A_SCALE * len(said)
