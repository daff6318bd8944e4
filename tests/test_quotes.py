"""Which passages are shown as people's words."""

import empathy_insights as ei


def test_a_childs_own_words_come_before_what_an_adult_wrote_down(talk):
    corpus = talk(
        {
            "a": [
                (
                    "ana",
                    "The internet at home is his mother's phone, she brings it at six.",
                )
            ],
            "b": [
                (
                    "ben",
                    "My internet at home is one phone, and my mom has it until six.",
                )
            ],
            "c": [
                ("mrs", "He does his work on her phone, and she brings it home at six.")
            ],
        },
        roles={"ana": "student", "ben": "student", "mrs": "teacher"},
    )
    segments = ei.segment(corpus)
    codings = segments[["segment_id"]].assign(theme="wifi", coder="kim")

    found = ei.quotes(codings, corpus, segments, per_theme=3)

    # What a teacher says of a child is her own.
    assert found["participant_id"].tolist() == ["ben", "mrs", "ana"]


def test_a_word_or_two_are_no_quote_to_begin_with(talk):
    corpus = talk(
        {
            "a": [("ana", "teachers!!")],
            "b": [
                ("ben", "My teachers never have an hour to plan, and it shows by May.")
            ],
        },
        roles={"ana": "family", "ben": "teacher"},
    )
    segments = ei.segment(corpus)
    codings = segments[["segment_id"]].assign(
        theme="support", coder="kim", score=(0.9, 0.4)
    )

    found = ei.quotes(codings, corpus, segments)

    assert found["participant_id"].tolist() == ["ben", "ana"]
