"""Examples of public functions run after `import empathy_insights as ei`, as people paste them."""

import ast
import builtins
import doctest
import inspect

import pytest

import empathy_insights as ei


def shown() -> dict[str, str]:
    """Return the docstrings with examples of all that is offered, and of its methods."""
    offered = {name: getattr(ei, name) for name in ei.__all__}
    methods = {
        f"{name}.{own}": getattr(one, own)
        for name, one in offered.items()
        if inspect.isclass(one)
        for own in vars(one)
        if not own.startswith("_")
    }
    told = {
        name: inspect.getdoc(one) or "" for name, one in {**offered, **methods}.items()
    }
    return {name: text for name, text in told.items() if ">>>" in text}


DOCSTRINGS = shown()


@pytest.mark.parametrize("name", DOCSTRINGS)
def test_an_example_imports_what_it_uses(name):
    example = doctest.DocTestParser().get_examples(DOCSTRINGS[name])
    tree = ast.parse("".join(one.source for one in example))

    known = {"ei", *dir(builtins)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            known |= {(one.asname or one.name).split(".")[0] for one in node.names}
        elif isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            known.add(node.id)
        elif isinstance(node, ast.arg):
            known.add(node.arg)
    used = {one.id for one in ast.walk(tree) if isinstance(one, ast.Name)}

    assert used <= known
