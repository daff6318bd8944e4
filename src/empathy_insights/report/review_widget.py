"""The widget in which the review page stands in a notebook; loaded only when it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files
from typing import Any

import anywidget
import pandas as pd
import traitlets

from empathy_insights.codebook import Codebook
from empathy_insights.coding.review.decision_files import (
    decisions_told,
    holds_decisions,
)
from empathy_insights.coding.review.own_file import (
    OwnFile,
    is_same_reader,
    write_own,
)
from empathy_insights.errors import TableError

_TEMPLATES = files("empathy_insights.report") / "templates" / "review"


class Review(anywidget.AnyWidget):
    """Show the review page, and hold what people decide in it.

    Parameters
    ----------
    page
        The review page, as HTML.
    codebook
        The themes that it asks about.
    reader
        Who reads; the page asks when it is empty.
    own
        Where each change is saved, and what is there already.
    """

    _esm = (_TEMPLATES / "notebook_frame.js").read_text(encoding="utf-8")
    page = traitlets.Unicode("").tag(sync=True)
    reader = traitlets.Unicode("").tag(sync=True)
    earlier = traitlets.Unicode("").tag(sync=True)
    kept: traitlets.Dict[Any, Any] = traitlets.Dict().tag(sync=True)
    answers = traitlets.Unicode("").tag(sync=True)
    saved = traitlets.Unicode("").tag(sync=True)

    def __init__(
        self, page: str, codebook: Codebook, reader: str, own: OwnFile | None
    ) -> None:
        self._book, self._own = codebook, own
        earlier = own.told if own and own.told else None
        self._told = dict(earlier or {"reader": reader, "decisions": []})
        text = json.dumps(earlier) if earlier else ""
        super().__init__(page=page, reader=reader, earlier=text)
        self.observe(self._note, names="answers")

    def __repr__(self) -> str:
        return f"Review({len(self._told['decisions'])} passages read by {self._told['reader']!r})"

    @property
    def told(self) -> dict[str, Any]:
        """What people decided so far, as a file of decisions holds it."""
        return dict(self._told)

    @property
    def decisions(self) -> pd.DataFrame:
        """What people decided so far, as a table for `analyze(decisions=[...])`."""
        return decisions_told(self._told, self._book)

    def _note(self, change: Any) -> None:  # noqa: ANN401 - traitlets calls it so
        told = _told_in(change["new"])
        if told is None or (
            self.reader and not is_same_reader(told["reader"], self.reader)
        ):
            return
        is_new = told["decisions"] != self._told["decisions"]
        self._told = told
        if self._own is not None and is_new:
            self._save(self._own, told)

    def _save(self, own: OwnFile, told: Mapping[str, Any]) -> None:
        try:
            self._own = write_own(own, told)
        except TableError as error:
            self.saved = f"NOT saved in {error}; run this cell again to go on from it"
        except OSError as error:
            reason = error.strerror or "unknown reason"
            self.saved = f"NOT saved in {own.path.name}: {reason}"
        else:
            self.saved = f"Saved in {own.path.name}"


def _told_in(text: str) -> dict[str, Any] | None:
    """Return decisions that make sense, whatever the browser sent."""
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return dict(told) if holds_decisions(told) else None
