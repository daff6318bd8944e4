"""Who is who: voices, the list of people, and what joins the two.

- `calls`: who speaks in a recorded call and writes in its chat
- `capitals_within`: given names with a capital within them
- `clues`: what a document's name, folders and head tell about who is in it
- `consent_lists`: a list in the folder that says who consents
- `facilitators`: who asks the questions
- `full_names`: a full name, and the many ways that a transcript shortens it
- `grades`: grades of students, in titles and answers
- `id_forms`: ids of digits as programs write them
- `interpreted`: whose words an interpreter says
- `left_out`: listed people who did not consent
- `list_heads`: the heads of a list of people, and which of them says who it is
- `matching`: who a voice is, and nobody where the clues are not enough
- `one_spelling`: values that describe people, each in one spelling
- `named_above`: lists at the head of a file that say who asks, and who a letter is
- `named_in_title`: interviews whose title names somebody of a survey
- `participants`: participants, counted once each, and who is missing
- `parts`: one talk in several files
- `people_sheet`: the sheet of who is who, for people to fill in
- `same_ids`: surveys with the same ids
- `roster`: the table of participants
- `said_roles`: what people say in a talk that they are
- `spellings`: one person under several spellings of a name
- `unlisted`: who a list of people does not have, and who of it was not heard
- `who_is_who`: who asks, who answers and who is nobody, over all documents at once
"""
