"""Coders that a machine runs: by phrases, by examples, and taught by people.

- `boundaries`: where a probability begins to suggest a theme, and where to code it
- `by_codebook`: the default coder, phrases and what the codebook's own texts teach a model
- `clauses`: what is denied, asked for or reported in each clause of a text
- `danger_model`: what sounds like danger to somebody in words that no list has
- `features`: what a coder sees of a text
- `fitting`: a coder learned from people's codings, judged on people it has not seen
- `from_examples`: a model of the codebook's own texts
- `learned`: the coder that has learned from people's codings
- `lexical`: the phrases of a codebook, found in what people said
- `pairs`: one logistic regression over all pairs of a text and a theme
- `patterns`: the pattern language of codebooks
- `references`: the codebook's own texts
- `regression`: regressions over more columns than rows, chances as log-odds
- `rough_vectors`: vectors in two bits a number, small enough to ship
- `saved`: a learned coder as one file, never pickled code
- `semantic`: what a segment sounds like, by a model of the codebook's own texts
- `shipped_models`: the model of a codebook: shipped, made from that, kept, or fitted now
- `stance`: whether a passage speaks of a need, of a strength, or of both
- `story_model`: a multi-label model of a codebook's stories, and its file
- `study_features`: what a learned coder sees of a segment and of what stood before it
"""
