from dataclasses import replace

import pandas as pd
import pytest

from empathy_insights.corpus import heard, slug, utterance_of
from empathy_insights.errors import TableError


@pytest.fixture
def corpus(talk):
    return talk(
        {"d1": [("?", "How was it?"), ("ana", "Good.")]}, roles={"bo": "teacher"}
    )


def test_a_person_on_the_list_who_says_nothing_is_not_heard(corpus):
    assert heard(corpus)["participant_id"].tolist() == ["ana"]


def test_its_representation_counts_people_and_turns(corpus):
    assert (
        repr(corpus)
        == "Corpus(1 document, 1 person heard, 1 turn of theirs, 0 problems)"
    )


def test_offsets_that_do_not_give_the_text_are_refused(corpus):
    shifted = corpus.utterances.assign(start=corpus.utterances["start"] + 1)

    with pytest.raises(TableError, match="'d1:0001' is not the text at 1:11"):
        replace(corpus, utterances=shifted)


def test_a_turn_of_an_unlisted_person_is_refused(corpus):
    with pytest.raises(TableError, match=r"participant_id that does not exist$"):
        replace(corpus, participants=corpus.participants.iloc[1:])


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("participants", "role", "wizard"), ("documents", "kind", "podcast")],
)
def test_values_outside_the_vocabulary_are_refused(corpus, table, column, value):
    strange = getattr(corpus, table).assign(**{column: value})

    with pytest.raises(TableError, match=f"'{column}' holds '{value}'; choose from"):
        replace(corpus, **{table: strange})


def test_a_segment_id_tells_its_utterance():
    ids = pd.Series(["r1.2_x:0003.01", "a:0001.12"])

    assert utterance_of(ids).tolist() == ["r1.2_x:0003", "a:0001"]


def test_a_name_of_signs_alone_still_gives_an_id():
    assert slug("???") == "document"
