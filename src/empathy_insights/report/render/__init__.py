"""The report and the statement, one renderer a form.

- `deck`: slides that a team can edit, set and measured
- `docx`: notes to stick and theme cards
- `frame`: what every page stands in, its styles and scripts with their hashes
- `html`: report.html, the finding first
- `html_numbers`: the tables of people in the report
- `markdown`: the problem of practice as Markdown
- `native_bars`: bars that PowerPoint draws, as on the page
- `slides`: what insights.pptx says
- `statement_docx`: the problem of practice as one Word page
- `word_page`: pages of Word in the look of the report
"""
