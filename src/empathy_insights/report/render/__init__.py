"""The report and the statement, one renderer a form.

- `docx`: theme cards and pages of Word
- `frame`: what every page stands in, its styles and scripts with their hashes
- `html`: report.html, the finding first
- `html_numbers`: the tables of people in the report
- `markdown`: the problem of practice as Markdown
- `slides`: insights.pptx
- `statement_docx`: the problem of practice as one Word page
"""
