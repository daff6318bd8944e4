"""Read transcripts, notes and surveys into a corpus."""

from empathy_insights.readers.answers import corpus_from_frame
from empathy_insights.readers.folder import read_corpus, read_transcript
from empathy_insights.readers.model import Remark, Transcript, Turn
from empathy_insights.readers.people_sheet import people_sheet

__all__ = [
    "Remark",
    "Transcript",
    "Turn",
    "corpus_from_frame",
    "people_sheet",
    "read_corpus",
    "read_transcript",
]
