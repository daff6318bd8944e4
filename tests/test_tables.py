import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from empathy_insights.errors import EmpathyInsightsError, TableError, TranscriptError
from empathy_insights.tables import SEGMENTS, TOPICS


def test_an_empty_table_has_its_columns_and_types():
    frame = TOPICS.frame([])

    assert frame.dtypes.astype(str).to_dict() == {
        "segment_id": "str",
        "topic": "int64",
        "strength": "float64",
    }


def test_extra_columns_ride_along():
    row = {"segment_id": "a:1.1", "topic": 0, "strength": 0.5, "memo": "x"}

    assert TOPICS.frame([row]).to_dict("records") == [row]


def test_a_missing_column_is_named_with_those_that_are_there():
    frame = pd.DataFrame({"segment_id": ["a"], "topic": [0]})

    with pytest.raises(
        TableError, match=r"lacks 'strength'; its columns are: segment_id"
    ):
        TOPICS.check(frame)


def test_all_that_is_wrong_is_said_at_once():
    frame = pd.DataFrame(
        {"segment_id": ["a", "a"], "topic": ["x", "y"], "strength": [1.0, None]}
    )

    with pytest.raises(TableError) as caught:
        TOPICS.check(frame)

    assert str(caught.value) == (
        "the topics table is not usable: 'topic' must hold whole numbers, not str; "
        "'strength' is missing in 1 rows; 'segment_id' repeats in 1 rows"
    )


def test_checking_returns_the_table_unchanged():
    frame = SEGMENTS.frame(
        [
            {
                "segment_id": "a:1.1",
                "utterance_id": "a:1",
                "start": 0,
                "end": 2,
                "text": "hi",
            }
        ]
    )
    before = frame.copy()

    assert_frame_equal(SEGMENTS.check(frame), before)


@pytest.mark.parametrize(
    ("path", "line", "said"),
    [(None, None, "no"), ("x/a.txt", None, "a.txt: no"), ("x/a.txt", 3, "a.txt:3: no")],
)
def test_errors_say_where(path, line, said):
    assert str(TranscriptError("no", path=path, line=line)) == said


def test_every_error_is_one_kind():
    assert issubclass(TableError, EmpathyInsightsError)
