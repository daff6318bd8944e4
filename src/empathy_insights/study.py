"""The main job: from a folder of interviews to themes, topics and a problem of practice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from empathy_insights.analysis.estimate.counts import estimate_counts
from empathy_insights.analysis.estimate.weighing import weigh
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.population import load_population
from empathy_insights.analysis.quotes import quotes
from empathy_insights.analysis.released import released_beside, released_passages
from empathy_insights.analysis.voices import voices
from empathy_insights.arguments import public
from empathy_insights.before_coding import (
    Progress,
    begin_beside,
    codebook_of,
    passages_of,
    project_of,
    said_by_people,
    silent,
    topics_stage,
    with_problems,
)
from empathy_insights.codebook import Codebook
from empathy_insights.coding.check import languages_unheard, stories_left_out
from empathy_insights.coding.code import code_study
from empathy_insights.coding.language_model.model_coder import (
    Heard,
    LanguageModel,
    is_address,
    language_model,
)
from empathy_insights.coding.models.stance import with_attributes
from empathy_insights.coding.review.decision_files import with_decisions
from empathy_insights.coding.review.remembered import needing_care, released_by_readers
from empathy_insights.corpus import Corpus
from empathy_insights.errors import OptionError
from empathy_insights.identities import hide_strings
from empathy_insights.problem.basis import raised_themes
from empathy_insights.problem.build import problem_of_practice
from empathy_insights.problem.statement import ProblemOfPractice
from empathy_insights.progress import progress_told_to, stage_told_to
from empathy_insights.report.identities_open import HIDE
from empathy_insights.report.identities_open import read_decisions as read_identities
from empathy_insights.result import Analysis, manifest_of
from empathy_insights.stage_cache import StageCache, cache_beside
from empathy_insights.study_file import OPTIONS, Decisions, Study, settled, study_of
from empathy_insights.text.embedders import Embedder, embedder_of
from empathy_insights.text_memory import texts_remembered
from empathy_insights.workers import working_on

if TYPE_CHECKING:
    from distributed import Client

STAGES = (
    "read",
    "take identities out",
    "segment",
    "code",
    "count",
    "word the problem",
    "cluster",
)


@public
def analyze(
    source: str | Path | Corpus | Study,
    *,
    codebook: str | Path | Codebook | None = None,
    participants: str | Path | pd.DataFrame | None = None,
    facilitators: Sequence[str] | None = None,
    name_pattern: str | None = None,
    roster: str | Path | pd.DataFrame | None = None,
    keep: Sequence[str] | None = None,
    allow_identities: bool | None = None,
    hand_codes: str | Path | pd.DataFrame | None = None,
    decisions: Decisions | Sequence[Decisions] | None = None,
    coder: str | Path | LanguageModel | None = None,
    model: str | None = None,
    population: str | Path | pd.DataFrame | None = None,
    identities: str | Path | pd.DataFrame | None = None,
    quotes_released: str | Path | pd.DataFrame | None = None,
    audience_phrase: str | None = None,
    outcome: str | None = None,
    pick: Sequence[str] | None = None,
    wording: str | None = None,
    commitments: Sequence[str] | None = None,
    strategy_link: str | None = None,
    ideas: Sequence[str] | None = None,
    random_state: int | None = None,
    embedder: Embedder | str | Path | None = None,
    cache: bool = False,
    client: Client | str | None = None,
    progress: Progress | None = None,
) -> Analysis:
    """Read, code, cluster and count interviews, and word a problem of practice.

    Names, contacts and places that identify somebody are replaced by pseudonyms before
    anything else happens, unless `allow_identities` says otherwise.

    Parameters
    ----------
    source
        A file or folder of transcripts and notes, a project of a program for coding
        (.qdpx), a study.yaml or the folder in which it is, or a corpus. What the study.yaml
        says counts, unless it is said here. Files `decisions-NAME.json` beside them, and
        those in a folder `decisions`, are read as if they were given; one that does not fit
        is a remark among the problems.
    codebook
        A shipped name, a file of any form that `load_codebook` reads, or a codebook;
        that of a project, or `empathy_core`, when not given.
    participants
        Who is who: a table or its file; a folder's own participants.csv is used.
    facilitators
        Names or labels of those who asked, where the files do not tell.
    name_pattern
        What file names say, such as `{site}_{role}_{date}`.
    roster
        Names to take out beside those of the speakers: a table or its file with a
        column `name` or `First Name` and `Last Name`, and perhaps `nicknames`, `role`.
    keep
        Words that look like names and are none.
    allow_identities
        Leave names and other identities as they are; the report says so.
    hand_codes
        Codings by people, in a file that `read_codings` reads or the same as a table.
        They win: in a segment that a person has read, only the person's codings count.
    decisions
        What people decided about single passages: files that the review page saved, or
        tables of codings; several people's together. What they read is known, and
        sharpens the counts of the rest. Where readers of a passage differ, a theme counts
        if at least half of those asked gave it; a theme that a file did not ask about
        stays open.
    coder
        The file of a coder that learned from people, as `LearnedCoder.save` writes it.
        Or a language model on your own machine, to be heard beside the codebook's coder:
        `language_model(…)`, or the address of its server; what it finds is suggested, and
        counts as far as people who read show that it helps (docs/local_model.md).
    model
        Which model of that server; its first when not given.
    population
        How many people there are, and were meant to be heard: a table or its .csv file;
        see `voices`.
    identities
        What people decided about strings that may identify somebody: the
        identities_open.csv of an earlier run, its column `decision` filled in with
        hide or keep; that in the results of the study.yaml when not given. What is hidden
        is taken out after coding, which stays as it is.
    quotes_released
        The quotes that others than the team may read: a table or its .csv file with
        `segment_id` and `released_by`, such as the team's quotes.csv with names filled
        in; a quotes_released.csv beside the interviews is used. Others get no quote that
        nobody has released.
    audience_phrase, outcome, pick, wording
        The team's words for the problem of practice; see `problem_of_practice`.
    commitments, strategy_link
        What the organisation has committed itself to, and the strategy that the problem
        of practice belongs to; see `problem_of_practice`.
    ideas
        The team's own, for the decision matrix; see `Analysis.next_steps`.
    random_state
        Seed of everything random, 0 when not given.
    embedder
        Turns texts into vectors: all-MiniLM-L6-v2 when not given, `"static"` for static
        word vectors (thousands of passages a second in place of a hundred, and themes
        are found less well), or the folder of a sentence-transformer. All are offline.
    cache
        Keep what was read, de-identified and coded in a hidden folder in that of the
        interviews, which only its owner may open, for the next run; `empathy-insights
        clean` deletes it.
    client
        A client of a Dask cluster, or the address of its scheduler (`tcp://…`): names are
        taken out and texts embedded there, with the same result. Texts with people's
        names in them travel to its workers (docs/scaling.md).
    progress
        Called with the name of each stage as it begins.

    Raises
    ------
    TranscriptError
        Nothing can be read.
    CodebookError
        The codebook cannot be used.
    TableError
        Participants or hand codes do not fit.
    OptionError
        The language model is neither on this machine nor at a private address, or would
        hear names.

    See Also
    --------
    read_corpus : Read without analyzing.
    code : Code with a codebook of your own, step by step.

    Examples
    --------
    >>> import pandas as pd
    >>> import empathy_insights as ei
    >>> answers = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    >>> corpus = ei.corpus_from_frame(answers, text="a", person="who")
    >>> ei.analyze(corpus).themes[["theme", "low", "high", "of", "state"]].head(1)
                   theme  low  high  of       state
    0  student_ownership  0.0   1.0   1  first look
    """
    if isinstance(decisions, str | Path | pd.DataFrame):
        decisions = [decisions]
    # What the call gives wins over what the study file says.
    given = {
        name: value
        for name, value in locals().items()
        if name in OPTIONS and value is not None
    }
    study = settled(replace(study_of(source), **given))
    remembered = cache_beside(study.data) if cache else StageCache(None)
    begin = progress or silent
    with working_on(client), texts_remembered(remembered.texts):
        return _run(study, embedder_of(embedder), begin, remembered)


def _with_ids(table: pd.DataFrame, ids: dict[str, str]) -> pd.DataFrame:
    if "segment_id" not in table:
        return table
    return table.assign(segment_id=table["segment_id"].map(ids).astype("str"))


def _run(
    study: Study, embedder: Embedder, begin: Progress, remembered: StageCache
) -> Analysis:
    asked = _language_model(study)
    project = project_of(study)
    book = codebook_of(study, project)
    people_there = load_population(study.population)
    corpus, deidentified, segments = passages_of(
        study, embedder, begin, remembered, project
    )
    taught = _taught(study)
    decided = read_identities(study.identities)
    hidden = decided.loc[decided["decision"] == HIDE, "string"].unique()
    seed = study.random_state
    if not len(hidden):  # the passages stay as they are
        begin_beside(segments, embedder, seed, remembered)
    with stage_told_to(begin, "code"):
        coded = remembered(
            "codings",
            [segments, book.sha256, embedder.name, taught],
            lambda: code_study(segments, book, embedder, taught),
        )
    chances, codings = coded["chances"], coded["codings"]
    if deidentified is not None and len(hidden):
        before = segments["segment_id"].tolist()
        deidentified, segments, codings = hide_strings(
            deidentified, hidden, segments, codings
        )
        corpus = deidentified.corpus
        # A name that is hidden may stand in ids.
        ids = dict(zip(before, segments["segment_id"], strict=True))
        coded = {name: _with_ids(table, ids) for name, table in coded.items()}
        chances = coded["chances"]
    begin_beside(segments, embedder, seed, remembered, is_coded=True)
    # After all that is to be hidden is hidden: the model hears no name.
    second = _second(asked, segments, book, remembered, begin)
    if second is not None:
        corpus = with_problems(corpus, second.problems)
        codings = pd.concat([codings, second.codings], ignore_index=True)
    people = said_by_people(study, book, segments, project, corpus)
    read = people.decisions
    codings = with_decisions(codings, read, book)
    chances, told = _weighed(chances, second, codings, segments)
    unused = languages_unheard(corpus, book), stories_left_out(book)
    corpus = with_problems(corpus, *unused, people.problems)
    begin("count")
    cared = segments["segment_id"].isin(coded["sensitive"]["segment_id"])
    sensitive = needing_care(segments, segments[cared].reset_index(drop=True), read)
    estimate = estimate_counts(
        chances, codings, corpus, asked=coded["asked"], random_state=seed
    )
    themes, by_role = (
        theme_frequency(codings, corpus, codebook=book, by=by, estimate=estimate)
        for by in (None, "role")
    )
    given = study.quotes_released
    given = released_beside(study.data) if given is None else given
    released = released_passages(given, segments, also=released_by_readers(read))
    evidence = quotes(
        codings, corpus, segments, codebook=book, withheld=sensitive["segment_id"],
        released=released, chances=chances,
    )  # fmt: skip
    begin("word the problem")
    problem = _problem(study, themes, codings, corpus, book, evidence)
    begin("cluster")  # last, since they are on the way beside
    topics = remembered.topics(*topics_stage(segments, embedder, seed), embedder)
    return Analysis(
        corpus=corpus,
        codebook=book,
        segments=segments,
        codings=codings,
        themes=themes,
        themes_by_role=by_role,
        chances=chances,
        estimate=estimate,
        decisions=read,
        topics=topics,
        quotes=evidence,
        voices=voices(corpus, population=people_there),
        sensitive=sensitive,
        problem=problem,
        deidentified=deidentified,
        manifest=manifest_of(corpus, book, embedder, topics, estimate, seed) | told,
        ideas=tuple(study.ideas),
        decided=decided,
        quotes_released=released,
        remembered=remembered,
    )


def _problem(
    study: Study,
    themes: pd.DataFrame,
    codings: pd.DataFrame,
    corpus: Corpus,
    codebook: Codebook,
    evidence: pd.DataFrame,
) -> ProblemOfPractice | None:
    if not study.pick and raised_themes(themes).empty:
        return None
    return problem_of_practice(
        themes,
        codings,
        corpus,
        codebook,
        audience_phrase=study.audience_phrase or None,
        outcome=study.outcome or None,
        pick=study.pick or None,
        wording=study.wording or None,
        commitments=study.commitments,
        strategy_link=study.strategy_link,
        evidence=evidence,
    )


def _language_model(study: Study) -> LanguageModel | None:
    """Return the language model that a study asks for; one that may not hear it is told."""
    asked = study.coder
    if is_address(asked):
        asked = language_model(str(asked), model=study.model or None)
    if not isinstance(asked, LanguageModel):
        return None
    _ = asked.served  # a model that the server does not have is told at once
    if study.allow_identities:
        raise OptionError(
            "a language model hears passages without names only; leave it away, or leave "
            "away that names stay in"
        )
    return asked


def _taught(study: Study) -> Path | None:
    """Return the file of a coder that people have taught, if the study names one."""
    one = study.coder
    if not one or is_address(one) or isinstance(one, LanguageModel):
        return None
    return Path(one)


def _second(
    model: LanguageModel | None,
    segments: pd.DataFrame,
    book: Codebook,
    remembered: StageCache,
    begin: Progress,
) -> Heard | None:
    """Let a language model code beside the codebook's coder."""
    if model is None:
        return None
    ordered = segments.sort_values("segment_id", ignore_index=True)
    with progress_told_to(lambda told: begin(f"code: {told}")):
        heard = model.by(book, remembered.answers).heard(ordered)
    return heard._replace(codings=with_attributes(heard.codings, ordered, book))


def _weighed(
    chances: pd.DataFrame,
    second: Heard | None,
    codings: pd.DataFrame,
    segments: pd.DataFrame,
) -> tuple[pd.DataFrame, dict[str, object]]:
    """Return the chances to count by, and what the manifest says of a language model."""
    if second is None:
        return chances, {}
    found = weigh(chances, second.chances, codings, segments)
    return found.chances, {"language_model": {**second.facts, **found.facts}}
