"""Who is who: voices, the list of people, and what joins the two.

- `clues`: what a document's name, folders and head tell about who is in it
- `facilitators`: who asks the questions
- `matching`: who a voice is, and nobody where the clues are not enough
- `names`: a full name, and the many ways that a transcript shortens it
- `participants`: participants, counted once each, and who is missing
- `roster`: the table of participants
- `sheet`: the sheet of who is who, for people to fill in
- `who_is_who`: who asks, who answers and who is nobody, over all documents at once
"""
