"""The coder that asks a language model, and what it has to say for itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import numpy as np
import pandas as pd

from empathy_insights.arguments import public
from empathy_insights.codebook import Codebook
from empathy_insights.coding.language_model.address import (
    Served,
    Server,
    checked_address,
    is_here,
    served,
)
from empathy_insights.coding.language_model.answers import Answer
from empathy_insights.coding.language_model.asking import Asking, Endpoint, Passage
from empathy_insights.coding.language_model.kept import Kept
from empathy_insights.coding.language_model.prompt import VERSION, Prompt
from empathy_insights.coding.models.study_features import said_in
from empathy_insights.errors import OptionError
from empathy_insights.in_parts import shared_out
from empathy_insights.progress import told_on_the_way
from empathy_insights.tables import CODINGS, PROBLEMS, SEGMENTS

_RARE = 0.1  # what a theme is given where nothing is known, at the most
_AT_ONCE = 32  # passages that a worker of a cluster asks about
_ASKED = "{done:,} of {n:,} passages asked about"


class Heard(NamedTuple):
    """What a language model said of a study.

    Beside codings and chances (a row a segment): what it did not answer, as problems,
    and what another person needs to ask the same.
    """

    codings: pd.DataFrame
    chances: pd.DataFrame
    problems: pd.DataFrame
    facts: Mapping[str, object]


@dataclass(frozen=True, eq=False)
class LanguageModel:
    """Code by a language model; made by `language_model`.

    Whatever it finds is `suggested`. What it is worth in a study, people who read say.

    Parameters
    ----------
    url, model, endpoint
        The server that is asked, for which model, and how.
    seconds, n_jobs, votes, seed
        How long an answer may take, how many passages are asked about at a time, how
        often where the server tells no chances, and the seed of the server.
    codebook
        The themes; `code` and `analyze` give theirs.
    folder
        Where answers are kept; in the process alone when not given.
    """

    url: str
    model: str = ""
    endpoint: Endpoint = "chat"
    seconds: float = 120.0
    n_jobs: int = 4
    votes: int = 3
    seed: int = 0
    codebook: Codebook | None = None
    folder: Path | None = None
    name: str = "language model"
    _kept: dict[str, Kept] = field(default_factory=dict, repr=False)

    def __repr__(self) -> str:
        return f"LanguageModel({self.url!r}, model={self.model!r})"

    def __call__(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return codings, each with the words that the model quotes; all `suggested`."""
        return self.heard(segments).codings

    def probabilities(self, segments: pd.DataFrame) -> pd.DataFrame:
        """Return each main theme's chance: a row a segment.

        Where the model gave no answer, a theme is as likely as in all others.
        """
        return _chances(self.answers(segments), self._themes)

    def heard(self, segments: pd.DataFrame) -> Heard:
        """Ask about every segment, once, and return all that comes of it."""
        SEGMENTS.check(segments)
        answers = self.answers(segments)
        facts = {**self.facts, **share_answered(answers)}
        return Heard(
            self._codings(segments, answers),
            _chances(answers, self._themes),
            unanswered(answers, self.shown),
            facts,
        )

    def _codings(
        self, segments: pd.DataFrame, answers: Sequence[Answer]
    ) -> pd.DataFrame:
        rows: list[dict[str, object]] = [
            {
                "segment_id": row.segment_id,
                "theme": one.theme,
                "coder": self.name,
                "status": "suggested",
                "score": answer.chances.get(one.theme),
                "method": "a language model says so, and quotes these words",
                "evidence_start": row.start + one.start,
                "evidence_end": row.start + one.end,
                "stance": one.stance,
                "codebook_sha256": self._book.sha256,
            }
            for row, answer in zip(segments.itertuples(), answers, strict=True)
            for one in answer.quotations
        ]
        return CODINGS.frame(sorted(rows, key=_in_order))

    def answers(self, segments: pd.DataFrame) -> list[Answer]:
        """Return what the model says of each segment, asked about once."""
        passages = [Passage(*one) for one in zip(*said_in(segments), strict=True)]
        kept, at_hand = self._kept_here(), {}
        new = [one for one in dict.fromkeys(passages) if kept.get(one) is None]
        asking = Asking(
            Server(self.url, self.seconds),
            self.served.model,
            Prompt(self._book),
            self.endpoint,
            self.seed,
            self.votes,
            self.n_jobs,
        )
        made = shared_out(asking, new, size=_AT_ONCE)
        made = told_on_the_way(made, len(new), words=_ASKED)
        for passage, answer in zip(new, made, strict=True):
            kept.add(passage, answer)
            at_hand[passage] = answer
        return [kept.get(one) or at_hand[one] for one in passages]

    def by(self, codebook: Codebook, folder: Path | None = None) -> LanguageModel:
        """Return the coder for a codebook, its answers kept in a folder."""
        is_same = self.codebook is not None and self.codebook.sha256 == codebook.sha256
        if is_same and folder in (None, self.folder):
            return self
        return replace(self, codebook=codebook, folder=folder or self.folder)

    @cached_property
    def served(self) -> Served:
        """The model that answers, and its fingerprint where the server tells one."""
        return served(Server(self.url, min(self.seconds, 10.0)), self.model)

    @property
    def shown(self) -> str:
        """The model's name, without the folder that it lies in, and where it runs."""
        where = "this machine" if is_here(self.url) else "a private network"
        name = self.served.model or "unnamed"
        if _is_path(name):
            name = name.replace("\\", "/").rsplit("/", 1)[-1]
        return f"{name} on {where}"

    @property
    def facts(self) -> dict[str, object]:
        """What another person needs to ask the same."""
        return {
            "model": self.shown,
            "digest": self.served.digest,
            "prompt": VERSION,
            "endpoint": self.endpoint,
            "temperature": 0,
            "seed": self.seed,
            "votes": self.votes,
        }

    @property
    def _book(self) -> Codebook:
        if self.codebook is None:
            raise OptionError(
                "a language model needs a codebook; give it to code() or analyze(), or "
                "write language_model(…).by(codebook)"
            )
        return self.codebook

    @property
    def _themes(self) -> list[str]:
        return [theme.id for theme in self._book.main_themes]

    def _kept_here(self) -> Kept:
        prompt = Prompt(self._book)
        what = (
            VERSION, prompt.first, self.served.model, self.served.digest, self.endpoint,
            self.seed, self.votes,
        )  # fmt: skip
        key = repr((what, self.folder))
        if key not in self._kept:
            self._kept[key] = Kept.at(self.folder, *what)
        return self._kept[key]


def _chances(answers: Sequence[Answer], themes: list[str]) -> pd.DataFrame:
    told = pd.DataFrame(
        [answer.chances for answer in answers], columns=themes, dtype="float64"
    )
    return told.fillna(told.mean().fillna(min(1 / (len(themes) + 1), _RARE)))


def _in_order(row: Mapping[str, object]) -> tuple[str, str]:
    return str(row["segment_id"]), str(row["theme"])


def _is_path(model: str) -> bool:
    """Return whether a model is named by its file: qwen/qwen3 is a name, /home/… is none."""
    return model.startswith(("/", "~")) or model.endswith(".gguf") or ":\\" in model


@public
def language_model(
    url: str,
    *,
    model: str | None = None,
    endpoint: Endpoint = "chat",
    seconds: float = 120.0,
    n_jobs: int = 4,
    votes: int = 3,
    seed: int = 0,
) -> LanguageModel:
    """Take a language model on your own machine as one more coder.

    Any server with OpenAI's way of asking: Ollama, LM Studio, llama-server, llamafile,
    vLLM. It reads one passage a question, with the codebook before it, and answers for
    every theme, with words of the passage as evidence. It only suggests; `analyze` lets
    it into the counts as far as people who read show that it helps.

    Parameters
    ----------
    url
        The server: `http://127.0.0.1:11434/v1`, `localhost`, or an address of a private
        network in numbers (10.…, 172.16.…, 192.168.…, fd00:…). No other is asked; no
        proxy is used, no redirect followed.
    model
        Its name at the server; the server's first when not given.
    endpoint
        `chat`, or `completion` for models that were never taught to chat.
    seconds
        How long an answer may take.
    n_jobs
        How many passages are asked about at a time.
    votes
        How often a passage is asked about where the server tells no chances of its
        words.
    seed
        Seed of the server.

    Returns
    -------
    LanguageModel
        A coder for `code`, `theme_chances` and `analyze`.

    Raises
    ------
    OptionError
        The address is neither this machine nor one of a private network.

    See Also
    --------
    code : Uses it beside other coders, or alone.
    fit_coder : A coder taught by people.

    Examples
    --------
    >>> import empathy_insights as ei
    >>> ei.language_model("http://localhost:11434/v1", model="qwen3:8b")
    LanguageModel('http://127.0.0.1:11434/v1', model='qwen3:8b')
    """
    if min(seconds, n_jobs, votes) <= 0:
        raise OptionError("seconds, n_jobs and votes must be above 0")
    return LanguageModel(
        checked_address(url), model or "", endpoint, seconds, n_jobs, votes, seed
    )


def is_address(text: object) -> bool:
    """Return whether a coder is named by the address of a server."""
    return isinstance(text, str) and urlsplit(text).scheme in ("http", "https")


def unanswered(answers: Sequence[Answer], shown: str) -> pd.DataFrame:
    """List what a model did not answer, by number, as problems of the study."""
    lost = [answer.failed for answer in answers if answer.failed]
    unfounded = sum(answer.unfounded for answer in answers)
    rows = []
    if lost:
        why = pd.Series(lost).value_counts().index[0]
        rows.append(
            {
                "problem": f"the language model ({shown}) gave no answer to "
                f"{len(lost):,} of {len(answers):,} passages, mostly: {why}",
                "advice": "see that its server runs and is not too slow, then analyze "
                "again: what was answered is kept",
            }
        )
    if unfounded:
        rows.append(
            {
                "problem": f"the language model ({shown}) named themes with words that "
                f"nobody said {unfounded:,} times; they are left out",
                "advice": "nothing to do; where these are many, choose a larger model",
            }
        )
    return PROBLEMS.frame({"path": "language model", **row} for row in rows)


def share_answered(answers: Sequence[Answer]) -> dict[str, int]:
    """Return how many passages were asked about and answered, for the manifest."""
    lost = np.array([bool(answer.failed) for answer in answers], dtype=bool)
    return {
        "asked": len(lost),
        "answered": int((~lost).sum()),
        "unfounded": sum(answer.unfounded for answer in answers),
    }
