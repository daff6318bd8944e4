"""A codebook that went through another program: what it says now, and what we kept.

A code has a name, a description and a colour. Phrases, stories and needs are kept beside
the codes, and what another program changed in the codes still counts.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from empathy_insights.codebook import STORY, Codebook, Example, Theme
from empathy_insights.codebook_yaml import (
    SHIPPED,
    parse_codebook,
    shipped_codebook,
    yaml_of,
)
from empathy_insights.errors import CodebookError
from empathy_insights.files.output import for_file
from empathy_insights.files.refi_archive import below, tag, text_in
from empathy_insights.files.refi_written import guid_of

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

KEPT = "All of the codebook, for empathy_insights"
"""The name of the set or note that keeps what a code has no room for."""

_EXAMPLES = 5  # shown in a description


def theme_guid(theme: str) -> str:
    """Return the GUID of a theme's code."""
    return guid_of("theme", theme)


def meaning_of(theme: Theme) -> str:
    """Say what a theme means as a person would write it into the memo of a code."""
    examples = [one.text for one in _shown(theme.examples)][:_EXAMPLES]
    lines = [
        theme.definition or theme.brief,
        *(f"Use when: {said}" for said in theme.use_when),
        *(f"Not when: {one.text}" for one in theme.not_when),
        *(f"Example: “{said}”" for said in examples),
    ]
    return for_file("\n".join(filter(None, lines))).strip()


def kept_text(codebook: Codebook) -> str:
    """Return all of a codebook as YAML; of a shipped one without the stories beside it."""
    if codebook.id not in SHIPPED:
        return yaml_of(codebook)
    themes = [replace(t, examples=_shown(t.examples)) for t in codebook]
    short = replace(codebook, themes=tuple(themes), no_theme=_shown(codebook.no_theme))
    return f"# {codebook.sha256}\n{yaml_of(short)}"


def _shown(examples: Iterable[Example]) -> tuple[Example, ...]:
    return tuple(one for one in examples if one.form != STORY)


def kept_beside(root: Element) -> str | None:
    """Return the whole codebook from the set of a codebook, or the note of a project."""
    for kept in below(root, "Set", "Note"):
        if kept.get("name") == KEPT and tag(kept) == "Set":
            return text_in(kept, "Description")
        if kept.get("name") == KEPT:
            with suppress(ValueError, KeyError, TypeError, RecursionError):
                return str(
                    json.loads(text_in(kept, "PlainTextContent") or "")["codebook"]
                )
    return None


def kept_in(text: str, path: Path) -> Codebook | None:
    """Return the codebook that we kept; nothing where somebody has broken it."""
    try:
        book = parse_codebook(text, path)
    except CodebookError:
        return None
    if text.startswith("# ") and book.id in SHIPPED:
        whole = shipped_codebook(book.id)
        mark = text[2:].split("\n", maxsplit=1)[0]
        return whole if whole.sha256 == mark else book
    return book


def completed(
    codebook: Codebook,
    codes: Mapping[str, Element],
    ids: Mapping[str, str],
    kept: Codebook,
) -> tuple[Codebook, dict[str, str]]:
    """Return the kept codebook with what was changed since, and the new id of each theme."""
    written = {theme_guid(theme.id): theme for theme in kept}
    ours = {guid: codes[guid] for guid in ids if guid in written}
    now = {theme.id: theme.id for theme in codebook}
    now |= {ids[guid]: written[guid].id for guid in ours}
    fresh = [t.id for t in codebook if t.id not in {ids[guid] for guid in ours}]
    now |= {name: _free(name, {t.id for t in kept}) for name in fresh}
    themes = {}
    for theme in codebook:
        parent = None if theme.parent is None else now[theme.parent]
        themes[now[theme.id]] = replace(theme, id=now[theme.id], parent=parent)
    for guid, code in ours.items():
        themes[written[guid].id] = _changed(
            written[guid], themes[written[guid].id], code
        )
    order = [theme.id for theme in kept if theme.id in themes]
    order += [name for name in themes if name not in order]
    whole = replace(kept, themes=tuple(themes[name] for name in order))
    return _without_gone(whole), now


def _free(name: str, taken: Collection[str]) -> str:
    wanted, n = name, 2
    while wanted in taken:
        wanted, n = f"{name}_{n}", n + 1
    return wanted


def _changed(written: Theme, read: Theme, code: Element) -> Theme:
    """Return a theme as we wrote it, with what its code says differently now."""
    theme = replace(written, parent=read.parent)
    if code.get("name", "") != for_file(written.name):
        theme = replace(theme, name=read.name)
    if (text_in(code, "Description") or "").strip() != meaning_of(written):
        theme = replace(theme, definition=read.definition)
    if read.extra.get("color") and read.extra["color"] != written.extra.get("color"):
        theme = replace(theme, extra={**theme.extra, "color": read.extra["color"]})
    return theme


def _without_gone(codebook: Codebook) -> Codebook:
    """Return a codebook whose themes point to no theme that somebody has deleted."""

    def pointed(theme: Theme) -> Theme:
        return replace(
            theme,
            not_when=tuple(
                replace(one, use=one.use if one.use in codebook else None)
                for one in theme.not_when
            ),
            near_misses=tuple(
                replace(one, theme=one.theme if one.theme in codebook else None)
                for one in theme.near_misses
            ),
        )

    sets = {
        name: tuple(one for one in listed if one in codebook)
        for name, listed in codebook.theme_sets.items()
    }
    return replace(
        codebook, themes=tuple(map(pointed, codebook.themes)), theme_sets=sets
    )
