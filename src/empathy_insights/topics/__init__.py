"""Topics that nobody defined beforehand: what people talk about, found with BERTopic.

- `_answers`: answers in one order, repeats and empty ones set aside
- `_clusters`: vectors grouped by direction
- `_fit`: the topics of any number of answers
- `_fitted`: what `fit_topics` returns
- `_plan`: the steps for this many answers
- `_settle`: where every text is, by the rule that places further ones
- `_topic_tables`: topics numbered by people, and the tables about them
- `_words`: the lemmas and two-word terms that topics are named with
"""

from empathy_insights.topics._fit import fit_topics
from empathy_insights.topics._fitted import Topics
from empathy_insights.topics._words import is_engine_loaded, load_engine

__all__ = ["Topics", "fit_topics", "is_engine_loaded", "load_engine"]
