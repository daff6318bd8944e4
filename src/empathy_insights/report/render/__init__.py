"""The report and the statement, one renderer a form."""
