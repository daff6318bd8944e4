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


def test_the_wheel_runs_the_demo_where_nothing_else_is(built, tmp_path):
    venv.create(tmp_path / "env")
    python = tmp_path / "env" / "bin" / "python"
    [wheel] = built.glob("*.whl")
    subprocess.run(
        [UV, "pip", "install", "--quiet", "--python", python, "--constraint",
         ROOT / "constraints.txt", f"{wheel}[ner]"],
        check=True,
    )  # fmt: skip

    for name in ("torch", "bertopic", "umap", "hdbscan", "sentence_transformers"):
        assert not [*(tmp_path / "env" / "lib").glob(f"*/site-packages/{name}")]
    clean = {
        k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "VIRTUAL_ENV")
    }
    subprocess.run(
        [python.with_name("empathy-insights"), "demo", "--out", "results", "--quiet"],
        check=True, cwd=tmp_path, env=clean,
    )  # fmt: skip
    assert (tmp_path / "results" / "report.html").exists()
    (tmp_path / "theirs.py").write_text(
        "import empathy_insights as ei\n"
        'analysis = ei.analyze("interviews")\n'
        "reveal_type(analysis)\n"
        "ei.analyze(3)\n"
    )
    typed = subprocess.run(
        [sys.executable, "-m", "mypy", "--python-executable", python, "theirs.py"],
        capture_output=True, text=True, cwd=tmp_path, env=clean, check=False,
    )  # fmt: skip
    assert '"empathy_insights.result.Analysis"' in typed.stdout
    assert 'theirs.py:4: error: Argument 1 to "analyze"' in typed.stdout
