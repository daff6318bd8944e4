"""Themes for what no other theme explains: "Other", "Off topic", "N/A"."""

from __future__ import annotations

import re

from empathy_insights.codebook import Theme

_REST = re.compile(
    r"(?:others?|misc(?:ellaneous)?|n/?a|none(?: of (?:the above|these|them))?|"
    r"off[- ]?topic|irrelevant|unrelated|(?:not |un)(?:codable|codeable|assigned|clear)|"
    r"not applicable|residual|rest)"
    r"(?: (?:comments?|responses?|answers?|themes?|topics?))?",
    re.IGNORECASE,
)


def is_residual(theme: Theme) -> bool:
    """Say whether a theme is named for the rest.

    Examples
    --------
    >>> [is_residual(Theme("x", name)) for name in ("Other comments", "Other people")]
    [True, False]
    """
    return _REST.fullmatch(theme.name.strip()) is not None
