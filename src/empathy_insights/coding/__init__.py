"""Code segments against the themes of a codebook.

- `asked`: which themes a table of codes answers, and which it leaves open
- `check`: a codebook held against its own examples, and what its gaps cost
- `code`: the default coder, or the ones you name, applied to segments
- `disclosures`: passages that may tell of danger, which a person sees first
- `explain`: the words that speak for a theme in a segment, and against it
- `hand`: codings made by people: from sheets and tables, and from other programs for coding
- `highlights`: codings from other programs, found again in a study
- `language_model`: a language model on one's own machine, as one more coder
- `missing_phrases`: phrases that a codebook lacks, from its own texts and from what people said
- `models`: coders that a machine runs
- `reanchor`: codings moved along when transcripts are corrected
- `review`: suggestions to accept or reject, in a notebook or a sheet
- `sheets`: workbooks that people fill in
- `typed_codings`: codings in a table that people typed, a row a segment and theme
"""
