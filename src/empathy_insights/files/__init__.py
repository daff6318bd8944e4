"""Files on disk: what they hold, and which of them are our own.

- `latest`: the latest of what is kept in a folder, and no more
- `output`: what goes into files that we write, inert and with the same bytes
- `refi_archive`: REFI-QDA files, their XML and the texts beside it, opened within limits
- `refi_written`: elements, GUIDs and archives of REFI-QDA files, the same bytes each time
- `results`: which folders and tables are ours, so that nobody reads them as interviews
- `table`: a user's table, with any delimiter, encoding or workbook
- `text_files`: bytes, encoding, ends of lines, and delimited cells
- `workbook`: the cells of every sheet as text, and the members of archives
- `yaml_text`: anybody's YAML, read within limits
"""
