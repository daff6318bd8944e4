"""What the label of a speaker looks like, and what only resembles one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache

from empathy_insights.lexicon import is_part, says_fact

# `6:05 p. m.` in Spanish, with spaces that do not break a line.
HALF_OF_DAY = r"(?:[AaPp](?:\.?|\.[ \u00a0\u202f])[Mm]\b\.?)"
# A clock (also with frames, f4's tenths `00:00:05-3`, or AM and PM), or `3m 12s`.
TIME = (
    r"(?:(?:\d{1,3}:\d{2}:\d{2}(?:[.,]\d{1,7}|[:;]\d{2}(?!\d)|-\d(?![\d:]))?"
    r"|\d{2};\d{2};\d{2}[;:]\d{2}|\d{1,3}:\d{2}(?:[.,]\d{1,3})?)"
    rf"(?:[ \u00a0\u202f]?(?:{HALF_OF_DAY}|(?:h|hrs|Uhr)\b))?"
    r"|\d{1,3} ?h(?: ?\d{1,2} ?m(?:in)?)(?: ?\d{1,2}(?:[.,]\d{1,3})? ?s(?:ec)?)?\b"
    r"|\d{1,3} ?m(?:in)? ?\d{1,2}(?:[.,]\d{1,3})? ?s(?:ec)?\b"
    r"|\d{1,3}['’′] ?\d{2}(?:[\"”″]|''))"
)


def words_in(text: str) -> frozenset[str]:
    """Return the words of a text as a set, for lists that a reader can take in."""
    return frozenset(text.split())


_LONGEST = 63
# The same few labels stand at thousands of lines.
_REMEMBERED = 4096
_LONGEST_SEEN = 200
_MOST_WORDS = 5
_PARTICLES = words_in(
    "a al and bin da de del den der di do dos du e el et i la le of or st the ter "
    "und van von with y zu"
)
# Words that stand before a colon in transcripts without being a voice.
_NEVER = words_in(
    "abstract action activity address advice agenda answer appendix attendees "
    "background caution challenge challenges chapter comment comments conclusion "
    "content contents code codes context copyright correction date day description "
    "disclaimer discussion "
    "duration edit email example examples exercise fact figure file finding "
    "findings follow followup goal goals grade here idea image important insight "
    "insights instructions introduction item key language length lesson link listen "
    "location meeting method methodology methods need needs next note notes "
    "objective observation ok okay opportunity option outcome outline page part "
    "participants phase phone place point pp present absent problem project prompt ps purpose "
    "question questions quote reason recommendation recorded recording reference "
    "references remember reminder result results round rule school section session "
    "setting site slide source speakers stage step strengths subject summary table "
    "tags task theme themes time timestamp tip title todo topic topics transcribed "
    "transcriber transcript transcription trigger unit update url verse version "
    "video warning weaknesses website week world "
    "says thinks does feels hears sees consent consentimiento assent from related rsvp traducción traduccion translation when where "
    "chromebook chromebooks classdojo duolingo iready ixl kahoot parentsquare powerschool "
    "quizlet schoology snapchat tiktok youtube"
)
# `Omar (5th) consent: no`
_CONSENT = words_in("consent assent permission permiso consentimiento")
# Whom a letter is to, or what it is about, in other languages; and people who speak: a
# paraprofessional, An Nguyen, Von.
_ALSO_PEOPLE = words_in("an para paras tema von")
# Given names that a dictionary has in small letters, and that head no list of topics.
NAMES = words_in(
    "alexander amber angela anna ben billy blake bob bobby brad brian brooke cara carl carol "
    "caroline carter chad chase cindy clint cole colleen daisy dave dawn derrick dexter "
    "diane drew eddy emma gemma grace graham grant hamza harry hazel heather hector henry "
    "holly hunter iris ivy jack jackson jade jake jana jared jasmine jay jeff jenna jenny "
    "jerome jess jill jimmy joe joey john jordan jose josef josh joy julia karim kelvin ken "
    "kirk kora lars laura lily lisa lulu luna madison mara marc maria marina mark martin "
    "mason matt max maya meg mike mina molly nick noa olive ollie oscar pam patricia paula perry "
    "peter phoebe quinn ralph randy reagan rhonda rick robin roger rosa ross rowan ruby ruth "
    "sally sam sammy sandra sawyer sean shelly sienna solomon sophie spencer stella "
    "stephanie steve steven sue tammy tara ted teddy terry timothy tom tommy tony tori trey "
    "tyler vera veronica vince violet wally walter willie"
)
_FRONT = words_in(
    "date time location place site school grade duration length round topic title "
    "subject project transcribed transcriber recorded recording file session day "
    "meeting setting participants attendees language source url description"
)
_CUES = words_in(
    "music laughter laughs laughing applause silence pause crosstalk inaudible "
    "unintelligible noise sighs coughs crying redacted end start break beep"
)
_GENERIC = re.compile(
    r"(?:interviewer|interviewee|facilitator|moderator|researcher|host|guest|"
    r"participant|respondent|speaker|student|learner|pupil|teacher|parent|mother|"
    r"father|mom|dad|mum|family|family member|guardian|caregiver|grandmother|"
    r"grandfather|grandparent|principal|assistant principal|superintendent|counselor|"
    r"counsellor|coach|leader|staff|aide|librarian|nurse|boy|girl|man|woman|male|"
    r"female|child|adult|voice|unknown|unknown speaker|unknown voice|unidentified|"
    r"multiple|multiple speakers|several|several voices|all|everyone|group|"
    r"(?:school|network|district|student) leader|(?:community|team) (?:member|partner)|"
    r"support staff|student teacher|note[ -]?taker|observer|scribe|interpreter|translator|"
    r"(?:female|male|unidentified|unknown|another|other|older|younger|off[ -]?(?:screen|camera|mic)) "
    r"(?:student|teacher|parent|participant|speaker|voice|person|adult|child|female|male|man|"
    r"woman|girl|boy)|me|[a-z])"
    r"(?:[ _-]*#?(?:\d{1,3}|[a-z]|\?))?"
    r"|[a-z]{2,3}\d{1,3}|\d{1,3}|q\d*|_+|\?+|speaker_\d+"
)
_ONE = r"(?:speaker|voice|student|participant|person|parent|teacher|adult|child|(?:fe)?male|(?:wo)?man|girl|boy)"
_MANY = r"(?:speaker|voice|student|participant|parent|teacher|kid|girl|boy)s|people"
_UNKNOWN = re.compile(
    rf"_+|\?+|(?:unknown|unidentified|desconocid[oa])(?: {_ONE})?(?: \d+)?|"
    rf"(?:{_ONE}|[a-z]|unknown) ?\?+|(?:multiple|several|various|other|all|both|some) (?:{_MANY})|"
    r"multiple|several|various|others|all|both|everyone|everybody|someone|somebody|"
    r"(?:some(?:one|body)) else|group|(?:the |whole )?class|chorus|students|"
    r"todos|todas|ambos|ambas|varios|varias|alguien|voz|voces|mehrere|alle|tous|plusieurs|"
    r"(?:(?:a |another )?(?:male|female|man's|woman's|off[ -]?(?:screen|camera|mic)|background) )?voice|"
    r"crosstalk|inaudible|unintelligible|overlapping(?: \w+)?|x{2,}|"
    r"anon(?:ymous(?: (?:user|participant|person|student))?)?|"
    # What speaks, and is no person.
    r"announcer|announcements?|intercom|(?:school |lunch |fire |the )(?:bell|alarm)|p\.?a\.? system|"
    r"loudspeaker|(?:automated|automatic|recorded|computer) voice|voicemail|siri|alexa|"
    r"transcri(?:ber|ptionist)(?:'?s)? note"
)
# `P1 & P2`; `FG1/P3` is one person.
_TWO_CODES = re.compile(
    r"(?P<of>[a-z]{1,12} ?)\d{1,3}(?:(?:,| ?[/&+] ?| and | y )\s*(?P=of)\d{1,3})+"
)
_SAID_UNKNOWN = re.compile(r"(?i:unknown|unidentified|\?+|desconocid[oa])")
_PRONOUNS = re.compile(
    r"[\s,]+(?:she|he|they|ze|xe|ella|él|el|elle)/(?:\w+/?)+\s*$", re.IGNORECASE
)
# `Ana (parent)`, `Ana [parent]`; in `Ms. [teacher 1]` a name was taken out.
_WITHIN = rf"(?:\([^()]*\)|(?<=\S)[ ]?\[(?![^\W\d_][^\W\d]* \d+\]|{TIME}\])[^\[\]]*\])"
_TAIL = re.compile(rf"[\s,|–—-]*[\[(]?\b{TIME}[\])]?\s*$|\s*:+\s*$|\s*{_WITHIN}\s*$")
_PARENTHESES = re.compile(_WITHIN)
_OPENING = re.compile(r"\(|(?<=\S)[ ]?\[")
_SPACES = re.compile(r"\s+")
_APOSTROPHES = dict.fromkeys(map(ord, "’‘ʼ´`"), "'")
_SHORT_NAME = re.compile(r"[A-Z][a-z](?!\w)")  # `Bo (8th)`, no code as `BO` may be
_INITIALS = re.compile(r"(?:[a-z]\.){2,4}")  # `T.J.` is `TJ`
_AFTER_LETTER = re.compile(r"(?<= [a-z])\.$")  # `Maria G.`
# `Student #1`, `Student1` and `Student-1` are one; `P1` and `SPEAKER_01` stay.
_COUNTED = re.compile(r"([a-z]{4,})[ -]*#?(\d{1,3})$")
_NUMBER = re.compile(r"\d+(?:[.,-]\d+)?")
_ENDS_IN_HALF = re.compile(rf"(?=([AaPp])){HALF_OF_DAY}$")
_ENDS_IN_MINUTES = re.compile(r"\d ?m(?:in)?$|^\d+:\d+ ?(?:h|hrs|Uhr)$")
_OF_A_CLOCK = 3
_HALF_DAY = 12 * 3600


def seconds(time: str) -> float:
    """Turn `1:02:03.5`, `02:03` or any other `TIME` into seconds.

    A time of the day counts from midnight.

    Examples
    --------
    >>> seconds("1:02:03.5"), seconds("0:23"), seconds("3m 12s"), seconds("1:00 PM")
    (3723.5, 23.0, 192.0, 46800.0)
    """
    numbers = _NUMBER.findall(time)[:_OF_A_CLOCK]
    total = 0.0
    for number in numbers:
        total = total * 60 + float(number.replace(",", ".").replace("-", "."))
    half = _ENDS_IN_HALF.search(time)
    if time[-1].isdecimal():
        return round(total, 3)
    if _ENDS_IN_MINUTES.search(time) or (half and len(numbers) < _OF_A_CLOCK):
        total *= 60
    if half:
        total = total % _HALF_DAY + (_HALF_DAY if half[1] in "pP" else 0)
    return round(total, 3)


@lru_cache(maxsize=_REMEMBERED)
def base_key(label: str) -> str:
    """Reduce a label to the name in it, without its time and what is in parentheses.

    Examples
    --------
    >>> base_key("Interviewer (Dana) 0:12")
    'interviewer'
    >>> base_key("Student #1") == base_key("student1"), base_key("María O’Neil")
    (True, "maria o'neil")
    """
    before = None
    while before != label and len(label) < _LONGEST_SEEN:
        before, label = label, _PRONOUNS.sub("", _TAIL.sub("", label))
    key = _SPACES.sub(" ", label).strip().casefold()
    if not key.isascii():
        key = _plain(key)
    key = key.replace(".", "") if _INITIALS.fullmatch(key) else key
    key = _AFTER_LETTER.sub("", key)
    return _COUNTED.sub(r"\1 \2", key) if key[-1:].isdecimal() else key


def _plain(key: str) -> str:
    """Return Latin letters without accents, and straight apostrophes: people vary both."""
    parts = unicodedata.normalize("NFD", key.translate(_APOSTROPHES))
    kept = "".join(
        sign
        for before, sign in zip(" " + parts, parts, strict=False)
        if not (unicodedata.combining(sign) and before.isascii())
    )
    return unicodedata.normalize("NFC", kept)


@lru_cache(maxsize=_REMEMBERED)
def label_key(label: str) -> str:
    """Reduce a label to what makes it the same person.

    A name stays the same whatever role follows it; a part such as `Teacher (Ana)` does
    not, since what follows it tells two teachers apart.

    Examples
    --------
    >>> label_key("Dr. AMARA  Boone (principal):"), label_key("Teacher (Ana)")
    ('dr. amara boone', 'teacher (ana)')
    """
    key = base_key(label)
    if not _GENERIC.fullmatch(key) or _SHORT_NAME.match(label):
        return key
    within = said_within(label)
    return f"{key} ({within.casefold()})" if within else key


def said_within(label: str) -> str:
    """Return what stands in brackets behind a name, empty where nothing does.

    Examples
    --------
    >>> said_within("Ana (parent)"), said_within("ANA [11th grade]"), said_within("Ms. [teacher 1]")
    ('parent', '11th grade', '')
    """
    found = _PARENTHESES.search(label)
    return found[0].strip("()[] ") if found else ""


@lru_cache(maxsize=_REMEMBERED)
def is_generic(label: str) -> bool:
    """Return whether this is a part in the conversation (`Student 3`, `P1`, `Q`), no name."""
    return _GENERIC.fullmatch(base_key(label)) is not None or is_part(label)


def is_unknown(label: str) -> bool:
    """Return whether a label is nobody's in particular: unknown, of several, of a machine.

    Examples
    --------
    >>> is_unknown("Student (unknown)"), is_unknown("[crosstalk]"), is_unknown("P1 & P2")
    (True, True, True)
    >>> is_unknown("Female student"), is_unknown("FG1/P3")
    (False, False)
    """
    key = base_key(label.strip("[] "))
    if _UNKNOWN.fullmatch(key) or _TWO_CODES.fullmatch(key):
        return True
    is_said = _SAID_UNKNOWN.fullmatch(said_within(label)) is not None
    return is_said and _GENERIC.fullmatch(key) is not None


def is_of_several(label: str, others: Collection[str]) -> bool:
    """Return whether a label names two or more who speak together, by their own labels.

    Parameters
    ----------
    others
        The keys of all labels of the file.

    Examples
    --------
    >>> is_of_several("Ana and Bo", {"ana", "bo"}), is_of_several("Ana and Bo", {"ana"})
    (True, False)
    """
    parts = [label_key(part) for part in _JOINED.split(base_key(label))]
    return len(parts) > 1 and all(part and part in others for part in parts)


_JOINED = re.compile(r"\s*(?:,|/|&|\+|\band\b|\by\b|\bund\b|\bet\b|\be\b)\s*")


def is_full_name(label: str) -> bool:
    """Return whether a label is a name of two or more words."""
    key = base_key(label)
    return " " in key and not is_generic(key) and not re.search(r"\d|\?", key)


def is_front_matter(label: str) -> bool:
    """Return whether a label names a fact about the file, such as its date."""
    return _first_word(label) in _FRONT or says_fact(label)


def may_be_a_fact(label: str) -> bool:
    """Return whether a label is somebody's in a talk, and a line of a letter elsewhere.

    Examples
    --------
    >>> may_be_a_fact("Para"), may_be_a_fact("Para 2"), may_be_a_fact("Asunto")
    (True, True, False)
    """
    return base_key(label).rstrip(" #0123456789") in _ALSO_PEOPLE


@lru_cache(maxsize=_REMEMBERED)
def is_label(label: str) -> bool:
    """Return whether a label could be a speaker's, going by its shape alone.

    Examples
    --------
    >>> is_label("Dr. Ana de la Cruz (parent)"), is_label("Question 4")
    (True, False)
    >>> is_label("April 2"), is_label("October 14, 2025")
    (True, False)
    """
    if not label.strip() or len(label) > _LONGEST or _DATE.fullmatch(label.strip()):
        return False
    if "   " in label.strip() or label[-1] in ",;!" or label[0] in "->»*•":
        return False
    key = base_key(label)
    if not key or key in _NEVER or (says_fact(label) and not may_be_a_fact(label)):
        return False
    if is_generic(key):
        return not (len(key) == 1 and label[0].islower())
    if _first_word(key) in _NEVER or key in _CUES or key.split()[-1] in _CONSENT:
        return False
    bare = _PRONOUNS.sub("", _OPENING.split(label, maxsplit=1)[0].strip())
    return _has_shape_of_a_name(_SPACES.split(bare))


# With its year; `April 2` may be the second of that name.
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
    r"sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DATE = re.compile(
    rf"(?:[a-z]+day,? )?(?:{_MONTH}\.? \d{{1,2}}(?:st|nd|rd|th)?|\d{{1,2}}\.? {_MONTH}),? \d{{4}}",
    re.IGNORECASE,
)


@lru_cache(maxsize=_REMEMBERED)
def is_perhaps_a_label(label: str) -> bool:
    """Return whether somebody may be called so by whom no name is known.

    Only a file in which such a label comes back can tell.

    Examples
    --------
    >>> [is_perhaps_a_label(said) for said in ("Joe's dad", "9th grader 1", "And then I said")]
    [True, True, False]
    """
    words = label.split()
    if not 0 < len(words) <= _MOST_WORDS + 1 or _NO_LABEL.search(label):
        return False
    key, first = base_key(label), _first_word(words[0].strip("+("))
    is_fact = first in _NEVER or key in _NEVER or key in _CUES
    is_fact = is_fact or (says_fact(label) and not may_be_a_fact(label))
    is_clause = words[-1].casefold() in _ENDS_WORDS
    return not (is_fact or is_clause or words[0].casefold() in _OPENS_WORDS)


_NO_LABEL = re.compile(
    r"[?!;\"“”=<>{}|/\\]|\w{4}\. |^[^\w+(]|^\d+[.)]|https?|^[\W\d]*$(?<!\d)"
)
_OPENS_WORDS = words_in(
    "i i'm i'd you he she it it's we they this that that's these those there here my your "
    "his her our their and or but so because if when where what what's why how who which as "
    "at by in on of for from with to not no yes yeah well then also just like is are was "
    "were do does did can could would should will let's one some all any another first "
    "second third last see y o pero porque si que cuando donde como en con para por no sí"
)
_ENDS_WORDS = words_in(
    "is are was were said says say asked told means like that this be do es son dijo dice"
)


def _has_shape_of_a_name(parts: list[str]) -> bool:
    if not 0 < len(parts) <= _MOST_WORDS or not parts[0]:
        return False
    if parts[0][0].islower() or not any(c.isalpha() for c in parts[0]):
        return False
    if len(parts[-1]) > len("Jr..") and parts[-1].endswith((".", "?", "…")):
        return False
    return not any(p[0].islower() and p.casefold() not in _PARTICLES for p in parts)


def _first_word(label: str) -> str:
    return re.split(r"[\s\d_#.-]", label.casefold().strip(), maxsplit=1)[0]


# How sentences end in any script, and what tells that they ask.


# Arabic has a sign of its own; Japanese and Korean also ask by how a sentence ends.
ASKING = r"(?:[?？؟]|か(?=[。」\s]|$)|(?:까|나요|가요)(?=[.。\s]|$)|吗(?=[。\s]|$))"
ASKS = re.compile(ASKING)
_SENTENCE_END = re.compile(r"[.!?…。！？؟][\"”’'»)\]]*\s*$")


def ends_sentence(text: str) -> bool:
    """Return whether words end in the end of a sentence."""
    return _SENTENCE_END.search(text[-8:]) is not None
