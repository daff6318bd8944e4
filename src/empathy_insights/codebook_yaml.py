"""Codebooks as YAML: from the fields of a file to themes, and back."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePath
from typing import Any

import yaml

from empathy_insights.codebook import (
    STORY,
    Boundary,
    Codebook,
    Example,
    NearMiss,
    Need,
    Patterns,
    Theme,
    add_stories,
    stories_table,
)
from empathy_insights.codebook_tables import COLUMNS, items_of
from empathy_insights.errors import CodebookError, where
from empathy_insights.files.table import plain_word
from empathy_insights.files.yaml_text import Yaml, load_yaml, why_no_yaml
from empathy_insights.tables import NO_THEME, ROLES
from empathy_insights.text.tokens import pattern_of, telling_words
from empathy_insights.yaml_fields import Fields

SHIPPED = ("empathy_core", "iste_students", "mastery_learning_roadmap",
           "mastery_systems", "solution_levers")  # fmt: skip
_FOLDER = resources.files("empathy_insights") / "codebooks"


@cache
def shipped_codebook(name: str) -> Codebook:
    """Return a shipped codebook, with the stories that lie beside its file."""
    text = (_FOLDER / f"{name}.yaml").read_text("utf-8")
    return parse_codebook(text, Path(f"{name}.yaml"), folder=_FOLDER)


def yaml_of(codebook: Codebook) -> str:
    """Return what `save_codebook` writes.

    Examples
    --------
    >>> yaml_of(Codebook("mine", "Mine", themes=())).splitlines()[:2]
    ['schema_version: 1', 'id: mine']
    """
    fields = fields_of(codebook)
    return str(yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=100))


def parse_codebook(
    text: str, path: Path, *, folder: Traversable | None = None
) -> Codebook:
    """Read the YAML of a codebook; the path is what errors name.

    A table named in `stories_file` is read from the folder, the path's own if none is
    given; what is saved holds the table itself, as the text `stories`.
    """
    try:
        content, lines = load_yaml(text)
    except yaml.YAMLError as error:
        reason, line = why_no_yaml(error)
        raise CodebookError(reason, path=path, line=line) from error
    if isinstance(content, list):
        content = {"themes": content}
    if not isinstance(content, dict):
        problem = "a codebook needs `themes:`, and below it `- name: …` for each theme"
        raise CodebookError(problem, path=path)
    book, fields = checked(Yaml(content, lines), path)
    stories, table = fields.text("stories_file"), fields.text("stories")
    if table:
        book = add_stories(book, table, path)
    if not stories:
        return book
    return _with_stories(book, stories, path, folder or path.parent)


def checked(read: Yaml, path: Path) -> tuple[Codebook, Fields]:
    """Return the codebook of what was read, and its fields; all problems at once."""
    content, lines = _in_our_words(read)
    fields = Fields(
        content, "", lines, [], {"schema_version", "stories", "stories_file"}
    )
    book = _codebook(fields, path.stem)
    problems = [*fields.problems, *_references(book, fields)]
    if len(problems) == 1:
        [(line, problem)] = problems
        raise CodebookError(problem, path=path, line=line)
    if problems:
        places = [f"{where(path, line)}{problem}" for line, problem in sorted(problems)]
        head = f"{len(problems)} problems in the codebook"
        raise CodebookError(head, path=path, problems=places)
    return book, fields


# What people call our keys, and the ids that they need not write.


_CALLED = {"theme": "name", "subtheme": "subthemes"}
_OTHER_WORDS = {
    word: _CALLED.get(column, column)
    for column, words in COLUMNS.items()
    if column != "parent"
    for word in words.split()
    if word not in {"name", "definition", "themes", "codes", "tags"}
} | {"theme": "name", "subcodes": "subthemes"}
_KEY = re.compile(r"[^.\[\]]+(?=\[|\.|$)")


def _in_our_words(read: Yaml) -> tuple[dict[str, object], dict[str, int]]:
    """Call keys by our words, and give every theme without an id one."""
    told = dict(read.content) if isinstance(read.content, dict) else {}
    if "themes" not in told and "codes" in told:
        told["themes"] = told.pop("codes")
    lines = {_KEY.sub(_our_word, path): line for path, line in read.lines.items()}
    return {**told, **_with_ids(told, "themes", "")}, {**lines, **read.lines}


def _our_word(key: re.Match[str]) -> str:
    return "themes" if key[0] == "codes" else _OTHER_WORDS.get(key[0], key[0])


def _our_keys(item: Mapping[object, object]) -> dict[object, object]:
    """Rename what has another word for a key, unless the key is there, too."""
    return {
        key if (ours := _OTHER_WORDS.get(str(key), key)) in item else ours: value
        for key, value in item.items()
    }


def _with_ids(
    content: Mapping[str, object], key: str, parent: str
) -> dict[str, object]:
    items = content.get(key)
    if not isinstance(items, list):
        return {}
    taken = {str(one["id"]) for one in items if isinstance(one, dict) and "id" in one}
    named: dict[str, str] = {}
    made: list[object] = []
    for n, written in enumerate(items, 1):
        item = {"name": written} if isinstance(written, str) else written
        if not isinstance(item, dict):
            made.append(item)
            continue
        theme = {str(key): value for key, value in _our_keys(item).items()}
        name = str(theme.get("name", ""))
        own = str(theme.get("id") or named.get(name) or "")
        own = own or _free(_id_of(name, n, parent), taken)
        if name:
            named.setdefault(name, own)
        taken.add(own)
        made.append({**theme, "id": own, **_with_ids(theme, "subthemes", own)})
    return {key: made}


def _id_of(name: str, number: int, parent: str) -> str:
    words = plain_word(name) or f"theme_{number}"
    return f"{parent}.{words}" if parent else words


def _free(wanted: str, taken: Collection[str]) -> str:
    """Return an id that no other theme has; two names may differ in a sign only."""
    tries = (wanted, *(f"{wanted}_{n}" for n in range(2, len(taken) + 3)))
    return next(name for name in tries if name not in taken)


def _with_stories(
    codebook: Codebook, name: str, path: Path, folder: Traversable
) -> Codebook:
    # A codebook may come with a saved coder: it names a neighbour, never another place.
    if PurePath(name).name != name:
        raise CodebookError(
            f"stories_file must be the name of a file beside the codebook, not {name!r}",
            path=path,
        )
    file = folder / name
    if not file.is_file():
        raise CodebookError(f"there is no file {name!r} beside the codebook", path=path)
    return add_stories(codebook, file.read_text(encoding="utf-8"), Path(name))


def _codebook(fields: Fields, stem: str) -> Codebook:
    language = fields.text("language", default="en")
    themes = [
        theme
        for item in fields.items("themes", required=True)
        for theme in _themes(item, language, parent=None)
    ]
    return Codebook(
        id=fields.text("id") or plain_word(stem) or "codebook",
        name=fields.text("name") or re.sub(r"[\W_]+", " ", stem).strip().capitalize(),
        themes=tuple(themes),
        version=fields.text("version", default="0"),
        language=language,
        stance_cues=fields.lists_of_patterns("stance_cues"),
        sensitive_cues=fields.patterns("sensitive_cues"),
        theme_sets=fields.lists("theme_sets"),
        no_theme=tuple(_example(item) for item in fields.items("no_theme", key="text")),
        extra=fields.rest("a codebook"),
    )


def _themes(fields: Fields, language: str, *, parent: str | None) -> list[Theme]:
    name = fields.text("id")
    meant = (fields.text("definition"), fields.text("description"))
    theme = Theme(
        id=name,
        name=fields.text("name", required=True),
        headline=fields.text("headline"),
        brief=fields.text("brief"),
        definition="\n".join(filter(None, meant)),
        use_when=fields.texts("use_when"),
        not_when=tuple(
            _boundary(item) for item in fields.items("not_when", key="text")
        ),
        patterns=_patterns(fields.mapping("patterns"), _words(fields), language),
        examples=tuple(_example(item) for item in fields.items("examples", key="text")),
        near_misses=tuple(
            _near_miss(item) for item in fields.items("near_misses", key="text")
        ),
        parent=parent,
        need=_need(fields.mapping("need")),
        priority=fields.text("priority", default="should"),
        handle_with_care=fields.flag("handle_with_care"),
        default_levers=fields.texts("default_levers"),
        extra=fields.rest("a theme", besides=("subthemes",)),
    )
    subthemes = [
        sub
        for item in fields.items("subthemes")
        for sub in _themes(item, language, parent=name)
    ]
    return [theme, *subthemes]


def _patterns(fields: Fields, words: Sequence[str], language: str) -> Patterns:
    of_words = _of_words(words, language)
    patterns = Patterns(
        strong=(*fields.patterns("strong"), *of_words.strong),
        weak=(*fields.patterns("weak"), *of_words.weak),
        exclude=fields.patterns("exclude"),
    )
    fields.nothing_else()
    return patterns


def _of_words(words: Sequence[str], language: str) -> Patterns:
    """Return phrases of words as people say them; "it" alone would be everywhere."""
    strong: dict[str, None] = {}
    weak: dict[str, None] = {}
    for said in words:
        pattern = pattern_of(said, language=language)
        telling = telling_words(said, language=language) or " " in pattern
        if pattern:
            (strong if telling else weak)[pattern] = None
    return Patterns(tuple(strong), tuple(weak))


def _words(fields: Fields) -> Sequence[str]:
    if isinstance(fields.content.get("words"), str):
        return items_of("words", fields.text("words"))
    return fields.texts("words")


def _example(fields: Fields) -> Example:
    return Example(
        text=fields.text("text", required=True),
        role=fields.text("role"),
        form=fields.text("form", default="transcript"),
    )


def _near_miss(fields: Fields) -> NearMiss:
    return NearMiss(
        text=fields.text("text", required=True),
        theme=fields.text("theme") or fields.text("code") or None,
        why=fields.text("why"),
    )


def _boundary(fields: Fields) -> Boundary:
    return Boundary(
        text=fields.text("text", required=True), use=fields.text("use") or None
    )


def _need(fields: Fields) -> Need:
    need = Need(
        verb_phrase=fields.text("verb_phrase"),
        goal_noun=fields.text("goal_noun"),
        barrier=fields.text("barrier"),
        verb_phrase_of=_of_roles(fields.mapping("verb_phrase_of")),
    )
    fields.nothing_else()
    return need


def _of_roles(fields: Fields) -> dict[str, str]:
    phrases = {role: fields.text(role) for role in ROLES if role in fields.content}
    fields.nothing_else()
    return phrases


def _references(codebook: Codebook, fields: Fields) -> list[tuple[int, str]]:
    """Check what single fields cannot: repeated ids, sub-theme ids, theme sets."""
    ids = [theme.id for theme in codebook.themes]
    found = [f"theme id {name!r} is used twice" for name in _twice(ids)]
    found += [
        f"sub-theme id {theme.id!r} must start with {theme.parent + '.'!r}"
        for theme in codebook.themes
        if theme.parent is not None and not theme.id.startswith(f"{theme.parent}.")
    ]
    found += [
        f"theme id {theme.id!r} has a dot, which only sub-themes have"
        for theme in codebook.main_themes
        if "." in theme.id
    ]
    found += [
        f"theme id {theme.id!r} is kept for segments to which no theme applies"
        for theme in codebook
        if theme.id == NO_THEME
    ]
    found += [
        f"theme_sets.{name}: there is no theme {theme!r}"
        for name, themes in codebook.theme_sets.items()
        for theme in themes
        if theme not in codebook
    ]
    return [(fields.line_of_value(text), text) for text in found]


def _twice(ids: list[str]) -> list[str]:
    return sorted({name for name in ids if ids.count(name) > 1})


def fields_of(codebook: Codebook) -> dict[str, Any]:
    """Return a codebook as the fields of its YAML: themes, and sub-themes within them."""
    head = {
        "schema_version": 1,
        "id": codebook.id,
        "name": codebook.name,
        "version": codebook.version,
        "language": codebook.language,
        **codebook.extra,
        "theme_sets": _lists(codebook.theme_sets),
        "stance_cues": _lists(codebook.stance_cues),
        "sensitive_cues": list(codebook.sensitive_cues),
        "no_theme": [
            _filled(vars(item)) for item in codebook.no_theme if item.form != STORY
        ],
        "stories": stories_table(codebook),
    }
    themes = [_plain_theme(theme, codebook) for theme in codebook.main_themes]
    return {**_filled(head), "themes": themes}


def _plain_theme(theme: Theme, codebook: Codebook) -> dict[str, object]:
    subs = codebook.sub_themes(theme.id)
    shown = [item for item in theme.examples if item.form != STORY]
    fields = {
        "id": theme.id,
        "name": theme.name,
        "headline": theme.headline,
        "priority": theme.priority,
        "handle_with_care": theme.handle_with_care,
        "brief": theme.brief,
        "definition": theme.definition,
        "use_when": list(theme.use_when),
        "not_when": [_filled(vars(item)) for item in theme.not_when],
        "patterns": _lists(vars(theme.patterns)),
        "subthemes": [_plain_theme(sub, codebook) for sub in subs],
        "examples": [_filled(vars(item)) for item in shown],
        "near_misses": [_filled(vars(item)) for item in theme.near_misses],
        "need": _filled(vars(theme.need)),
        "default_levers": list(theme.default_levers),
        **theme.extra,
    }
    return _filled(fields)


def _lists(lists: Mapping[str, tuple[str, ...]]) -> dict[str, object]:
    return _filled({name: list(values) for name, values in lists.items()})


def _filled(fields: Mapping[str, object]) -> dict[str, object]:
    """Leave out what says nothing, so that files stay readable."""
    return {name: value for name, value in fields.items() if value or value == 0}
