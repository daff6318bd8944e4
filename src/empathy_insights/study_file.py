"""What to analyze and how: which folder, which codebook, whose words for the problem."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import pandas as pd
import yaml

from empathy_insights.codebook import Codebook
from empathy_insights.coding.language_model.model_coder import (
    LanguageModel,
    is_address,
)
from empathy_insights.corpus import Corpus
from empathy_insights.errors import EmpathyInsightsError, where
from empathy_insights.files.output import for_file
from empathy_insights.files.results import OPEN, STUDY, TEAM
from empathy_insights.files.yaml_text import NOT_UTF_8, load_yaml, why_no_yaml
from empathy_insights.yaml_fields import Fields

SUFFIXES = (".yaml", ".yml")


Decisions: TypeAlias = str | Path | pd.DataFrame
"""What one person decided about passages: a file, or a table of codings."""


@dataclass(frozen=True)
class Study:
    """Say what to analyze and how; every field but `data` may be left out.

    Parameters
    ----------
    data
        A file or folder of interviews and notes, a project (.qdpx), or a corpus.
    codebook
        A shipped name, the path of a sheet, a list or a YAML file, or a codebook. If empty
        that of a project (.qdpx), or `empathy_core`.
    participants, roster, hand_codes, population
        Tables or their files: who is who, names to take out, codings by people, how many
        people there are and were meant to be heard.
    decisions
        What people decided about passages: files of the review page, or tables of
        codings; several people's together.
    coder
        The file of a coder that learned from people, in place of the codebook's own; or
        a language model, or the address of its server, beside it.
    model
        Which model of that server.
    quotes_released
        The quotes that others than the team may read: a table or its file with
        `segment_id` and `released_by`; quotes_released.csv beside the interviews.
    identities
        What to do about strings that may identify somebody: identities_open.csv, its
        column `decision` filled in.
    facilitators
        Names or labels of those who asked.
    name_pattern
        What file names say, such as `{site}_{role}_{date}`.
    keep
        Words that look like names and are none.
    allow_identities
        Whether names and other identities stay as they are.
    pick, wording, audience_phrase, outcome
        The team's words for the problem of practice.
    commitments
        What the organisation has committed itself to, whoever raised it.
    strategy_link
        The document and the sentence of the strategy that the question belongs to; an
        empty text says that there is none, None that nobody was asked.
    ideas
        The team's own, for the decision matrix.
    random_state
        Seed of everything random.
    home
        The folder of the study.yaml.
    out, audience
        Where the command line writes results, and for whom.
    """

    data: str | Path | Corpus
    codebook: str | Path | Codebook = ""
    participants: str | Path | pd.DataFrame | None = None
    roster: str | Path | pd.DataFrame | None = None
    hand_codes: str | Path | pd.DataFrame | None = None
    population: str | Path | pd.DataFrame | None = None
    identities: str | Path | pd.DataFrame | None = None
    decisions: Sequence[str | Path | pd.DataFrame] = ()
    coder: str | Path | LanguageModel | None = None
    model: str = ""
    quotes_released: str | Path | pd.DataFrame | None = None
    facilitators: Sequence[str] = ()
    name_pattern: str = ""
    keep: Sequence[str] = ()
    pick: Sequence[str] = ()
    wording: str = ""
    audience_phrase: str = ""
    outcome: str = ""
    commitments: Sequence[str] = ()
    strategy_link: str | None = None
    ideas: Sequence[str] = ()
    random_state: int = 0
    allow_identities: bool = False
    home: Path | None = None
    out: Path | None = None
    audience: str = ""

    @property
    def folders(self) -> list[Path]:
        """Where people may have put what they decided, the study's own folder first."""
        data = None if isinstance(self.data, Corpus) else Path(self.data)
        beside = data if data is None or data.is_dir() else data.parent
        own = [one for one in (self.home, beside) if one is not None]
        inside = [team for one in own for team in sorted(one.glob(f"*/{TEAM}"))]
        return [*own, *inside, *([] if self.out is None else [self.out / TEAM])]


_OF_THE_COMMAND = {"data", "home", "out", "audience"}
OPTIONS = frozenset(one.name for one in dataclasses.fields(Study)) - _OF_THE_COMMAND
"""What `analyze` and a study.yaml can say beside the data."""
_NOT_READ = "the study cannot be read: "
_OF_TEXT = ("str", "str | None", "Sequence[str]")


def study_of(source: str | Path | Corpus | Study) -> Study:
    """Return the study of a study file, or of a folder, file or corpus alone.

    What the study.yaml of a folder says is the study of that folder.
    """
    if isinstance(source, Study):
        return source
    if isinstance(source, Corpus):
        return Study(source)
    own = Path(source) / STUDY
    file = own if own.is_file() else Path(source)
    return load_study(file) if file.suffix in SUFFIXES else Study(source)


def in_letters(study: Study) -> Study:
    r"""Return a study whose texts hold no sign that is none, as a terminal may give one.

    Examples
    --------
    >>> in_letters(Study(".", ideas=["A help line\udcff"])).ideas
    ('A help line',)
    """
    told: dict[str, Any] = {
        one.name: said
        for one in dataclasses.fields(Study)
        if str(one.type) in _OF_TEXT and (said := getattr(study, one.name))
    }
    for name, said in told.items():
        is_one = isinstance(said, str)
        told[name] = for_file(said) if is_one else tuple(map(for_file, said))
    return dataclasses.replace(study, **told)


def settled(study: Study) -> Study:
    """Return a study as it is analyzed: in letters, and with what is decided in its results."""
    read = study.decisions
    if isinstance(read, str | Path | pd.DataFrame):
        read = (read,)
    identities = _identities_of(study)
    return dataclasses.replace(in_letters(study), identities=identities, decisions=read)


def _identities_of(study: Study) -> str | Path | pd.DataFrame | None:
    """Return what people decided about identities, also in the results of a study."""
    if study.identities is not None or study.out is None:
        return study.identities
    return decided_in(study.out)


def decided_in(*results: Path) -> Path | pd.DataFrame | None:
    """Return what people decided about identities in these folders of results.

    Where several hold decisions, those of a later folder win.
    """
    found = [one / TEAM / OPEN for one in results]
    found = [one for one in dict.fromkeys(found) if one.is_file()]
    if len(found) <= 1:
        return found[0] if found else None
    from empathy_insights.report.identities_open import read_decisions

    decided = pd.concat([read_decisions(one) for one in found], ignore_index=True)
    return decided.drop_duplicates(["string"], keep="last", ignore_index=True)


def load_study(path: str | Path) -> Study:
    """Load a study from YAML; paths in it are relative to the file.

    Raises
    ------
    EmpathyInsightsError
        The file is no YAML, or holds fields that a study does not have; all problems
        are listed with their lines.
    """
    path = Path(path)
    try:
        text = path.read_text(encoding="utf-8-sig")
        content, lines = load_yaml(text)
    except OSError as error:
        raise EmpathyInsightsError(
            "the study cannot be read; see whether it is there, and who may read it",
            path=path,
        ) from error
    except UnicodeDecodeError as error:
        raise EmpathyInsightsError(f"{_NOT_READ}{NOT_UTF_8}", path=path) from error
    except yaml.YAMLError as error:
        reason, line = why_no_yaml(error)
        raise EmpathyInsightsError(
            f"{_NOT_READ}{reason}", path=path, line=line
        ) from error
    if not isinstance(content, dict):
        raise EmpathyInsightsError("a study needs at least `data: FOLDER`", path=path)
    fields = Fields(content, "", lines, [])
    study = _study(fields, path.parent)
    fields.nothing_else()
    if fields.problems:
        places = [f"{where(path, n)}{what}" for n, what in sorted(fields.problems)]
        raise EmpathyInsightsError("\n".join(places))
    return study


def _study(fields: Fields, folder: Path) -> Study:
    codebook = fields.text("codebook")
    own = folder / codebook
    of_kind: dict[str, Callable[[str], Any]] = {
        "str | Path | pd.DataFrame | None": lambda name: _path(fields, name, folder),
        "str | Path | None": lambda name: _path(fields, name, folder),
        "str | Path | LanguageModel | None": lambda name: _coder(fields, name, folder),
        "Sequence[str]": fields.texts,
        "Sequence[str | Path | pd.DataFrame]": lambda name: tuple(
            folder / text for text in fields.texts(name)
        ),
        "str": fields.text,
        "str | None": lambda name: _asked(fields, name),
        "int": fields.whole,
        "bool": fields.flag,
    }
    rest = {
        one.name: of_kind[str(one.type)](one.name)
        for one in dataclasses.fields(Study)
        if one.name in OPTIONS and one.name != "codebook"
    }
    return Study(
        data=folder / fields.text("data", required=True),
        codebook=str(own) if own.is_file() else codebook,
        home=folder,
        out=_path(fields, "out", folder),
        audience=fields.text("audience"),
        **rest,
    )


def _asked(fields: Fields, name: str) -> str | None:
    """Return a text, empty where its name stands there alone, None without its name."""
    text = fields.text(name)
    return text if name in fields.content else None


def _coder(fields: Fields, name: str, folder: Path) -> str | Path | None:
    """Return the file of a coder, or the address of a language model."""
    text = fields.text(name)
    return text if is_address(text) else _path(fields, name, folder)


def _path(fields: Fields, name: str, folder: Path) -> Path | None:
    text = fields.text(name)
    return folder / text if text else None
