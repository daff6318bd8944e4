"""The collector of cycles rests while much is made, and then works as it did before."""

from __future__ import annotations

import gc

import pytest

from empathy_insights.collector import seldom_collected


@pytest.fixture(autouse=True)
def usual():
    before = gc.get_threshold()
    gc.set_threshold(700, 10, 10)
    yield (700, 10, 10)
    gc.set_threshold(*before)


def test_of_blocks_that_overlap_the_last_one_brings_back_what_was_usual(usual):
    first, second = seldom_collected(), seldom_collected()
    first.__enter__()
    seldom = gc.get_threshold()
    second.__enter__()
    first.__exit__(None, None, None)

    assert gc.get_threshold() == seldom > usual
    second.__exit__(None, None, None)
    assert gc.get_threshold() == usual


def test_what_is_usual_comes_back_when_a_block_breaks(usual):
    with pytest.raises(KeyError), seldom_collected():
        raise KeyError

    assert gc.get_threshold() == usual


@pytest.mark.parametrize(
    ("own", "within"),
    [((1_000_000, 10, 10), (1_000_000, 50, 100)), ((0, 10, 10), (0, 10, 10))],
)
def test_whoever_collects_more_seldom_or_never_still_does(own, within):
    gc.set_threshold(*own)

    with seldom_collected():
        assert gc.get_threshold() == within
