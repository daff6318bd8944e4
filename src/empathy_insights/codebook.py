"""A codebook: the themes that a team looks for, and how each is recognised."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path

import pandas as pd

from empathy_insights.errors import CodebookError, where
from empathy_insights.tables import NO_THEME, as_html

STORY = "story"  # the form of an example that teaches the model and is not shown
LEFT_OUT = "stories_left_out"  # of themes that the codebook does not have: how many
TAUGHT = 20  # examples of a theme that teach a model by themselves
_ALIKE = 0.8  # two names of which one is misspelt


@dataclass(frozen=True)
class Patterns:
    """Hold the phrases of a theme, in the pattern language of `coding.patterns`.

    Parameters
    ----------
    strong
        One match codes the segment.
    weak
        Two different matches suggest the theme; they never count.
    exclude
        A match that overlaps one of these is dropped.
    """

    strong: tuple[str, ...] = ()
    weak: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """Show what belongs to a theme: words, whose (`role`), and their `form`.

    The form is `transcript`, `note`, or `story`: a turn that teaches the model how
    people tell of the theme without its words. There may be dozens of stories, so
    sheets do not show them, and no phrase is expected to find them.
    """

    text: str
    role: str = ""
    form: str = "transcript"


@dataclass(frozen=True)
class NearMiss:
    """Show what looks like a theme and is not: words, the right `theme`, and `why`."""

    text: str
    theme: str | None = None
    why: str = ""


@dataclass(frozen=True)
class Boundary:
    """Say what does not belong to a theme, and which theme to `use` instead."""

    text: str
    use: str | None = None


@dataclass(frozen=True)
class Need:
    """Word a theme as a need.

    Parameters
    ----------
    verb_phrase
        Completes "students need to …".
    goal_noun
        Completes "How might we build …".
    barrier
        What stands in the way: "where …", in other wordings of the question.
    verb_phrase_of
        Role -> what completes "teachers need to …" where people of that role speak of a
        need of their own. Others than students need to see students do the verb phrase.
    """

    verb_phrase: str = ""
    goal_noun: str = ""
    barrier: str = ""
    verb_phrase_of: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Theme:
    """Define one theme of a codebook, in the fields of MacQueen et al. (1998).

    Only `id` and `name` must be given; in a file, the id is made of the name.

    Parameters
    ----------
    id
        Short name used in tables; a sub-theme's starts with its parent's.
    name
        What people read.
    headline
        The theme in a sentence, as a parent would say it.
    brief, definition
        What the theme means, in a line and in full.
    use_when, not_when
        What belongs to it, and what belongs elsewhere.
    patterns
        Phrases that the lexical coder looks for.
    examples, near_misses
        Words that belong to it, and words that only look so.
    parent
        The theme that this one is part of.
    need
        The theme worded as a need, for the problem of practice.
    priority
        `must`, `should` or `could`.
    handle_with_care
        Its quotes need a person's release.
    default_levers
        Where solutions are usually looked for.
    extra
        Fields of the codebook's own, kept as they are.

    See Also
    --------
    Codebook : Holds themes.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> ei.Theme("digital_access", "Digital access").patterns
    Patterns(strong=(), weak=(), exclude=())
    """

    id: str
    name: str
    brief: str = ""
    definition: str = ""
    use_when: tuple[str, ...] = ()
    not_when: tuple[Boundary, ...] = ()
    patterns: Patterns = field(default_factory=Patterns)
    examples: tuple[Example, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    parent: str | None = None
    need: Need = field(default_factory=Need)
    priority: str = "should"
    handle_with_care: bool = False
    default_levers: tuple[str, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)
    headline: str = ""

    @property
    def has_phrases(self) -> bool:
        """Whether somebody wrote phrases; else the words of its name must do."""
        return any(vars(self.patterns).values())


@dataclass(frozen=True, repr=False)
class Codebook:
    """Hold the themes that a coder may apply.

    Parameters
    ----------
    id, name, version
        Identify the codebook; every coding keeps its hash beside it.
    themes
        Themes and sub-themes; a sub-theme names its parent.
    language
        The language that the patterns and examples are in.
    stance_cues
        Stance (`need`, `asset`, `suggestion`) -> patterns that show it.
    sensitive_cues
        Patterns that send a passage to a person instead of into a quote.
    theme_sets
        Named lists of theme ids.
    no_theme
        Words that belong to no theme: greetings, small talk, a theme's words about
        something else.
    extra
        Fields of the codebook's own, kept as they are.

    See Also
    --------
    load_codebook : Reads one from a file.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> book = ei.Codebook("mine", "Mine", themes=(ei.Theme("lunch", "Lunch"),))
    >>> [theme.name for theme in book]
    ['Lunch']
    """

    id: str
    name: str
    themes: tuple[Theme, ...]
    version: str = "0"
    language: str = "en"
    stance_cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sensitive_cues: tuple[str, ...] = ()
    theme_sets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    no_theme: tuple[Example, ...] = ()
    extra: Mapping[str, object] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Theme]:
        return iter(self.themes)

    def __getitem__(self, theme_id: str) -> Theme:
        return self._by_id[theme_id]

    def __contains__(self, theme_id: object) -> bool:
        return theme_id in self._by_id

    def __repr__(self) -> str:
        top, below = len(self.main_themes), len(self.themes) - len(self.main_themes)
        bare = sum(not theme.has_phrases for theme in self.themes)
        by_name = f"; {bare} without phrases, looked for by their names" * bool(bare)
        return (
            f"Codebook({self.id!r} {self.version}: {top} theme{'s' * (top != 1)}, "
            f"{below} sub-theme{'s' * (below != 1)}{by_name})"
        )

    def _repr_html_(self) -> str:
        rows = [
            {"theme": theme.id, "name": theme.name, "definition": theme.definition}
            for theme in self.main_themes
        ]
        return as_html(repr(self), pd.DataFrame(rows))

    @property
    def main_themes(self) -> tuple[Theme, ...]:
        """The themes that are part of no other."""
        return tuple(theme for theme in self.themes if theme.parent is None)

    @property
    def is_taught(self) -> bool:
        """Whether examples alone can teach a model: twenty a theme, on average."""
        n_examples = sum(len(theme.examples) for theme in self.themes)
        return 0 < TAUGHT * len(self.main_themes) <= n_examples

    @cached_property
    def sha256(self) -> str:
        """A fingerprint of everything in the codebook."""
        told = json.dumps(self, sort_keys=True, default=_as_json)
        return hashlib.sha256(told.encode()).hexdigest()

    @cached_property
    def content_sha256(self) -> str:
        """A fingerprint of what it says, whatever it and its file are called."""
        return replace(self, id="", name="").sha256

    @cached_property
    def _by_id(self) -> dict[str, Theme]:
        return {theme.id: theme for theme in self.themes}

    def sub_themes(self, theme_id: str) -> tuple[Theme, ...]:
        """Return the themes whose parent is this one."""
        return tuple(theme for theme in self.themes if theme.parent == theme_id)


def check_letters(codebook: Codebook) -> None:
    """Raise CodebookError where a theme made in Python holds half of a sign.

    What is read from a file has been cleaned of it.
    """
    for theme in codebook:
        try:
            json.dumps(theme, default=_as_json, ensure_ascii=False).encode()
        except UnicodeEncodeError as error:
            raise CodebookError(
                f"the theme {theme.id!r} holds half of a sign; type its texts again"
            ) from error


def _as_json(part: object) -> object:
    """Return the fields of a part of a codebook, not copied: it may hold 8,000 stories."""
    if not is_dataclass(part):
        return str(part)
    content = {item.name: getattr(part, item.name) for item in fields(part)}
    # A codebook from before there were headlines keeps its fingerprint.
    if isinstance(part, Theme) and not part.headline:
        del content["headline"]
    return content


# Stories beside a codebook: a table of what people may say, and the themes of each.


_COLUMNS = ("themes", "role", "text")


def add_stories(codebook: Codebook, table: str, path: Path) -> Codebook:
    """Return the codebook with the stories of a table as examples.

    A story of a theme that the codebook no longer has is left out, unless it is of
    another, too; `extra` counts them by theme.

    Parameters
    ----------
    table
        A CSV text with the columns `themes` (ids separated by `;`, or `no_theme`),
        `role` and `text`.
    path
        What errors name.

    Raises
    ------
    CodebookError
        A column is missing, a text is empty, or a theme is misspelt; all problems are
        listed, each with its first line.

    Examples
    --------
    >>> import os
    >>> from empathy_insights.codebook import Theme
    >>> book = Codebook("b", "B", themes=(Theme("bus", "Bus"),))
    >>> told = ["themes,role,text", "bus,student,It never comes.", "no_theme,family,Hi!"]
    >>> book = add_stories(book, os.linesep.join(told), Path("stories.csv"))
    >>> [book["bus"].examples[0].text, book.no_theme[0].text]
    ['It never comes.', 'Hi!']
    """
    reader = csv.DictReader(io.StringIO(table), strict=True)
    missing = [name for name in _COLUMNS if name not in (reader.fieldnames or ())]
    if missing:
        problem = f"a table of stories needs the columns {', '.join(_COLUMNS)}"
        raise CodebookError(problem, path=path, line=1)
    told: dict[str, list[Example]] = {theme.id: [] for theme in codebook}
    told[NO_THEME] = []
    absent: Counter[str] = Counter()
    lines: dict[str, list[int]] = {}
    for row in reader:
        themes = [name.strip() for name in (row["themes"] or "").split(";")]
        found = list(_problems(row["text"], themes, told))
        for problem in found:
            lines.setdefault(problem, []).append(reader.line_num)
        if not found:
            story = Example(row["text"].strip(), (row["role"] or "").strip(), STORY)
            known = [name for name in themes if name in told]
            absent.update(() if known else themes)
            for name in known:
                told[name].append(story)
    if lines:
        problems = [_told(path, problem, of) for problem, of in lines.items()]
        head = f"{sum(map(len, lines.values()))} problems in the table of stories"
        raise CodebookError(head, path=path, problems=problems)
    return replace(
        codebook,
        themes=tuple(
            replace(theme, examples=(*theme.examples, *told[theme.id]))
            for theme in codebook
        ),
        no_theme=(*codebook.no_theme, *told[NO_THEME]),
        extra={**codebook.extra, **({LEFT_OUT: dict(absent)} if absent else {})},
    )


def stories_table(codebook: Codebook) -> str:
    """Return the stories of a codebook as the table that `add_stories` reads.

    A story of two themes is two rows, so that each theme keeps the order of its own.
    """
    told = [(theme.id, item) for theme in codebook for item in theme.examples]
    told += [(NO_THEME, item) for item in codebook.no_theme]
    rows = [(theme, item.role, item.text) for theme, item in told if item.form == STORY]
    if not rows:
        return ""
    written = io.StringIO()
    csv.writer(written, lineterminator="\n").writerows([_COLUMNS, *rows])
    return written.getvalue()


def _told(path: Path, problem: str, lines: list[int]) -> str:
    """Name the first line; a theme that is misspelt once is so in hundreds of stories."""
    often = f" (on {len(lines)} lines)" if len(lines) > 1 else ""
    return f"{where(path, lines[0])}{problem}{often}"


def _problems(
    text: str | None, themes: list[str], known: dict[str, list[Example]]
) -> Iterator[str]:
    if not (text or "").strip():
        yield "the text is empty"
    for name in themes:
        if not name:
            yield f"the theme is missing; write {NO_THEME} for none"
        elif name not in known:
            for meant in get_close_matches(name, known, n=1, cutoff=_ALIKE):
                yield f"there is no theme {name!r}; is it {meant!r}?"
