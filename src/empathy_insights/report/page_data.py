"""The passages as data inside the page, safe beside its markup."""

from __future__ import annotations

import json
import re
from itertools import chain
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from empathy_insights.report.passages import Passages
    from empathy_insights.report.published import Published

# What could end the element or turn the direction of what stands beside it.
_UNSAFE = re.compile("[<>&\u2028\u2029\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")


def page_data(passages: Passages, shown: Published) -> str:
    """Return the passages as JSON that can stand in a script element as it is.

    Repeated texts are written once. A missing text is a passage that is kept back.
    """
    texts, codings = passages.texts, passages.codings
    numbers = {name: n for n, name in enumerate(texts["segment_id"])}
    themes = shown.themes[shown.themes["theme"].isin(codings["theme"])]
    of_theme = {name: n for n, name in enumerate(themes["theme"])}
    columns = [texts["who"], texts["question"], codings["why"], codings["stance"]]
    shared = {text: n for n, text in enumerate(dict.fromkeys(chain(*columns)))}
    facets = {name: _values(texts[name]) for name in passages.facets}
    data = {
        "team": shown.is_team,
        "themes": [
            {"id": theme, "name": name, "withheld": theme in passages.withheld}
            for theme, name in themes[["theme", "name"]].itertuples(index=False)
        ],
        "facets": facets,
        "shared": list(shared),
        "passages": {
            "id": texts["passage"].tolist(),
            "text": [None if pd.isna(text) else text for text in texts["text"]],
            "who": [shared[text] for text in texts["who"]],
            "known": texts["known"].astype(int).tolist() if shown.is_team else [],
            "place": texts["place"].tolist() if shown.is_team else [],
            "question": [shared[text] for text in texts["question"]]
            if shown.is_team
            else [],
            **{name: _places(texts[name], values) for name, values in facets.items()},
        },
        "codings": {
            "passage": [numbers[name] for name in codings["segment_id"]],
            "theme": [of_theme[name] for name in codings["theme"]],
            "first": codings["first"].tolist(),
            "last": codings["last"].tolist(),
            "why": [shared[text] for text in codings["why"]],
            "stance": [shared[text] for text in codings["stance"]]
            if shown.is_team
            else [],
        },
    }
    return in_script(data)


def in_script(data: object) -> str:
    r"""Return JSON in which no character means anything to HTML.

    Letters of other alphabets stay as they are, so that a search for names finds them.

    Examples
    --------
    >>> in_script("</script>")
    '"\\u003c/script\\u003e"'
    """
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return _UNSAFE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def _values(column: pd.Series) -> list[str]:
    return sorted(str(value) for value in column.dropna().unique())


def _places(column: pd.Series, values: list[str]) -> list[int]:
    place = {value: n for n, value in enumerate(values)}
    return [-1 if pd.isna(value) else place[str(value)] for value in column]
