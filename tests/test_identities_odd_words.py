"""Words with odd capitals are no names; names with odd capitals are."""

import pandas as pd
import pytest

from empathy_insights.identities import check_leaks, deidentify, find_identities


@pytest.mark.parametrize(
    ("words", "clean"),
    [
        ("We put it on GitHub and the GBMs and PDPilot ran.", None),
        ("So I. I think, mmm, Mmmm, it works.", None),
        (
            "I asked DeShawn and McKayla about it.",
            "I asked [person 1] and [person 2] about it.",
        ),
        ("I asked LaToya about it.", "I asked [person 1] about it."),
    ],
)
def test_inner_capitals_tell_a_name_only_after_a_prefix_of_names(talk, words, clean):
    corpus = talk({"d": [(None, words)]})

    text = deidentify(corpus, ner=None).corpus.utterances["text"].item()

    assert text == (clean or words)


def test_initials_alone_are_never_a_leak(talk):
    corpus = talk({"d": [(None, "J. P. came. I think so.")]})
    identities = find_identities(deidentify(corpus, ner=None))

    assert check_leaks({"report.html": "I think P is for physics"}, identities).empty


def test_a_listed_short_name_is_a_leak():
    identities = find_identities(roster=pd.DataFrame({"name": ["Bo Li"]}))

    assert check_leaks({"a.txt": "Then Bo Li said"}, identities)["kind"].tolist() == [
        "name"
    ]
