"""Tables of answers and of turns.

- `answer_frame`: a row an answer, in pandas
- `bare_boards`: notes of a board that was exported without heads
- `exports`: a survey that was exported twice
- `grids`: questions down the side, a column a person
- `listeners`: columns of what whoever listened noted
- `long_survey`: a row an answer, in a file
- `no_answers`: lists of people, things, tasks and amounts
- `no_ids`: ids that are none
- `posts`: walls of notes, and passages that somebody coded
- `refusals`: rows of people who said no
- `respondents`: who answered, and which rows are the same person's
- `row_notes`: a row a note, of people or of roles
- `rounds`: several rounds in one table
- `rows_told`: what is told of rows that are somebody's again
- `same_names`: names that respondents write: one person's in several forms
- `survey`: a row a respondent, a column a question
- `survey_columns`: what a column holds: words, choices, facts, roles
- `survey_heads`: more than one row of heads, brought to one
- `tries`: rows by which somebody tried the form
- `turn_table`: a row a turn; and what a file is, by its bytes
- `unnamed`: rows in which nobody is named
"""
