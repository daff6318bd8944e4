"""Questions that the team asks itself, and which table lies beside each."""

from __future__ import annotations

import pandas as pd

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
