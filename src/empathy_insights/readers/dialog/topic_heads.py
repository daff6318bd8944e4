"""Heads of topics in notes on somebody, `Internet: …`, `Wants: …`: they look like voices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Sequence
from itertools import pairwise

from empathy_insights.labels import ASKS, is_generic, label_key
from empathy_insights.lexicon import says_asker
from empathy_insights.readers.dialog.mixed_marks import is_initials
from empathy_insights.readers.dialog.notations import Mark
from empathy_insights.readers.dialog.people_heads import heads_of_people
from empathy_insights.readers.dialog.speaker_marks import is_only_a_name
from empathy_insights.readers.people.full_names import called
from empathy_insights.roles import role_from_label


def are_topics(marks: Sequence[Mark], text: str, names: Container[str]) -> bool:
    """Return whether the labels of a file are words for what notes are about, no voices.

    None comes back, or only under the next person of whom the notes are; none asks before
    another; and most of them are words that a dictionary has.

    Parameters
    ----------
    names
        People of whom the user has told us, reduced by `label_key`.
    """
    labels = {label_key(mark.label): mark.label for mark in marks}
    topics = [
        key
        for key, label in labels.items()
        if key not in names and not _is_somebody(label, text)
    ]
    is_asked = any(map(says_asker, labels.values())) or any(
        ASKS.match(text[mark.at : after.at].rstrip()[-1:])
        for mark, after in pairwise(marks)
    )
    if not topics or is_asked:
        return False
    most = max(Counter(label_key(mark.label) for mark in marks).values())
    if most == 1:
        return 2 * len(topics) > len(labels)
    people = heads_of_people(text, by_line=True) if len(topics) == len(labels) else {}
    return most <= len(set(filter(None, people.values())))


def _is_somebody(label: str, text: str) -> bool:
    """Return whether a label is a part, a role, initials, or has a name in it."""
    if is_generic(label) or is_initials(label) or called(label).title:
        return True
    if role_from_label(label) is not None:
        return True
    return any(is_only_a_name(word, text) for word in label_key(label).split())
