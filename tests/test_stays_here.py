"""A run opens no connection, and writes into its results and its cache alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import matplotlib
import pytest

import empathy_insights as ei

from .fake_model import FakeModel, serving

SAMPLE = Path(__file__).parents[1] / "data" / "sample"

# Python tells a hook of each connection, name looked up, file opened or moved, and process.
WATCHED = """
import json, os, sys
from empathy_insights.cli import main

told = {"network": [], "places": [], "written": []}
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT

def hook(event, args):
    if event in ("socket.connect", "socket.getaddrinfo"):
        where = args[1] if event == "socket.connect" else args
        told["places"].append([str(one) for one in where[:2]])
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname",
                 "socket.sendto", "urllib.Request"):
        told["network"].append(event)
    elif event == "open" and isinstance(args[0], (str, bytes)) and args[2] & WRITING:
        told["written"].append(os.path.abspath(os.fsdecode(args[0])))
    elif event in ("os.rename", "shutil.copyfile"):
        told["written"].append(os.path.abspath(os.fsdecode(args[1])))

sys.addaudithook(hook)
try:
    main()
finally:
    print(json.dumps(told))
"""


def elsewhere_than_in_ci():
    """Return the environment without what keeps libraries from reporting in CI."""
    quiet = ("CI", "GITHUB_ACTIONS", "ORT_DISABLE_TELEMETRY", "ORT_RUNNING_UNIT_TESTS")
    return {name: value for name, value in os.environ.items() if name not in quiet}


@pytest.mark.slow
def test_a_run_connects_to_nothing_and_writes_only_where_it_should(tmp_path):
    study, results, passing = (
        tmp_path / name for name in ("interviews", "out/r", "tmp")
    )
    for folder in (study, passing):
        folder.mkdir()
    for name in (
        "participants.csv",
        "r1_alder_student_02.txt",
        "r1_pier_student_03.vtt",
    ):
        (study / name).write_bytes((SAMPLE / name).read_bytes())
    call = [sys.executable, "-c", WATCHED, "analyze", str(study), "--out", str(results)]

    run = subprocess.run(
        [*call, "--quiet"], capture_output=True, text=True, check=True, cwd=tmp_path,
        env=elsewhere_than_in_ci() | {"TMPDIR": str(passing)},
    )  # fmt: skip

    told = json.loads(run.stdout.splitlines()[-1])
    assert told["network"] == []
    # Beside results, where they are drafted, and cache: openpyxl's sheets, which it takes
    # away again, and the list of fonts that matplotlib keeps, which knows no words.
    homes = (
        results.parent,
        study / ".empathy_insights",
        passing,
        matplotlib.get_cachedir(),
    )
    elsewhere = [
        p for p in told["written"] if not p.startswith((*map(str, homes), "/dev/"))
    ]
    assert elsewhere == []
    # ONNX Runtime's reports are native, so that no hook sees them; they leave a file here.
    assert [*passing.iterdir()] == []
    assert [path.name for path in results.parent.iterdir()] == ["r"]


@pytest.mark.slow
def test_with_a_language_model_its_server_is_reached_and_nothing_else(tmp_path):
    study = tmp_path / "interviews"
    study.mkdir()
    name = "r1_alder_student_02.txt"
    (study / name).write_bytes((SAMPLE / name).read_bytes())
    themes = [theme.id for theme in ei.load_codebook("empathy_core").main_themes]
    with serving(FakeModel(dict.fromkeys(themes, "laptop"))) as model:
        settings = f"data: interviews\ncoder: {model.url}\n"
        (tmp_path / "study.yaml").write_text(settings, encoding="utf-8")
        # A sheet is of an analysis, as a report is, and takes less time to write.
        call = ["sheet", "study.yaml", "--out", "kim.csv", "--quiet"]
        proxies = dict.fromkeys(("HTTP_PROXY", "http_proxy"), "http://127.0.0.1:9")

        run = subprocess.run(
            [sys.executable, "-c", WATCHED, *call],
            capture_output=True, text=True, check=True, cwd=tmp_path,
            env=elsewhere_than_in_ci() | proxies,
        )  # fmt: skip

    told = json.loads(run.stdout.splitlines()[-1])
    assert model.questions
    port = model.url.split(":")[2].removesuffix("/v1")
    assert {tuple(place) for place in told["places"]} == {("127.0.0.1", port)}
    assert set(told["network"]) <= {"socket.connect", "socket.getaddrinfo"}
