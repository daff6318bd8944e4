"""The review: what people decide about passages, in files and sheets.

- `decision_files`: what several people decided, from their files, as one table
- `decisions`: what people decide, and in what order passages come to them
- `fingerprints`: passages found again by a mark of their words
- `own_file`: the file of one reader, found again, and never in another's place
- `remembered`: what people decided before, put where the passages are now
- `review_sheet`: suggestions to accept, reject or give another theme, in a workbook
"""
