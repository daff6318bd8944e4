"""A need as people write it in a list or a sheet: whose it is, and what completes it."""

from __future__ import annotations

import re

from empathy_insights.roles import role_in

_NEED = re.compile(
    r"^(?:(?:our |the )?(?:students|people|we|they|everybody|everyone|(?P<who>families|parents|"
    r"caregivers|teachers|staff|school leaders|principals)) needs? )?(?:to )?",
    re.IGNORECASE,
)


def need_in(text: str) -> dict[str, object]:
    """Return what completes "students need to …", or whoever else is named there.

    Examples
    --------
    >>> need_in("To be told in time."), need_in("Parents need to have a say")
    ({'verb_phrase': 'be told in time'}, {'verb_phrase_of': {'family': 'have a say'}})
    """
    found = _NEED.match(text)
    phrase = text[found.end() if found else 0 :].rstrip(".")
    is_acronym = phrase[:2].isupper()
    phrase = phrase if is_acronym else phrase[:1].lower() + phrase[1:]
    who = role_in(found["who"]) if found and found["who"] else None
    return {"verb_phrase_of": {who: phrase}} if who else {"verb_phrase": phrase}
