"""A long talk in one turn takes time by its length, not by the square of it."""

from collections.abc import Iterator

import pytest

from empathy_insights.identities._discover import find_people
from empathy_insights.identities._evidence import evidence_of
from empathy_insights.identities._index import build_index
from empathy_insights.identities._word_spans import Word, tokens_of


class Counted(list[Word]):
    """Words that count how often somebody looks at all of them."""

    n_walks = 0

    def __iter__(self) -> Iterator[Word]:
        self.n_walks += 1
        return super().__iter__()


@pytest.mark.parametrize(
    "said",
    ["Deshawn was late on day {}.", "nan lekòl la se {}.", "thanks delmonte {}.",
     "Batallo con la tarea {}.", "Vextrix was late on day {}."],
)  # fmt: skip
def test_all_words_are_looked_at_a_few_times_however_many_names_there_are(said):
    index = build_index([], words=frozenset())
    walks = []
    for n in (10, 80):
        text = " ".join(f"{said.format(k)} we ate by the river." for k in range(n))
        tokens = Counted(tokens_of(text))
        evidence = evidence_of(list(tokens))
        tokens.n_walks = 0
        list(find_people(tokens, index, evidence))
        walks.append(tokens.n_walks)

    assert walks[0] == walks[1] < 12
