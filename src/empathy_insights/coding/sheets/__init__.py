"""Coding sheets: workbooks that people fill in.

- `coding_sheet`: passages for people to code, and what they answered
- `filled`: what people filled in, cell by cell
- `marks`: from the marks in a coding sheet to codings, and what had to be left out
- `paint`: how a sheet looks, and where its columns are
"""
