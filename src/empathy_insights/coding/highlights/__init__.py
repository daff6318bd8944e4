"""Codings from other programs for coding: what was highlighted, found again in a study.

- `exported`: tables and lists that a program exports, and what its columns are called
- `named_themes`: codes, as people call them, and the themes of a codebook
- `places`: words of a highlight, found in what people said
- `projects`: databases in which Taguette and QualCoder keep a project
"""
