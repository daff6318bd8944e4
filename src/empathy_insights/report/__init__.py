"""Charts, tables, the report and the results folder.

- `audience_note`: whom results are for, in a sentence that stands on all of them
- `charts`: every chart of a table, and the words for those who cannot see it
- `doubted_quotes`: released quotes in which a word may be a name
- `export`: CSV, one workbook, and what their columns mean
- `finding`: the finding in five lines
- `findings`: what a report needs to know of one run
- `first_page`: what was said, how sure that is, and what comes next, to be read aloud
- `folder`: the results folder, everything that one analysis leaves on the disk
- `headline`: the finding that the first page begins with, and how many said so
- `identities_open`: what may still identify somebody, for a person to decide about
- `methods`: how a run was made, in sentences that can stand in a paper
- `notebook_review`: the review page in a notebook
- `own_words`: what results say whoever was heard
- `passages`: the passages behind the numbers, as far as an audience may read them
- `placing`: a finished draft in the place of earlier results, nothing of anybody's lost
- `published`: one run as an audience may see it
- `published_quotes`: the quotes of one run as an audience may read them
- `ready`: what a process that makes charts, slides and cards loads before
- `render`: the report and the statement, one renderer a form
- `review_page`: the page in which people read the next passages, offline
- `review_widget`: the widget in which it stands in a notebook
- `team_words`: where the team's own words hold a name
- `transcripts`: every turn as a page for the team, where a passage opens in its place
"""
