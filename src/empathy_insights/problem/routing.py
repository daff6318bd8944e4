"""Who would have to act: themes and levers beside the management systems of a network."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.problem.levers import UNSORTED, lever_names
from empathy_insights.problem.shipped import SYSTEMS, Frameworks, shipped

_COLUMNS = [
    "kind", "id", "name", "system", "system_name", "people", "passages", "linked",
]  # fmt: skip


def routing(
    found: pd.DataFrame,
    suggested: pd.DataFrame,
    frameworks: Frameworks,
    book: Codebook,
    picked: Sequence[str],
) -> pd.DataFrame:
    """Count passages that speak of a picked theme, or pull a lever, and of a system.

    Parameters
    ----------
    found
        Located codings that count.
    suggested
        As `suggestions` returns it.
    frameworks
        What `read_frameworks` found in the segments.

    Returns
    -------
    pandas.DataFrame
        A row a picked theme, then a row a lever, and system, with nobody kept: `kind`
        (`theme` or `lever`), `id`, `name`, `system`, `system_name`, `people` and `passages` (in which
        both come up), `linked` (whether the codebook of systems names the theme there).
    """
    systems = frameworks.main(SYSTEMS, "system")
    themes = found[found["theme"].isin(picked)].assign(kind="theme", id=found["theme"])
    levers = suggested.assign(kind="lever", id=suggested["lever"])
    wanted = ["kind", "id", "segment_id", "participant_id"]
    met = pd.concat([themes[wanted], levers[wanted]]).merge(systems, on="segment_id")
    groups = met.groupby(["kind", "id", "system"])[["participant_id", "segment_id"]]
    counts = groups.nunique().to_dict("index")
    names = [("theme", theme, book[theme].name) for theme in picked]
    names += [
        ("lever", *pair) for pair in [*lever_names().items(), (UNSORTED, UNSORTED)]
    ]
    rows = [
        [kind, name, called, system.id, system.name, *_both(counts, kind, name, system.id),
         kind == "theme" and name in linked_to(system, book)]
        for kind, name, called in names
        for system in shipped(SYSTEMS).main_themes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_COLUMNS)


def systems_linked(theme: str, book: Codebook) -> list[str]:
    """Return the names of the systems that the codebook of systems links a theme to.

    Examples
    --------
    >>> systems_linked("well_being", shipped("empathy_core"))
    ['Student Support']
    """
    systems = shipped(SYSTEMS).main_themes
    return [system.name for system in systems if theme in linked_to(system, book)]


def linked_to(system: Theme, book: Codebook) -> list[str]:
    """Return the themes of a codebook that a system names as related."""
    related = system.extra.get("related")
    themes = related.get(book.id) if isinstance(related, dict) else None
    return [str(theme) for theme in themes or ()]


def _both(
    counts: dict[tuple[str, str, str], dict[str, int]],
    kind: str,
    name: str,
    system: str,
) -> tuple[int, int]:
    row = counts.get((kind, name, system), {})
    return int(row.get("participant_id", 0)), int(row.get("segment_id", 0))
