"""Read transcripts, notes and surveys into a corpus.

- `assemble`: transcripts and people to the tables of a corpus
- `blocks`: paragraphs and tables to turns, answers or passages
- `captions`: captions and recorders
- `consent`: who said no to being heard, in a table
- `consent_answers`: what an answer about consent means
- `copies`: the same interview given twice
- `corpus_of_files`: files and folders to a corpus; what is set aside and why
- `dates`: when a talk was
- `dialog`: running text, and who speaks where
- `direct_messages`: what somebody wrote to one person alone
- `drafts`: short drafts and copies of files
- `language`: the language of a document
- `machine_summaries`: what a program wrote about a talk
- `mail_file`: a mail that was saved as a file
- `markdown`: what Markdown writes and nobody says
- `named_rounds`: rounds that the names of files say
- `not_used`: files that are not to be used, as they say
- `office`: Word and OpenDocument files
- `page_headers`: the head and foot of a Word file's pages
- `pdf`: PDF and rich text
- `people`: who is who
- `plain`: plain text and Markdown
- `reading`: the reading report, a row a file
- `refused_names`: lines that name who is not to be used
- `refused_parts`: parts of a file whose person said no
- `registry`: which reader reads which file
- `surveys`: tables of answers and of turns
- `transcript`: what every reader returns
- `web_page`: web pages of a talk
"""

from empathy_insights.readers.corpus_of_files import (
    check_there,
    read_corpus,
    read_transcript,
)
from empathy_insights.readers.people.people_sheet import people_sheet
from empathy_insights.readers.surveys.answer_frame import corpus_from_frame
from empathy_insights.readers.transcript import Remark, Transcript, Turn

__all__ = [
    "Remark",
    "Transcript",
    "Turn",
    "check_there",
    "corpus_from_frame",
    "people_sheet",
    "read_corpus",
    "read_transcript",
]
