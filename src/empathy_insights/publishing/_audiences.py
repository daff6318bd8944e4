"""Who may see which numbers: the rules of each audience, and what hidden cells say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

from empathy_insights.errors import EmpathyInsightsError

AudienceName = Literal["team", "school", "public"]

FEW = "few people"
SMALL_GROUP = "small group"
NEARLY_ALL = "nearly everyone"
COMPLEMENT = "it would give another away"
MUTE = "hidden"

# Of groups up to this size, shares above this are masked (after NCES 2011-603).
_LADDER = ((19, 0.8), (39, 0.9), (99, 0.95), (299, 0.98))
_LADDER_TOP = 0.99


class Label(NamedTuple):
    """What a hidden cell says in the place of its number, and what that lets one know.

    `for_another` is whether it is hidden only for another's sake, not for its own;
    `for_group`, because it is not said how many people of its group were heard. `width`
    is the range that the number must keep.
    """

    text: str
    why: str
    low: int
    high: int
    for_another: bool = False
    for_group: bool = False
    width: int = 2  # at least three numbers stay possible

    @property
    def is_mute(self) -> bool:
        """Whether it says nothing but that the number is hidden."""
        return self.text == MUTE

    @property
    def muted(self) -> Label:
        """The label that says nothing, and so the same whatever it hides."""
        return self._replace(text=MUTE, why=COMPLEMENT)


@dataclass(frozen=True)
class Audience:
    """Hold the rules of one audience.

    Parameters
    ----------
    least
        Counts of fewer people, and results of smaller groups, are hidden.
    shows_zero
        Whether nobody may be told from a few.
    """

    name: AudienceName
    least: int
    shows_zero: bool = True

    def of_count(self, n: int) -> Label | None:
        """Return what stands in the place of a number of people heard, if hidden."""
        if not 1 <= n < self.least:
            return None
        return Label(f"fewer than {self.least}", FEW, 1, self.least - 1)

    def of_cell(self, people: int, of: int) -> Label | None:
        """Return what stands in the place of `people` of `of`, if that is hidden."""
        if self.least == 0 or of == 0:
            return None
        if of < self.least:
            return Label(f"hidden: fewer than {self.least} heard", SMALL_GROUP, 0, of)
        top = least_masked(of)
        if people >= top:
            return Label(f"at least {top} of {of}", NEARLY_ALL, top, of)
        lowest = 1 if self.shows_zero else 0
        if lowest <= people < self.least:
            most = min(self.least, top) - 1
            text = f"fewer than {most + 1} of {of}"
            return Label(text, FEW, lowest, most)
        return None


def least_masked(of: int) -> int:
    """Return from how many people on nearly everyone of a group did something.

    Examples
    --------
    >>> least_masked(9), least_masked(30)
    (8, 28)
    """
    share = next((share for size, share in _LADDER if of <= size), _LADDER_TOP)
    return min(int(share * of) + 1, of - 1)


AUDIENCES = {
    "team": Audience("team", 0),
    "school": Audience("school", 5),
    "public": Audience("public", 10, shows_zero=False),
}


def up_to(audience: Audience) -> list[Audience]:
    """Return whom something was hidden from before this audience, and this one last.

    What the public may see follows from what the school may see.
    """
    return [one for one in AUDIENCES.values() if 0 < one.least <= audience.least]


def audience_of(name: str) -> Audience:
    """Return the rules of an audience.

    Raises
    ------
    EmpathyInsightsError
        There is no such audience.
    """
    if name not in AUDIENCES:
        raise EmpathyInsightsError(
            f"there is no audience {name!r}; choose from {', '.join(AUDIENCES)}: "
            "school for its staff and leaders, public for families and everybody else"
        )
    return AUDIENCES[name]
