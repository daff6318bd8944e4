import pytest

from empathy_insights.codebook import Codebook, Example, Patterns, Theme
from empathy_insights.coding.missing_phrases import suggest_phrases
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(
        Theme(
            "bus",
            "Bus",
            definition="Talk of “rides” to school.",
            examples=(
                Example("My bus comes late every day."),
                Example("The driver went past my corner."),
                Example("No driver today."),
            ),
        ),
        Theme(
            "food",
            "Food",
            patterns=Patterns(strong=("food",)),
            examples=(
                Example("Lunch is cold."),
                Example("The cafeteria line is long."),
            ),
        ),
    ),
)


@pytest.fixture
def segments(talk):
    said = [
        "The shuttle comes late every day.",
        "No shuttle today.",
        "My shuttle is late.",
    ]
    return segment(
        talk({"d": [("ana", words) for words in [*said, "Lunch is cold.", "I paint."]]})
    )


def phrases(table, theme, source):
    kept = (table["theme"] == theme) & (table["source"] == source)
    return table.loc[kept, "phrase"].tolist()


def test_the_codebooks_own_words_are_listed(segments):
    table = suggest_phrases(segments, BOOK)

    assert phrases(table, "bus", "name") == ["bus"]
    assert phrases(table, "bus", "quoted") == ["rides"]
    assert phrases(table, "bus", "codebook") == ["driver"]


def test_peoples_word_for_it_is_found(segments):
    table = suggest_phrases(segments, BOOK, min_segments=3)

    assert phrases(table, "bus", "people") == ["shuttle"]
    row = table[table["phrase"] == "shuttle"].iloc[0]
    assert row["segments"] == 3
    assert row["lift"] > 1.2
    assert row["example"] in set(segments["segment_id"])


def test_what_the_theme_has_already_is_left_out(segments):
    table = suggest_phrases(segments, BOOK)

    assert "food" not in set(table["phrase"])


def test_rows_in_any_order_and_no_rows_at_all(segments):
    table = suggest_phrases(segments, BOOK)

    assert suggest_phrases(segments.iloc[::-1], BOOK).equals(table)
    assert suggest_phrases(segments.head(0), BOOK)["segments"].eq(0).all()
