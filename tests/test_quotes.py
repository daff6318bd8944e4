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


def judged(talk, rows):
    """Return the quotes of a theme: who said it, its stance, and who judged that."""
    corpus = talk({"d": [(who, f"{who.capitalize()} told of it.") for who, *_ in rows]})
    segments = ei.segment(corpus)
    codings = segments[["segment_id"]].assign(
        theme="say",
        coder="kim",
        stance=[stance for _, stance, _ in rows],
        status=[status for *_, status in rows],
    )
    found = ei.quotes(codings, corpus, segments)
    return found[["kind", "participant_id", "stance"]].to_numpy().tolist()


def test_what_people_judged_says_what_a_theme_is_usually_told_as(talk):
    """A computer takes five for praise whom nobody has read; three were read as needs."""
    unread = [(f"u{n}", "asset", "auto") for n in range(5)]
    read = [
        ("ana", "need", "human"),
        ("ben", "need", "human"),
        ("cy", "mixed", "human"),
    ]

    assert judged(talk, [*unread, *read]) == [
        ["quote", "ana", "need"],
        ["quote", "ben", "need"],
        ["quote", "cy", "mixed"],
    ]


def test_what_is_neither_comes_after_what_bears_a_theme_out(talk):
    said = [("ana", "neutral", "human"), ("ben", "neutral", "human"),
            ("cy", "need", "human"), ("di", "mixed", "human"),
            ("ed", "asset", "human")]  # fmt: skip

    assert judged(talk, said) == [
        ["quote", "cy", "need"],
        ["quote", "di", "mixed"],
        ["quote", "ana", "neutral"],
        ["dissent", "ed", "asset"],
    ]


def test_of_praise_the_need_is_the_other_hand(talk):
    said = [("ana", "asset", "human"), ("ben", "asset", "human"),
            ("cy", "need", "human")]  # fmt: skip

    assert judged(talk, said) == [
        ["quote", "ana", "asset"],
        ["quote", "ben", "asset"],
        ["dissent", "cy", "need"],
    ]


def test_before_anybody_has_judged_a_computers_guess_decides(talk):
    said = [("ana", "asset", "auto"), ("ben", "asset", "auto"), ("cy", "need", "auto")]

    assert judged(talk, said) == [["quote", "ana", "asset"], ["quote", "ben", "asset"]]
