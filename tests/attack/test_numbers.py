"""Nobody can solve for a hidden number, whatever files they hold: an attacker tries."""

from dataclasses import replace

import pytest

from empathy_insights.analysis.codings_in_place import locate
from tests.attack.measured import HOLDS, Attack, attack, released, table
from tests.attack.studies import WORDS

N_STUDIES = 60

# Two audiences' results, and some hundred whole-number programs.
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def one(talk, tmp_path_factory):
    return released(talk, 3, tmp_path_factory.mktemp("attacked"))


@pytest.mark.parametrize("held", HOLDS.values(), ids=HOLDS)
def test_no_hidden_number_of_a_study_can_be_solved_for(one, held):
    run, read = one

    done = attack(run, [read[audience] for audience in held])

    assert done.cells.total() > 10
    assert done.solved == []


def test_the_attacker_finds_what_a_whole_list_of_roles_tells(one):
    run, read = one
    found = locate(run.codings, run.corpus)
    whole = found.groupby("theme")["role"].agg(set).to_dict()
    named = {theme: whole.get(theme, set()) for theme in WORDS}
    careless = [replace(read["school"], named=named)]

    done = attack(run, careless)

    assert done.solved


@pytest.mark.attack
def test_no_hidden_number_of_sixty_studies_can_be_solved_for(talk, tmp_path):
    done = {name: Attack() for name in HOLDS}
    for seed in range(N_STUDIES):
        run, read = released(talk, seed, tmp_path)
        for name, held in HOLDS.items():
            own = [read[audience] for audience in held]
            found = attack(run, own, name=f"{seed}, {name}")
            done[name] += found
            print(seed, name, *found.said, *found.solved, sep="; ", flush=True)  # noqa: T201
    print(f"\n{table(done)}")  # noqa: T201

    assert [solved for one in done.values() for solved in one.solved] == []
