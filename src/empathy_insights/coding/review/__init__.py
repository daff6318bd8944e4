"""The review: passages in the most useful order, in a notebook or a sheet.

- `decision_files`: what several people decided, from their files, as one table
- `decisions`: what people decide, and in what order passages come to them
- `fingerprints`: passages found again by a mark of their words
- `notebook`: suggestions reviewed in a notebook, with the keyboard
- `remembered`: what people decided before, put where the passages are now
- `review_sheet`: suggestions to accept, reject or give another theme, in a workbook
- `widget`: the widget of the notebook, loaded only when it is used
"""
