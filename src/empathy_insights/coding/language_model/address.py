"""Which servers may be asked: on this machine, or at a private address told in full."""

from __future__ import annotations

import ipaddress
import json
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit, urlunsplit

from empathy_insights.errors import EmpathyInsightsError, OptionError

_PRIVATE = tuple(
    ipaddress.ip_network(one)
    for one in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)
_LARGEST = 4_000_000  # bytes of an answer; a server that never ends is no server
_CONNECT = 5.0  # seconds


class NoAnswer(Exception):  # noqa: N818  # nothing is wrong that a user could mend here
    """A server did not answer; the text says how, in a few words."""


@dataclass(frozen=True)
class Server:
    """Speak to one server, and to nothing else.

    No proxy, no redirect, no name looked up: the address is a number or `localhost`.

    Parameters
    ----------
    url
        The address that `checked_address` returned.
    seconds
        How long one answer may take in all.
    """

    url: str
    seconds: float = 300.0

    def get(self, path: str) -> Any:  # noqa: ANN401  # whatever the server says
        """Return what stands at a path beside or under the address."""
        return self._said("GET", path, None)

    def post(self, path: str, question: dict[str, object]) -> Any:  # noqa: ANN401
        """Return the answer to a question.

        Raises
        ------
        NoAnswer
            It did not come, not in time, or was no JSON.
        """
        return self._said("POST", path, question)

    def _said(self, method: str, path: str, question: dict[str, object] | None) -> Any:  # noqa: ANN401
        import httpx

        url = path if path.startswith("http") else f"{self.url}/{path}"
        waits = httpx.Timeout(self.seconds, connect=min(_CONNECT, self.seconds))
        until = time.monotonic() + self.seconds
        # A compressed answer could be a small file that never ends.
        plain = {"Accept-Encoding": "identity"}
        client = httpx.Client(
            trust_env=False,
            follow_redirects=False,
            timeout=waits,
            verify=url.startswith("https"),  # certificates take long to load
        )
        try:
            with (
                client,
                client.stream(method, url, headers=plain, json=question) as answer,
            ):
                if answer.status_code != httpx.codes.OK:
                    raise NoAnswer(f"HTTP {answer.status_code}")
                return json.loads(_whole(answer, until))
        except httpx.TimeoutException as late:
            raise NoAnswer("not in time") from late
        except (httpx.HTTPError, httpx.InvalidURL) as broken:
            raise NoAnswer("the connection failed") from broken
        except (ValueError, RecursionError) as strange:
            raise NoAnswer("no JSON") from strange


def _whole(answer: Any, until: float) -> bytes:  # noqa: ANN401
    parts, size = [], 0
    for part in answer.iter_raw():
        size += len(part)
        if size > _LARGEST:
            raise NoAnswer("too long an answer")
        if time.monotonic() > until:
            raise NoAnswer("not in time")
        parts.append(part)
    return b"".join(parts)


def checked_address(url: str) -> str:
    """Return the address of a server that may hear what people said.

    Raises
    ------
    OptionError
        It is neither this machine nor a private address in numbers.

    Examples
    --------
    >>> checked_address("http://localhost:11434/v1/")
    'http://127.0.0.1:11434/v1'
    >>> checked_address("http://models.example.org/v1")
    Traceback (most recent call last):
    ...
    empathy_insights.errors.OptionError: a language model must run on this machine ...
    """
    try:
        parts = urlsplit(url.strip())
        port, host = parts.port, parts.hostname or ""
    except ValueError:
        raise OptionError(_REFUSED) from None
    if parts.scheme not in ("http", "https") or not is_near(host):
        raise OptionError(_REFUSED)
    if parts.username or parts.password or parts.query or parts.fragment:
        raise OptionError(
            "the address of a language model is scheme, host, port and path alone, such "
            "as http://127.0.0.1:11434/v1; names, keys and questions have no place in it"
        )
    return urlunsplit(
        SplitResult(parts.scheme, _place(host, port), _path(parts), "", "")
    )


_REFUSED = (
    "a language model must run on this machine (http://127.0.0.1:11434/v1, "
    "http://localhost:8080/v1) or at an address of a private network in numbers "
    "(http://10.0.0.5:8000/v1): what people said goes nowhere else"
)


def is_near(host: str) -> bool:
    """Return whether a host is this machine, or an address of a private network.

    Names other than `localhost` are refused, since they may lead elsewhere tomorrow.

    Examples
    --------
    >>> [is_near(host) for host in ("::1", "10.1.2.3", "8.8.8.8", "169.254.169.254")]
    [True, True, False, False]
    """
    if host == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    if getattr(address, "scope_id", None):
        return False
    return address.is_loopback or any(
        address.version == net.version and address in net for net in _PRIVATE
    )


def is_here(url: str) -> bool:
    """Return whether an address that was checked is this machine's."""
    return ipaddress.ip_address(urlsplit(url).hostname or "").is_loopback


def _place(host: str, port: int | None) -> str:
    number = "127.0.0.1" if host == "localhost" else host
    shown = f"[{number}]" if ":" in number else number
    return shown if port is None else f"{shown}:{port}"


def _path(parts: SplitResult) -> str:
    return parts.path.rstrip("/") or "/v1"


# Which model answers there.


@dataclass(frozen=True)
class Served:
    """A model of a server: the name to ask for, and its fingerprint where one is told."""

    model: str
    digest: str = ""


def served(server: Server, wanted: str) -> Served:
    """Return the model that is asked for, or the first that the server has.

    Raises
    ------
    EmpathyInsightsError
        The server does not have it.
    """
    try:
        listed = _listed(server.get("models"))
    except NoAnswer:
        # It may still answer, or every passage may have been asked about before.
        return Served(wanted)
    names = [str(one["id"]) for one in listed]
    if wanted and names and wanted not in names:
        raise EmpathyInsightsError(
            f"the server at {server.url} has no model {wanted!r}; it has "
            f"{', '.join(map(repr, names[:8]))}"
        )
    model = wanted or (names[0] if names else "")
    return Served(model, _digest(server, model, listed))


def _digest(server: Server, model: str, listed: list[dict[str, Any]]) -> str:
    """Return the model's fingerprint, which Ollama tells at an address of its own."""
    told = [*listed, *_tags(server)]
    named = [one for one in told if model in (one.get("id"), one.get("name"))]
    digests = [one.get("digest") for one in named]
    return next((one for one in digests if isinstance(one, str) and one), "")


def _tags(server: Server) -> list[dict[str, Any]]:
    parts = urlsplit(server.url)
    try:
        return _listed(
            server.get(f"{parts.scheme}://{parts.netloc}/api/tags"), "models"
        )
    except NoAnswer:
        return []


def _listed(told: object, key: str = "data") -> list[dict[str, Any]]:
    rows = told.get(key) if isinstance(told, dict) else None
    if not isinstance(rows, list):
        return []
    name = "id" if key == "data" else "name"
    return [one for one in rows if isinstance(one, dict) and name in one]
