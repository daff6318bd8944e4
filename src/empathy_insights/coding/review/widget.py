"""The widget in which suggestions are reviewed; loaded only when it is used."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import anywidget
import pandas as pd
import traitlets

from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decisions import DECISIONS, decide
from empathy_insights.coding.review.notebook import save
from empathy_insights.coding.review.review_sheet import marked
from empathy_insights.coding.sheets.coding_sheet import context

_HERE = Path(__file__).parent

Card = Mapping[str, object]


class Review(anywidget.AnyWidget):
    """Hold suggestions, and what was decided about them so far.

    Parameters
    ----------
    codings
        What is reviewed, with everything beside it.
    rows
        The suggestions, in the order in which they are shown.
    book
        The themes to choose from.
    cards
        What the browser shows of each suggestion.
    reviewer
        Who decides.
    path
        Where each decision is saved.
    """

    _esm = (_HERE / "review.js").read_text(encoding="utf-8")
    _css = (_HERE / "review.css").read_text(encoding="utf-8")
    cards: traitlets.List[Any] = traitlets.List().tag(sync=True)
    themes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    decisions: traitlets.List[Any] = traitlets.List().tag(sync=True)
    at = traitlets.Int(0).tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self,
        codings: pd.DataFrame,
        rows: pd.DataFrame,
        codebook: Codebook,
        cards: Sequence[Card],
        reviewer: str,
        path: Path | None,
    ) -> None:
        self._start, self._rows, self._book = codings, rows, codebook
        self._reviewer, self._path = reviewer, path
        self._times: dict[tuple[int, str], str] = {}
        super().__init__(cards=list(cards), themes=_themes(codebook))
        self.observe(self._note, names="decisions")

    def __repr__(self) -> str:
        n = len({card for card, _ in self._valid()})
        return f"Review({n} of {len(self.cards)} decided by {self._reviewer!r})"

    @property
    def codings(self) -> pd.DataFrame:
        """All codings, with the decisions so far."""
        latest = dict(self._valid())
        places = list(latest)
        answers = list(latest.values())
        rows = self._rows.iloc[places]
        asked = pd.DataFrame(
            {
                "segment_id": rows["segment_id"].to_numpy(),
                "theme": rows["theme"].to_numpy(),
                "decision": answers,
                "reviewed_at": [self._times[item] for item in latest.items()],
                "notes": None,
            },
            columns=DECISIONS,
        ).astype("str")
        return decide(
            self._start,
            asked,
            reviewer=self._reviewer,
            codebook_sha256=self._book.sha256,
        )

    def _valid(self) -> list[tuple[int, str]]:
        """Return the decisions that make sense, whatever the browser sent."""
        answers = {"accepted", "rejected", *(theme.id for theme in self._book)}
        return [
            (int(card), str(answer))
            for card, answer in self.decisions
            if 0 <= card < len(self._rows) and answer in answers
        ]

    def _note(self, change: Any) -> None:  # noqa: ANN401, ARG002 - traitlets calls it so
        now = datetime.now(UTC).isoformat(timespec="seconds")
        for item in self._valid():
            self._times.setdefault(item, now)
        if self._path is None:
            return
        try:
            save(self.codings, self._path)
        except OSError as error:
            reason = error.strerror or "unknown reason"
            self.saved = f"NOT saved to {self._path.name}: {reason}"
        else:
            self.saved = f"saved to {self._path.name}"


def cards_of(rows: pd.DataFrame, codebook: Codebook) -> list[Card]:
    """Return what the browser shows of each suggestion: texts, and nothing else."""
    named = {theme.id: theme for theme in codebook}
    cards = zip(
        rows["theme"],
        context(rows, "question"),
        context(rows, "before", unlike="question"),
        marked(rows),
        strict=True,
    )
    return [
        {
            "question": question,
            "before": before,
            "text": [text.before, text.words, text.after],
            "theme": theme,
            "name": named[theme].name if theme in named else theme,
            "means": _means(codebook, theme),
        }
        for theme, question, before, text in cards
    ]


def _themes(codebook: Codebook) -> list[dict[str, str]]:
    return [
        {"id": theme.id, "name": theme.name, "means": _means(codebook, theme.id)}
        for theme in codebook.main_themes
    ]


def _means(codebook: Codebook, theme: str) -> str:
    if theme not in codebook:
        return ""
    return codebook[theme].brief or codebook[theme].definition
