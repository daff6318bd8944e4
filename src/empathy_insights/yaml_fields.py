"""Typed access to the fields of a YAML file, collecting problems on the way."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from empathy_insights.files.output import for_file

_CLOSE = 0.81  # of the letters of a key
_ALIKE = 0.7  # where one is missing, less will do


@dataclass
class Fields:
    """Read one mapping of the file; every read field is known, the rest is the user's.

    Parameters
    ----------
    content
        The mapping, as YAML gives it.
    path
        Where it stands in the file, such as `themes[3].patterns`.
    lines
        Path -> line number.
    problems
        Line and sentence of everything that is wrong; shared by all parts of a file.
    """

    content: Mapping[str, object]
    path: str
    lines: Mapping[str, int]
    problems: list[tuple[int, str]]
    known: set[str] = field(default_factory=lambda: {"schema_version"})

    def text(self, name: str, *, required: bool = False, default: str = "") -> str:
        """Return a single text; numbers are taken as written."""
        value = self._take(name)
        if value is None:
            if required:
                self._miss(name)
            return default
        if isinstance(value, dict | list):
            self._report(name, "must be a text")
            return default
        return for_file(str(value)).strip()

    def flag(self, name: str) -> bool:
        """Return true or false."""
        value = self._take(name)
        if value is not None and not isinstance(value, bool):
            self._report(name, "must be true or false")
        return value is True

    def whole(self, name: str) -> int:
        """Return a whole number, 0 when it is absent."""
        value = self._take(name)
        if value is not None and (
            isinstance(value, bool) or not isinstance(value, int)
        ):
            self._report(name, "must be a whole number")
        return value if isinstance(value, int) else 0

    def texts(self, name: str) -> tuple[str, ...]:
        """Return a list of texts."""
        value = self._take(name)
        return self._texts(name, [] if value is None else value)

    def lists(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a mapping of lists of texts."""
        part = self.mapping(name)
        return {key: part.texts(key) for key in part.content}

    def patterns(self, name: str) -> tuple[str, ...]:
        """Return a list of patterns, each checked."""
        found = self.texts(name)
        for n, pattern in enumerate(found):
            if reason := pattern_problem(pattern):
                self._report(f"{name}[{n}]", reason)
        return found

    def lists_of_patterns(self, name: str) -> dict[str, tuple[str, ...]]:
        """Return a mapping of lists of patterns."""
        part = self.mapping(name)
        return {key: part.patterns(key) for key in part.content}

    def mapping(self, name: str) -> Fields:
        """Return the fields of a nested mapping; none when it is absent."""
        value = self._take(name)
        if value is not None and not isinstance(value, dict):
            self._report(name, "must hold named fields")
        return self._part(value if isinstance(value, dict) else {}, name)

    def items(
        self, name: str, *, key: str | None = None, required: bool = False
    ) -> list[Fields]:
        """Return the fields of each mapping in a list; a plain text is taken as `key`."""
        value = self._take(name)
        if value is None:
            if required:
                self._miss(name)
            return []
        if not isinstance(value, list):
            self._report(name, "must be a list")
            return []
        parts = []
        for n, item in enumerate(value):
            named = {key: item} if isinstance(item, str) and key is not None else item
            if isinstance(named, dict):
                parts.append(self._part(named, f"{name}[{n}]"))
            else:
                self._report(f"{name}[{n}]", "must hold named fields")
        return parts

    def rest(self, what: str, *, besides: Collection[str] = ()) -> dict[str, object]:
        """Return the user's own fields; one that looks like a slip is a problem.

        Parameters
        ----------
        what
            Of which thing these are the keys, such as `a theme`.
        """
        known = self.known | set(besides)
        own = {name: value for name, value in self.content.items() if name not in known}
        for name in map(str, own):
            swapped = [key for key in sorted(known) if sorted(key) == sorted(name)]
            close = get_close_matches(name, sorted(known), n=1, cutoff=_CLOSE)
            if close := swapped or close:
                reason = f"{name!r} is no key of {what}; did you mean {close[0]!r}?"
                self.problems.append((self._line_of(name), reason))
        return own

    def nothing_else(self) -> None:
        """Report every field that has not been read."""
        for name in self.content:
            if name not in self.known:
                names = ", ".join(sorted(self.known - {"schema_version"}))
                self._report(str(name), f"is no field here; the fields are {names}")

    def line_of_value(self, text: str) -> int:
        """Return the line of the first theme id or name that a sentence quotes, or 1."""
        for path, line in self.lines.items():
            if path.startswith("id=") and f"'{path[3:]}'" in text:
                return line
        return 1

    def _take(self, name: str) -> object:
        self.known.add(name)
        return self.content.get(name)

    def _part(self, content: Mapping[str, object], name: str) -> Fields:
        return Fields(content, self._at(name), self.lines, self.problems)

    def _texts(self, name: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or any(
            isinstance(v, dict | list) for v in value
        ):
            self._report(name, "must be a list of texts")
            return ()
        return tuple(for_file(str(item)).strip() for item in value)

    def _miss(self, name: str) -> None:
        """Report a field that is not there, at the one that may be meant for it."""
        others = [
            str(key)
            for key in self.content
            if key not in self.known and abs(len(str(key)) - len(name)) <= 1
        ]
        if close := get_close_matches(name, others, n=1, cutoff=_ALIKE):
            self.known.add(close[0])
            reason = f"{self._at(name)} is missing; is {close[0]!r} meant for it?"
            self.problems.append((self._line_of(close[0]), reason))
        else:
            self._report(name, "is missing")

    def _report(self, name: str, reason: str) -> None:
        self.problems.append((self._line_of(name), f"{self._at(name)} {reason}"))

    def _line_of(self, name: str) -> int:
        return self.lines.get(self._at(name)) or self.lines.get(self.path) or 1

    def _at(self, name: str) -> str:
        return f"{self.path}.{name}" if self.path else name


def pattern_problem(pattern: str) -> str | None:
    """Say what is wrong with a pattern, or nothing.

    Examples
    --------
    >>> pattern_problem("lock|kick .. out of")
    >>> pattern_problem(".. out")
    'must start with a word, not with a gap'
    """
    elements = pattern.split()
    if not elements:
        return "is empty"
    if elements[0] in {"..", "_"} or elements[0].startswith("~"):
        return "must start with a word, not with a gap"
    if elements[-1] == "..":
        return "must end with a word, not with a gap"
    if any("" in element.removeprefix("~").split("|") for element in elements):
        return "has an empty alternative; write a|b with no spaces around the bar"
    if pattern != pattern.lower():
        return "must be in lower case"
    return None
