"""Reviewing in a sheet: suggestions to accept, reject or give another theme."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decisions import (
    contradictions,
    decide,
    document_of,
    most_useful_first,
)
from empathy_insights.coding.sheets.coding_sheet import context
from empathy_insights.coding.sheets.filled import (
    Filled,
    cautions,
    fold,
    label,
    problems_of,
    read_filled,
    refuse,
    shown,
    theme_names,
    warn_of,
)
from empathy_insights.coding.sheets.paint import Column, Marked, SheetPlan, draw
from empathy_insights.tables import CODINGS

_ANSWERS = {"accept": "accepted", "reject": "rejected"}
_RELEASE = "release this quote"
_HOW_TO = (
    "Each row is a theme that the computer suggests for a text. The words that led to it "
    "stand out. The most useful rows come first: stop whenever you like.",
    "Read the question and the text, then choose under 'decision': accept (the theme is "
    "there), reject (it is not), or the theme that it should be.",
    "Decide by the definition, not by the words that stand out. An empty cell stays open "
    "and is not counted.",
    "'release this quote': yes, if others than the team may read these words. Nobody else "
    "gets a quote that no person has released.",
    "'notes' is for whatever the team should talk about. Write no names.",
    "The sheet 'codebook' says what each theme means, with examples and near misses.",
    "Save as .xlsx and send it back. Keep it as safe as the interviews: it holds what "
    "people said.",
)

Problem = tuple[int, str]


@public
def review_sheet(
    codings: pd.DataFrame,
    segments: pd.DataFrame,
    codebook: Codebook,
    path: str | Path,
    *,
    statuses: Sequence[str] = ("suggested",),
    n: int | None = None,
    random_state: int = 0,
) -> Path:
    """Write a sheet in which a person accepts, rejects or recodes suggestions.

    Rare themes, many people, and suggestions that are nearly counted come first, so
    that a review that stops early was still worth it.

    Parameters
    ----------
    codings
        Which segment got which theme, as `code` or `read_codings` returns it.
    segments
        What people said, as `segment` returns it; by its column `order`, if there is one.
    codebook
        The themes, as `load_codebook` returns them.
    path
        An .xlsx file, with the codebook and a how-to beside the sheet; or a .csv file.
    statuses
        What to review: `suggested`, `auto`, or both.
    n
        How many suggestions; all when None.
    random_state
        Seed of the order among equals.

    Raises
    ------
    TableError
        A coding points to no segment.
    EmpathyInsightsError
        The file cannot be written, or is there already and holds something else.

    See Also
    --------
    read_review_sheet : Reads what a person decided.
    review : In a notebook, the page on which people read whole passages.

    Examples
    --------
    >>> import pandas as pd
    >>> import tempfile
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["The ticket to fix it took a week."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> book = ei.load_codebook("empathy_core")
    >>> codings = ei.code(segments, book)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = ei.review_sheet(codings, segments, book, f"{folder}/review.xlsx")
    ...     ei.read_review_sheet(path, codings, book, reviewer="kim")["reviewed_by"].count()
    np.int64(0)
    """
    codings = CODINGS.completed(codings)
    rows = most_useful_first(
        codings, segments, statuses=statuses, n=n, random_state=random_state
    )
    labels = {theme.id: label(theme) for theme in codebook}
    means = {theme.id: theme.brief or theme.definition for theme in codebook}
    empty = [""] * len(rows)
    columns = (
        Column("segment_id", rows["segment_id"].tolist(), 12, is_quiet=True),
        Column("document", document_of(rows).tolist(), 12, is_quiet=True),
        Column("question", context(rows, "question"), 24, is_quiet=True),
        Column("before", context(rows, "before", unlike="question"), 24, is_quiet=True),
        Column("text", list(_marked(rows)), 56),
        Column("theme", list(rows["theme"].map(labels).fillna(rows["theme"])), 22),
        Column(
            "it means", list(rows["theme"].map(means).fillna("")), 36, is_quiet=True
        ),
        Column("decision", empty, 20, (*_ANSWERS, *labels.values()), is_open=True),
        Column("notes", empty, 36, is_open=True),
        Column(_RELEASE, empty, 14, ("yes", "no"), is_open=True),
        Column("codebook_sha256", [codebook.content_sha256] * len(rows), 0),
    )
    return draw(
        SheetPlan("review here", columns, frozen=5, how_to=_HOW_TO), codebook, path
    )


@public
def read_review_sheet(
    path: str | Path,
    codings: pd.DataFrame,
    codebook: Codebook,
    *,
    reviewer: str,
    reviewed_at: str | None = None,
) -> pd.DataFrame:
    """Return the codings after the decisions in a review sheet.

    Rows without a decision stay as they are. Reading a sheet twice changes nothing
    more, and several reviewers' sheets are read one after the other.

    Parameters
    ----------
    path
        The sheet that `review_sheet` made, filled in.
    codings
        The codings that the sheet was made of, perhaps with other reviews in them.
    codebook
        The themes, as `load_codebook` returns them.
    reviewer
        Who decided.
    reviewed_at
        When; otherwise when the workbook was saved last, where it says so.

    Returns
    -------
    pandas.DataFrame
        All codings, `accepted` or `rejected` where the sheet says so, with
        `reviewed_by`, `reviewed_at` and `notes`. A theme given instead is a coding by
        the reviewer with status `human`. Where the sheet says yes under "release this
        quote", `released_by` names the reviewer: pass the codings as `quotes_released`.

    Raises
    ------
    TableError
        The file is no review sheet, holds cells that cannot be read, or contradicts
        what another person decided; all of them are named.

    See Also
    --------
    review_sheet : Makes the sheet.
    review : In a notebook, the page on which people read whole passages.

    Examples
    --------
    >>> import pandas as pd
    >>> import tempfile
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["The ticket to fix it took a week."]})
    >>> segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
    >>> book = ei.load_codebook("empathy_core")
    >>> codings = ei.code(segments, book)
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = ei.review_sheet(codings, segments, book, f"{folder}/review.xlsx")
    ...     len(ei.read_review_sheet(path, codings, book, reviewer="kim")) == len(codings)
    True
    """
    codings = CODINGS.completed(codings)
    sheet = read_filled(path, ["segment_id", "theme", "decision"])
    decisions = _decisions(sheet, codings, codebook)
    clashes = contradictions(codings, decisions, reviewer=reviewer)
    refuse(sheet, _clashing(sheet, decisions, clashes, reviewer))
    warn_of(path, problems_of(sheet, [], cautions(sheet, codebook)))
    released = _released(sheet)
    decided = decide(
        codings,
        decisions.assign(reviewed_at=reviewed_at or sheet.saved_at),
        reviewer=reviewer,
        codebook_sha256=codebook.sha256,
    )
    by = pd.Series(reviewer, index=decided.index, dtype="str")
    by = by.where(decided["segment_id"].isin(released))
    if "released_by" in decided:
        by = decided["released_by"].fillna(by)
    return decided.assign(released_by=by)


def _marked(rows: pd.DataFrame) -> Iterator[Marked]:
    """Yield each text, cut around the words that led to the theme."""
    starts = (rows["evidence_start"] - rows["start"]).fillna(0).clip(lower=0)
    ends = (rows["evidence_end"] - rows["start"]).fillna(0).clip(lower=0)
    spans = zip(rows["text"], starts.astype(int), ends.astype(int), strict=True)
    for text, start, end in spans:
        yield Marked(shown(text[:start]), shown(text[start:end]), shown(text[end:]))


def _released(sheet: Filled) -> pd.Series:
    """Return the passages whose quote the sheet releases, or name cells that say neither."""
    said = sheet.column(_RELEASE).map(fold)
    letter = str(sheet.find(_RELEASE))
    strange = said.index[~said.isin(["", "yes", "no"])]
    refuse(
        sheet,
        [
            (row, f"{sheet.place(letter, row)}: write yes or no, or leave it empty")
            for row in strange
        ],
    )
    ids = sheet.column("segment_id")
    return ids[(said == "yes") & ~ids.isin(ids[said == "no"])]


def _decisions(
    sheet: Filled, codings: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Return the decisions of a sheet by its rows, or name the cells that are none."""
    names = theme_names(codebook)
    given = sheet.column("decision").map(fold)
    table = pd.DataFrame(
        {
            "segment_id": sheet.column("segment_id"),
            "theme": sheet.column("theme").map(lambda cell: names.get(fold(cell), "")),
            "decision": given.replace(names | _ANSWERS),
            "notes": sheet.column("notes").replace("", None),
        }
    )
    table = table[given != ""]
    is_known = given[given != ""].isin([*names, *_ANSWERS])
    refuse(sheet, [*_bad(sheet, table, is_known), *_lost(sheet, table, codings)])
    same = table["decision"] == table["theme"]
    return table.assign(decision=table["decision"].mask(same, "accepted"))


def _bad(sheet: Filled, table: pd.DataFrame, is_known: pd.Series) -> Iterator[Problem]:
    letter = str(sheet.find("decision"))
    for row in is_known.index[~is_known]:
        typed = sheet.cells.loc[row, letter][:20]
        yield (
            row,
            f"{sheet.place(letter, row)}: {typed!r} is no decision; use accept, reject, "
            "the name of a theme, or leave it empty",
        )
    again = table.duplicated(["segment_id", "theme"])
    for row in again.index[again]:
        yield row, f"{sheet.place(letter, row)}: an earlier row decides this already"


def _lost(
    sheet: Filled, table: pd.DataFrame, codings: pd.DataFrame
) -> Iterator[Problem]:
    """Find decisions on what nobody suggested."""
    pair = ["segment_id", "theme"]
    known = pd.MultiIndex.from_frame(codings.loc[codings["status"] != "human", pair])
    lost = table.index[~pd.MultiIndex.from_frame(table[pair]).isin(known)]
    letter = str(sheet.find("theme"))
    for row in lost:
        place = sheet.place(letter, row)
        yield row, f"{place}: the codings do not hold this theme for this segment"


def _clashing(
    sheet: Filled, decisions: pd.DataFrame, clashes: pd.DataFrame, reviewer: str
) -> Iterator[Problem]:
    rows = decisions.rename_axis("row").reset_index()
    placed = clashes.drop_duplicates().merge(
        rows[["row", "segment_id", "theme"]],
        left_on=["segment_id", "asked"],
        right_on=["segment_id", "theme"],
        suffixes=("", "_of_row"),
        validate="many_to_one",
    )
    letter = str(sheet.find("decision"))
    for clash in placed.itertuples():
        says = "is there" if clash.other else "is not there"
        who = "another row" if clash.person == reviewer else clash.person
        yield (
            clash.row,
            f"{sheet.place(letter, clash.row)}: {who} says that {clash.theme!r} {says}; "
            "agree on one answer, and change the other",
        )
