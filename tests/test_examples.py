"""Examples of public functions run after `import empathy_insights as ei`, as people paste them."""

import ast
import builtins
import doctest

import pytest

import empathy_insights as ei

# Those of `identities` need their imports still.
NAMES = [
    name
    for name in ei.__all__
    if ">>>" in (getattr(ei, name).__doc__ or "")
    and not getattr(ei, name).__module__.startswith("empathy_insights.identities")
]


@pytest.mark.parametrize("name", NAMES)
def test_an_example_imports_what_it_uses(name):
    example = doctest.DocTestParser().get_examples(getattr(ei, name).__doc__)
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
