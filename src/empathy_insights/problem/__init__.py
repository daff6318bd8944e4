"""Turn themes into one question that a team can commit to.

- `after_statement`: what is said after the statement, section by section
- `asks`: what a finding means, who can act, and what we ask of them
- `basis`: what a statement stands on
- `build`: the problem of practice, its candidates and what is missing
- `by_need`: which themes to build on, by what people found missing or hard
- `candidates`: how-might-we questions from the needs of a codebook
- `checks`: a statement held against the rubric
- `decision`: the decision matrix, with blanks for people's ratings
- `levers`: what people suggested, and which lever each suggestion pulls
- `next_steps`: ideas, who would act, a small pilot, and questions
- `phrases`: the phrases of a wording, and the themes whose words they share
- `published_statement`: the problem for readers who may not see small numbers
- `sections`: what a statement says, section by section, for every renderer
- `sentence`: what the words of a statement show by themselves
- `shipped`: the shipped codebooks that a problem is looked at through
- `statement`: the result, one question and everything it stands on
- `trace`: from each phrase of a wording to what was said
- `wordings`: the words of wordings, known from one run to the next
"""
