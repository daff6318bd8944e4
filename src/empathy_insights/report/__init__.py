"""Charts, tables, the report and the results folder."""
