"""Every public function tells a wrong kind of argument in one sentence."""

import inspect
import pickle

import pytest

import empathy_insights as ei

FUNCTIONS = sorted(name for name in ei.__all__ if inspect.isfunction(getattr(ei, name)))


class Strange:
    """Something that no function takes."""


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_wrong_kind_is_told_by_the_name_of_the_parameter(name):
    function = getattr(ei, name)
    first, *others = inspect.signature(function).parameters.values()
    rest = [
        None
        for p in others
        if p.default is p.empty and p.kind is p.POSITIONAL_OR_KEYWORD
    ]

    with pytest.raises(TypeError) as caught:
        function(Strange(), *rest)

    assert str(caught.value).startswith(f"{name}: {first.name} must be a")
    assert str(caught.value).endswith(", not Strange")
    assert "\n" not in str(caught.value)


def test_options_are_checked_too():
    with pytest.raises(
        TypeError, match="read_corpus: name_pattern must be a text or None"
    ):
        ei.read_corpus("x", name_pattern=3)


def test_a_choice_lists_what_there_is(tmp_path):
    (tmp_path / "a.txt").write_text("Interviewer: So?\nAna: Yes.\n")

    with pytest.raises(ValueError, match="by must be 'turn' or 'sentence', not 'page'"):
        ei.segment(ei.read_corpus(tmp_path), by="page")


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_public_function_can_be_sent_to_another_process(name):
    assert pickle.loads(pickle.dumps(getattr(ei, name))) is getattr(ei, name)
