"""Given names with a capital within them: `DeShawn` is one name, however its words are cut."""

from __future__ import annotations

from collections.abc import Collection, Sequence


def as_listed(
    parts: tuple[str, ...],
    given: str,
    others: Sequence[str],
    particles: Collection[str],
) -> tuple[str, ...]:
    """Return the words of a name without particles, a given name cut as the list cuts it.

    Examples
    --------
    >>> as_listed(("de", "shawn", "carter"), "de", ("shawn", "carter"), {"de"})
    ('de', 'shawn', 'carter')
    >>> as_listed(("la", "toya", "smith"), "latoya", ("smith",), {"la"})
    ('latoya', 'smith')
    >>> as_listed(("de", "la", "cruz"), "de", ("shawn", "cruz"), {"de", "la"})
    ('cruz',)
    """
    if {*parts} == {given, *others}:
        return tuple(parts)
    cut = (given, *others[:1]) if len(others) > 1 else (given,)
    for n in range(len(parts)):
        for end in (n + 1, n + 2):
            whole = _whole("".join(parts[n:end]), given, cut)
            if whole and parts[n:end] != (given,) and end - n < len(parts):
                before, behind = parts[:n], parts[end:]
                return (*kept(before, particles), *whole, *kept(behind, particles))
    return kept(parts, particles) or tuple(parts)


def _whole(said: str, given: str, cut: tuple[str, ...]) -> tuple[str, ...]:
    """Return the given name as it is listed, empty where something else is said."""
    return cut if said == "".join(cut) else (given,) if said == given else ()


def kept(parts: Sequence[str], particles: Collection[str]) -> tuple[str, ...]:
    """Return the words that are no particles."""
    return tuple(part for part in parts if part not in particles)
