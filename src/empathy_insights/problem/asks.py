"""From a finding to an ask: what it means, who can act, and what we ask of them."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.codebook_file import load_codebook
from empathy_insights.problem.levers import UNSORTED, lever_names
from empathy_insights.problem.shipped import SYSTEMS, Frameworks
from empathy_insights.tables import CHECKED
from empathy_insights.wording import need_of, of_people, spoke_of, spoken_name

# Questions that the team asks itself, and which table lies beside each.


_PROMPTS = (
    ("our own perspective", "Which of these findings did we expect before we listened? Which of us did?", "themes"),
    ("our own perspective", "What do our own roles and school days make easy for us to hear, and what hard?", "voices"),
    ("who is in the room", "Who is at this table, and who of those we heard is not?", "voices"),
    ("who is missing", "Whose perspective is missing or thin here, and how will we hear it before we decide?", "voices"),
    ("who is missing", "Where do we speak for people who could speak for themselves?", "voices"),
    ("change our mind", "What would we have to hear to change our mind about this problem? Whom would we ask?", "quotes"),
    ("our system", "How does this look in our own school or network: what is alike, and what is not?", "routing"),
    ("impact", "How will we know that the pilot changed something for students, and for how many could it work?", "pilot"),
    ("small steps", "What is the smallest change that we could try soon, learn from and build on?", "decision_matrix"),
    ("our context", "What would make learning here more responsive to our students' cultures, in class and online?", "suggestions"),
)  # fmt: skip


def reflection_prompts() -> pd.DataFrame:
    """Return what a team asks itself before it decides, with a blank for each answer.

    Returns
    -------
    pandas.DataFrame
        `about`, `prompt`, `look_at` (the table to read beside it), `answer` (blank).

    Examples
    --------
    >>> reflection_prompts()["about"].unique().tolist()[:2]
    ['our own perspective', 'who is in the room']
    """
    table = pd.DataFrame(_PROMPTS, columns=["about", "prompt", "look_at"], dtype="str")
    return table.assign(answer="")


# Who would have to act: themes and levers beside the management systems of a network.


_ROUTED = [
    "kind", "id", "name", "system", "system_name", "people", "passages", "linked",
]  # fmt: skip


def routing(
    found: pd.DataFrame,
    suggested: pd.DataFrame,
    frameworks: Frameworks,
    codebook: Codebook,
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
    names = [("theme", theme, codebook[theme].name) for theme in picked]
    names += [
        ("lever", *pair) for pair in [*lever_names().items(), (UNSORTED, UNSORTED)]
    ]
    rows = [
        [kind, name, called, system.id, system.name, *_both(counts, kind, name, system.id),
         kind == "theme" and name in linked_to(system, codebook)]
        for kind, name, called in names
        for system in load_codebook(SYSTEMS).main_themes
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=_ROUTED)


def systems_linked(theme: str, codebook: Codebook) -> list[str]:
    """Return the names of the systems that the codebook of systems links a theme to.

    Examples
    --------
    >>> systems_linked("well_being", load_codebook("empathy_core"))
    ['Student Support']
    """
    systems = load_codebook(SYSTEMS).main_themes
    return [system.name for system in systems if theme in linked_to(system, codebook)]


def linked_to(system: Theme, codebook: Codebook) -> list[str]:
    """Return the themes of a codebook that a system names as related."""
    related = system.extra.get("related")
    themes = related.get(codebook.id) if isinstance(related, dict) else None
    return [str(theme) for theme in themes or ()]


def _both(
    counts: dict[tuple[str, str, str], dict[str, int]],
    kind: str,
    name: str,
    system: str,
) -> tuple[int, int]:
    row = counts.get((kind, name, system), {})
    return int(row.get("participant_id", 0)), int(row.get("segment_id", 0))


_COLUMNS = ["theme", "name", "finding", "meaning", "who_can_act", "ask"]


def asks(insights: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """Begin the way from each finding to an ask.

    Parameters
    ----------
    insights
        Of a problem of practice, the team's own or a published one.

    Returns
    -------
    pandas.DataFrame
        A row a picked theme: `theme`, `name`, `finding` (what was heard, in people),
        `meaning` (blank for a person), `who_can_act` (the systems that the codebook of
        systems links to the theme, and its usual levers; blank for none), `ask` (blank).

    Examples
    --------
    >>> from empathy_insights.codebook_file import load_codebook
    >>> heard = {"theme": ["well_being"], "name": ["Well-being"], "sentence": ["Heard."]}
    >>> asks(pd.DataFrame(heard), load_codebook("empathy_core"))["who_can_act"].item()
    'Student Support; usual levers: systems and processes, teacher moves'
    """
    rows = [
        {
            "theme": row.theme,
            "name": row.name,
            "finding": row.sentence,
            "who_can_act": _who(str(row.theme), codebook),
        }
        for row in insights[["theme", "name", "sentence"]].itertuples(index=False)
    ]
    return pd.DataFrame(rows, columns=_COLUMNS, dtype="str").fillna("")


def _who(theme: str, codebook: Codebook) -> str:
    """Say what the codebooks hold of it; nothing of what people said."""
    systems = systems_linked(theme, codebook)
    names = lever_names()
    levers = [
        spoken_name(names[n]) for n in codebook[theme].default_levers if n in names
    ]
    parts = [", ".join(systems), f"usual levers: {', '.join(levers)}" if levers else ""]
    return "; ".join(part for part in parts if part)


# The pilot sheet: where a theme stands now, what to ask again, and blanks for a plan.


_PILOTED = [
    "theme", "name", "baseline", "ask_students", "counts_as", "smallest_version",
    "who_runs_it", "ask_again_on",
]  # fmt: skip


def pilot_sheet(
    codebook: Codebook, themes: pd.DataFrame, picked: Sequence[str]
) -> pd.DataFrame:
    """Begin the plan of a small pilot for each picked theme.

    Parameters
    ----------
    themes
        The team's theme table, or a published one: no other number is told.

    Returns
    -------
    pandas.DataFrame
        `theme`, `name` (which theme should move), `baseline` (people of people in what was
        heard so far), `ask_students` (to ask before and after, in the same words),
        `counts_as` (what the codebook counts as the theme), and blanks for people:
        `smallest_version`, `who_runs_it`, `ask_again_on`.

    Examples
    --------
    >>> row = {"theme": "bus", "name": "Bus", "people": 3, "of": 9, "share": 1 / 3}
    >>> book = Codebook("mine", "Mine", themes=(Theme("bus", "Bus"),))
    >>> pilot_sheet(book, pd.DataFrame([row]), ["bus"])["baseline"].item()
    '3 of 9 people spoke of it'
    """
    rows = themes.set_index("theme", drop=False)
    sheet = [
        {
            "theme": theme,
            "name": rows.loc[theme, "name"],
            "baseline": _baseline(rows.loc[theme]),
            "ask_students": _questions(codebook[theme]),
            "counts_as": codebook[theme].brief or codebook[theme].definition,
        }
        for theme in picked
        if theme in rows.index
    ]
    return pd.DataFrame(sheet, columns=_PILOTED, dtype="str").fillna("")


def _baseline(row: pd.Series) -> str:
    return f"{of_people(row)} {spoke_of(row.get('state', CHECKED))} it"


def _questions(theme: Theme) -> str:
    need = need_of(theme, "student")
    if not need:
        name = (
            spoken_name(theme.name).replace("“", "‘").replace("”", "’")
        )  # within a quote
        return f"Tell us about {name} lately. What has changed, if anything?"
    return (
        f"Tell us about the last time that you saw students here {need}. What made it "
        "possible? And a time when they could not?"
    )
