"""What every page stands in: its template, and styles and scripts with their hashes."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from empathy_insights.wording import plural

if TYPE_CHECKING:
    from jinja2 import Environment, Template

_PACKAGE, _FOLDER = "empathy_insights.report", "templates"


def template(name: str) -> Template:
    """Return a template of a page; what it shows is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(_PACKAGE, _FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["plural"] = plural
    return environment


def inlined(styles: str, scripts: Sequence[str]) -> dict[str, str]:
    """Return styles and script, and the hashes by which alone a browser runs them."""
    parts = {"styles": _read(styles), "script": "\n".join(map(_read, scripts))}
    return parts | {f"{name}_hash": _hash(text) for name, text in parts.items()}


@cache
def _read(name: str) -> str:
    file = files(_PACKAGE) / _FOLDER / name
    return file.read_text(encoding="utf-8").strip()


def _hash(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
