"""Which numbers of people of a run are hidden from an audience, and what stands there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from empathy_insights.publishing._audiences import (
    COMPLEMENT,
    FEW,
    MUTE,
    SMALL_GROUP,
    Audience,
    Label,
    least_masked,
)
from empathy_insights.publishing._cells import (
    EVERYONE,
    SIZE,
    Cell,
    Family,
    Key,
    Nested,
    Siblings,
    families,
    in_order,
    pair_of,
    siblings,
)
from empathy_insights.publishing._protect import (
    UNTOLD,
    Known,
    NamedRule,
    completed,
    is_safe,
)

_FEW_GROUPS = 2


def hidden_labels(
    cells: Iterable[Cell],
    audience: Audience,
    nested: Sequence[Nested] = (),
    *,
    before: Mapping[Key, Label] | None = None,
    ranked: Sequence[tuple[str, str]] = (),
) -> dict[Key, Label]:
    """Return the label of every hidden number of a run's tables.

    Numbers of people heard come first; where one is hidden, so is everything that is a
    share of it. Then what people raised, each number within the people heard.

    Parameters
    ----------
    before
        What was hidden from those who may see more. All of it stays hidden, and no label
        says what theirs does not.
    ranked
        Two themes each, of which readers know that at least as many raised the first.
    """
    before = before or {}
    # One order, so that every table of a run hides the same.
    cells = sorted(cells, key=lambda cell: in_order(cell.key))
    sizes = {cell.of: cell.size for cell in cells}
    sizes |= {cell.key: cell.people for cell in cells if cell.key.measure == SIZE}
    of_sizes = _labels_of_sizes(sizes, audience, nested, before)
    raised = {cell.key: cell for cell in cells if cell.key.measure != SIZE}
    yes = _who_did(raised, sizes, of_sizes, audience)
    yes = replace(yes, labels=_following(yes.labels, before, yes.values))
    whole = sizes.get(Key(SIZE, EVERYONE), 0)
    parents = _rules_of_parents(yes.values)
    orders = _rules_of_ranks(yes.values, ranked)
    rules = [
        *_rules(yes, sizes, nested), *parents, *_rules_of_pairs(yes.values, whole)
    ]  # fmt: skip
    others = _rules(_who_did_not(yes, {}, raised), sizes, nested)
    others += [_turned_about(rule) for rule in parents]
    turned = [_turned_about(rule) for rule in orders]
    while True:
        labels = completed(yes, rules, orders)
        both = completed(_who_did_not(yes, labels, raised), others, turned)
        if _texts(both) != _texts(labels):
            yes = replace(yes, labels=_turned(both, yes))
            continue
        labels = _all_or_none(labels, sizes, raised)
        told = _not_small(labels, raised, audience)
        more = _wholes_that_tell(replace(yes, labels=labels), told, rules, orders)
        if not more:
            is_told = _is_narrow(told) or not is_safe(
                _believing(yes, labels, told), rules, orders
            )
            return {**of_sizes, **_alike(labels, is_told=is_told)}
        yes = replace(yes, labels={**labels, **more})


def _is_narrow(told: Mapping[Key, Label]) -> bool:
    """Return whether a number is known as soon as it is believed not small."""
    return any(label.high - label.low < label.width for label in told.values())


def _believing(
    yes: Known, labels: Mapping[Key, Label], told: Mapping[Key, Label]
) -> Known:
    return replace(yes, labels={**labels, **told})


def _wholes_that_tell(
    yes: Known,
    told: Mapping[Key, Label],
    rules: list[NamedRule],
    orders: Sequence[NamedRule],
) -> dict[Key, Label]:
    """Return the whole of each theme that leads to a number which is believed not small."""
    wholes = {}
    for theme in sorted({key.measure for key in told}):
        whole = Key(theme, EVERYONE)
        own = {key: label for key, label in told.items() if key.measure == theme}
        is_open = whole in yes.values and whole not in yes.labels
        if is_open and not is_safe(_believing(yes, yes.labels, own), rules, orders):
            wholes[whole] = UNTOLD
    return wholes


def _all_or_none(
    labels: Mapping[Key, Label], sizes: Mapping[Key, int], raised: Iterable[Key]
) -> dict[Key, Label]:
    """Hide every round of a theme where one is hidden and people were heard in several.

    Three and more groups that share people narrow each other down in more ways than the
    rules state.
    """
    more: dict[Key, Label] = {}
    for groups in siblings(sorted(raised, key=in_order)):
        keys = [*groups.parts, *groups.rests.values()]
        if _share_people(groups, sizes) and any(key in labels for key in keys):
            more |= dict.fromkeys(keys, UNTOLD)
    return {**labels, **more}


def _alike(labels: Mapping[Key, Label], *, is_told: bool = False) -> dict[Key, Label]:
    """Mute all labels of a theme where a number is hidden for another's sake.

    Such a number is not itself small. Beside labels that say which are small, readers
    would know that, and often the number. Where they would know it even so, and with it
    the number, the labels of all themes are mute.
    """
    mute = {key.measure for key, label in labels.items() if label.for_another}
    return {
        key: label.muted if is_told or key.measure in mute else label
        for key, label in labels.items()
    }


def _not_small(
    labels: Mapping[Key, Label], raised: Mapping[Key, Cell], audience: Audience
) -> dict[Key, Label]:
    """Return what mute labels say of themes that hide for another's sake only.

    Readers who think so know of each such number that it is neither small nor that of
    nearly everyone, or 0.
    """
    small = {
        key.measure
        for key, label in labels.items()
        if not (label.for_another or label.for_group)
        or (label.for_another and 0 < raised[key].people < audience.least)
    }
    return {
        key: _believed(raised[key], audience)
        for key, label in labels.items()
        if label.for_another and key.measure not in small
    }


def _believed(cell: Cell, audience: Audience) -> Label:
    most = least_masked(cell.size) - 1
    if cell.people:
        return Label("not small", COMPLEMENT, audience.least, most)
    # Beside nobody, two numbers that are not small must stay possible.
    wide = audience.least + 1
    high = most if most >= wide else 0
    return Label("nobody, or not small", COMPLEMENT, 0, high, width=wide)


def _following(
    labels: Mapping[Key, Label], before: Mapping[Key, Label], of: Iterable[Key]
) -> dict[Key, Label]:
    """Hide what was hidden before, and say no more of it than was said."""
    follow = {key: before[key] for key in of if key in before}
    kept = {
        key: UNTOLD if label.for_another or key not in labels else labels[key].muted
        for key, label in follow.items()
        if key not in labels or (label.is_mute and not labels[key].is_mute)
    }
    return {**labels, **kept}


def _share_people(groups: Siblings, sizes: Mapping[Key, int]) -> bool:
    heard = [sizes[Key(SIZE, part.group)] for part in groups.parts]
    whole = sizes.get(Key(SIZE, groups.whole.group))
    for part, rest in groups.rests.items():
        whole = sizes[Key(SIZE, part.group)] + sizes[Key(SIZE, rest.group)]
    return len(heard) > _FEW_GROUPS and whole is not None and sum(heard) > whole


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
    everybody = max(sizes.values(), default=0)
    for key, cell in raised.items():
        hidden_size = of_sizes.get(cell.of)
        most[key] = sizes[cell.of]
        if hidden_size is not None:  # a label of no number says nothing of the most
            most[key] = everybody if hidden_size.is_mute else hidden_size.high
        label = audience.of_cell(cell.people, cell.size)
        if hidden_size is not None:
            why = SMALL_GROUP if hidden_size.why == FEW else hidden_size.why
            label = Label(MUTE, why, 0, most[key], for_group=True)
        if label is not None:
            labels[key] = label
    return Known({key: cell.people for key, cell in raised.items()}, labels, most)


def _who_did_not(
    yes: Known, labels: Mapping[Key, Label], raised: Mapping[Key, Cell]
) -> Known:
    """Return who did not raise what: that everyone did is as telling as that few did."""
    values = {key: cell.size - cell.people for key, cell in raised.items()}
    return Known(values, _turned(labels, yes), yes.most)


def _turned_about(rule: NamedRule) -> NamedRule:
    """Return what holds between those who did not, where a part is of the same people."""
    keys, weights, limit, is_exact = rule
    return keys, tuple(-weight for weight in weights), limit, is_exact


def _labels_of_sizes(
    sizes: Mapping[Key, int],
    audience: Audience,
    nested: Sequence[Nested],
    before: Mapping[Key, Label],
) -> dict[Key, Label]:
    whole = max(sizes.values(), default=0)
    labels = {
        key: label
        for key, n in sizes.items()
        if (label := audience.of_count(n)) is not None
    }
    labels = _following(labels, before, sizes)
    known = Known(sizes, labels, dict.fromkeys(sizes, whole))
    return _alike(completed(known, _rules(known, sizes, nested)))


def _rules(
    known: Known, sizes: Mapping[Key, int], nested: Sequence[Nested]
) -> list[NamedRule]:
    """Return what holds between the numbers of groups and of all."""
    keys = sorted(known.values, key=in_order)
    split = families(keys, nested)
    values = {**_least_wholes(split, known.values), **known.values}
    rules = [rule for family in split for rule in _of_family(family, sizes, values)]
    for all_groups in siblings(keys):
        for part, rest in all_groups.rests.items():
            others = [other for other in all_groups.parts if other != part]
            if sum(values[other] for other in others) >= values[rest]:
                weights = (*(-1 for _ in others), 1)
                rules.append(((*others, rest), weights, 0, False))
    return rules


def _least_wholes(split: list[Family], values: Mapping[Key, int]) -> dict[Key, int]:
    """Return what numbers that no table shows are at least, by their parts."""
    least: dict[Key, int] = {}
    for family in split:
        added = _added(family, values)
        least[family.whole] = max(added, least.get(family.whole, 0))
    return least


def _added(family: Family, values: Mapping[Key, int]) -> int:
    return sum(values.get(part, 0) for part in family.parts)


def _signed(family: Family) -> tuple[Key, ...]:
    return (*family.parts, family.whole)


def _of_family(
    family: Family, sizes: Mapping[Key, int], values: Mapping[Key, int]
) -> list[NamedRule]:
    """Return that parts add up, that some people are in none, or some in several.

    The numbers of people heard tell a reader which. Who raised a theme in one round of
    two is not in the numbers of the other: then parts of people that add up do not add
    up here, so that nothing is taken to hold that does not.
    """
    whole = sizes.get(Key(SIZE, family.whole.group))
    heard = sum(sizes.get(Key(SIZE, part.group), 0) for part in family.parts)
    twice = 0 if whole is None else max(heard - whole, 0)
    added, all_in = _added(family, values), values[family.whole]
    is_within = added <= all_in + twice
    is_covering = whole is not None and heard >= whole and added >= all_in
    is_exact = is_within and is_covering and not twice
    keys, weights = _signed(family), (*(1 for _ in family.parts), -1)
    rules: list[NamedRule] = []
    if is_within:
        rules.append((keys, weights, twice, is_exact))
    if is_covering and not is_exact:
        rules.append((keys, tuple(-weight for weight in weights), 0, False))
    if twice or not is_within:
        rules += [
            ((part, family.whole), (1, -1), 0, False)
            for part in family.parts
            if values.get(part, 0) <= all_in
        ]
    return rules


def _rules_of_parents(values: Mapping[Key, int]) -> list[NamedRule]:
    """Return that who raised a sub-theme raised its theme."""
    return [
        ((key, Key(parent, key.group)), (1, -1), 0, False)
        for key in values
        if (parent := key.measure.split(".")[0]) != key.measure
        and Key(parent, key.group) in values
    ]


def _rules_of_ranks(
    values: Mapping[Key, int], ranked: Iterable[tuple[str, str]]
) -> list[NamedRule]:
    """Return that no more people raised a theme than one that stands before it."""
    keys = [(Key(fewer, EVERYONE), Key(more, EVERYONE)) for more, fewer in ranked]
    return [
        ((fewer, more), (1, -1), 0, False)
        for fewer, more in keys
        if fewer in values and more in values and values[fewer] <= values[more]
    ]


def _rules_of_pairs(values: Mapping[Key, int], whole: int) -> list[NamedRule]:
    """Return what holds between those who raised two themes together, and each."""
    rules: list[NamedRule] = []
    for key in values:
        pair = pair_of(key)
        if pair is None:
            continue
        first, second = (Key(name, key.group) for name in pair.themes)
        if pair.within == "document":  # one of the two is enough there
            rules.append(((key, first, second), (1, -1, -1), 0, False))
            continue
        wider = [one for one in pair.wider if one in values]
        rules += [((key, one), (1, -1), 0, False) for one in (first, second, *wider)]
        if pair.within == "person":  # nobody is left over
            rules.append(((first, second, key), (1, 1, -1), whole, False))
    return rules
