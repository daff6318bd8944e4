"""Walls of notes, and passages that somebody coded: a row a post, whoever wrote or said it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from empathy_insights.files.table import Table, plain_word
from empathy_insights.labels import TIME, base_key, is_unknown, words_in
from empathy_insights.lexicon import says_asker
from empathy_insights.readers.surveys.long_survey import answer_pieces
from empathy_insights.readers.surveys.survey_heads import odd_pieces
from empathy_insights.readers.transcript import (
    Piece,
    Remark,
    Source,
    Transcript,
    compose,
)
from empathy_insights.roles import role_in

POSTED = "wrote the title or the directions"
# Only walls have these; an author may then be wanting.
_OF_NOTES = ("sticky_note_text", "sticky_note", "sticky_text", "note_text")
# What an affinity wall calls its notes and their authors, where it has colours or clusters.
_PLAIN_NOTES = ("note", "notes", "sticky", "post_it")
_SIGNED = ("who", "name", "from", "participant", "said_by", "by")
_OF_AFFINITY = words_in("cluster color colour bg_color")
_BESIDE_NOTES = words_in("id number theme category date votes dots")
_WORDS = (
    "body",
    *_OF_NOTES,
    "post",
    "quotation_content",
    "quotation",
    "excerpt_copy",
    "excerpt",
    "highlight",
    "coded_segment",
    "text",
    "content",
    "segment",
)
# Whoever moved a note last counts only where nothing says who wrote it.
_AUTHORS = ("author", "created_by", "posted_by", "last_updated_by")
_AREAS = ("section", "area", "column", "frame", "topic", "cluster", "group", "board")
_OF_WALLS = words_in(
    "color colour bg_color border_color position_x position_y attachment reactions likes "
    "sticky_note_type type link tags comments created_at_utc last_updated updated_at_utc subject"
)
_CODES = ("code", "codes", "code_name", "tags", "tag")
_VOICES = (
    "participant",
    "speaker",
    "document_name",
    "document",
    "note_title",
    "media_title",
)
_OF_CODERS = words_in(
    "created_by modified_by coder owner begin end coverage weight_score highlight_id created "
    "excerpt_creator excerpt_range"
)
_GROUPS = ("document_group", "segment", "participant_group", "group", "role")
_FEWEST = 2
_ASKING = frozenset({"i", "q", "int", "m", "mod", "fac"})
_NOT_NOTES = re.compile(
    r"(?:area )?title|text(?: box)?|image|shape|icon|connector", re.IGNORECASE
)
_TITLES = re.compile(r"(?:area )?title", re.IGNORECASE)
_DIRECTIONS = re.compile(
    r"directions?|instructions?|read (?:me|first)|how (?:to|this works)|welcome|rules|norms",
    re.IGNORECASE,
)
# Directions by their words, where no section or subject is called so.
_ASKS_TO_WRITE = re.compile(
    r"(?:welcome\b[^.!\n]*[.!]\s*)?(?:please )?(?:write|add|post|type|put|leave|drop|share|click|use)\b"
    r"[^.!?\n]{0,40}?(?:\b(?:a|an|one|two|three|\d|your) (?:\w+ )?(?:thing|post|note|sticky|idea|"
    r"thought|answer|comment|response)s?(?: (?:notes?|below|here|each|in each|per|with the|on the wall|"
    r"on this|under)\b.*)?|\b(?:below|anonymously|the \+(?: button)?)\b.*)\W*",
    re.IGNORECASE,
)
_HEADED = re.compile(
    r"\W*(?:directions?|instructions?|read (?:me|this|first)(?: first)?|how (?:to|this works)\b.*)\W*",
    re.IGNORECASE,
)
# What a team makes of notes, beside them on the same wall.
_TEAMS = re.compile(
    r"\W*(?:HMW\b|how might we\b|(?:key )?(?:insights?|findings?|takeaways?|POV|opportunity|"
    r"opportunities|needs? statement|next steps?|to-?do|legend|key)\s*[:–—-])",
    re.IGNORECASE,
)
_IN_CAPITALS = re.compile(r"[^a-zß-öø-ÿ]*[A-ZÀ-Þ]{2}[^a-zß-öø-ÿ]*")
_LONGEST_TITLE = 5
_PLACEHOLDER = re.compile(
    r"\W*(?:type something|add text|your text here|new note|double.click.*)?\W*",
    re.IGNORECASE,
)
_STAMP = re.compile(rf"[\[(]?{TIME}[\])]?\s+")
_LABELLED = re.compile(r"([^\W\d_][\w.'’ -]{0,30}?):\s+(?=\S)")


@dataclass(frozen=True, slots=True)
class PostColumns:
    """Name the places of a post's parts in a row; None where a part is absent.

    Parameters
    ----------
    who
        The columns that say whose it is, the surest first.
    asked
        The part of a wall that it hangs in.
    group
        What may say the role.
    kind
        What kind of thing on the wall it is.
    comments, subject
        What others wrote below it, and its heading.
    is_wall
        Whether people wrote them, or somebody coded what they said.
    """

    words: int
    who: tuple[int, ...]
    asked: int | None = None
    group: int | None = None
    kind: int | None = None
    comments: int | None = None
    subject: int | None = None
    is_wall: bool = True


def post_columns(header: Sequence[str]) -> PostColumns | None:
    """Return where words and people are in a wall or in an export of codes, else None.

    Examples
    --------
    >>> post_columns(["Subject", "Body", "Author", "Section", "Color", "Reactions"]).asked
    3
    >>> post_columns(["Code", "Document name", "Segment", "Created by"]).who
    (1,)
    >>> post_columns(["Name", "Grade", "What helps?"])
    """
    at = {plain_word(head): n for n, head in reversed([*enumerate(header)])}
    words = _first(at, _WORDS)
    if words is None:
        return _of_affinity(at)
    voices = tuple(at[name] for name in _VOICES if name in at)
    if _first(at, _CODES) is not None and voices and _OF_CODERS & at.keys():
        groups = {name: n for name, n in at.items() if n != words}
        group = _first(groups, _GROUPS)
        return PostColumns(words, voices, group=group, is_wall=False)
    author, area = _first(at, _AUTHORS), _first(at, _AREAS)
    n_signs = len(_OF_WALLS & at.keys()) + len({*_OF_NOTES, "board"} & at.keys())
    is_wall = author is not None and area is not None and n_signs >= _FEWEST
    is_board = author is not None and "board" in at
    is_of_notes = _first(at, _OF_NOTES) == words and n_signs >= _FEWEST
    if not (is_wall or is_board or is_of_notes):
        return None
    who = () if author is None else (author,)
    kind = _first(at, ("sticky_note_type", "type"))
    return PostColumns(
        words, who, area, None, kind, at.get("comments"), at.get("subject")
    )


def _of_affinity(at: Mapping[str, int]) -> PostColumns | None:
    """Return the columns of a wall of notes with colours or clusters, and no others."""
    words = _first(at, _PLAIN_NOTES)
    known = {*_PLAIN_NOTES, *_SIGNED, *_AUTHORS, *_AREAS, *_OF_WALLS, *_BESIDE_NOTES}
    if words is None or not _OF_AFFINITY & at.keys() or not at.keys() <= known:
        return None
    author = _first(at, (*_AUTHORS, *_SIGNED))
    who = () if author is None else (author,)
    return PostColumns(words, who, _first(at, _AREAS), None, at.get("type"))


def _first(at: Mapping[str, int], names: Sequence[str]) -> int | None:
    return next((at[name] for name in names if name in at), None)


def read_posts(source: Source, sheet: Table, columns: PostColumns) -> Transcript:
    """Read a wall or an export of codes: each post or passage once, under what it answers."""
    posts = list(_posts(sheet, columns))
    asked = [post.asked for post in posts]
    labels = [post.label for post in posts]
    said = [post.words for post in posts]
    pieces = [*answer_pieces(said, labels, asked, [post.line for post in posts])]
    text, turns, remarks = compose(
        [*pieces, *_beside(sheet, columns), *odd_pieces(sheet)]
    )
    people: dict[str, dict[str, str]] = {}
    for post in posts:
        if post.label and post.role:
            people.setdefault(post.label, {"role": post.role})
    asking = dict.fromkeys(_hosts(sheet, columns), POSTED)
    remarks = (*sheet.remarks, *remarks, *_told(labels, columns))
    return Transcript(source.path, "survey", text, turns, remarks, asking, people)


def _told(labels: Sequence[str], columns: PostColumns) -> Iterator[Remark]:
    if not columns.is_wall:
        yield Remark(
            "passages that somebody coded were read, each once, as what people said",
            "if their transcripts are here as well, take this file out of the folder, and "
            "pass it with --hand-codes",
        )
    if n := labels.count(""):
        yield Remark(
            f"posts without a name count by document and not by people: {n}",
            "write a name or number beside each, if you know whose they are",
        )


@dataclass(frozen=True, slots=True)
class _Post:
    """Hold what one person wrote or said in one piece; empty where it is not known."""

    words: str
    label: str
    asked: str
    role: str
    line: int


def _posts(sheet: Table, columns: PostColumns) -> Iterator[_Post]:
    """Yield each post once: a passage stands once more for each code that it has."""
    seen: set[tuple[str, str]] = set()
    notes = _are_notes(sheet, columns)
    for row, line, is_note in zip(sheet.rows, sheet.lines, notes, strict=True):
        label = _label(row, columns)
        role = role_in(_cell(row, columns.group)) or ""
        asked = _cell(row, columns.asked)
        if not is_note:
            continue
        for who, words, before in _said(row[columns.words], label):
            if words and (who, words) not in seen:
                seen.add((who, words))
                yield _Post(words, who, asked or before, role, line)


def _cell(row: Sequence[str], place: int | None) -> str:
    return "" if place is None else row[place].strip()


def _label(row: Sequence[str], columns: PostColumns) -> str:
    """Return whose a row is: by the first column that says it, if that is anybody."""
    named = (row[place].strip() for place in columns.who)
    return next((name for name in named if name and not is_unknown(name)), "")


def _are_notes(sheet: Table, columns: PostColumns) -> list[bool]:
    """Return of each row whether somebody says it: no title, direction or finding of a team."""
    signed = [any(row[n].strip() for n in columns.who) for row in sheet.rows]
    loud = [_is_loud(row[columns.words]) for row in sheet.rows]
    have_titles = columns.is_wall and any(signed) and 2 * sum(loud) < len(loud)
    return [
        _is_note(row, columns) and not (have_titles and is_loud and not is_signed)
        for row, is_loud, is_signed in zip(sheet.rows, loud, signed, strict=True)
    ]


def _is_loud(words: str) -> bool:
    is_short = len(words.split()) <= _LONGEST_TITLE
    return is_short and _IN_CAPITALS.fullmatch(words) is not None


def _is_note(row: Sequence[str], columns: PostColumns) -> bool:
    words = row[columns.words]
    if not columns.is_wall:
        return _PLACEHOLDER.fullmatch(words) is None
    is_text = _NOT_NOTES.fullmatch(_cell(row, columns.kind)) is not None
    is_left_out = is_text or _directs(row, columns) or _TEAMS.match(words) is not None
    return not (is_left_out or _PLACEHOLDER.fullmatch(words))


def _directs(row: Sequence[str], columns: PostColumns) -> bool:
    """Return whether a row tells people what to write: by where it hangs, or by its words."""
    words = row[columns.words].strip()
    return bool(
        _DIRECTIONS.match(_cell(row, columns.asked))
        or _HEADED.fullmatch(_cell(row, columns.subject))
        or _HEADED.fullmatch(words)
        or _ASKS_TO_WRITE.fullmatch(words)
    )


def _said(cell: str, label: str) -> Iterator[tuple[str, str, str]]:
    """Yield who says what, and what was asked before, where a passage has labels in it."""
    lines = [_STAMP.sub("", line.strip(), count=1) for line in cell.split("\n")]
    who, before, words = label, "", list[str]()
    for line in lines:
        found = _LABELLED.match(line)
        if found is None or not _is_voice(found[1], label, lines):
            words.append(line)
            continue
        if said := " ".join(filter(None, words)):
            yield who, said, before
        is_asked = _asks(found[1])
        rest = line[found.end() :]
        before, words = (rest, []) if is_asked else (before, [rest])
        who = label or found[1]
    if said := "\n".join(words).strip():
        yield who, said, before


def _is_voice(found: str, label: str, lines: Sequence[str]) -> bool:
    """Return whether words before a colon are a voice: whose row it is, or one of several."""
    labelled = [m[1] for line in lines if (m := _LABELLED.match(line))]
    return base_key(found) == base_key(label) or any(map(_asks, labelled))


def _asks(label: str) -> bool:
    return says_asker(label) or label.casefold() in _ASKING


def _hosts(sheet: Table, columns: PostColumns) -> Iterator[str]:
    """Yield who wrote the title of a wall or the directions on it."""
    for row in sheet.rows:
        is_title = _TITLES.fullmatch(_cell(row, columns.kind)) is not None
        if not columns.is_wall:
            return
        if is_title or _directs(row, columns):
            yield from filter(None, [_label(row, columns)])


def _beside(sheet: Table, columns: PostColumns) -> Iterator[Piece]:
    """Yield what stands on a wall and is nobody's post, so that it is listed."""
    notes = _are_notes(sheet, columns)
    for row, line, is_note in zip(sheet.rows, sheet.lines, notes, strict=True):
        if not is_note:
            outside = "a title, direction or finding of a team is"
            yield Piece(row[columns.words], line=line, outside=outside)
        for place in (columns.subject, columns.comments):
            yield Piece(_cell(row, place), line=line, outside="a heading or comment is")
