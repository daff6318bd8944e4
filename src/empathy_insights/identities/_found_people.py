"""Who the people are that were found in texts: which names are one person's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from empathy_insights.identities._index import Index
from empathy_insights.identities._name_forms import Bearer, parts_of
from empathy_insights.identities._vocabulary import MONTHS, function_words
from empathy_insights.identities._word_spans import NameSpan


def gathered(
    survivors: Iterable[Iterable[NameSpan]], index: Index
) -> tuple[list[Bearer], dict[str, str]]:
    """Join found names of one person, and return whom each found name belongs to."""
    kinds: dict[str, list[NameSpan]] = defaultdict(list)
    for finding in (f for some in survivors for f in some):
        if finding.replace and finding.who.startswith("found:"):
            kinds[finding.who].append(finding)
    owner = _owners(kinds)
    names: dict[str, list[str]] = defaultdict(list)
    for who in sorted(kinds):
        names[owner[who]].append(who.removeprefix("found:"))
    found = [
        _person(who, some, [f for one in some for f in kinds[f"found:{one}"]], index)
        for who, some in names.items()
        if who.startswith("found:")
    ]
    return found, owner


def _person(
    who: str, names: Sequence[str], findings: Sequence[NameSpan], index: Index
) -> Bearer:
    kinds = {finding.kind for finding in findings}
    kind = next((k for k in sorted(kinds) if k != "person"), "person")
    worth = tuple(n for n in names if _is_worth_looking_for(n, kind, index))
    return Bearer(who, kind, worth, findings[0].source)


def _owners(kinds: Mapping[str, object]) -> dict[str, str]:
    """Give a single name to the one full name that holds it."""
    ends: dict[str, set[str]] = defaultdict(set)
    for who in kinds:
        parts = parts_of(who.removeprefix("found:"))
        if len(parts) > 1:
            ends[parts[0]].add(who)
            ends[parts[-1]].add(who)
    owner = {}
    for who in kinds:
        name = who.removeprefix("found:")
        full = ends.get(name, set())
        owner[who] = next(iter(full)) if len(full) == 1 and " " not in name else who
    return owner


def _is_worth_looking_for(name: str, kind: str, index: Index) -> bool:
    """Return whether a found name may be looked for everywhere else in the study.

    One that is also a word is looked for where it stands as names do, unless a title told
    it: `Mr. Brown` makes nobody of Brown students.
    """
    if " " in name:
        return len("".join(parts_of(name))) >= 3
    if len(name) < 3 or name.lower() in function_words() | MONTHS:
        return False
    return kind == "person" or not index.is_word(name)


def but_words(
    again: Sequence[NameSpan], loose: Sequence[NameSpan]
) -> Iterator[NameSpan]:
    """Leave out what was found again where its own place has told it, with its doubt."""
    ends = {one.end for one in loose if one.replace and one.doubt}
    return (
        one
        for one in again
        if not (one.who.startswith("found:") and not one.doubt and one.end in ends)
    )
