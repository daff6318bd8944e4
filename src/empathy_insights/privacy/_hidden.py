"""Which numbers of people of a run are hidden from an audience, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from empathy_insights.privacy._audiences import Audience, Label
from empathy_insights.privacy._cells import (
    EVERYONE,
    SIZE,
    Cell,
    Family,
    Key,
    Nested,
    families,
    in_order,
)
from empathy_insights.privacy._protect import Rule, System, protect

NamedRule = tuple[tuple[Key, ...], tuple[int, ...], float, bool]
"""Cells, weights, the limit of their sum, and whether it is exact."""

_COMPLEMENT = "it would give another away"


@dataclass(frozen=True)
class Known:
    """Hold true numbers, their labels where they are hidden, and bounds of each.

    Parameters
    ----------
    values
        Key -> the true number.
    labels
        Key -> what stands in its place, where it may not be shown by itself.
    most
        Key -> what it can be at most, as far as readers know.
    """

    values: Mapping[Key, int]
    labels: Mapping[Key, Label]
    most: Mapping[Key, int]


def hidden_labels(
    cells: Iterable[Cell], audience: Audience, nested: Sequence[Nested] = ()
) -> dict[Key, Label]:
    """Return the label of every hidden number of a run's tables.

    Numbers of people heard come first; where one is hidden, so is everything that is a
    share of it. Then what people raised, each number within the people heard.
    """
    # One order, so that every table of a run hides the same.
    cells = sorted(cells, key=lambda cell: in_order(cell.key))
    sizes = {cell.of: cell.size for cell in cells}
    sizes |= {cell.key: cell.people for cell in cells if cell.key.measure == SIZE}
    of_sizes = _labels_of_sizes(sizes, audience, nested)
    raised = {cell.key: cell for cell in cells if cell.key.measure != SIZE}
    yes = _who_did(raised, sizes, of_sizes, audience)
    whole = sizes.get(Key(SIZE, EVERYONE), 0)
    rules = _rules(yes, sizes, nested)
    also = _rules_of_pairs(yes.values, whole)
    while True:
        labels = _completed(yes, [*rules, *also])
        no = _who_did_not(yes, labels, raised)
        both = _completed(no, _rules_of_others(rules))
        if _texts(both) == _texts(labels):
            return {**of_sizes, **labels}
        yes = replace(yes, labels=_turned(both, yes))


def _texts(labels: Mapping[Key, Label]) -> dict[Key, str]:
    return {key: label.text for key, label in labels.items()}


def _turned(labels: Mapping[Key, Label], known: Known) -> dict[Key, Label]:
    """Say of those who did what the labels say of those who did not, or the reverse."""
    return {
        key: label._replace(
            low=known.most[key] - label.high, high=known.most[key] - label.low
        )
        for key, label in labels.items()
    }


def _who_did(
    raised: Mapping[Key, Cell],
    sizes: Mapping[Key, int],
    of_sizes: Mapping[Key, Label],
    audience: Audience,
) -> Known:
    """Return who raised what, and what of it may not be shown by itself."""
    labels, most = {}, {}
    for key, cell in raised.items():
        hidden_size = of_sizes.get(cell.of)
        most[key] = sizes[cell.of] if hidden_size is None else hidden_size.high
        label = audience.of_cell(cell.people, cell.size)
        if hidden_size is not None:
            label = Label("hidden", hidden_size.why, 0, hidden_size.high)
        if label is not None:
            labels[key] = label
    return Known({key: cell.people for key, cell in raised.items()}, labels, most)


def _who_did_not(
    yes: Known, labels: Mapping[Key, Label], raised: Mapping[Key, Cell]
) -> Known:
    """Return who did not raise what: that everyone did is as telling as that few did."""
    values = {key: cell.size - cell.people for key, cell in raised.items()}
    return Known(values, _turned(labels, yes), yes.most)


def _rules_of_others(rules: list[NamedRule]) -> list[NamedRule]:
    """Return what holds between those who did not: sums do, and parts turn about."""
    return [
        (keys, weights if is_exact else tuple(-weight for weight in weights), 0, is_exact)
        for keys, weights, limit, is_exact in rules
        if is_exact or keys[0].group == keys[-1].group
    ]  # fmt: skip


def _labels_of_sizes(
    sizes: Mapping[Key, int], audience: Audience, nested: Sequence[Nested]
) -> dict[Key, Label]:
    whole = max(sizes.values(), default=0)
    labels = {
        key: label
        for key, n in sizes.items()
        if (label := audience.of_count(n)) is not None
    }
    known = Known(sizes, labels, dict.fromkeys(sizes, whole))
    return _completed(known, _rules(known, sizes, nested))


def _rules(
    known: Known, sizes: Mapping[Key, int], nested: Sequence[Nested]
) -> list[NamedRule]:
    """Return what holds between the numbers of groups and of all."""
    rules: list[NamedRule] = []
    for family in families(sorted(known.values, key=in_order), nested):
        rules += _of_family(family, sizes)
    for key in known.values:
        parent = key.measure.split(".")[0]
        if parent != key.measure and Key(parent, key.group) in known.values:
            rules.append(((key, Key(parent, key.group)), (1, -1), 0, False))
    return rules


def _of_family(family: Family, sizes: Mapping[Key, int]) -> list[NamedRule]:
    """Return that parts add up, or, where people are in several, that none exceeds all."""
    whole = sizes.get(Key(SIZE, family.whole.group))
    added = sum(sizes.get(Key(SIZE, part.group), 0) for part in family.parts)
    weights = (*(1 for _ in family.parts), -1)
    keys = (*family.parts, family.whole)
    if whole is None or added <= whole:
        return [(keys, weights, 0, whole == added)]
    covers = tuple(-weight for weight in weights)
    below: list[NamedRule] = [
        ((part, family.whole), (1, -1), 0, False) for part in family.parts
    ]
    return [(keys, covers, 0, False), *below]


def _rules_of_pairs(values: Mapping[Key, int], whole: int) -> list[NamedRule]:
    """Return that who raised two themes raised each, and that nobody is left over."""
    rules: list[NamedRule] = []
    for key in values:
        if " & " not in key.measure:
            continue
        first, second = (Key(name, key.group) for name in key.measure.split(" & "))
        rules += [((key, one), (1, -1), 0, False) for one in (first, second)]
        rules.append(((first, second, key), (1, 1, -1), whole, False))
    return rules


def _completed(known: Known, rules: list[NamedRule]) -> dict[Key, Label]:
    """Hide more until nothing hidden can be solved for; say why each is hidden."""
    free = sorted(
        {key for keys, *_ in rules for key in keys} - set(known.values), key=in_order
    )
    keys = [*sorted(known.values, key=in_order), *free]
    place = {key: n for n, key in enumerate(keys)}
    unlabelled = Label("hidden", _COMPLEMENT, 0, 0)
    labels = [known.labels.get(key, unlabelled) for key in keys]
    far = sum(known.values.values()) + 1
    done = protect(
        System(
            values=np.array([known.values.get(key, 0) for key in keys], dtype=float),
            hidden=np.array([key not in known.values or key in known.labels for key in keys]),
            label_low=np.array([label.low for label in labels], dtype=float),
            label_high=np.array([label.high for label in labels], dtype=float),
            is_mute=np.array([label.text == "hidden" for label in labels], dtype=bool),
            most=np.array([known.most.get(key, far) for key in keys], dtype=float),
            rules=tuple(
                Rule(tuple(place[key] for key in names), weights, limit, is_exact)
                for names, weights, limit, is_exact in rules
            ),
            is_total=np.array([not key.group for key in keys], dtype=bool),
            is_free=np.array([key not in known.values for key in keys], dtype=bool),
        )
    )  # fmt: skip
    return {
        key: label._replace(text="hidden") if done.is_mute[n] else label
        for n, (key, label) in enumerate(zip(keys, labels, strict=True))
        if done.hidden[n] and not done.is_free[n]
    }
