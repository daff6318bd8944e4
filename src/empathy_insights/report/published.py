"""One run as an audience may see it: everything that the report and files are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.crosswalk import Crosswalk, crosswalk
from empathy_insights.analysis.frequency import theme_frequency, topic_frequency
from empathy_insights.analysis.judged_stances import praised
from empathy_insights.analysis.stances import people_by_stance
from empathy_insights.analysis.table_facts import (
    in_told_order,
    is_raised,
    is_shown,
    is_told,
    may_be_raised,
    read_state,
)
from empathy_insights.errors import TableError
from empathy_insights.problem.after_statement import sections_after
from empathy_insights.problem.by_need import stances_to_tell
from empathy_insights.problem.published_statement import published_problem
from empathy_insights.problem.sections import Section, statement_sections
from empathy_insights.publishing import AudienceName, audience_of, publish_together
from empathy_insights.report.audience_note import (
    Attributions,
    audience_note,
    earlier_note,
    fingerprint,
    passage_ids,
    said_by,
)
from empathy_insights.report.doubted_quotes import to_decide
from empathy_insights.report.passages import Passages, passages_of
from empathy_insights.report.published_quotes import quotes_for
from empathy_insights.roles import (
    ROLE_GROUP,
    role_groups,
    with_role_groups,
)
from empathy_insights.tables import FIRST_LOOK

if TYPE_CHECKING:
    from empathy_insights.problem.next_steps import NextSteps
    from empathy_insights.problem.statement import Statement
    from empathy_insights.report.findings import Findings

_WIDER = "role_group_of_the_public"


@dataclass(frozen=True)
class Published:
    """Hold the tables of one run for one audience.

    Parameters
    ----------
    run
        The team's own tables. Nothing of them goes into a file but through the rest.
    audience
        Whom it is for.
    themes, by_role, voices, topics
        Published tables; `by_role` counts by `group_column`.
    quotes
        `theme`, `kind`, `rank`, `quote_id`, `said_by`, `stance`, `status`, `text`; only
        what a person has released, but for the team (`released_by`).
    problem
        With the numbers of `themes`.
    attribute
        Says whose words a passage on a theme may be said to be.
    said_by
        segment_id -> whose words a coded passage is said to be.
    passage_id
        segment_id -> what the audience may call it.
    waiting
        Theme and kind of each quote that the audience gets once it is released.
    doubts
        Words to decide about before quotes that were released are shown: they may be names.
    earlier
        What is not guarded, where another release of the study is known.
    """

    run: Findings
    audience: AudienceName
    themes: pd.DataFrame
    by_role: pd.DataFrame
    group_column: str
    voices: pd.DataFrame
    topics: pd.DataFrame
    quotes: pd.DataFrame
    problem: Statement | None
    attribute: Attributions
    said_by: Mapping[str, str]
    passage_id: Mapping[str, str]
    waiting: Sequence[tuple[str, str]]
    doubts: pd.DataFrame
    earlier: str = ""

    @property
    def source_line(self) -> str:
        """What a chart stands on: people, documents, coding status, audience, date."""
        facts = self.themes.attrs
        return (
            f"{facts['n']}; codings: {facts['coding_status']}; for the {self.audience}; "
            f"{facts['date']}"
        )

    @property
    def note(self) -> str:
        """Whom it is for, whether people can be recognised by name, how many quotes wait."""
        note = audience_note(self.audience, identities=self.run.deidentified is None)
        note = f"{note} {self.earlier}".rstrip()
        n = len(self.waiting)
        if self.is_team or not n:
            return note
        wait = "quote waits" if n == 1 else "quotes wait"
        return (
            f"{note} {n} {wait} for a person to release {'it' if n == 1 else 'them'}."
        )

    @cached_property
    def sections(self) -> dict[str, Section]:
        """What the statement says, by a key, in order; nothing without a problem."""
        if self.problem is None:
            return {}
        picked = self.problem.picked
        themes = self.themes[self.themes["theme"].isin(picked)]
        return statement_sections(
            self.problem,
            waiting=[k for k in ("quote", "dissent") if self.waits(k, *picked)],
            hides=not is_shown(themes).all(),
        )

    @cached_property
    def walk(self) -> Crosswalk | None:
        """The team's themes beside its topics; nothing where no coding meets a topic."""
        try:
            return crosswalk(
                self.run.codings, self.run.topics, estimate=self.run.estimate
            )
        except TableError:
            return None

    @cached_property
    def passages(self) -> Passages:
        """What can be opened behind the numbers."""
        return passages_of(self)

    def after(self, steps: NextSteps | None) -> list[Section]:
        """Return what comes after the statement; nothing without a problem."""
        if self.problem is None:
            return []
        return sections_after(
            self.problem,
            self.run.codebook,
            themes=self.themes,
            voices=self.voices,
            steps=steps if self.is_team else None,
        )

    def waits(self, kind: str, *themes: str) -> bool:
        """Return whether a quote of a kind on one of the themes waits to be released."""
        return any((theme, kind) in self.waiting for theme in themes)

    @cached_property
    def praised(self) -> frozenset[str]:
        """The themes of which more people spoke as something that helps, as people judged."""
        return praised(self.run.found, read_state(self.run.themes))

    @cached_property
    def stances(self) -> pd.DataFrame:
        """How many people spoke of a need or a strength, as far as that may be told."""
        people = people_by_stance(self.run.found)
        people = people.reindex(self.themes["theme"], fill_value=0)
        picked = self.problem.picked if self.problem else ()
        return stances_to_tell(people, self.themes, picked)

    @property
    def carded(self) -> pd.DataFrame:
        """The themes that have a card: raised by somebody; for the public, by enough."""
        raised = self.themes[may_be_raised(self.themes)]
        return raised[is_told(raised)] if self.audience == "public" else raised

    @cached_property
    def leading(self) -> pd.Series | None:
        """The theme to begin with; nothing where no number may be told.

        The question's first theme whose number is told, else the first of all.
        """
        told = self.carded[is_told(self.carded)].set_index("theme", drop=False)
        is_read = self.run.estimate.state != FIRST_LOOK
        picked = self.problem.picked if self.problem and is_read else ()
        order = [*(theme for theme in picked if theme in told.index), *told.index]
        return told.loc[order[0]] if order else None

    @property
    def n_untold(self) -> int:
        """How many themes came up, or may have, and have no card."""
        return int(may_be_raised(self.themes).sum()) - len(self.carded)

    @property
    def traced_themes(self) -> set[str]:
        """The themes that may be named beside a passage: none for the public."""
        told = self.themes.loc[is_shown(self.themes), "theme"]
        return set() if self.audience == "public" else set(told)

    @property
    def is_team(self) -> bool:
        """Whether nothing is hidden."""
        return self.audience == "team"

    @property
    def tells_whole(self) -> bool:
        """Whether counts over all codings are told: hidden numbers could be solved for."""
        return self.is_team

    @property
    def opens_all(self) -> bool:
        """Whether all that was said may be opened, with where it stands and whose it is."""
        return self.is_team


def published(
    run: Findings, audience: AudienceName, *, earlier: str | Path | None = None
) -> Published:
    """Hide what an audience may not see, in all tables of a run together.

    Parameters
    ----------
    earlier
        The results folder, or the manifest, of an earlier release of the study.

    Raises
    ------
    EmpathyInsightsError
        There is no manifest of an earlier release.
    """
    least = audience_of(audience).least
    groups = role_groups(run.corpus, least=least)
    shown, column = _shown_tables(run, groups, audience)
    attribute = _attributions(shown["by_role"], groups, column, audience)
    names = _own_names(run.segments)
    if least:
        names = passage_ids(run.segments, run.corpus.documents)
    said = said_by(run.found, attribute)
    quoted, waiting = quotes_for(run, shown["themes"], said, names, audience)
    return Published(
        run=run,
        audience=audience,
        **shown,
        group_column=column,
        quotes=quoted,
        problem=_problem(run, shown, quoted, names, groups, least),
        attribute=attribute,
        said_by=said.to_dict(),
        passage_id=names.to_dict(),
        waiting=waiting,
        doubts=to_decide(run).head(None if least else 0),
        earlier="" if earlier is None else earlier_note(earlier, study_of(run)),
    )


def study_of(run: Findings) -> str:
    """Return by what releases of the same counts know each other."""
    return fingerprint(run.segments, run.codings, run.corpus.documents)


def _shown_tables(
    run: Findings, groups: Mapping[str, tuple[str, ...]], audience: AudienceName
) -> tuple[dict[str, pd.DataFrame], str]:
    """Return the tables of an audience, and by what column one is grouped by role.

    The tables of all audiences are published together: what one hides, those of another
    may not tell. The public's role groups are wider than a school's.
    """
    column = ROLE_GROUP if any(len(roles) > 1 for roles in groups.values()) else "role"
    tables = {
        "themes": run.themes,
        "voices": run.voices,
        "topics": topic_frequency(run.topics, run.corpus),
    }
    if audience == "team":
        themes = in_told_order(run.themes)
        return {**tables, "themes": themes, "by_role": run.themes_by_role}, column
    by_roles = _by_roles(run)
    together = [*tables.values(), *by_roles]
    told = publish_together(together, audience, ranked=_ranked(run))
    shown = dict(zip(tables, told, strict=False))
    own = told[-1] if audience == "public" else told[len(tables)]
    by_role = own.rename(columns={_WIDER: ROLE_GROUP})
    by_role.attrs["by"] = [column]
    themes = _with_roles(in_told_order(shown["themes"]), by_role, column)
    return {**shown, "themes": themes, "by_role": by_role}, column


def _ranked(run: Findings) -> list[tuple[str, str]]:
    """Return what a statement tells: its themes are those of most people, in order.

    Where they are ordered by needs, readers know less than that.
    """
    if run.problem is None:
        return []
    picked = run.problem.picked
    rest = [theme for theme in run.themes["theme"] if theme not in picked]
    return [*pairwise(picked), *((picked[-1], theme) for theme in rest)]


def _by_roles(run: Findings) -> list[pd.DataFrame]:
    """Return the table by role of the school, and the public's where it differs."""
    school, public = (
        role_groups(run.corpus, least=audience_of(name).least)
        for name in ("school", "public")
    )
    tables = [_by_role(run, school)]
    if public != school:
        wider = _by_role(run, public).rename(columns={ROLE_GROUP: _WIDER})
        wider.attrs["by"] = [_WIDER]
        tables.append(wider)
    return tables


def _by_role(run: Findings, groups: Mapping[str, tuple[str, ...]]) -> pd.DataFrame:
    if all(len(roles) == 1 for roles in groups.values()):
        return run.themes_by_role
    corpus = with_role_groups(run.corpus, groups)
    table = theme_frequency(
        run.codings, corpus, codebook=run.codebook, by=ROLE_GROUP, estimate=run.estimate
    )
    table.attrs["nested"] = {"role": groups}
    return table


def _with_roles(
    themes: pd.DataFrame, by_role: pd.DataFrame, column: str
) -> pd.DataFrame:
    """Name the groups of which it is told how many raised a theme, and no other."""
    told = by_role[is_shown(by_role) & is_raised(by_role)]
    names = told.groupby("theme")[column].agg(", ".join).to_dict()
    roles = [names.get(theme, "") for theme in themes["theme"]]
    return themes.assign(roles=pd.Series(roles, index=themes.index, dtype="str"))


def _own_names(segments: pd.DataFrame) -> pd.Series:
    return pd.Series(segments["segment_id"].to_numpy(), index=segments["segment_id"])


def _attributions(
    by_role: pd.DataFrame,
    groups: Mapping[str, tuple[str, ...]],
    column: str,
    audience: AudienceName,
) -> Attributions:
    of_role = {role: name for name, roles in groups.items() for role in roles}
    if audience == "team":
        return Attributions({}, None)
    if audience == "public":
        return Attributions(of_role, frozenset())
    told = by_role.loc[is_shown(by_role), ["theme", column]]
    return Attributions(of_role, frozenset(told.itertuples(index=False, name=None)))


def _problem(
    run: Findings,
    shown: Mapping[str, pd.DataFrame],
    quoted: pd.DataFrame,
    names: pd.Series,
    groups: Mapping[str, tuple[str, ...]],
    least: int,
) -> Statement | None:
    if run.problem is None:
        return None
    pairs = ["theme", "kind", "quote_id"]
    chosen = run.problem.evidence.assign(
        quote_id=run.problem.evidence["segment_id"].map(names).astype("str")
    )[pairs]
    evidence = chosen.merge(quoted, on=pairs, how="inner")
    if not least:
        return replace(run.problem, evidence=evidence)
    return published_problem(
        run.problem,
        shown["themes"],
        evidence,
        by_role=shown["by_role"],
        groups=groups,
        least=least,
    )
