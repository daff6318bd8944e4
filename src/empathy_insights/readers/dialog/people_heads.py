"""Notes on several people in one file: a line of its own says on whom, `Lena, 9th grade`."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from empathy_insights.labels import (
    base_key,
    is_generic,
    is_label,
    is_unknown,
    words_in,
)
from empathy_insights.lexicon import says_asker
from empathy_insights.readers.dialog.heads import is_fact, says_what_one_is
from empathy_insights.readers.dialog.speaker_marks import after_gap, is_only_a_name
from empathy_insights.readers.people.full_names import Fit, called, fit, full_name
from empathy_insights.roles import grade_of, role_in

_HEAD = re.compile(
    r"^[ \t]*+[#*_=–—-]{0,6}+[ \t]*+"
    r"(?:\d{1,2}[/.]\d{1,2}(?:[/.]\d{2,4})?[ \t]*[-–—:,]?[ \t]+)?"
    r"(?:(?:interview|notes|call|(?:empathy[ \t]+)?map|persona|entrevista|llamada|charla|conversaci[oó]n|pl[aá]tica|notas)"
    r"(?:[ \t]*#?\d{1,3})?[ \t]*(?:(?:with|on|of|con|a|de|sobre)\b|w/|[:–—-])[ \t]*)?"
    r"(?P<name>[^\W\d_][^\n:,()–—?!]{0,40}?)"
    r"(?:(?:[ \t]{0,9}(?:,|(?P<within>\())|[ \t]{1,9}[-–—])[ \t]{0,9}(?P<what>(?:[^,;()\n?!:.]|\.(?![ ])){1,30})\)?(?P<more>[^\n?!]{0,40}))?"
    r"[ \t]{0,9}:?[ \t]{0,9}[*_=]{0,6}[ \t]{0,9}$",
    re.IGNORECASE | re.MULTILINE,
)
_FORM = re.compile(
    r"^[ \t]*[*_]{0,3}(?:(?:student|participant|interviewee|respondent|parent|teacher|first|full)"
    r"(?:['’]s)?[ \t]+)?name[*_]{0,3}[ \t]*:[*_]{0,3}[ \t]*(?P<name>[^\n:]{1,60}?)[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
HEARD = (
    "student|participant|respondent|parent|teacher|family|person|interviewee|estudiante|"
    "participante"
)
_NUMBERED = re.compile(
    rf"(?:{HEARD}|familia)[ \t]*(?:#?\d{{1,3}}|(?-i:[A-Z]))",
    re.IGNORECASE,
)
_CLOSES = re.compile(
    r"^[ \t]*[*_]{0,3}(?:(?:overall|common|key|main|my|general|emerging|final)[ \t]+)?"
    r"(?:themes?|summary|reflections?|takeaways?|insights?|next steps|conclusions?|patterns|"
    r"observations)(?:[ \t]+(?:across|for|from|in|so far)\b[^\n.?!]{0,30})?[ \t:*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_ASKED = re.compile(
    r"^[ \t]*(?:[-*•–—]|\d{1,3}[.)]|Q\d{0,2}[.:)])?[ \t]*[*_]{0,3}(?P<said>[^\n]*[?？؟])[*_]{0,3}[ \t]*$",
    re.MULTILINE,
)
_NO_PERSON = words_in(
    "advisory algebra art band biology block chemistry choir civics class classroom cohort "
    "day economics ela english french geography geometry german group gym health history "
    "homeroom interview latin math mathematics maths morning music pe period physics reading "
    "school science session spanish table team themes week writing"
)
_BULLET_BELOW = re.compile(r"\n[ \t]*[-*+•–—][ \t]+\S")
_LONGEST_NAME, _FEWEST = 3, 2  # words, people


def heads_of_people(
    text: str, *, by_line: bool, titles: Collection[int] = frozenset()
) -> dict[int, str]:
    r"""Return where lines begin that say on whom the notes below are, and the label.

    At least two people, and half of all, have words below such a line, which stands after
    a blank one; or a form each, `Name: Lena`, with further facts. A line such as `Overall
    themes` ends the last person's: its label is empty.

    Parameters
    ----------
    text
        A file in which nobody is marked as speaking.
    by_line
        Whether each line is a paragraph, as in a word processor.
    titles
        Where lines begin that are headings by their format, whatever is above them.

    Examples
    --------
    >>> notes = "Lena (9th grade)\n- The bus\n\nSam - 10th grade\n- Wifi\n"
    >>> heads_of_people(notes, by_line=False)
    {0: 'Lena (9th grade)', 28: 'Sam (10th grade)'}
    """

    def stands(at: int) -> bool:
        return by_line or at in titles or after_gap(text, at)

    heads = [head for head in _forms(text) if stands(head.lines[0])] or _lines_alone(
        [match for match in _HEAD.finditer(text) if stands(match.start())], titles
    )
    ends = [*(head.lines[0] for head in heads), len(text)][1:]
    told = [
        head.label
        for head, end in zip(heads, ends, strict=True)
        if text[head.end : end].strip()
    ]
    if len(set(told)) < _FEWEST or 2 * len(told) < len(heads):
        return {}
    closing = (match.start() for match in _CLOSES.finditer(text, heads[0].end))
    named = {at: head.label for head in heads for at in head.lines}
    return named | dict.fromkeys(filter(stands, closing), "")


class _Head(NamedTuple):
    """Say where what is above somebody's notes ends, who it is, and where its lines begin."""

    end: int
    label: str
    lines: tuple[int, ...]


def _lines_alone(
    found: Sequence[re.Match[str]], titles: Collection[int]
) -> list[_Head]:
    """Return the lines that say on whom they are, and those between that look the same.

    `Bev (front desk)` tells nothing alone; between `Hector (dad)` and `Ana (teacher)` it does.
    """
    sure = {match: label for match in found if (label := _label(match))}
    named = [match for match in sure if match["within"]]
    like = [m for m in found if m["within"] and m not in sure and _is_somebody(m)]
    are_titles = bool(named) and all(match.start() in titles for match in like)
    if len(like) <= len(named) and (len(named) >= _FEWEST or are_titles):
        sure |= {m: f"{m['name'].strip()} ({m['what'].strip()})" for m in like}
    rest = [match for match in found if match not in sure and not match["what"]]
    bold = [match for match in rest if _is_bold_alone(match)]
    alone = bold if all(map(_is_called, bold)) else []
    headings = [match for match in rest if match.start() in titles]
    alone += headings if all(map(_is_named, headings)) else []
    sure |= {match: match["name"].strip(" *_") for match in alone}
    return [
        _Head(match.end(), sure[match], (match.start(),))
        for match in found
        if match in sure
    ]


def _is_bold_alone(match: re.Match[str]) -> bool:
    """Return whether a line is in bold, and all, with a bullet right below it."""
    said, below = match[0].strip(), match.string[match.end() :]
    is_bold = said.startswith("**") and said.endswith("**") and not match["what"]
    return is_bold and _BULLET_BELOW.match(below) is not None


def _is_called(match: re.Match[str]) -> bool:
    """Return whether a line is a name and nothing else: `Odette`, `Ms. Ruth`, no `Lunch`."""
    name = match["name"].strip(" *_")
    first, *rest = name.split()
    if rest and first.endswith("."):  # `Ms. Ruth`
        return _is_name(name) and rest[0][:1].isupper()
    return _is_name(name) and all(
        is_only_a_name(word, match.string) for word in name.split()
    )


def _is_named(match: re.Match[str]) -> bool:
    """Return whether a heading may be somebody's name; where all of a file are, they are."""
    words = match["name"].split()
    is_told = any(is_only_a_name(word, match.string) for word in words)
    return is_told and _is_name(match["name"])


def _is_somebody(match: re.Match[str]) -> bool:
    """Return whether a name stands before what nobody knows for a role: no topic does."""
    name = match["name"].strip(" *_")
    is_told = any(is_only_a_name(word, match.string) for word in name.split())
    return _is_name(name) and is_told and not re.search(r"\d", match["what"])


def _forms(text: str) -> Iterator[_Head]:
    """Yield what stands above each form that begins with a name: `Name: Lena`, `Grade: 9`."""
    for match in _FORM.finditer(text):
        name, end, lines, facts = match["name"], match.end(), [match.start()], {}
        while end < len(text):
            at = end + 1
            stop = text.find("\n", at)
            stop = len(text) if stop < 0 else stop
            line = text[at:stop].replace("*", "").strip()
            if not is_fact(line):
                break
            key, _, said = line.partition(":")
            facts[key.casefold()] = said.strip()
            lines.append(at)
            end = stop
        grade = f"grade {facts['grade']}" if facts.get("grade", "").isdecimal() else ""
        what = facts.get("role") or grade or facts.get("grade", "")
        if is_label(name):
            label = f"{name} ({what})" if says_what_one_is(name, what) else name
            yield _Head(end, label, tuple(lines))


def told_above(head: str, labels: Collection[str]) -> dict[str, dict[str, str]]:
    r"""Return label -> what the lines above a talk say of who has it: role and grade.

    One whose label is only a part, as `A` or `Student`, is meant where one is named.

    Examples
    --------
    >>> told_above("Interview with Lena Diallo, 9th grade\n", ["Dana", "Lena"])
    {'Lena': {'role': 'student', 'grade': '9'}}
    """
    keys = {base_key(label) for label in labels if not only_answers(label)}
    told = dict(_told(head[:_LONGEST_HEAD], keys))
    parts = [label for label in labels if only_answers(label)]
    found = {}
    for label in labels:
        names = [
            name
            for name in told
            if base_key(name) == base_key(label)
            or fit(called(label), full_name(name)) > Fit.GUESS
        ]
        if not names and [label] == parts:
            names = list(told)
        role = role_in(told[names[0]]) if len(names) == 1 else None
        grade = grade_of(told[names[0]]) if role else None
        if role and not (grade and _OF_AN_ADULT.fullmatch(names[0])):
            found[label] = {"role": role} | ({"grade": grade} if grade else {})
    return found


# Codes that teams give to teachers and families: theirs is the grade of somebody else.
_OF_AN_ADULT = re.compile(
    r"(?:t|te|tea|tch|tr|f|fv|ff|fam|par|pg|gu|staff|adm|ad|ldr)[a-z]*[-_ ]?\d{1,4}",
    re.IGNORECASE,
)


def named_in_title(titles: Iterable[str]) -> str:
    r"""Return the one person whom a title says that a talk is with, or nothing.

    Examples
    --------
    >>> named_in_title(["talk with Dariusz"]), named_in_title(["Interview with Period 3"])
    ('Dariusz', '')
    >>> named_in_title(["Interview with Ana Ruiz and her mother"])
    ''
    """
    found = [match["name"] for line in titles for match in _WITH.finditer(line)]
    names = {name for name in found if _is_name(name) or _NUMBERED.fullmatch(name)}
    return names.pop() if len(names) == 1 else ""


def named_by_file(stem: str, text: str, *, is_asked: bool) -> tuple[str, str]:
    r"""Return the one person on whom notes are by the name of their file and their title.

    The title has the same name, and a grade or a role; the notes speak of that person
    again, or answer a guide's questions.

    Parameters
    ----------
    is_asked
        Whether the questions of a guide stand in the text.

    Examples
    --------
    >>> named_by_file("Kai notes", "Notes - Kai, 7th grade\n\nKai likes woodshop.", is_asked=False)
    ('Kai', 'student')
    >>> named_by_file("lunch notes", "Lunch, 7th grade\n\nI like lunch.", is_asked=True)
    ('', '')
    """
    words = [
        word for word in _PARTS.split(stem) if word and not _BESIDE.fullmatch(word)
    ]
    title, _, below = text.lstrip().partition("\n")
    told = (part.strip() for part in _CHUNKS.split(title[:_LONGEST_TITLE]))
    what = next((part for part in told if says_what_one_is("Lena", part)), "")
    if not (words and what) or len(words) > _LONGEST_NAME:
        return "", ""
    spelled = _BETWEEN.join(map(re.escape, words))
    found = re.search(rf"(?<!\w){spelled}(?!\w)", title, re.IGNORECASE)
    name = found[0] if found else ""
    is_again = re.search(rf"\b{re.escape(words[0].title())}\b", below) is not None
    is_word = re.search(rf"\b{re.escape(words[0].casefold())}\b", below) is not None
    is_sure = _is_name(name) and (is_asked or is_again) and not is_word
    return (name, role_in(what) or "student") if is_sure else ("", "")


_CHUNKS = re.compile(r"[,.;:()/–—]|[ ]-[ ]")
_PARTS = re.compile(r"[\W_]+")
_BETWEEN = r"[^\w\n]{1,3}"
_BESIDE = re.compile(
    r"(?:notes?|interviews?|transcripts?|talk|empathy|maps?|persona|final|copy|typed|student|gr(?:ade)?\d*|\d+(?:st|nd|rd|th)?)",
    re.IGNORECASE,
)
_LONGEST_TITLE = 120
_WITH = re.compile(
    r"\b(?i:interview|talk|conversation|chat|call|check-?in|conference|entrevista|charla|"
    r"conversaci[oó]n)[ ]+(?i:with|of|con|a)[ ]+"
    r"(?P<name>(?:[A-ZÀ-Þ]\w{1,2}\.[ ])?[A-ZÀ-Þ][\w'’-]*+(?:[ ](?:[A-ZÀ-Þ][\w'’-]*+|\d{1,3}\b))*+)"
    r"(?!['’\w]|,?[ ](?:and|y|&|\+)[ ])"
)


def _told(head: str, keys: Collection[str]) -> Iterator[tuple[str, str]]:
    """Yield who is named in these lines, and as what; labels in small letters, too."""
    bare = _PERSON_KEY.sub("", head)
    for match in _HEAD.finditer(bare):
        name, what = match["name"].strip(" *_"), match["what"] or ""
        is_known = base_key(name) in keys and says_what_one_is(name, what)
        if _label(match) or is_known:
            yield name, what
    names = [match["name"].strip(" *_") for match in _PERSON_ALONE.finditer(head)]
    facts = _FACT.findall(head)
    if len(names) == len(facts) == 1 and is_label(names[0]):
        said = facts[0][1]
        yield names[0], f"grade {said}" if said.isdecimal() else said


def only_answers(label: str) -> bool:
    """Return whether a label says only that somebody answers."""
    key = base_key(label)
    is_part = is_generic(label) and "(" not in label and not key[-1:].isdecimal()
    return is_part and key not in _ASKS and not (says_asker(label) or is_unknown(label))


_ASKS = words_in("q i int me")
_LONGEST_HEAD = 2000
_KEYS = rf"(?:{HEARD}|informant|interviewed|name)(?:['’]s name| name)?"
_PERSON_KEY = re.compile(rf"^[ \t*_]*{_KEYS}[*_ \t]*:", re.IGNORECASE | re.MULTILINE)
_PERSON_ALONE = re.compile(
    rf"^[ \t*_]*{_KEYS}[*_ \t]*:[*_ \t]*(?P<name>[^\n:,(]{{2,40}}?)[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)
_FACT = re.compile(
    r"^[ \t*_]*(grade|role)[*_ \t]*:[*_ \t]*([^\n:]{1,30}?)[ \t*_]*$",
    re.IGNORECASE | re.MULTILINE,
)


def asked_of_each(text: str, heads: Mapping[int, str]) -> set[int]:
    """Return where lines begin that ask the same of several of these people."""
    places, asked = sorted(heads), defaultdict(set)
    lines = list(_ASKED.finditer(text)) if heads else []
    for match in lines:
        asked[_said(match)].add(bisect_right(places, match.start()))
    return {match.start() for match in lines if len(asked[_said(match)] - {0}) > 1}


def _said(match: re.Match[str]) -> str:
    return " ".join(match["said"].casefold().split())


def _label(match: re.Match[str]) -> str:
    name, what = match["name"].strip(" *_"), (match["what"] or "").strip(" *_")
    if _NUMBERED.fullmatch(name):
        return f"{name} ({what})" if what else name
    if not _is_name(name):
        return ""
    more = (match["more"] or "").split(",")
    told = [what, *(part.strip(" )*_") for part in more)]
    what = next((part for part in told if says_what_one_is(name, part)), "")
    return f"{name} ({what})" if what else ""


def _is_name(name: str) -> bool:
    words = name.casefold().split()
    is_short = is_label(name) and len(words) <= _LONGEST_NAME and name[:1].isupper()
    return is_short and _NO_PERSON.isdisjoint(words)
