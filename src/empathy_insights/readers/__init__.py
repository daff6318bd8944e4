"""Read transcripts, notes and surveys into a corpus."""

from empathy_insights.readers.folder import read_corpus, read_transcript
from empathy_insights.readers.people.sheet import people_sheet
from empathy_insights.readers.surveys.long_survey import corpus_from_frame
from empathy_insights.readers.transcript import Remark, Transcript, Turn

__all__ = [
    "Remark",
    "Transcript",
    "Turn",
    "corpus_from_frame",
    "people_sheet",
    "read_corpus",
    "read_transcript",
]
