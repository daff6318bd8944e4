"""A language model on one's own machine, as one more coder.

- `address`: which servers may be asked, and how they are spoken to
- `answers`: what an answer says of a passage, and when it is none
- `asking`: passages asked about, several at a time, however the server behaves
- `kept`: answers kept in the study's folder
- `model_coder`: the coder, and where it comes from
- `prompt`: what is asked: the codebook, the same each time, and one passage
"""
