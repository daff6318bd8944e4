"""Arguments of public functions: a wrong kind is one sentence, not a traceback inside."""

from __future__ import annotations

import inspect
import os
import re
from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from numbers import Integral, Real
from typing import Literal, ParamSpec, TypeVar, get_origin

from empathy_insights.errors import OptionError

P = ParamSpec("P")
R = TypeVar("R")

# What stands in an annotation -> what to call it, and the types that it means.
_KINDS: dict[str, tuple[str, tuple[type, ...]]] = {
    "str": ("a text", (str,)),
    "Path": ("a path", (os.PathLike,)),
    "int": ("a whole number", (Integral,)),
    "float": ("a number", (Real,)),
    "bool": ("True or False", (bool,)),
    "None": ("None", (type(None),)),
    "Mapping[str, object]": ("a coding, such as a row of codings", (Mapping,)),
    "Sequence[str]": ("a list of texts", (list, tuple, str)),
    "Iterable[str]": ("a list of texts", (Iterable,)),
    "Sequence[pd.DataFrame]": ("a list of tables", (list, tuple)),
}
# Classes of ours and of pandas are told by their names, so that none is imported here.
_CLASSES = {
    "pd.DataFrame": ("a pandas DataFrame", "DataFrame"),
    "pd.Series": ("a pandas Series", "Series"),
    "Corpus": ("a Corpus", "Corpus"),
    "Codebook": ("a Codebook, as load_codebook returns it", "Codebook"),
    "Estimate": ("an Estimate, as an Analysis holds it", "Estimate"),
    "Study": ("a Study, as load_study returns it", "Study"),
    "Crosswalk": ("a Crosswalk, as crosswalk returns it", "Crosswalk"),
    "Topics": ("Topics, as fit_topics returns them", "Topics"),
    "LanguageModel": ("a LanguageModel, as language_model returns it", "LanguageModel"),
    "LearnedCoder": ("a LearnedCoder, as fit_coder returns it", "LearnedCoder"),
}
# Protocols of ours are told by what they hold.
_HOLDERS = {
    "Counted": (
        "an Analysis, as analyze returns it",
        ("corpus", "segments", "estimate"),
    ),
    "Coded": (
        "an Analysis, as analyze returns it",
        ("corpus", "segments", "codings", "codebook"),
    ),
    "Findings": (
        "an Analysis, as analyze returns it",
        ("corpus", "segments", "estimate", "codebook"),
    ),
}
_KNOWN: Mapping[str, tuple[str, object]] = {**_KINDS, **_CLASSES, **_HOLDERS}
_LEAST = {
    "random_state": 0, "n_folds": 2, "n": 1, "n_draws": 1, "n_resamples": 1,
    "n_words": 1, "min_positives": 1, "max_words": 1, "per_theme": 1, "n_topics": 1,
    "min_size": 1,
}  # fmt: skip
_SHARES = ("target_precision",)
_PLACES = ("folder",)  # an empty text would be the folder that one works in
_CHOICES = re.compile(r"(?:typing\.)?Literal\[(.*)\]")


def public(function: Callable[P, R]) -> Callable[P, R]:
    """Check the arguments of a public function against its annotations.

    Annotations that are neither plain types nor classes named here are not checked.

    Examples
    --------
    >>> @public
    ... def greet(name: str | None) -> str:
    ...     return f"Hello {name}"
    >>> greet(3)
    Traceback (most recent call last):
    ...
    TypeError: greet: name must be a text or None, not int
    >>> @public
    ... def draw(n: int) -> int:
    ...     return n
    >>> draw(-5)
    Traceback (most recent call last):
    ...
    empathy_insights.errors.OptionError: draw: n must be 1 or more, not -5
    """
    parameters = inspect.signature(function).parameters.values()
    kinds = {
        one.name: _spelled_out(str(one.annotation), function)
        for one in parameters
        if one.kind is not inspect.Parameter.VAR_KEYWORD
    }
    in_order = [one.name for one in parameters if one.kind is one.POSITIONAL_OR_KEYWORD]
    rest = [one.name for one in parameters if one.kind is one.VAR_POSITIONAL]

    @wraps(function)
    def checked(*args: P.args, **kwargs: P.kwargs) -> R:
        # A wrong number of arguments is told best by Python itself.
        names = [*in_order, *rest * len(args)]
        for name, value in [*zip(names, args, strict=False), *kwargs.items()]:
            if name in kinds:
                what = f"{function.__name__}: {name}"
                _check(what, kinds[name], value)
                _check_size(what, name, value)
        return function(*args, **kwargs)

    return checked


def _spelled_out(annotation: str, function: Callable[..., object]) -> str:
    """Return an annotation with the choices in the place of the name for them."""
    known = getattr(function, "__globals__", {}).get(annotation)
    return str(known) if get_origin(known) is Literal else annotation


def _check_size(what: str, name: str, value: object) -> None:
    """Refuse what is too small, too large or empty for what arguments so called mean."""
    if name in _PLACES and value == "":
        raise OptionError(f"{what} must name a place, and is empty")
    least = _LEAST.get(name)
    if least is not None and isinstance(value, Integral) and value < least:
        raise OptionError(f"{what} must be {least} or more, not {value}")
    if name in _SHARES and isinstance(value, Real) and not 0 < float(value) <= 1:
        raise OptionError(f"{what} must be above 0 and at most 1, not {value}")


def _check(what: str, annotation: str, value: object) -> None:
    choices = _CHOICES.fullmatch(annotation)
    if choices:
        known = [one.strip(" '\"") for one in choices[1].split(",")]
        if value not in known:
            listed = " or ".join(map(repr, known))
            raise OptionError(f"{what} must be {listed}, not {value!r:.60}")
    elif wrong := _wrong(annotation, value):
        raise TypeError(f"{what} must be {wrong}")


def _wrong(annotation: str, value: object) -> str:
    """Say what an argument must be, or nothing where it is that."""
    tokens = [token.strip() for token in annotation.split(" | ")]
    if not all(token in _KNOWN for token in tokens):
        return ""
    if any(_is(token, value) for token in tokens):
        return ""
    said = [_KNOWN[token][0] for token in tokens]
    listed = f"{', '.join(said[:-1])} or {said[-1]}" if len(said) > 1 else said[0]
    return f"{listed}, not {type(value).__name__}"


def _is(token: str, value: object) -> bool:
    if token in _KINDS:
        types = _KINDS[token][1]
        is_flag = isinstance(value, bool) and token in ("int", "float")
        return isinstance(value, types) and not is_flag
    if token in _HOLDERS:
        return all(hasattr(value, name) for name in _HOLDERS[token][1])
    return any(one.__name__ == _CLASSES[token][1] for one in type(value).__mro__)
