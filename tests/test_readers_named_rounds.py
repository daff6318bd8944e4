"""Rounds that the names of files say, without a pattern."""

import pytest

from empathy_insights.analysis.rounds import round_order
from empathy_insights.readers import read_corpus

SAID = "Interviewer: And how is {n}?\n{who}: About the bus number {n}, it is late.\n"


def rounds_of(folder, names, who="S01"):
    for n, name in enumerate(names):
        file = folder / f"{name}.txt"
        file.parent.mkdir(exist_ok=True, parents=True)
        file.write_text(SAID.format(n=n * 7 + 1, who=who), encoding="utf-8")
    corpus = read_corpus(folder)
    told = corpus.problems["problem"].str.contains("in which round")
    return corpus, corpus.documents["round"].astype(object).tolist(), int(told.sum())


@pytest.mark.parametrize(
    ("names", "order"),
    [
        (["S01_fall", "S01_spring", "S02_fall"], ["fall", "spring"]),
        (["S01 otoño", "S01 primavera"], ["otoño", "primavera"]),
        (["post-S01", "pre-S01"], ["pre", "post"]),
        (["S01 wave1", "S01 wave2"], ["wave 1", "wave 2"]),
        (["S01_baseline", "S01_endline", "S01_midyear"], ["baseline", "midyear", "endline"]),
        (["S01 Fall 2025", "S01 Spring 2026"], ["fall 2025", "spring 2026"]),
        (["fall/S01", "spring/S01"], ["fall", "spring"]),
    ],
)  # fmt: skip
def test_names_of_files_say_rounds(tmp_path, names, order):
    corpus, rounds, n_told = rounds_of(tmp_path, names)

    assert set(rounds) == set(order)
    assert round_order(corpus) == order
    assert n_told == 1


@pytest.mark.parametrize(
    "names",
    [
        ["Spring Hill Elementary 1", "Fall River High 2"],
        ["S01 fall", "S02", "S03", "S04"],
        ["S01_fall", "S02_fall"],
        ["post office", "pre-K parents"],
        ["Springfield", "Fallon"],
    ],
)
def test_words_in_other_names_are_no_rounds(tmp_path, names):
    _, rounds, n_told = rounds_of(tmp_path, names)

    assert not any(isinstance(told, str) for told in rounds)
    assert n_told == 0


def test_who_is_called_autumn_is_no_round(tmp_path):
    for n, name in enumerate(("Autumn", "Summer")):
        said = SAID.format(n=n * 7 + 1, who=name)
        (tmp_path / f"{name}.txt").write_text(said, "utf-8")

    assert read_corpus(tmp_path).documents["round"].isna().all()


def test_one_code_in_two_rounds_is_one_person(tmp_path):
    corpus, _, _ = rounds_of(tmp_path, ["S01_fall", "S01_spring"])

    assert len(corpus.participants) == 1


def test_what_a_pattern_or_a_file_says_of_its_round_is_left(tmp_path):
    rounds_of(tmp_path, ["S01_fall", "S01_spring"])

    corpus = read_corpus(tmp_path, name_pattern="{round}_{site}")

    assert corpus.documents["round"].tolist() == ["S01", "S01"]
