"""Drawing an audit, and what it puts beside the theme table."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from empathy_insights.analysis.audit import audit_sample
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.errors import TableError
from empathy_insights.tables import CODINGS, SEGMENTS


def codings(given, status="auto", coder="machine"):
    """Build codings from segment -> themes, split at blanks; "" is no theme."""
    return CODINGS.frame(
        {
            "segment_id": segment,
            "theme": theme,
            "coder": coder,
            "status": status,
            "method": "m",
            "codebook_sha256": "0",
        }
        for segment, themes in given.items()
        for theme in themes.split() or ["no_theme"]
    )


def by_hand(given):
    return codings(given, status="human", coder="ana")


def ids(corpus):
    return [f"{name}.01" for name in corpus.utterances["utterance_id"]]


@pytest.fixture(scope="module")
def corpus(talk):
    """Return twelve people of ten turns each, and two unknown voices."""
    documents = {f"d{n:02}": [(f"p{n:02}", "Words.")] * 10 for n in range(12)}
    return talk({**documents, "hall": [(None, "Words.")] * 2})


@pytest.fixture(scope="module")
def segments(corpus):
    turns = corpus.utterances
    return SEGMENTS.check(
        turns[["utterance_id", "start", "end", "text", "participant_id"]].assign(
            segment_id=turns["utterance_id"] + ".01"
        )
    )


@pytest.fixture(scope="module")
def machine(corpus):
    """Return a coder that finds the bus in each person's first turn."""
    return codings({f"d{n:02}:0001.01": "bus" for n in range(12)})


def test_every_segment_has_the_same_chance_coded_or_not(segments, machine):
    samples = [
        audit_sample(segments, machine, n=30, random_state=seed) for seed in range(80)
    ]

    times = pd.concat(samples)["segment_id"].value_counts()
    share_coded = [
        sample["segment_id"].isin(machine["segment_id"]).sum() for sample in samples
    ]

    assert len(times) == 122
    assert times.between(6, 34).all()  # 20 expected
    assert set(share_coded) <= {2, 3}  # 30 x 12 / 122 = 2.95


def test_the_sample_says_how_it_was_drawn(segments, machine):
    sample = audit_sample(segments, machine, n=61)

    assert len(sample) == 61
    assert sample["weight"].tolist() == [2.0] * 61
    assert set(sample["drawn"]) == {"segments"}
    assert sample["segment_id"].is_monotonic_increasing


def test_people_are_drawn_with_all_that_they_said(segments, machine):
    sample = audit_sample(segments, machine, n=4, unit="people")

    assert sample["participant_id"].value_counts().tolist() == [10] * 4
    assert sample["weight"].tolist() == [3.0] * 40


def test_any_two_people_may_be_drawn_together(segments, machine):
    samples = [
        audit_sample(segments, machine, n=4, unit="people", random_state=seed)
        for seed in range(30)
    ]

    together = [{"p00", "p01"} <= set(sample["participant_id"]) for sample in samples]
    assert any(together)
    assert not all(together)


def test_more_than_there_are_is_all(segments, machine):
    assert len(audit_sample(segments, machine, n=1000)) == 122
    assert len(audit_sample(segments, machine, n=1000, unit="people")) == 120


def test_the_sample_is_the_same_every_time_and_in_any_order(segments, machine):
    before = segments.copy()

    sample = audit_sample(segments, machine, n=20)

    shuffled = segments.sample(frac=1, random_state=3)
    pd.testing.assert_frame_equal(audit_sample(shuffled, machine, n=20), sample)
    pd.testing.assert_frame_equal(segments, before)
    assert not sample.equals(audit_sample(segments, machine, n=20, random_state=1))


def test_nothing_cannot_be_drawn(segments, machine):
    with pytest.raises(ValueError, match="n must be 1 or more, not 0"):
        audit_sample(segments, machine, n=0)


def test_people_cannot_be_drawn_from_segments_without_names(segments, machine):
    nameless = segments.drop(columns="participant_id")

    assert len(audit_sample(nameless, machine, n=5)) == 5
    with pytest.raises(TableError, match="no column 'participant_id'"):
        audit_sample(nameless, machine, unit="people")


def test_a_segment_audit_corrects_the_share_of_segments(corpus, segments, machine):
    # Odd turns were audited; a person sees the bus in turns 1 and 3, of everybody.
    audit = by_hand(
        {
            name: "bus" if name[-4:-3] in "13" else ""
            for name in ids(corpus)
            if int(name[-4]) % 2 and name.startswith("d")
        }
    )

    table = theme_frequency(machine, corpus, audit=audit, segments=segments)

    [row] = table.to_dict("records")
    assert row["share_of_segments"] == pytest.approx(12 / 122)
    assert (row["corrected_of"], row["audited"]) == ("segments", 60)
    assert row["corrected"] == pytest.approx(0.4, abs=0.07)
    assert row["corrected_low"] < row["corrected"] < row["corrected_high"]
    assert (row["precision"], row["precision_of"]) == (1, 12)
    assert (row["recall"], row["recall_of"]) == (0.5, 24)
    assert row["audit_note"] == ""
    assert "share of" in table.attrs["units"]["corrected"]


def test_a_people_audit_corrects_the_share_of_people(corpus, segments):
    machine = codings({f"d{n:02}:0001.01": "bus" for n in range(6)})
    # Of ten people read in full, all six found are right and two more were missed.
    audit = by_hand(
        {
            name: "bus" if name[-4:-3] == "2" and name < "d08" else ""
            for name in ids(corpus)
            if name < "d10"
        }
    )

    [row] = theme_frequency(machine, corpus, audit=audit, segments=segments).to_dict(
        "records"
    )

    assert row["share"] == 0.5
    assert (row["corrected_of"], row["audited"]) == ("people", 10)
    # 6 of 6 found and 2 of 4 others; the slope is drawn a little to the middle.
    assert row["corrected"] == pytest.approx(0.5 + 0.5 * 2 / 4, abs=0.06)
    assert row["audit_note"] == "only 10 people audited: draw 2 more"
    # The coder found nobody's right segment, though it found the right people.
    assert (row["precision"], row["recall"]) == (0, 0)


def test_an_audit_that_says_what_was_drawn_is_believed(corpus, segments, machine):
    sample = audit_sample(segments, machine, n=10, unit="people")
    audit = by_hand(dict.fromkeys(sample["segment_id"], ""))

    said = audit.assign(drawn="segments")

    assert _of(audit, corpus, segments, machine) == ["people"]
    assert _of(said, corpus, segments, machine) == ["segments"]


def _of(audit, corpus, segments, machine):
    table = theme_frequency(machine, corpus, audit=audit, segments=segments)
    return table["corrected_of"].tolist()


def test_weights_of_another_design_are_used(corpus, segments, machine):
    names = [name for name in ids(corpus) if name.startswith("d")]
    audit = by_hand({name: "bus" if name[-4:-3] == "5" else "" for name in names[:-5]})
    heavy = audit.assign(weight=np.where(audit["theme"] == "bus", 5.0, 1.0))

    plain = theme_frequency(machine, corpus, audit=audit, segments=segments)
    weighted = theme_frequency(machine, corpus, audit=heavy, segments=segments)

    assert plain["corrected"][0] == pytest.approx(0.1, abs=0.02)
    assert weighted["corrected"][0] == pytest.approx(5 / 14, abs=0.02)


def test_precision_is_weighted_too(corpus, segments, machine):
    names = [name for name in ids(corpus) if name.startswith("d")][:-5]
    audit = by_hand(
        {name: "bus" if name[-4:-3] == "1" and name < "d06" else "" for name in names}
    )
    heavy = audit.assign(weight=np.where(audit["theme"] == "bus", 3.0, 1.0))

    plain = theme_frequency(machine, corpus, audit=audit, segments=segments)
    weighted = theme_frequency(machine, corpus, audit=heavy, segments=segments)

    assert (plain["precision"][0], weighted["precision"][0]) == (0.5, 0.75)


def test_when_all_was_read_it_is_an_audit_of_segments(corpus, segments, machine):
    own = segments[segments["participant_id"].notna()]
    audit = by_hand(dict.fromkeys(own["segment_id"], ""))
    heard = _without_the_hall(corpus)

    assert _of(audit, heard, own, machine) == ["segments"]


def _without_the_hall(corpus):
    turns = corpus.utterances
    documents = corpus.documents
    return replace(
        corpus,
        documents=documents[documents["document_id"] != "hall"],
        utterances=turns[turns["document_id"] != "hall"],
    )


def test_a_person_read_in_part_is_no_audited_person(corpus, segments, machine):
    names = [name for name in ids(corpus) if name < "d10"][:-1]
    audit = by_hand(dict.fromkeys(names, "")).assign(drawn="people")

    table = theme_frequency(machine, corpus, audit=audit, segments=segments)

    assert table["audited"].tolist() == [9]


def test_a_theme_that_only_people_saw_gets_a_row(corpus, segments, machine):
    audit = by_hand(dict.fromkeys(ids(corpus)[:60], "food") | {"hall:0001.01": ""})

    table = theme_frequency(machine, corpus, audit=audit, segments=segments)

    food = table.set_index("theme").loc["food"]
    assert (food["people"], food["share_of_segments"]) == (0, 0)
    assert food["corrected"] > 0.5


def test_a_sub_theme_by_people_is_also_its_theme(corpus, segments, machine):
    audit = by_hand(dict.fromkeys(ids(corpus)[::2], "bus.late"))

    table = theme_frequency(machine, corpus, audit=audit, segments=segments)
    sub = theme_frequency(machine, corpus, audit=audit, segments=segments, level="sub")

    assert table["recall_of"].tolist() == [61]
    assert sub["theme"].tolist() == ["bus.late"]
    assert sub["recall"].tolist() == [0]


def test_groups_are_audited_on_their_own_segments(corpus, segments, machine):
    audit = by_hand(dict.fromkeys(ids(corpus)[:95], "bus") | {"hall:0001.01": ""})

    table = theme_frequency(
        machine, corpus, audit=audit, segments=segments, by="document_id"
    )

    first, last = table.iloc[0], table[table["document_id"] == "d11"].iloc[0]
    assert (first["audited"], first["recall_of"], last["audited"]) == (10, 10, 0)
    assert "no interval below 8" in first["audit_note"]


def test_a_rare_theme_is_noted(corpus, segments, machine):
    audit = by_hand(
        {name: "bus" if name == "d03:0005.01" else "" for name in ids(corpus)[::2]}
    )

    [note] = theme_frequency(machine, corpus, audit=audit, segments=segments)[
        "audit_note"
    ]

    assert note == "people found it in 1 of the audited segments: a rough estimate"


def test_empty_segments_that_were_left_out_are_noted(corpus, segments, machine):
    audit = by_hand(dict.fromkeys(ids(corpus)[::2], "bus"))

    [note] = theme_frequency(machine, corpus, audit=audit, segments=segments)[
        "audit_note"
    ]

    assert "were empty ones left out?" in note


def test_members_of_a_focus_group_are_one_cluster(talk):
    voices = [(f"p{n}", "Words.") for n in range(10)] * 3
    corpus = talk({"group": voices}, kinds={"group": "focus_group"})
    segments = corpus.utterances.assign(
        segment_id=corpus.utterances["utterance_id"] + ".01"
    )
    audit = by_hand({name: "bus" if "1." in name else "" for name in ids(corpus)})

    [row] = theme_frequency(
        codings({"group:0001.01": "bus"}), corpus, audit=audit, segments=segments
    ).to_dict("records")

    assert "of 1 people or groups" in row["audit_note"]
    assert np.isnan(row["corrected_low"])


def test_without_an_audit_the_table_is_as_it_was(corpus, machine):
    assert "corrected" not in theme_frequency(machine, corpus).columns


def test_an_audit_by_a_group_that_nobody_has_is_of_the_not_known(
    corpus, segments, machine
):
    audit = by_hand({"d00:0001.01": "bus", "d00:0002.01": ""})

    table = theme_frequency(
        machine, corpus, audit=audit, segments=segments, by="priority_group"
    )

    assert table[["priority_group", "people", "of", "audited"]].to_numpy().tolist() == [
        ["not known", 12, 12, 2]
    ]


def test_an_audit_needs_the_segments(corpus, machine):
    with pytest.raises(TableError, match="pass segments="):
        theme_frequency(machine, corpus, audit=by_hand({"d00:0001.01": ""}))


@pytest.mark.parametrize(
    ("audit", "message"),
    [
        (by_hand({}), "the audit is empty"),
        (by_hand({"x:0001.01": ""}), "1 segments of the audit are not among"),
    ],
)
def test_an_audit_that_does_not_fit_is_refused(
    audit, message, corpus, segments, machine
):
    with pytest.raises(TableError, match=message):
        theme_frequency(machine, corpus, audit=audit, segments=segments)


def test_peoples_codings_cannot_be_audited_by_themselves(corpus, segments):
    audit = by_hand({"d00:0001.01": "bus", "d00:0002.01": ""})

    with pytest.raises(TableError, match="people's own"):
        theme_frequency(audit, corpus, audit=audit, segments=segments)
