"""Passages asked about, several at a time, however the server behaves."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from time import sleep
from typing import Literal, NamedTuple

from empathy_insights.coding.language_model.address import NoAnswer, Server
from empathy_insights.coding.language_model.answers import (
    Answer,
    Reply,
    Verdicts,
    chances_of_tokens,
    chances_of_votes,
    reply_of,
    verdicts,
)
from empathy_insights.coding.language_model.prompt import Prompt

Endpoint = Literal["chat", "completion"]
_BUSY, _WAITS = ("HTTP 429", "HTTP 503"), (1, 2, 4, 8)  # seconds
_GIVE_UP = 6  # questions in a row that nobody answered
_TOP = 20  # tokens that are told of, at the most that servers tell
_WARM = 0.7  # the temperature of votes after the first
BROKEN = "the answer breaks the schema"


class Passage(NamedTuple):
    """What somebody said, what was asked, and the turn before."""

    text: str
    question: str
    before: str


@dataclass(frozen=True)
class Asking:
    """Ask one model of one server about passages.

    Parameters
    ----------
    server, model, prompt
        Who is asked, and what.
    endpoint
        How: as a chat, or as a text to complete.
    seed
        Of everything random at the server.
    votes
        How often a passage is asked about where the server tells no chances.
    n_jobs
        How many passages at a time.
    """

    server: Server
    model: str
    prompt: Prompt
    endpoint: Endpoint = "chat"
    seed: int = 0
    votes: int = 3
    n_jobs: int = 4

    def __call__(self, passages: Sequence[Passage]) -> Iterator[Answer]:
        """Yield an answer a passage, in their order."""
        patience = _Patience()
        with ThreadPoolExecutor(self.n_jobs) as pool:
            yield from pool.map(lambda one: self._tried(one, patience), passages)

    def _tried(self, passage: Passage, patience: _Patience) -> Answer:
        if patience.is_over:
            return Answer(failed=f"not asked any more: {patience.why}")
        try:
            answer = self.answer(passage)
        except NoAnswer as why:
            patience.lose(str(why))
            return Answer(failed=str(why))
        patience.regain()
        return answer

    def answer(self, passage: Passage) -> Answer:
        """Ask about a passage, and once more where the first answer does not hold.

        Raises
        ------
        NoAnswer
            The server did not answer.
        """
        first = self._heard(passage, again=False)
        if first is not None and not first[0].unfounded:
            return self._answer(passage, *first)
        second = self._heard(passage, again=True)
        heard = [one for one in (first, second) if one is not None]
        if not heard:
            return Answer(failed=BROKEN)
        return self._answer(passage, *min(heard, key=lambda one: len(one[0].unfounded)))

    def _answer(self, passage: Passage, found: Verdicts, reply: Reply) -> Answer:
        themes = self.prompt.themes
        chances = chances_of_tokens(reply, themes) or chances_of_votes(
            [found, *self._votes(passage)], themes
        )
        unfounded = set(found.unfounded)
        return Answer(
            {name: round(n, 4) for name, n in chances.items() if name not in unfounded},
            tuple(found.quotations.values()),
            len(unfounded),
        )

    def _votes(self, passage: Passage) -> Iterator[Verdicts]:
        for n in range(1, self.votes):
            heard = self._heard(passage, again=False, vote=n)
            if heard is not None:
                yield heard[0]

    def _heard(
        self, passage: Passage, *, again: bool, vote: int = 0
    ) -> tuple[Verdicts, Reply] | None:
        reply = reply_of(self._sent(self._question(passage, again=again, vote=vote)))
        if reply is None:
            return None
        found = verdicts(reply.text, self.prompt.themes, passage.text)
        return None if found is None else (found, reply)

    def _question(
        self, passage: Passage, *, again: bool, vote: int
    ) -> dict[str, object]:
        said = self.prompt.passage(*passage)
        form = {"name": "answer", "strict": True, "schema": self.prompt.schema}
        usual: dict[str, object] = {
            "model": self.model,
            "temperature": _WARM if vote else 0,
            "seed": self.seed + vote,
            "max_tokens": self.prompt.longest,
            "stream": False,
            "response_format": {"type": "json_schema", "json_schema": form},
        }
        if self.endpoint == "completion":
            text = self.prompt.text(said, again=again)
            # llama.cpp knows the schema of a completion by another name.
            schema = {"json_schema": self.prompt.schema}
            return {**usual, **schema, "prompt": text, "logprobs": _TOP}
        messages = self.prompt.messages(said, again=again)
        return {**usual, "messages": messages, "logprobs": True, "top_logprobs": _TOP}

    def _sent(self, question: dict[str, object]) -> object:
        path = "completions" if self.endpoint == "completion" else "chat/completions"
        for wait in _WAITS:
            try:
                return self.server.post(path, question)
            except NoAnswer as why:
                if str(why) not in _BUSY:
                    raise
            sleep(wait)
        return self.server.post(path, question)


@dataclass
class _Patience:
    """How many questions in a row went unanswered, whoever asked them."""

    lost: int = 0
    why: str = ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def is_over(self) -> bool:
        return self.lost >= _GIVE_UP

    def lose(self, why: str) -> None:
        with self.lock:
            self.lost += 1
            self.why = why

    def regain(self) -> None:
        with self.lock:
            self.lost = 0
