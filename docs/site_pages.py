"""Gather the pages of the documentation's site in a folder, for `make site` to build.

The pages of `docs/` as they are, and what is made of the rest: the README and its
neighbours, a reference by the groups of `__init__`, the shipped codebooks, a chart of each
kind, and the notebooks, run, with what they show.
"""

from __future__ import annotations

import argparse
import io
import re
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

import nbformat
import yaml
from nbclient import NotebookClient
from nbconvert import MarkdownExporter

import empathy_insights as ei
from empathy_insights.report.charts.chart_list import alt_text

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
PAGES = {
    "README.md": "index.md",
    "CONTRIBUTING.md": "contributing.md",
    "STYLE.md": "style.md",
    "SECURITY.md": "security.md",
    "CHANGELOG.md": "changes.md",
    "LICENSE": "licence.md",
    "benchmarks/HISTORY.md": "history.md",
}
CODEBOOKS = (
    "empathy_core",
    "solution_levers",
    "mastery_systems",
    "iste_students",
    "mastery_learning_roadmap",
)

CHARTS = {
    "themes": (
        "How many raised each theme",
        "ei.theme_frequency(codings, corpus, codebook=codebook)",
    ),
    "by_role": (
        "Who raised it",
        'ei.theme_frequency(codings, corpus, codebook=codebook, by="role")',
    ),
    "crosstab": (
        "Whether students differ from everybody else",
        'ei.crosstab(codings, corpus, by="role")',
    ),
    "cooccurrence": ("What comes together", "ei.cooccurrence(codings, corpus)"),
    "case_matrix": ("Who said what (for the team)", "ei.case_matrix(codings, corpus)"),
    "rounds": (
        "What changed from one round to the next",
        "ei.theme_over_rounds(codings, corpus)",
    ),
    "saturation": ("Whether enough was heard", "ei.saturation(codings, corpus)"),
    "voices": ("Whose voice is missing", "ei.voices(corpus)"),
    "topics": ("What people talk about, without a codebook", "topics"),
    "crosswalk": ("Topics beside themes", "ei.crosswalk(codings, topics)"),
}
"""Name -> what a chart shows, and the result that is drawn."""


def gather(folder: Path) -> None:
    """Write every page and picture of the site into a folder that is not there."""
    shutil.copytree(ROOT / "docs", folder, ignore=shutil.ignore_patterns("*.py", "__*"))
    for path, content in made():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    for page in folder.rglob("*.md"):
        depth = "../" * (len(page.relative_to(folder).parts) - 1)
        page.write_text(
            linked(page.read_text(encoding="utf-8"), depth=depth), encoding="utf-8"
        )


def made() -> Iterator[tuple[str, bytes]]:
    """Yield where each page or picture that is made stands, and what is in it."""
    for source, page in PAGES.items():
        text = (ROOT / source).read_text(encoding="utf-8")
        yield page, re.sub(r"\]\((\.\./)?docs/", "](", text).encode()
    for name, words in reference().items():
        yield f"reference/{name}.md", words.encode()
    for name in CODEBOOKS:
        yield f"codebooks/{name}.md", codebook_page(ei.load_codebook(name)).encode()
    yield "codebooks/criteria.md", criteria_page().encode()
    yield from gallery()
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        yield from notebook(path)


def linked(markdown: str, *, depth: str) -> str:
    """Return a page whose links to files of the repository lead to pages of the site."""
    for source, page in PAGES.items():
        markdown = re.sub(
            rf"\]\((?:\.\./)?{re.escape(source)}(#[^)]*)?\)",
            lambda found, page=page: f"]({depth}{page}{found[1] or ''})",
            markdown,
        )
    return markdown


def notebook(path: Path) -> Iterator[tuple[str, bytes]]:
    """Run a notebook and yield it as a page, with its pictures; an error in it is one here."""
    told = nbformat.read(path, as_version=4)
    # By default, what a busy kernel says four seconds after its reply is dropped in silence.
    NotebookClient(
        told, startup_timeout=600, iopub_timeout=600, raise_on_iopub_timeout=True,
        resources={"metadata": {"path": path.parent}},
    ).execute()  # fmt: skip
    words, resources = MarkdownExporter().from_notebook_node(
        told, {"output_files_dir": path.stem}
    )
    yield f"notebooks/{path.stem}.md", words.encode()
    for name, content in resources.get("outputs", {}).items():
        yield f"notebooks/{name}", content


def reference() -> dict[str, str]:
    """Return name -> page: the public names, by the groups that `__init__` has."""
    source = Path(ei.__file__).read_text(encoding="utf-8")
    table = source[source.index("_HOME = {") : source.index("__all__")]
    pages: dict[str, str] = {}
    page = ""
    for line in table.splitlines():
        if group := re.match(r"    # (.+)", line):
            page = re.sub(r"\W+", "_", group[1])
            pages[page] = f"# {group[1][0].upper()}{group[1][1:]}\n\n"
        elif name := re.match(r'    "(\w+)": "([\w.]+)"', line):
            pages[page] += f"::: empathy_insights.{name[1]}\n\n"
    return pages


def codebook_page(codebook: ei.Codebook) -> str:
    """Return a codebook as a page to read: what each theme is, is not, and sounds like."""
    parts = [
        f"# {codebook.name}",
        f"`{codebook.id}`, version {codebook.version}: "
        f"`empathy-insights analyze our_study --codebook {codebook.id}`",
    ]
    for theme in codebook.themes:
        parts.append(f"{'###' if theme.parent else '##'} {theme.name}")
        parts.append(
            f"`{theme.id}`" + (f" - {theme.headline}." if theme.headline else "")
        )
        parts += [words for words in (theme.definition or theme.brief,) if words]
        parts += _listed("Use it when", theme.use_when)
        parts += _listed("Not when", [edge.text for edge in theme.not_when])
        told = [one.text for one in theme.examples if one.form != "story"]
        parts += _listed("Sounds like", [f"*{said}*" for said in told[:4]])
        parts += _listed(
            "Only looks like it", [f"*{m.text}*" for m in theme.near_misses[:3]]
        )
    return "\n\n".join(parts) + "\n"


def criteria_page() -> str:
    """Return what a statement is held against, as a page to read."""
    rubric = Path(ei.__file__).parent / "problem" / "rubric.yaml"
    told = yaml.safe_load(rubric.read_text(encoding="utf-8"))["criteria"]
    parts = [
        f"# {len(told)} criteria of a problem of practice",
        'What a "How might we …?" is held against. Each passes, warns, fails, or needs a '
        "person; nothing is summed up, and no question is rejected.",
    ]
    for one in told:
        parts += [f"## {one['name']}", one["ask"], f"*After {one['source']}.*"]
    return "\n\n".join(parts) + "\n"


def _listed(head: str, lines: Iterable[str]) -> list[str]:
    told = [f"- {line}" for line in lines]
    return [f"**{head}**", "\n".join(told)] if told else []


def gallery() -> Iterator[tuple[str, bytes]]:
    """Yield a page of charts of the sample, each with its call and its words, and the pictures."""
    parts = [
        "# A chart of each kind",
        "All of the sample study, whose people are invented, counted by the codes of its "
        "author. Each picture is one call; below it stand the words that go with it for "
        "those who cannot see it.",
    ]
    study = ei.analyze(SAMPLE, hand_codes=SAMPLE / "hand_codes.csv")
    names = {
        "ei": ei, "analysis": study, "codings": study.codings, "corpus": study.corpus,
        "codebook": study.codebook, "topics": study.topics,
    }  # fmt: skip
    for name, (title, result) in CHARTS.items():
        drawn = eval(result, names)  # noqa: S307 - the lines of CHARTS
        picture = io.BytesIO()
        ei.plot(drawn).figure.savefig(
            picture, format="png", dpi=110, bbox_inches="tight"
        )
        yield f"gallery/{name}.png", picture.getvalue()
        words = " ".join(alt_text(drawn).split())
        parts += [f"## {title}", f"```python\nei.plot({result})\n```"]
        parts += [f"![{title}](gallery/{name}.png)", f"> {words}"]
    yield "gallery.md", ("\n\n".join(parts) + "\n").encode()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    gather(parser.parse_args().folder)
