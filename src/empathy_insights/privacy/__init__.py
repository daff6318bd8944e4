"""De-identification before analysis, and a leak check before anything is written."""

from empathy_insights.privacy.deidentify import Deidentified, deidentify

__all__ = ["Deidentified", "deidentify"]
