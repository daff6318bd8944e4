"""Summaries that a program wrote of a talk: nobody's words, by their own heads and last lines."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from empathy_insights.readers.transcript import Transcript
from empathy_insights.roles import is_nobody

SUMMARY = (
    "not read, since a program wrote it about a talk: these are nobody's own words"
)

_PROGRAMS = (
    r"(?:gemini|copilot|otter(?:\.ai)?|zoom(?: ai)?|fireflies(?:\.ai)?|read(?:\.ai| ai)|fathom|tl;dv|chatgpt|"
    r"claude|openai|notebooklm|granola|krisp|supernormal|an? (?:ai|automated)|ai\b|artificial)"
)
_OF_A_TALK = (
    r"(?:transcripts?|meetings?|conversations?|recordings?|interviews?|calls?|discussions?|sessions?|"
    r"focus groups?|text|document|transcripci[oó]n|reuni[oó]n|entrevista|conversaci[oó]n)"
)
_SUMMED = r"(?:summary|recap|overview|synopsis|summari[sz]ation|resumen)"
# Each tells a summary by itself: what only stands in one.
_SURE = re.compile(
    r"\W*(?:you should )?review gemini['’]?s notes|.*\blearn how gemini takes notes|"
    rf"\W*(?:(?:sure|certainly|of course|absolutely|claro)\W+)?(?:here(?:['’]s| is| are)|below is|aqu[ií] (?:tienes|est[aá])) "
    rf"(?:an?|the|your|un|el) (?:[\w-]+,? ){{0,4}}?{_SUMMED} (?:of|de) (?:the |your |this |la |tu )?(?:[\w-]+ ){{0,2}}?{_OF_A_TALK}|"
    r"\W*meeting summary for .+\(\d|"
    rf"\W*(?:this|these|the) (?:meeting )?(?:{_SUMMED}|notes?|minutes) (?:was|were|is|are|has been|have been) "
    rf"(?:\w+ )?(?:generated|created|written|produced|prepared|made) (?:by|with|using) {_PROGRAMS}|"
    rf"\W*ai[- ](?:generated )?(?:meeting )?(?:{_SUMMED}|notes)\b.{{0,60}}(?:by|from|with) {_PROGRAMS}",
    re.IGNORECASE,
)
# These stand below transcripts as well, and tell beside a head of a summary.
_MADE = re.compile(
    r"\W*ai[- ]generated (?:content|text)?.{0,20}\b(?:may|might|can) (?:be|contain)|"
    rf"\W*(?:generated|summari[sz]ed|created|written|powered) (?:by|with|using) {_PROGRAMS}|"
    r"\W*(?:generad[oa]|cread[oa]) (?:por|con) (?:una? )?(?:ia|inteligencia|gemini|copilot|otter|fireflies)\b|"
    r"\W*(?:let me know|would you like|do you want|if you['’]?d like).{0,60}\b(?:table|shorter|more detail|format|version|expand)",
    re.IGNORECASE,
)
_HEAD = re.compile(
    r"\W*(?:(?:executive |meeting |ai )?(?:summary|notes|recap|overview)|details|outline|key ?words|topics|"
    r"(?P<own>quick recap|action items|suggested next steps|next steps|key (?:takeaways|points)|"
    r"follow[- ]up tasks|ai notes|meeting purpose|decisions|resumen|pr[oó]ximos pasos))\W*",
    re.IGNORECASE,
)
_NAMED = re.compile(
    rf"(?:^|[\W_])(?:{_SUMMED}|(?:notes|notas) (?:by|from|de) gemini|ai notes|(?:copilot|otter|fireflies|gemini)[\W_]+(?:notes|recap))"
    r"(?:[\W_]|$)",
    re.IGNORECASE,
)
_OFTEN, _VOICES, _HEADS = 2, 2, 2


def why_a_summary(path: str, transcript: Transcript | None) -> str:
    """Say that a program summed up a talk here, or nothing. A talk below its notes is one.

    Examples
    --------
    >>> from pathlib import Path
    >>> text = "Here is a summary of the transcript you provided: Ana told of the bus."
    >>> why_a_summary("a.txt", Transcript(Path("a"), "notes", text, ())).split(";")[0]
    "not read, since a program wrote it about a talk: these are nobody's own words"
    """
    if transcript is None or transcript.kind == "survey" or _is_talk(transcript):
        return ""
    lines = [line for line in transcript.text.split("\n") if line.strip()]
    heads = [found for line in lines if (found := _HEAD.fullmatch(line))]
    is_made = any(map(_MADE.match, lines)) and bool(heads)
    has_heads = len(heads) >= _HEADS and any(found["own"] for found in heads)
    is_named = _NAMED.search(PurePosixPath(path).stem) is not None
    if not (any(map(_SURE.match, lines)) or is_made or (is_named and has_heads)):
        return ""
    return f"{SUMMARY}; put the transcript of that talk into the folder"


def _is_talk(transcript: Transcript) -> bool:
    """Return whether several people speak in it again and again."""
    heard = Counter(turn.speaker for turn in transcript.turns if turn.speaker)
    often = [
        who for who, n in heard.items() if n >= _OFTEN and not is_nobody(who or "")
    ]
    return len(often) >= _VOICES
