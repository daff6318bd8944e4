"""Count who raised what, and find the words behind each count.

- `agreement`: how far codings of the same segments agree, theme by theme
- `audit`: what people found in a sample, fitted to all segments it speaks for
- `between_readers`: who read how much, where readers agree, and what they should talk about
- `between_studies`: what changed in people between two studies
- `case_matrix`: who said what, participants by themes, and passage by passage
- `codings_in_place`: who spoke, where, and to what question, for every coding
- `cooccurrence`: which themes come up together
- `corrected`: a coder's share, put right by what people found in a random sample
- `counting`: people, documents and segments by theme and group, all groups at once
- `crosstab`: who raised a theme in one group, beside everyone else
- `crosswalk`: themes, which a team defined, beside topics, which the words fall into
- `disagreements`: where two coders differ, with the words, for the calibration meeting
- `estimate`: how many people raised a theme, as an estimate with its interval
- `frequency`: the theme table, how many people raised each theme
- `frequency_rows`: the rows of the theme table, in words and numbers
- `intervals`: how far a share of the people heard may be off
- `judged_stances`: what people judged as missing or hard, and what they praised
- `population`: the people of a school or district, beside whom those heard are held
- `quotes`: the words behind a theme, and one that disagrees
- `released`: which passages a person has released
- `released_by`: whether a cell names who released a quote, or says yes
- `rounds`: themes over rounds, and what changed
- `saturation`: how much that is new each further interview adds
- `saturation_curve`: what each further document adds, in order and shuffled
- `stances`: how many people spoke of a need, a strength, or both
- `table_facts`: what every table says of itself, and how one is read
- `voices`: whose voice is heard, and whose is missing
"""
