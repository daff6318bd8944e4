"""YAML of anybody's: read within limits, so that no file takes the machine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

import yaml

_LONGEST = 4_000_000  # characters; empathy_core with its stories has half of it
_DEEPEST, _MOST = 40, 100_000
_BAD_VALUES = (ValueError, KeyError, AttributeError, TypeError, IndexError)


class Yaml(NamedTuple):
    """What a YAML text holds, and the line of everything in it."""

    content: object
    lines: dict[str, int]


def load_yaml(text: str, *, once: bool = True) -> Yaml:
    r"""Read YAML that is not too long, deep or folded into itself.

    Parameters
    ----------
    once
        Refuse a key that stands twice in one place; else the last of them counts.

    Raises
    ------
    yaml.YAMLError
        It is no YAML, holds a value that is none of its type, or more than it may.

    Examples
    --------
    >>> load_yaml("id: bus\nthemes: []")
    Yaml(content={'id': 'bus', 'themes': []}, lines={'': 1, 'id': 1, ...})
    """
    try:
        return _loaded(text, _QUICK, once=once)
    except (yaml.YAMLError, *_BAD_VALUES):
        return _loaded(
            text, yaml.SafeLoader, once=once
        )  # which says best what is wrong


# The parser in C takes a tenth of the time, where there is one.
_QUICK: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _loaded(text: str, kind: type[yaml.SafeLoader], *, once: bool) -> Yaml:
    _check(text, kind)
    loader = kind(text)
    try:
        node = loader.get_single_node()
        if once:
            _check_keys(node)
        content = None if node is None else loader.construct_document(node)
    except _BAD_VALUES as error:
        raise _refused("a value is not what its type asks for") from error
    finally:
        loader.dispose()
    return Yaml(content, _line_numbers(node))


@dataclass
class _Count:
    """Count what a text holds when every alias is written out."""

    open: list[tuple[str | None, int]] = field(default_factory=list)
    sizes: dict[str | None, int] = field(default_factory=dict)
    total: int = 0

    def __call__(self, event: yaml.Event) -> None:
        if isinstance(event, yaml.CollectionStartEvent):
            self.open.append((event.anchor, self.total))
            self.total += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            anchor, before = self.open.pop()
            self.sizes[anchor] = self.total - before
        elif isinstance(event, yaml.ScalarEvent):
            self.sizes[event.anchor] = 1
            self.total += 1
        elif isinstance(event, yaml.AliasEvent):
            # One that stands within its own anchor has no end.
            self.total += self.sizes.get(event.anchor, _MOST + 1)


def _check(text: str, kind: type[yaml.SafeLoader]) -> None:
    if len(text) > _LONGEST:
        raise _refused(f"it is longer than {_LONGEST:,} characters")
    count = _Count()
    for event in yaml.parse(text, Loader=kind):
        count(event)
        if len(count.open) > _DEEPEST:
            raise _refused(f"it is nested more than {_DEEPEST} deep", event)
        if count.total > _MOST:
            raise _refused(f"it holds more than {_MOST:,} values", event)


def _refused(problem: str, event: yaml.Event | None = None) -> yaml.MarkedYAMLError:
    mark = getattr(event, "start_mark", None)  # two classes, for C and Python
    return yaml.MarkedYAMLError(problem=problem, problem_mark=mark)


NOT_UTF_8 = "the file is not UTF-8 text; save it as UTF-8"


def why_no_yaml(error: yaml.YAMLError) -> tuple[str, int | None]:
    """Return why a text is no YAML and what to do, and the line, where that is known."""
    mark = getattr(error, "problem_mark", None)
    reason = getattr(error, "problem", None) or "it cannot be parsed"
    advice = "" if "; " in reason else "; check quotes, colons and indents"
    told = f"the file is not valid YAML: {reason}{advice}"
    return told, None if mark is None else mark.line + 1


def _check_keys(node: yaml.Node | None) -> None:
    """Refuse a key that stands twice in one place: YAML would drop what is in the first."""
    waiting, known = [node], set[int]()
    while waiting:
        part = waiting.pop()
        if id(part) in known or not isinstance(part, yaml.CollectionNode):
            continue
        known.add(id(part))
        pairs = part.value if isinstance(part, yaml.MappingNode) else []
        lines: dict[str, int] = {}
        for key, _ in pairs:
            name, line = str(key.value), key.start_mark.line + 1
            if lines.setdefault(name, line) != line and name != "<<":
                problem = f"{name!r} is in line {lines[name]} too; keep one of them"
                raise yaml.MarkedYAMLError(problem=problem, problem_mark=key.start_mark)
        waiting += [value for _, value in pairs] or part.value


def _line_numbers(node: yaml.Node | None) -> dict[str, int]:
    """Map the path of every value in a YAML file to its line, counted from 1."""
    lines: dict[str, int] = {}
    waiting = [] if node is None else [(node, "")]
    while waiting:
        part, path = waiting.pop()
        lines.setdefault(path, part.start_mark.line + 1)
        if isinstance(part, yaml.SequenceNode):
            waiting += [(item, f"{path}[{n}]") for n, item in enumerate(part.value)]
        if isinstance(part, yaml.MappingNode):
            for key, value in part.value:
                place = f"{path}.{key.value}" if path else str(key.value)
                lines[place] = key.start_mark.line + 1
                if key.value == "id":
                    lines[f"id={value.value}"] = key.start_mark.line + 1
                waiting.append((value, place))
    return lines
