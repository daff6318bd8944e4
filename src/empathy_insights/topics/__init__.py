"""Topics that nobody defined beforehand: what people talk about, found with BERTopic."""

from empathy_insights.topics._fit import fit_topics
from empathy_insights.topics._map import topic_map
from empathy_insights.topics._result import Topics

__all__ = ["Topics", "fit_topics", "topic_map"]
