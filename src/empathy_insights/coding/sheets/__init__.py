"""Coding sheets: workbooks that people fill in."""
