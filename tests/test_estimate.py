"""Counts are estimates: what is known is certain, and the rest says how sure it is."""

import re
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

import empathy_insights as ei
from empathy_insights.analysis.estimate.calibration import (
    ChanceFit,
    calibration,
)
from empathy_insights.analysis.estimate.drawn import ends, quantile
from empathy_insights.analysis.estimate.next_passages import reading_order
from empathy_insights.analysis.estimate.passages_read import answers
from empathy_insights.analysis.estimate.posterior import posterior
from empathy_insights.analysis.estimate.questions import questions_of
from empathy_insights.coding.models.regression import chances_of, middles
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS

THEMES = ("bus", "lunch")
BOOK = ei.Codebook(
    "b", "B", themes=(ei.Theme("bus", "Bus"), ei.Theme("lunch", "Lunch"))
)
N_PEOPLE, EACH = 12, 4


@pytest.fixture(scope="module")
def corpus():
    """Return twelve people, six of each role, with four passages each."""
    who = [f"p{n:02d}" for n in range(N_PEOPLE)]
    rows = pd.DataFrame(
        {
            "who": np.repeat(who, EACH),
            "role": np.repeat(["student", "teacher"] * (N_PEOPLE // 2), EACH),
            "a": [f"Words number {n}." for n in range(N_PEOPLE * EACH)],
        }
    )
    return ei.corpus_from_frame(rows, text="a", person="who", role="role")


@pytest.fixture(scope="module")
def segments(corpus):
    return ei.segment(corpus)


@pytest.fixture(scope="module")
def chances(segments):
    drawn = np.random.default_rng(0).beta(0.5, 3, size=(len(segments), 2))
    return segments[["segment_id"]].join(pd.DataFrame(drawn, columns=list(THEMES)))


def given(pairs, status="human", **more):
    rows = [
        {"segment_id": one, "theme": theme, "coder": "kim", "status": status,
         "method": "read by a person", "codebook_sha256": ""}
        for one, theme in pairs
    ]  # fmt: skip
    return CODINGS.frame(rows).assign(**more)


NOTHING = CODINGS.frame([])


def table(codings, corpus, estimate, **options):
    return ei.theme_frequency(
        codings, corpus, codebook=BOOK, estimate=estimate, **options
    )


def test_a_first_look_has_ends_about_its_middle(corpus, chances):
    estimate = ei.estimate_counts(chances, NOTHING, corpus)
    found = table(NOTHING, corpus, estimate)

    assert set(found["state"]) == {"first look"}
    assert (found["read"] == 0).all()
    assert (found["low"] <= found["people"]).all()
    assert (found["people"] <= found["high"]).all()
    assert (found["low"] < found["high"]).all()
    assert found["share_low"].isna().all()


def test_all_read_is_what_people_counted(corpus, segments, chances):
    ids = segments["segment_id"]
    read = given([(ids[0], "bus"), (ids[1], "bus"), (ids[4], "bus"), (ids[8], "lunch"),
                  *[(one, "no_theme") for one in ids]])  # fmt: skip
    estimate = ei.estimate_counts(chances, read, corpus)
    found = table(read, corpus, estimate).set_index("theme")

    assert found.loc["bus", ["people", "low", "high", "state"]].tolist() == [
        2, 2.0, 2.0, "checked",
    ]  # fmt: skip
    assert found.loc["lunch", "people"] == 1
    assert estimate.state == "checked"


def test_what_is_read_is_in_every_draw(corpus, segments, chances):
    ids = segments["segment_id"]
    some = given([(one, "bus") for one in ids[::EACH][:5]])
    estimate = ei.estimate_counts(chances, some, corpus)
    found = table(some, corpus, estimate).set_index("theme")

    assert found.loc["bus", "low"] >= 5
    assert found.loc["bus", "state"] == "partly checked"
    assert found.loc["bus", "read"] == 5


def test_reading_sharpens_the_rest(corpus, segments, chances):
    """Who reads often what the coder thought unlikely learns that it is likelier."""
    ids = segments["segment_id"]
    before = ei.estimate_counts(chances, NOTHING, corpus)
    read = given([(one, "bus") for one in ids[1::2]])
    after = ei.estimate_counts(chances, read, corpus)

    unread = ~after.asked[:, 0]
    assert after.chances[unread, 0].mean() > before.chances[unread, 0].mean() + 0.1
    # A theme that was asked and never given becomes less likely.
    assert after.chances[unread, 1].mean() < before.chances[unread, 1].mean()


def test_groups_add_up_to_all(corpus, chances):
    estimate = ei.estimate_counts(chances, NOTHING, corpus)
    by_role = table(NOTHING, corpus, estimate, by="role", margins=True)
    people = by_role.pivot_table(index="theme", columns="role", values="people")

    assert (people["student"] + people["teacher"] == people["all"]).all()


def test_tables_are_of_the_same_draws(corpus, chances):
    estimate = ei.estimate_counts(chances, NOTHING, corpus)
    whole = table(NOTHING, corpus, estimate).set_index("theme")
    crossed = ei.crosstab(NOTHING, corpus, by="role", codebook=BOOK, estimate=estimate)
    pairs = ei.cooccurrence(NOTHING, corpus, codebook=BOOK, estimate=estimate)

    sums = crossed.groupby("theme")["people"].sum()
    assert sums.to_dict() == whole["people"].to_dict()
    assert pairs["people"].iloc[0] <= whole["people"].min()
    assert pairs["low"].iloc[0] <= pairs["people"].iloc[0] <= pairs["high"].iloc[0]
    assert set(crossed["reading"]) == {""}, "nothing stands out before anybody has read"


def test_two_runs_are_the_same_and_row_order_does_not_matter(corpus, chances):
    first = ei.estimate_counts(chances, NOTHING, corpus)
    mixed = chances.sample(frac=1, random_state=3)
    second = ei.estimate_counts(mixed, NOTHING, corpus)

    assert (first.raised == second.raised).all()
    assert (first.middle == second.middle).all()


def test_decisions_of_one_theme_leave_the_others_open(corpus, segments, chances):
    ids = segments["segment_id"]
    read = given([(one, "no_theme") for one in ids], asked="bus")
    estimate = ei.estimate_counts(chances, read, corpus)
    found = table(read, corpus, estimate).set_index("theme")

    assert found.loc["bus", "state"] == "checked"
    assert found.loc["bus", "people"] == 0
    assert found.loc["lunch", "state"] == "first look"


def test_accepting_or_rejecting_answers_for_one_theme(segments):
    ids = pd.Index(segments["segment_id"])
    asked, said = answers(
        pd.concat([given([(ids[0], "bus")], "accepted"), given([(ids[1], "bus")], "rejected")]),
        ids, THEMES,
    )  # fmt: skip

    assert asked[:2].tolist() == [[True, False], [True, False]]
    assert said[:2].tolist() == [[True, False], [False, False]]
    assert not asked[2:].any()


def test_a_part_counts_for_its_theme_and_a_no_to_it_does_not():
    ids = pd.Index(["d:1.1", "d:2.1"])
    asked, said = answers(
        pd.concat([given([("d:1.1", "bus.late")]), given([("d:2.1", "bus.late")], "rejected")]),
        ids, THEMES,
    )  # fmt: skip

    assert said.tolist() == [[True, False], [False, False]]
    assert not asked[1].any()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (lambda t: t.drop(columns="segment_id"), "segment_id"),
        (lambda t: pd.concat([t, t.head(1)]), "twice"),
        (lambda t: t.assign(bus=1.5), "between 0 and 1"),
        (lambda t: t.assign(bus=np.nan), "between 0 and 1"),
    ],
)
def test_chances_that_are_none_are_refused(corpus, chances, wrong, said):
    with pytest.raises(TableError, match=said):
        ei.estimate_counts(wrong(chances), NOTHING, corpus)


def test_an_estimate_of_other_passages_is_refused(corpus, chances):
    estimate = ei.estimate_counts(chances, NOTHING, corpus)
    strange = replace(estimate, segment_ids="x" + estimate.segment_ids)

    with pytest.raises(TableError, match="other passages"):
        table(NOTHING, corpus, strange)


def test_a_part_of_the_codings_is_refused(corpus, chances, segments):
    read = given(
        [(segments["segment_id"][0], "bus"), (segments["segment_id"][5], "lunch")]
    )
    estimate = ei.estimate_counts(chances, read, corpus)

    assert len(table(read, corpus, estimate))
    with pytest.raises(TableError, match="leave estimate out"):
        table(read[:1], corpus, estimate)
    with pytest.raises(TableError, match="leave estimate out"):
        ei.crosstab(read[:1], corpus, by="role", estimate=estimate)


def test_without_an_estimate_nothing_says_how_sure_it_is(corpus, segments):
    auto = given([(segments["segment_id"][0], "bus")], "auto")
    found = ei.theme_frequency(auto, corpus, codebook=BOOK).set_index("theme")

    assert found.loc["bus", "people"] == 1
    assert np.isnan(found.loc["bus", "low"])
    assert found.loc["bus", "state"] == "first look"
    assert np.isnan(found.loc["bus", "share_low"])


def test_the_middle_keeps_the_share(chances):
    matrix = chances[list(THEMES)].to_numpy()
    fitted = replace(calibration(), level=0.0, slope=1.0)
    apart, middle = fitted.centred(matrix)

    mean = (matrix.sum(axis=0) + 1) / (len(matrix) + 10)
    assert chances_of(middle + apart).mean(axis=0) == pytest.approx(mean, abs=1e-6)


def test_middles_of_certain_shares_are_finite():
    assert np.isfinite(middles(np.array([[0.0]]), np.array([1.0]))).all()


def test_the_posterior_finds_the_likeliest_shifts():
    """A theme that is said twice as often as expected shifts up; the other stays down."""
    apart, middle = np.zeros((200, 2)), np.full(2, -1.0)
    known = np.ones((200, 2), dtype=bool)
    said = np.zeros((200, 2), dtype=bool)
    said[:120, 0] = True
    fitted = ChanceFit("", 1.0, 1.0, 0.0, 1.0, 1.0, 1.0, 1.0)
    found = posterior(apart, middle, known, said, fitted)

    assert found.chances()[0, 0] == pytest.approx(0.6, abs=0.02)
    assert found.chances()[0, 1] < 0.05
    assert np.diag(found.covariance)[3] < 1


def test_a_passage_full_of_themes_may_hold_fewer_than_their_chances_say():
    """Who reads full passages first must not think less of the themes everywhere else."""
    apart = np.repeat([[1.0, 1.0], [1.0, -1.0], [-1.0, 1.0], [-1.0, -1.0]], 50, axis=0)
    said = np.zeros((200, 2), dtype=bool)
    said[:15] = True  # of the full
    said[50:90, 0] = said[100:140, 1] = True
    known = np.ones((200, 2), dtype=bool)

    found = posterior(apart, np.zeros(2), known, said, calibration())
    alone = posterior(
        apart, np.zeros(2), known, said, replace(calibration(), of_full=1e-9)
    )

    assert found.mean[2] < -0.2
    assert found.chances()[50, 0] > alone.chances()[50, 0] + 0.05


@pytest.mark.parametrize("share", [0.025, 0.5, 0.975])
def test_quantiles_are_numpys(share):
    draws = np.random.default_rng(1).integers(0, 40, size=(3, 5, 256))

    found = quantile(draws, share)
    assert (found == np.quantile(draws, share, axis=-1, method="inverted_cdf")).all()


@pytest.mark.slow
def test_intervals_hold_when_chances_are_right(corpus):
    """Studies drawn from the model itself: its 95 % interval holds about 95 in 100."""
    random = np.random.default_rng(5)
    ids = ei.segment(corpus)["segment_id"]
    held = []
    for seed in range(40):
        matrix = random.beta(0.6, 4, size=(len(ids), 2))
        frame = pd.DataFrame(
            {"segment_id": ids, **dict(zip(THEMES, matrix.T, strict=True))}
        )
        estimate = ei.estimate_counts(frame, NOTHING, corpus, random_state=seed)
        one = estimate.learned.draws(1, random)[0]
        truth = random.random(matrix.shape) < estimate.learned.chances(one)
        raised = truth.reshape(N_PEOPLE, EACH, 2).any(axis=1).sum(axis=0)
        found = table(NOTHING, corpus, estimate).set_index("theme").loc[list(THEMES)]
        held.append((found["low"] <= raised) & (raised <= found["high"]))

    assert np.mean(held) > 0.88


def test_ends_of_one_draw_are_it():
    assert [end.tolist() for end in ends(np.array([[7]]))] == [[7], [7]]


def test_who_is_in_two_groups_is_elsewhere_in_neither(corpus, segments, chances):
    """By round: an interval of a difference lies between -1 and 1, and about its middle."""
    ids = pd.Series(segments["segment_id"])
    # The first passages of everybody are of round 1; six people speak in round 2 only.
    rounds = {name: str(1 + n % 2) for n, name in enumerate(ids)}
    documents = corpus.documents.iloc[[0, 0]].assign(
        document_id=["one", "two"], round=["1", "2"]
    )
    turns = corpus.utterances.assign(
        document_id=[{"1": "one", "2": "two"}[rounds[f"{name}.01"]] for name in corpus.utterances["utterance_id"]],
        start=0,
    )  # fmt: skip
    text = documents["text"].iloc[0]
    turns = turns.assign(end=[len(words) for words in turns["text"]])
    both = replace(
        corpus,
        documents=documents,
        utterances=turns.assign(
            start=[text.index(words) for words in turns["text"]],
            end=[text.index(words) + len(words) for words in turns["text"]],
        ),
    )
    estimate = ei.estimate_counts(chances, NOTHING, both)
    found = ei.crosstab(NOTHING, both, by="round", codebook=BOOK, estimate=estimate)

    assert found["difference_low"].fillna(0).ge(-1).all()
    assert found["difference_high"].fillna(0).le(1).all()


def test_a_first_look_at_one_answer_claims_nothing():
    answers_ = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    said = repr(ei.analyze(ei.corpus_from_frame(answers_, text="a", person="who")))

    assert "no theme of the codebook was found" not in said
    assert "First look, nobody has read yet" in said
    assert "1 minutes" not in said


def test_where_no_role_is_known_roles_are_not_compared(talk):
    corpus = talk({"a": [("ana", "Bus.")]}, roles={"ana": "unknown"})
    chances = ei.segment(corpus)[["segment_id"]].assign(bus=0.5)
    estimate = ei.estimate_counts(chances, NOTHING, corpus)

    assert ei.crosstab(NOTHING, corpus, by="role", estimate=estimate).empty


@pytest.mark.slow
@pytest.mark.usefixtures("no_pixels")
def test_a_study_of_one_person_is_told_of_a_person(tmp_path):
    answers_ = pd.DataFrame({"who": ["ana"], "a": ["I want to pick my own topic."]})
    analysis = ei.analyze(ei.corpus_from_frame(answers_, text="a", person="who"))
    analysis.write(tmp_path, audience="team")

    pages = [
        *tmp_path.rglob("*.html"),
        *tmp_path.rglob("*.md"),
        *tmp_path.rglob("*.txt"),
    ]
    said = " ".join([repr(analysis), *(page.read_text("utf-8") for page in pages)])
    assert re.findall(r"\b1 (?:people|passages|documents|roles)\b", said) == []
    assert "1 person was heard, in 1 document" in said
    assert repr(analysis.estimate).startswith("Estimate(1 passage, 0 read")


def test_passages_of_nobody_are_no_part_of_what_is_left_to_read(corpus, chances):
    """They are never offered, so that `checked` could not be reached."""
    estimate = ei.estimate_counts(chances, NOTHING, corpus)
    person, asked = estimate.person.copy(), np.ones_like(estimate.asked)
    person[:2], asked[:2] = -1, False

    read = replace(estimate, person=person, asked=asked)
    nobody = replace(read, person=np.full_like(person, -1))

    assert (read.n_passages, read.n_read, read.state) == (
        len(person) - 2, len(person) - 2, "checked",
    )  # fmt: skip
    assert len(reading_order(read, 30)[0]) == 0
    assert (nobody.n_passages, nobody.state) == (len(person), "partly checked")


ASKED = ("How do you get here?", "What do you eat?", "What else?")


def interviews(n_people: int = 12) -> ei.Corpus:
    """Return people who were asked the same three questions."""
    rows = [
        {
            "who": f"p{n:02d}",
            "q": question,
            "a": f"Well, it was like that {n} times a day.",
        }
        for n in range(n_people)
        for question in ASKED
    ]
    return ei.corpus_from_frame(
        pd.DataFrame(rows), text="a", person="who", question="q"
    )


def told_of(corpus: ei.Corpus, *, like: float, else_: float) -> pd.DataFrame:
    """Return chances of bus: one in the answers to the first question, one elsewhere."""
    segments = ei.segment(corpus)
    first = segments["question"].eq(ASKED[0])
    return segments[["segment_id"]].assign(bus=np.where(first, like, else_), lunch=0.05)


def test_answers_to_one_question_share_what_they_are_about():
    """Faint signs in every answer to a question say more than the same signs anywhere."""
    corpus = interviews()
    there = told_of(corpus, like=0.2, else_=0.02)
    mixed = there.assign(
        bus=np.random.default_rng(1).permutation(there["bus"].to_numpy())
    )

    together, apart = (
        table(NOTHING, corpus, ei.estimate_counts(chances, NOTHING, corpus)).iloc[0]
        for chances in (there, mixed)
    )

    assert together["theme"] == apart["theme"] == "bus"
    assert together["people"] > apart["people"]
    assert together["high"] >= apart["high"]


def test_what_is_read_of_a_question_says_more_of_its_other_answers():
    corpus = interviews()
    segments = ei.segment(corpus)
    chances = segments[["segment_id"]].assign(bus=0.1, lunch=0.1)
    of_first = segments["question"].eq(ASKED[0])
    some = segments.loc[of_first, "segment_id"].head(6)
    others = segments.loc[~of_first, "segment_id"].head(6)
    yes = given([(one, "bus") for one in some])
    no = given([(one, "no_theme") for one in others])
    learned = ei.estimate_counts(chances, pd.concat([yes, no]), corpus).chances

    unread = ~segments["segment_id"].isin([*some, *others]).to_numpy()
    bus = pd.Series(learned[:, 0]).groupby(segments["question"].where(unread)).mean()
    assert bus[ASKED[0]] > 2 * max(bus[ASKED[1]], bus[ASKED[2]])


def test_a_question_may_name_a_theme_whose_answers_do_not():
    corpus = interviews()
    segments = ei.segment(corpus)
    chances = segments[["segment_id"]].assign(bus=0.05, lunch=0.05)
    asked = pd.DataFrame({"question": ASKED, "bus": (0.9, 0.02, 0.02), "lunch": 0.05})
    without, with_ = (
        ei.estimate_counts(chances, NOTHING, corpus, asked=told).chances
        for told in (None, asked)
    )

    of_first = segments["question"].eq(ASKED[0]).to_numpy()
    assert (with_[of_first, 0] > 2 * without[of_first, 0]).all()
    assert with_[:, 1] == pytest.approx(without[:, 1], abs=0.02)


def test_a_yes_alone_hardly_counts_for_what_was_asked():
    rows = [
        {"who": f"p{n:02d}", "q": ASKED[0], "a": answer}
        for n in range(8)
        for answer in (
            "Yeah.",
            "I take two buses and then walk past the river each day.",
        )
    ]
    frame = pd.DataFrame(rows)
    corpus = ei.corpus_from_frame(frame, text="a", person="who", question="q")
    segments = ei.segment(corpus)
    chances = segments[["segment_id"]].assign(bus=0.05, lunch=0.05)
    asked = pd.DataFrame({"question": [ASKED[0]], "bus": 0.9, "lunch": 0.05})
    found = ei.estimate_counts(chances, NOTHING, corpus, asked=asked).chances[:, 0]

    is_short = segments["text"].eq("Yeah.").to_numpy()
    assert found[is_short].max() < found[~is_short].min() / 2


def test_chances_of_questions_that_lack_a_theme_are_refused(corpus, chances):
    asked = pd.DataFrame({"question": ["How's lunch?"], "lunch": 0.9})

    with pytest.raises(TableError, match="of questions lack the column 'bus'"):
        ei.estimate_counts(chances, NOTHING, corpus, asked=asked)


def test_who_asks_the_same_in_other_dress_asks_the_same():
    asked = pd.Series(
        ["How's lunch?", "Hi! So, thanks. How's lunch?", "how's lunch ?", "Why?", None]
    )
    person, n_words = np.array([0, 1, 2, 2, 2]), np.full(5, 9)

    assert questions_of(asked, n_words, person, THEMES).of.tolist() == [0, 0, 0, -1, -1]
    # Of one question alone, or of one person, nothing can be told.
    assert questions_of(asked[:3], n_words[:3], person[:3], THEMES).n == 0
    assert questions_of(asked, n_words, np.zeros(5, dtype=int), THEMES).n == 0


def test_many_questions_are_kept_to_those_that_most_were_asked():
    texts = [f"Question {n}?" for n in range(700) for _ in range(3)] + ["First?"] * 4
    person = np.arange(len(texts))
    found = questions_of(
        pd.Series(texts), np.full(len(texts), 9), person, ("bus", "lunch")
    )

    assert found.n == 300
    assert (found.of[-4:] >= 0).all()
