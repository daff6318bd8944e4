"""From empathy interviews to themes, tables that can be recounted, and a problem of practice.

Names are loaded on first use, so that importing the package costs next to nothing.
"""

from __future__ import annotations

from importlib import import_module, metadata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from empathy_insights.analysis.agreement import (
        agreement as agreement,
    )
    from empathy_insights.analysis.audit import (
        audit_sample as audit_sample,
    )
    from empathy_insights.analysis.case_matrix import (
        case_matrix as case_matrix,
    )
    from empathy_insights.analysis.cooccurrence import (
        cooccurrence as cooccurrence,
    )
    from empathy_insights.analysis.crosstab import (
        crosstab as crosstab,
    )
    from empathy_insights.analysis.crosswalk import (
        crosswalk as crosswalk,
    )
    from empathy_insights.analysis.disagreements import (
        disagreements as disagreements,
    )
    from empathy_insights.analysis.estimate.counts import (
        Estimate as Estimate,
    )
    from empathy_insights.analysis.estimate.counts import (
        estimate_counts as estimate_counts,
    )
    from empathy_insights.analysis.estimate.next_passages import (
        next_passages as next_passages,
    )
    from empathy_insights.analysis.frequency import (
        theme_frequency as theme_frequency,
    )
    from empathy_insights.analysis.population import (
        coverage as coverage,
    )
    from empathy_insights.analysis.quotes import (
        quotes as quotes,
    )
    from empathy_insights.analysis.rounds import (
        theme_over_rounds as theme_over_rounds,
    )
    from empathy_insights.analysis.saturation import (
        saturation as saturation,
    )
    from empathy_insights.analysis.voices import (
        voices as voices,
    )
    from empathy_insights.codebook import (
        Codebook as Codebook,
    )
    from empathy_insights.codebook import (
        Theme as Theme,
    )
    from empathy_insights.codebook_file import (
        load_codebook as load_codebook,
    )
    from empathy_insights.codebook_file import (
        save_codebook as save_codebook,
    )
    from empathy_insights.codebook_refi import (
        read_qdc as read_qdc,
    )
    from empathy_insights.codebook_refi import (
        write_qdc as write_qdc,
    )
    from empathy_insights.coding.check import (
        check_codebook as check_codebook,
    )
    from empathy_insights.coding.code import (
        code as code,
    )
    from empathy_insights.coding.code import (
        theme_chances as theme_chances,
    )
    from empathy_insights.coding.explain import (
        explain as explain,
    )
    from empathy_insights.coding.hand import (
        read_codings as read_codings,
    )
    from empathy_insights.coding.language_model.model_coder import (
        language_model as language_model,
    )
    from empathy_insights.coding.missing_phrases import (
        suggest_phrases as suggest_phrases,
    )
    from empathy_insights.coding.models.fitting import (
        fit_coder as fit_coder,
    )
    from empathy_insights.coding.models.learned import (
        LearnedCoder as LearnedCoder,
    )
    from empathy_insights.coding.reanchor import (
        reanchor as reanchor,
    )
    from empathy_insights.coding.review.review_sheet import (
        read_review_sheet as read_review_sheet,
    )
    from empathy_insights.coding.review.review_sheet import (
        review_sheet as review_sheet,
    )
    from empathy_insights.coding.sheets.coding_sheet import (
        coding_sheet as coding_sheet,
    )
    from empathy_insights.corpus import (
        Corpus as Corpus,
    )
    from empathy_insights.errors import (
        CodebookError as CodebookError,
    )
    from empathy_insights.errors import (
        EmpathyInsightsError as EmpathyInsightsError,
    )
    from empathy_insights.errors import (
        EmpathyInsightsWarning as EmpathyInsightsWarning,
    )
    from empathy_insights.errors import (
        OptionError as OptionError,
    )
    from empathy_insights.errors import (
        TableError as TableError,
    )
    from empathy_insights.errors import (
        TopicsError as TopicsError,
    )
    from empathy_insights.errors import (
        TranscriptError as TranscriptError,
    )
    from empathy_insights.exchange.qdpx_read import (
        read_qdpx as read_qdpx,
    )
    from empathy_insights.exchange.qdpx_written import (
        write_qdpx as write_qdpx,
    )
    from empathy_insights.identities import (
        deidentify as deidentify,
    )
    from empathy_insights.identities import (
        write_key as write_key,
    )
    from empathy_insights.problem.build import (
        problem_of_practice as problem_of_practice,
    )
    from empathy_insights.problem.statement import (
        ProblemOfPractice as ProblemOfPractice,
    )
    from empathy_insights.publishing import (
        publish as publish,
    )
    from empathy_insights.readers import (
        corpus_from_frame as corpus_from_frame,
    )
    from empathy_insights.readers import (
        people_sheet as people_sheet,
    )
    from empathy_insights.readers import (
        read_corpus as read_corpus,
    )
    from empathy_insights.readers import (
        read_transcript as read_transcript,
    )
    from empathy_insights.report.charts.chart_list import (
        plot as plot,
    )
    from empathy_insights.report.notebook_review import (
        review as review,
    )
    from empathy_insights.result import (
        Analysis as Analysis,
    )
    from empathy_insights.study import (
        analyze as analyze,
    )
    from empathy_insights.text.segments import (
        segment as segment,
    )
    from empathy_insights.topics import (
        Topics as Topics,
    )
    from empathy_insights.topics import (
        fit_topics as fit_topics,
    )

# What is offered, in the order of the work: name -> the module that makes it.
_HOME = {
    # read
    "Corpus": "corpus",
    "corpus_from_frame": "readers",
    "people_sheet": "readers",
    "read_corpus": "readers",
    "read_transcript": "readers",
    # take identities out, and publish
    "deidentify": "identities",
    "publish": "publishing",
    "write_key": "identities",
    # codebook
    "Codebook": "codebook",
    "Theme": "codebook",
    "check_codebook": "coding.check",
    "load_codebook": "codebook_file",
    "read_qdc": "codebook_refi",
    "save_codebook": "codebook_file",
    "suggest_phrases": "coding.missing_phrases",
    "write_qdc": "codebook_refi",
    # code
    "LearnedCoder": "coding.models.learned",
    "code": "coding.code",
    "explain": "coding.explain",
    "fit_coder": "coding.models.fitting",
    "language_model": "coding.language_model.model_coder",
    "segment": "text.segments",
    "theme_chances": "coding.code",
    # code and review with people
    "agreement": "analysis.agreement",
    "audit_sample": "analysis.audit",
    "coding_sheet": "coding.sheets.coding_sheet",
    "disagreements": "analysis.disagreements",
    "read_codings": "coding.hand",
    "reanchor": "coding.reanchor",
    "read_review_sheet": "coding.review.review_sheet",
    "review": "report.notebook_review",
    "review_sheet": "coding.review.review_sheet",
    # to and from other programs
    "read_qdpx": "exchange.qdpx_read",
    "write_qdpx": "exchange.qdpx_written",
    # count
    "Estimate": "analysis.estimate.counts",
    "estimate_counts": "analysis.estimate.counts",
    "next_passages": "analysis.estimate.next_passages",
    "case_matrix": "analysis.case_matrix",
    "cooccurrence": "analysis.cooccurrence",
    "coverage": "analysis.population",
    "crosstab": "analysis.crosstab",
    "quotes": "analysis.quotes",
    "saturation": "analysis.saturation",
    "theme_frequency": "analysis.frequency",
    "theme_over_rounds": "analysis.rounds",
    "voices": "analysis.voices",
    # topics
    "Topics": "topics",
    "crosswalk": "analysis.crosswalk",
    "fit_topics": "topics",
    # problem of practice
    "ProblemOfPractice": "problem.statement",
    "problem_of_practice": "problem.build",
    # all at once, and show
    "Analysis": "result",
    "analyze": "study",
    "plot": "report.charts.chart_list",
    # what can go wrong
    "CodebookError": "errors",
    "EmpathyInsightsError": "errors",
    "EmpathyInsightsWarning": "errors",
    "OptionError": "errors",
    "TableError": "errors",
    "TopicsError": "errors",
    "TranscriptError": "errors",
}

__all__ = list(_HOME)


def __getattr__(name: str) -> object:
    if name == "__version__":
        value: object = metadata.version(__name__.replace("_", "-"))
    elif name in _HOME:
        value = getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return [*__all__, "__version__"]
