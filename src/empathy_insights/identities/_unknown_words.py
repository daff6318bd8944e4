"""Whether a word is one at all: in a dictionary, a slip of the pen, or how people chat."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain

from empathy_insights.identities._vocabulary import (
    allowed_in_small,
    english,
    function_words,
    given_names,
    is_english_word,
    is_spanish_word,
    word_set,
)
from empathy_insights.identities._word_spans import Word


def is_unknown(low: str) -> bool:
    """Return whether no dictionary has a word, and no thing that all know is called so.

    Examples
    --------
    >>> is_unknown("rylynn"), is_unknown("libro"), is_unknown("mcdonalds")
    (True, False, False)
    """
    return not (
        low in function_words()
        or low in allowed_in_small()
        or is_english_word(low)
        or is_spanish_word(low)
    )


@lru_cache(maxsize=65536)
def is_strange_in_small(low: str) -> bool:
    """Return whether a word in small letters is no word, nor how people chat.

    Examples
    --------
    >>> is_strange_in_small("keke"), is_strange_in_small("lunch"), is_strange_in_small("tbh")
    (True, False, False)
    """
    is_shop = f"{low}s" in allowed_in_small()  # `mcdonald's`
    if len(low) < 4 or is_shop or is_chat(low) or low.endswith(_SHORTENED):
        return False
    stem = next((low[len(one) :] for one in _PREFIXES if low.startswith(one)), low)
    is_made = stem != low and len(stem) > 3 and is_english_word(stem)  # `coteacher`
    return low.replace("'", "").isalpha() and not is_made and is_unknown(low)


def is_chat(low: str) -> bool:
    """Return whether a word is how people chat, or the ending of a file.

    Examples
    --------
    >>> is_chat("tbh"), is_chat("yessss"), is_chat("keke")
    (True, True, False)
    """
    return low in _CHAT or low in _ENDINGS or _DRAWN_OUT.search(low) is not None


_ENDINGS = word_set("docx xlsx pptx xlsm json html heic jpeg webm aiff flac rtfd")
_DRAWN_OUT = re.compile(r"(\w)\1\1")
_PREFIXES = ("anti", "co", "cyber", "micro", "multi", "non", "para", "pre", "un")


def is_another_language(tokens: Sequence[Word]) -> bool:
    """Return whether most small words are neither English nor Spanish: `nan lekòl la`."""
    chat = _CHAT | SHORT_CHAT
    small = [t.low for t in tokens if t.word.islower() and t.low not in chat]
    return len(small) > _FEWEST_SMALL and sum(map(is_unknown, small)) * 2 > len(small)


_FEWEST_SMALL = 2
_ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def is_misspelt(low: str) -> bool:
    """Return whether one letter more, less or other makes it a word of English.

    Or two letters that are once or twice.

    Examples
    --------
    >>> is_misspelt("libary"), is_misspelt("tommorow"), is_misspelt("eastview")
    (True, True, False)
    """
    words = chain(_near(low), _doubled(_TWICE.sub(r"\1", low)))
    return any(word in english() for word in words if len(word) > 3)


def is_near_a_name(low: str) -> bool:
    """Return whether one letter more, less or other makes it a given name and no word.

    Examples
    --------
    >>> is_near_a_name("quincey"), is_near_a_name("libary")
    (True, False)
    """
    names = (word.title() for word in _near(low) if len(word) > 4)
    return any(one in given_names() and one.lower() not in english() for one in names)


def _near(low: str) -> Iterator[str]:
    """Yield a word with one letter less, more or other."""
    cuts = [(low[:at], low[at:]) for at in range(len(low) + 1)]
    return (
        head + letter + rest
        for head, tail in cuts
        for letter in ("", *_ALPHABET)
        for rest in (tail, tail[1:])
    )


def _doubled(low: str) -> Iterator[str]:
    """Yield a word with up to two of its letters written twice."""
    yield low
    for first in range(len(low)):
        once = low[:first] + low[first] + low[first:]
        yield once
        for second in range(first + 2, len(once)):
            yield once[:second] + once[second] + once[second:]


_TWICE = re.compile(r"(\w)\1")


_SHORTENED = ("'s", "'d", "'ll", "'ve", "'re", "'m", "n't", "in'")
_CHAT = word_set(
    "abt ahaha alot bday bestie bffs bruv convo dawg deets fam fave favs frfr gonna guyz haha "
    "hahaha hahah heyy hmmm "
    "homie idek idgaf imma kinda lmao lmfao lolz mkay nvmd omfg ppls prob probs prolly rofl "
    "smth sorta sumn tbh thnx tmrw tryna ughh whatevs wanna wassup welp yall yeahh yess yooo"
)
SHORT_CHAT = word_set(
    "abt aka asl bae bff bio bro def etc faq fav fyi gym hii idc idk iep iid ily imo irl iou "
    "jus ima iya kin kno lil lol luv nah naw nic nom omg omw ong oof ooh ppl pre rly sup thx "
    "tho til ugh uhh umm usa via wuz wya yay yea yee yep yer yep yip yir yuh yup"
)
