"""Every chart of a table, and the words for those who cannot see it.

- `chart_list`: the chart of each table; begin here
- `coverage_strip`: which elements of a framework came up, and which did not
- `drawn`: the charts of the results folder, as pictures, words and numbers
- `groups`: themes by group, and needs beside strengths
- `joint_display`: what numbers and words say together, a row a theme
- `letters`: how much room words take
- `listed`: a chart as a list, for posts and phones
- `listings`: what the list of each chart says
- `matrices`: comparisons, themes together, people by themes
- `round_charts`: what changes from round to round, and with every further document
- `style`: the look: colours by day and night, sizes, shapes
- `themes`: how many raised each theme
- `topic_charts`: topics as a list, a heat table and a map
- `voice_charts`: whom one heard, and who is missing
"""
