"""The numbers of people in tables of a run, and what holds between them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

SIZE = ""  # the measure of how many people were heard
ALL = "all"

Group = frozenset[tuple[str, str]]
EVERYONE: Group = frozenset()
_NOT = "\x00not "
_AND, _WITHIN = " & ", " within a "
_NARROW_TO_WIDE = ["segment", "answer", "person"]


class Key(NamedTuple):
    """Name a number of people: who raised `measure`, in a group."""

    measure: str
    group: Group


class Cell(NamedTuple):
    """A number of people in a table: where it stands, and a share of which number."""

    key: Key
    of: Key
    people: int
    size: int
    row: int


class Pair(NamedTuple):
    """Name two themes and what both are in: people count differently in each."""

    themes: tuple[str, str]
    within: str

    @property
    def key(self) -> Key:
        """The name of the number of people."""
        return Key(_AND.join(self.themes) + _WITHIN + self.within, EVERYONE)

    @property
    def wider(self) -> list[Key]:
        """The numbers that hold everyone of this one: of answers those of passages."""
        places = _NARROW_TO_WIDE[_NARROW_TO_WIDE.index(self.within) + 1 :]
        return [self._replace(within=place).key for place in places]


def pair_of(key: Key) -> Pair | None:
    """Return the two themes of a number of people who raised both, if it is one."""
    themes, is_pair, within = key.measure.partition(_WITHIN)
    first, _, second = themes.partition(_AND)
    return Pair((first, second), within) if is_pair else None


def cells(table: pd.DataFrame) -> list[Cell]:
    """Return the numbers of people of a table, as `stated` describes it."""
    return list(_READERS[table.attrs["table"]](table))


def can_be_published(table: pd.DataFrame) -> bool:
    """Return whether it is known which numbers of people a table holds."""
    is_known = table.attrs.get("table") in _READERS
    # A pivoted table keeps what is said of it, and no column of numbers of people.
    return is_known and "people" in table and not table.columns.nlevels > 1


def _of_themes(table: pd.DataFrame) -> Iterator[Cell]:
    names = (
        table["theme"] if "theme" in table else "topic " + table["topic"].astype("str")
    )
    for row, (measure, group) in enumerate(zip(names, _groups(table), strict=True)):
        people, of = int(table["people"].iloc[row]), int(table["of"].iloc[row])
        yield Cell(Key(measure, group), Key(SIZE, group), people, of, row)


def _of_crosstab(table: pd.DataFrame) -> Iterator[Cell]:
    yield from _of_themes(table)
    [column] = table.attrs["by"]
    columns = ["theme", column, "people_elsewhere", "of_elsewhere"]
    for row, (theme, value, people, of) in enumerate(
        table[columns].itertuples(index=False, name=None)
    ):
        group = frozenset({(column, _NOT + str(value))})
        yield Cell(Key(theme, group), Key(SIZE, group), int(people), int(of), row)


def _of_pairs(table: pd.DataFrame) -> Iterator[Cell]:
    size = int(table.attrs["people"])
    columns = ["theme", "other", "people"]
    for row, (theme, other, people) in enumerate(
        table[columns].itertuples(index=False, name=None)
    ):
        key = Pair((theme, other), table.attrs["within"]).key
        yield Cell(key, Key(SIZE, EVERYONE), int(people), size, row)


def _of_voices(table: pd.DataFrame) -> Iterator[Cell]:
    columns = ["group", "value", "people"]
    for row, (column, value, people) in enumerate(
        table[columns].itertuples(index=False, name=None)
    ):
        key = Key(SIZE, frozenset({(column, str(value))}))
        yield Cell(key, Key(SIZE, EVERYONE), int(people), int(people), row)


_READERS: Mapping[str, Callable[[pd.DataFrame], Iterator[Cell]]] = {
    "themes": _of_themes,
    "topics": _of_themes,
    "rounds": _of_themes,
    "crosstab": _of_crosstab,
    "cooccurrence": _of_pairs,
    "voices": _of_voices,
}


def _groups(table: pd.DataFrame) -> list[Group]:
    by: Sequence[str] = table.attrs["by"]
    if not by:  # pandas 3.0 has no rows where there are no columns
        return [EVERYONE] * len(table)
    rows = table[list(by)].astype("str").to_dict("records")
    return [
        frozenset((name, value) for name, value in row.items() if value != ALL)
        for row in rows
    ]


class Family(NamedTuple):
    """A number of people, and the numbers of the groups it falls into by one column."""

    whole: Key
    parts: tuple[Key, ...]


class Nested(NamedTuple):
    """State that a group of one column holds groups of another: roles put together."""

    column: str
    value: str
    by: str
    parts: tuple[str, ...]


def nested_groups(table: pd.DataFrame) -> list[Nested]:
    """Return which groups of a table hold groups of another column, as it says."""
    told: Mapping[str, Mapping[str, Sequence[str]]] = table.attrs.get("nested", {})
    [column] = table.attrs["by"] if told else [""]
    return [
        Nested(column, value, by, tuple(parts))
        for by, groups in told.items()
        for value, parts in groups.items()
    ]


def families(keys: Sequence[Key], nested: Sequence[Nested] = ()) -> list[Family]:
    """Return what falls into what: by each column, and into a group and its rest."""
    parts: dict[tuple[Key, str], list[Key]] = defaultdict(list)
    for key in keys:
        for column, value in key.group:
            whole = Key(key.measure, key.group - {(column, value)})
            is_rest = value.startswith(_NOT)
            name = f"{column}={value.removeprefix(_NOT)}" if is_rest else column
            parts[whole, name].append(key)
            if is_rest:
                own = whole.group | {(column, value.removeprefix(_NOT))}
                parts[whole, name].append(Key(key.measure, own))
    split = [
        Family(whole, tuple(sorted(set(group), key=in_order)))
        for (whole, _), group in parts.items()
    ]
    return split + [
        Family(key, tuple(_swapped(key, one, part) for part in one.parts))
        for one in nested
        for key in keys
        if (one.column, one.value) in key.group
    ]


class Siblings(NamedTuple):
    """The numbers of all groups of a column, and of all who are in none of each."""

    whole: Key
    parts: tuple[Key, ...]
    rests: Mapping[Key, Key]


def siblings(keys: Sequence[Key]) -> list[Siblings]:
    """Return the groups of each column beside each other; a part -> its rest."""
    present = set(keys)
    beside: dict[tuple[str, Group, str], list[Key]] = defaultdict(list)
    for key in keys:
        for column, value in key.group:
            if not value.startswith(_NOT):
                rest = key.group - {(column, value)}
                beside[key.measure, rest, column].append(key)
    return [
        Siblings(Key(measure, group), tuple(parts), _rests(parts, column, present))
        for (measure, group, column), parts in beside.items()
    ]


def _rests(parts: list[Key], column: str, present: set[Key]) -> dict[Key, Key]:
    found = {}
    for part in parts:
        value = dict(part.group)[column]
        others = part.group - {(column, value)} | {(column, _NOT + value)}
        rest = Key(part.measure, others)
        if rest in present:
            found[part] = rest
    return found


def _swapped(key: Key, nest: Nested, part: str) -> Key:
    rest = key.group - {(nest.column, nest.value)}
    return Key(key.measure, rest | {(nest.by, part)})


def is_rest(key: Key) -> bool:
    """Return whether a number is of all who are not in a group."""
    return any(value.startswith(_NOT) for _, value in key.group)


def in_order(key: Key) -> tuple[str, list[tuple[str, str]]]:
    """Return what keys are sorted by."""
    return key.measure, sorted(key.group)
