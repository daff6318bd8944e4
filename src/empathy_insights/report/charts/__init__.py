"""Every chart of a table, and the words for those who cannot see it.

- `chart_list`: the chart of each table; begin here
- `coverage_strip`: which elements of a framework came up, and which did not
- `drawn`: the charts of the results folder, as pictures, words and numbers
- `groups`: themes by group, and needs beside strengths
- `joint_display`: what numbers and words say together, a row a theme
- `matrices`: comparisons, themes together, people by themes
- `round_charts`: what changes from round to round, and with every further document
- `style`: one hue, greys, direct labels, readable at arm's length
- `themes`: how many raised each theme
- `topic_charts`: topics as a list, a heat table and a map
- `voice_charts`: whom one heard, and who is missing
"""
