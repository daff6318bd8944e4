"""Stories beside a codebook: a table of what people may say, and the themes of each."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from empathy_insights.codebook import STORY, Codebook, Example
from empathy_insights.errors import CodebookError, where
from empathy_insights.tables import NO_THEME

_COLUMNS = ("themes", "role", "text")


def add_stories(book: Codebook, table: str, path: Path) -> Codebook:
    """Return the codebook with the stories of a table as examples.

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
        A column is missing, a text is empty, or a theme is none of the codebook; all
        problems are listed, each with its line.

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
    told: dict[str, list[Example]] = {theme.id: [] for theme in book}
    told[NO_THEME] = []
    problems = []
    for row in reader:
        themes = [name.strip() for name in (row["themes"] or "").split(";")]
        found = list(_problems(row["text"], themes, told))
        problems += [f"{where(path, reader.line_num)}{problem}" for problem in found]
        if not found:
            story = Example(row["text"].strip(), (row["role"] or "").strip(), STORY)
            for name in themes:
                told[name].append(story)
    if problems:
        head = f"{len(problems)} problems in the table of stories"
        raise CodebookError(head, path=path, problems=problems)
    return replace(
        book,
        themes=tuple(
            replace(theme, examples=(*theme.examples, *told[theme.id]))
            for theme in book
        ),
        no_theme=(*book.no_theme, *told[NO_THEME]),
    )


def _problems(
    text: str | None, themes: list[str], known: dict[str, list[Example]]
) -> Iterator[str]:
    if not (text or "").strip():
        yield "the text is empty"
    for name in themes:
        if name not in known:
            yield f"there is no theme {name!r}; write {NO_THEME} for none"
