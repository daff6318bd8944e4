"""What a cell of a survey holds when nobody said it: dates, times, numbers, links."""

from __future__ import annotations

import re

from empathy_insights.readers.labels import words_in

# Months are told by their first letters, which most languages of Europe share.
_MONTHS = re.compile(
    r"(?:jan|gen|ene|feb|f[eé]v|m[aä]r|apr|avr|abr|ma[iyjg]|mei|jun|juin|giu|jul|juil|lug|"
    r"au?g|ao[uû]?t|ago|sep|set|okt|oct|out|ott|nov|de[czs]|d[eé]c|dic|dez|"
    r"янв|фев|мар|апр|ма[йя]|июн|июл|авг|сен|окт|ноя|дек)\w{0,9}"
)
_DAYS = re.compile(
    r"(?:mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|mi[eé]|jeu|jue|ven|"
    r"vie|sam|s[aá]b|dim|dom|gio)(?:\w{0,5}(?:day|tag|di|es|woch|che|do|ed[iì]))?"
)
_BETWEEN = words_in(
    "am pm a m p de del of at um à às alle uhr h hr hrs hour hours min mins minute "
    "minutes minuten s sec secs second seconds sekunden st nd rd th t z utc gmt est edt "
    "cst cdt mst mdt pst pdt cet cest time standard daylight summer eastern central "
    "mountain pacific atlantic european greenwich mean coordinated universal "
    "上午 下午 午前 午後 오전 오후 年 月 日 时 時 分 秒 년 월 일 시 분 초 ч г"
)
_ZONE = re.compile(r"[A-Z]{2,5}")
_PLACE = re.compile(r"\b[A-Z][a-z]+/[A-Z][A-Za-z_]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_SHAPE = re.compile(
    r"\d{1,4}[-/.]\s?\d{1,2}[-/.]\s?\d{1,4}|\d{1,2}:\d{2}|(?:19|20)\d\d|"
    r"\d{1,2}\s*[h年月日년월일时時시]|\d+\s*(?:min|sec|hours?)",
    re.IGNORECASE,
)
_LONGEST = 80
_NOT_WORDS = re.compile(r"https?://\S+|\S+@\S+|[\d\s.,:/%$€-]+")


def is_data(answer: str) -> bool:
    """Tell whether an answer holds numbers, links, addresses or times, and no words."""
    return _NOT_WORDS.fullmatch(answer.strip()) is not None or is_moment(answer)


def is_moment(answer: str) -> bool:
    """Tell whether a cell holds a date, a time or a duration, and nothing else.

    Examples
    --------
    >>> is_moment("Fri 1 May 2026, 9:23 AM AST"), is_moment("At 9:23 the bus came")
    (True, False)
    """
    if len(answer) > _LONGEST or not _SHAPE.search(answer):
        return False
    return all(map(_tells_time, _LETTERS.findall(_PLACE.sub("", answer))))


def _tells_time(word: str) -> bool:
    if _ZONE.fullmatch(word):
        return True
    folded = word.casefold()
    return folded in _BETWEEN or any(
        names.fullmatch(folded) is not None for names in (_MONTHS, _DAYS)
    )
