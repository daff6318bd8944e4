"""From empathy interviews to themes, tables that can be recounted, and a problem of practice.

Names are loaded on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_insights.analysis.agreement import agreement
    from empathy_insights.analysis.audit import audit_sample
    from empathy_insights.analysis.case_matrix import case_matrix
    from empathy_insights.analysis.cooccurrence import cooccurrence
    from empathy_insights.analysis.crosstab import crosstab
    from empathy_insights.analysis.crosswalk import crosswalk
    from empathy_insights.analysis.disagreements import disagreements
    from empathy_insights.analysis.frequency import theme_frequency
    from empathy_insights.analysis.population import coverage
    from empathy_insights.analysis.quotes import quotes
    from empathy_insights.analysis.rounds import theme_over_rounds
    from empathy_insights.analysis.saturation import saturation
    from empathy_insights.analysis.voices import voices
    from empathy_insights.codebook import Codebook, Theme
    from empathy_insights.codebook_file import load_codebook, save_codebook
    from empathy_insights.coding.candidates import suggest_phrases
    from empathy_insights.coding.check import check_codebook
    from empathy_insights.coding.code import code
    from empathy_insights.coding.explain import explain
    from empathy_insights.coding.hand import read_codings
    from empathy_insights.coding.models.fitting import fit_coder
    from empathy_insights.coding.models.learned import LearnedCoder
    from empathy_insights.coding.review.notebook import review
    from empathy_insights.coding.review.sheet import read_review_sheet, review_sheet
    from empathy_insights.coding.sheets.coding_sheet import (
        coding_sheet,
        read_coding_sheet,
    )
    from empathy_insights.corpus import Corpus
    from empathy_insights.errors import EmpathyInsightsError
    from empathy_insights.identities import deidentify, write_key
    from empathy_insights.problem.build import ProblemOfPractice, problem_of_practice
    from empathy_insights.publishing import publish
    from empathy_insights.readers import (
        corpus_from_frame,
        people_sheet,
        read_corpus,
        read_transcript,
    )
    from empathy_insights.report.charts.registry import plot
    from empathy_insights.report.charts.themes import plot_themes
    from empathy_insights.result import Analysis
    from empathy_insights.study import analyze
    from empathy_insights.text.segments import segment
    from empathy_insights.topics import Topics, fit_topics

_HOME = {
    "Analysis": "result",
    "Codebook": "codebook",
    "Corpus": "corpus",
    "EmpathyInsightsError": "errors",
    "LearnedCoder": "coding.models.learned",
    "ProblemOfPractice": "problem.build",
    "Theme": "codebook",
    "Topics": "topics",
    "agreement": "analysis.agreement",
    "analyze": "study",
    "audit_sample": "analysis.audit",
    "case_matrix": "analysis.case_matrix",
    "check_codebook": "coding.check",
    "code": "coding.code",
    "coding_sheet": "coding.sheets.coding_sheet",
    "cooccurrence": "analysis.cooccurrence",
    "corpus_from_frame": "readers",
    "coverage": "analysis.population",
    "crosstab": "analysis.crosstab",
    "crosswalk": "analysis.crosswalk",
    "deidentify": "identities",
    "disagreements": "analysis.disagreements",
    "explain": "coding.explain",
    "fit_coder": "coding.models.fitting",
    "fit_topics": "topics",
    "load_codebook": "codebook_file",
    "people_sheet": "readers",
    "plot": "report.charts.registry",
    "plot_themes": "report.charts.themes",
    "problem_of_practice": "problem.build",
    "publish": "publishing",
    "quotes": "analysis.quotes",
    "read_coding_sheet": "coding.sheets.coding_sheet",
    "read_codings": "coding.hand",
    "read_corpus": "readers",
    "read_review_sheet": "coding.review.sheet",
    "read_transcript": "readers",
    "review": "coding.review.notebook",
    "review_sheet": "coding.review.sheet",
    "save_codebook": "codebook_file",
    "saturation": "analysis.saturation",
    "segment": "text.segments",
    "suggest_phrases": "coding.candidates",
    "theme_frequency": "analysis.frequency",
    "theme_over_rounds": "analysis.rounds",
    "voices": "analysis.voices",
    "write_key": "identities",
}

__all__ = [
    "Analysis", "Codebook", "Corpus", "EmpathyInsightsError", "LearnedCoder",
    "ProblemOfPractice", "Theme", "Topics", "agreement", "analyze", "audit_sample",
    "case_matrix", "check_codebook", "code", "coding_sheet", "cooccurrence", "corpus_from_frame", "coverage",
    "crosstab", "crosswalk", "deidentify", "disagreements", "explain", "fit_coder", "fit_topics",
    "load_codebook", "people_sheet", "plot", "plot_themes", "problem_of_practice", "publish",
    "quotes", "read_coding_sheet", "read_codings", "read_corpus", "read_review_sheet",
    "read_transcript", "review", "review_sheet", "saturation", "save_codebook", "segment", "suggest_phrases",
    "theme_frequency", "theme_over_rounds", "voices", "write_key",
]  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
