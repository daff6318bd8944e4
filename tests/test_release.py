"""What is built installs into an empty environment, and works there on its own."""

import os
import re
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
UV = Path(sys.executable).with_name("uv")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not UV.exists(), reason="uv is not beside Python"),
]


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build the sdist, and of it the wheel."""
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run([UV, "build", "--quiet", "--out-dir", folder, ROOT], check=True)
    return folder


def test_what_is_built_is_small_and_has_what_the_demo_needs(built):
    [wheel], [sdist] = built.glob("*.whl"), built.glob("*.tar.gz")

    assert wheel.stat().st_size < 5_000_000
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "empathy_insights/sample/hand_codes.csv",
        "empathy_insights/codebooks/empathy_core.yaml",
        "empathy_insights/topics/data/bertopic-0.17.4-py3-none-any.whl",
        "empathy_insights/py.typed",
    } <= names
    with tarfile.open(sdist) as archive:
        assert any(name.endswith("/LICENSE") for name in archive.getnames())


def test_links_on_the_index_page_lead_somewhere(built):
    [wheel] = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        [name] = [n for n in archive.namelist() if n.endswith(".dist-info/METADATA")]
        told = archive.read(name).decode()

    _, _, readme = told.partition("\n\n")
    assert "# empathy_insights" in readme
    links = re.findall(r"\]\(([^)]+)\)", readme)
    assert [link for link in links if not link.startswith(("https://", "#"))] == []


FEW = ("r1_alder_student_01.", "r1_alder_student_02.", "r1_alder_teacher_01.")


@pytest.fixture(scope="module")
def alone(built, tmp_path_factory):
    """Install the wheel into an environment of its own, and return its Python."""
    env = tmp_path_factory.mktemp("alone") / "env"
    venv.create(env)
    [wheel] = built.glob("*.whl")
    subprocess.run(
        [UV, "pip", "install", "--quiet", "--python", env / "bin" / "python",
         "--constraint", ROOT / "constraints.txt", f"{wheel}[ner]"],
        check=True,
    )  # fmt: skip
    return env / "bin" / "python"


@pytest.fixture
def clean():
    """Return the variables of the environment without what leads to other packages."""
    left_out = ("PYTHONPATH", "VIRTUAL_ENV")
    return {name: told for name, told in os.environ.items() if name not in left_out}


def test_the_wheel_runs_the_demo_where_nothing_else_is(alone, tmp_path, clean):
    [packages] = alone.parents[1].glob("lib/*/site-packages")
    for name in ("torch", "bertopic", "umap", "hdbscan", "sentence_transformers"):
        assert not (packages / name).exists()
    # The story of a few of its interviews is told as that of all is, three times as fast.
    sample = packages / "empathy_insights" / "sample"
    few = {path for path in sample.glob("r*_*") if path.name.startswith(FEW)}
    for path in {*sample.glob("r*_*")} - few:
        path.unlink()
    head, *codes = (sample / "hand_codes.csv").read_text("utf-8").splitlines()
    ids = tuple(f"{path.stem}:" for path in few)
    kept = [line for line in codes if line.startswith(ids)]
    (sample / "hand_codes.csv").unlink()  # it may be the same file as another's
    (sample / "hand_codes.csv").write_text("\n".join([head, *kept]), "utf-8")

    demo = subprocess.run(
        [alone.with_name("empathy-insights"), "demo", "--out", "results"],
        capture_output=True, text=True, check=True, cwd=tmp_path, env=clean,
    )  # fmt: skip

    assert len(few) == len(FEW)
    assert "Problem of practice to discuss: How might we" in demo.stdout
    for step in ("", "first_look", "all_read"):
        assert (tmp_path / "results" / step / "report.html").exists()


def test_who_imports_the_wheel_is_told_wrong_types(alone, tmp_path, clean):
    (tmp_path / "theirs.py").write_text(
        "import empathy_insights as ei\n"
        'analysis = ei.analyze("interviews")\n'
        "reveal_type(analysis)\n"
        "ei.analyze(3)\n"
    )
    # Of other libraries nothing is asked here.
    (tmp_path / "mypy.ini").write_text(
        "[mypy]\nfollow_imports = skip\n"
        "[mypy-empathy_insights.*]\nfollow_imports = silent\n"
    )
    typed = subprocess.run(
        [sys.executable, "-m", "mypy", "--python-executable", alone, "theirs.py"],
        capture_output=True, text=True, cwd=tmp_path, env=clean, check=False,
    )  # fmt: skip
    assert '"empathy_insights.result.Analysis"' in typed.stdout
    assert 'theirs.py:4: error: Argument 1 to "analyze"' in typed.stdout
