"""The pages for those who come after say what is there: nothing less, nothing else."""

import ast
import re
import tomllib
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "empathy_insights"
LONGEST = 400

FILES = sorted(SOURCE.rglob("*.py"))
PACKAGES = sorted(
    file.parent.relative_to(SOURCE).as_posix()
    for file in FILES
    if file.name == "__init__.py" and file.parent not in {SOURCE, SOURCE / "codebooks"}
)
PAGES = ("CONTRIBUTING.md", "docs/architecture.md")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def page(name):
    return (ROOT / name).read_text(encoding="utf-8")


def modules(folder):
    """Return the public modules of a folder, and its packages."""
    own = {file.stem for file in folder.glob("*.py") if not file.stem.startswith("_")}
    return own | {file.parent.name for file in folder.glob("*/__init__.py")}


def defined(path):
    """Return every name that a module defines, in its classes too."""
    kinds = ast.FunctionDef | ast.ClassDef
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {node.name for node in ast.walk(tree) if isinstance(node, kinds)}


def test_the_map_has_every_room_once():
    rooms = re.findall(r"^- `([\w/.]+)`: ", page("CONTRIBUTING.md"), re.MULTILINE)

    top = {file.name for file in SOURCE.glob("*.py")} - {"__init__.py"}
    packages = {f"{name}/" for name in [*PACKAGES, "codebooks"]}
    assert sorted(rooms) == sorted(top | packages)


def test_every_layer_is_named():
    [contract] = PROJECT["tool"]["importlinter"]["contracts"]
    layers = [
        name.strip().rsplit(".", 1)[-1]
        for peers in contract["layers"]
        for name in peers.split("|")
    ]

    named = re.findall(r"`(\w+)`", page("docs/architecture.md"))
    assert set(layers) - set(named) == set()


@pytest.mark.parametrize("name", PAGES)
def test_every_module_that_a_page_names_exists(name):
    said = set(re.findall(r"`((?:\w+/)*\w+\.py)`", page(name)))

    places = (SOURCE, ROOT)
    assert [
        path for path in said if not any((at / path).is_file() for at in places)
    ] == []


def test_every_function_is_where_the_page_says():
    placed = re.findall(r"`([\w.]+)` \(`([\w/]+\.py)`", page("docs/architecture.md"))

    assert placed
    assert [
        (name, path)
        for name, path in placed
        if name.rsplit(".", 1)[-1] not in defined(SOURCE / path)
    ] == []


@pytest.mark.parametrize("package", PACKAGES)
def test_a_package_opens_with_an_index_of_its_modules(package):
    folder = SOURCE / package
    text = ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8")))

    listed = re.findall(r"^- `(\w+)`: \S", text or "", re.MULTILINE)
    private = {file.stem for file in folder.glob("_*.py")} - {"__init__"}
    assert sorted(listed) == sorted(modules(folder) | private)


def test_no_file_is_too_long():
    lengths = {
        file.relative_to(SOURCE).as_posix(): len(file.read_text("utf-8").splitlines())
        for file in FILES
    }

    assert {name: n for name, n in lengths.items() if n > LONGEST} == {}


def test_the_citation_names_this_version_and_these_authors():
    citation = yaml.safe_load(page("CITATION.cff"))

    assert citation["version"] == PROJECT["project"]["version"]
    assert [author["name"] for author in citation["authors"]] == [
        author["name"] for author in PROJECT["project"]["authors"]
    ]


def test_what_is_checked_before_a_commit_is_what_make_lint_checks():
    hooks = yaml.safe_load(page(".pre-commit-config.yaml"))["repos"][0]["hooks"]
    recipe = page("Makefile").split("\nlint:")[1].split("\n\n")[0]

    commands = re.findall(r"^\t\$\(BIN\)/(.+)$", recipe, re.MULTILINE)
    assert [hook["entry"].removeprefix(".venv/bin/") for hook in hooks] == commands
    assert {hook["language"] for hook in hooks} == {"system"}
