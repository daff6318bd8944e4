"""Accounts, passwords and tags go as people give them. All names are invented."""

import pandas as pd
import pytest

from empathy_insights.identities import deidentify


def left(talk, line, **how):
    done = deidentify(talk({"a": [("s01", line)]}), ner=None, **how)
    return done.corpus.utterances["text"].item()


@pytest.mark.parametrize(
    ("line", "after"),
    [
        ("on snap jaylen.pxrker", "on snap [handle]"),
        ("on tiktok she is its.just.amariah", "on tiktok she is [handle]"),
        ("he is on discord as tyrell09", "he is on discord as [handle]"),
        ("add me on snap jay_b.", "add me on snap [handle]."),
        ("log-in jsmith27 and pass Tigers2026", "log-in [handle] and pass [handle]"),
        (
            "log in is jsmith27 and pass Tigers2026.",
            "log in is [handle] and pass [handle].",
        ),
        ("user: mdiaz2009 / pw: dog4ever", "user: [handle] / pw: [handle]"),
        ("the pass is Tigers2026", "the pass is [handle]"),
        ("they wrote #FreeMarquezhah on it", "they wrote #Free[handle] on it"),
    ],
)
def test_what_opens_an_account_or_names_one_goes(talk, line, after):
    assert left(talk, line) == after


@pytest.mark.parametrize(
    "line",
    [
        "we post on tiktok every day", "we play on xbox fifa23 every day", "hall pass 2026",
        "my pass is 7th period", "I need to pass Algebra1", "your account has 20 points",
        "on tiktok it was like, so bad", "user 4 said so", "log-in is hard", "I log in with grade7 codes",
        "#BlackLivesMatter #FreePalestine", "it is on page 12.b",
    ],
)  # fmt: skip
def test_talk_about_accounts_stays(talk, line):
    assert left(talk, line) == line


@pytest.mark.parametrize(
    ("tag", "after"),
    [("#FreeEfosa", "#Free[person 1]"), ("#freeefosa", "#free[person 1]"),
     ("#TeamEfosaForever", "#Team[person 1]Forever"), ("#FreeHope", "#FreeHope")],
)  # fmt: skip
def test_a_listed_name_goes_from_a_tag(talk, tag, after):
    roster = pd.DataFrame({"name": ["Efosa Ogbe", "Hope Lu"]})

    assert left(talk, f"we wear {tag} today", roster=roster) == f"we wear {after} today"
