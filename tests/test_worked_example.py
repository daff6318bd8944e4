"""The numbers of docs/worked_example.md, against what the library says of its people."""

import dataclasses
import math
from pathlib import Path

import pandas as pd
import pytest
import yaml

from empathy_insights.analysis.cooccurrence import cooccurrence
from empathy_insights.analysis.crosstab import crosstab
from empathy_insights.analysis.frequency import theme_frequency
from empathy_insights.analysis.intervals import difference_interval, wilson
from empathy_insights.analysis.saturation import saturation
from empathy_insights.corpus import utterance_id
from empathy_insights.publishing import publish
from empathy_insights.tables import CODINGS

PAGE = Path(__file__).parents[1] / "docs" / "worked_example.md"
COUNTS = ["people", "of", "documents", "groups", "segments"]
ROLES = ["student", "family", "teacher"]


def table_of(*first_columns):
    """Return the page's table whose first columns are these."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    start = next(
        number
        for number, line in enumerate(lines)
        if line.startswith("| " + " | ".join(first_columns) + " |")
    )
    rows = []
    for line in lines[start:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return pd.DataFrame(rows[2:], columns=rows[0])


def segments_said():
    """Return a row a segment: document, person (None: unknown), theme; some say none."""
    people = table_of("person", "document")
    wide = people.melt(["person", "document", "role"], var_name="theme")
    said = wide[wide["value"] == "1"]
    main = said[~said["theme"].str.contains(".", regex=False)]
    more = table_of("voice", "document").rename(columns={"voice": "person"})
    more = more.loc[more.index.repeat(more["segments"].astype(int))]
    silent = people[~people["person"].isin(main["person"])].assign(theme=None)
    kept = ["document", "person", "theme"]
    return pd.concat([main[kept], more[kept], silent[kept]]).reset_index(drop=True)


@pytest.fixture(scope="module")
def study(talk):
    """Build the corpus and the codings of the page's people."""
    said = segments_said()
    roles = table_of("person", "document").set_index("person")["role"].to_dict()
    said["position"] = said.groupby("document").cumcount() + 2
    turns = {
        document: [
            ("?", "How is school?"),
            *(
                (None if person == "unknown" else person, f"About {theme}.")
                for person, theme in zip(rows["person"], rows["theme"], strict=True)
            ),
        ]
        for document, rows in said.groupby("document")
    }
    kinds = {"g1": "focus_group", "g2": "focus_group"}
    return talk(turns, roles=roles, kinds=kinds), codings_of(said)


def codings_of(said):
    """Code each segment with its theme, and its first with what the person raised."""
    sub = table_of("person", "document").melt(["person", "document", "role"])
    sub = sub[(sub["value"] == "1") & sub["variable"].str.contains(".", regex=False)]
    at = said.drop_duplicates(["person", "theme"]).set_index(["person", "theme"])
    rows = [
        (row.document, row.position, row.theme)
        for row in said.dropna(subset=["theme"]).itertuples()
    ]
    rows += [
        (row.document, at.loc[(row.person, row.variable.split(".")[0]), "position"], row.variable)
        for row in sub.itertuples()
    ]  # fmt: skip
    return CODINGS.frame(
        {
            "segment_id": f"{utterance_id(document, position)}.01", "theme": theme,
            "coder": "kim", "status": "human", "method": "by hand",
            "stance": "neutral", "codebook_sha256": "0",
        }
        for document, position, theme in rows
    )  # fmt: skip


def test_the_page_lists_thirty_people_in_twenty_documents():
    people = table_of("person", "document")

    assert people["person"].nunique() == 30
    assert people["document"].nunique() == 20
    assert people["role"].value_counts().to_dict() == {
        "student": 14, "family": 11, "teacher": 5,
    }  # fmt: skip


@pytest.mark.parametrize(("level", "called"), [("main", "theme"), ("sub", "sub-theme")])
def test_counts_are_those_worked_by_hand(study, level, called):
    corpus, codings = study
    page = table_of(called, "people", "of", "share").set_index(called)

    table = theme_frequency(codings, corpus, level=level).set_index("theme")

    assert table.index.tolist() == page.index.tolist()
    assert table[COUNTS].to_dict("index") == page[COUNTS].astype(int).to_dict("index")


@pytest.mark.parametrize(("level", "called"), [("main", "theme"), ("sub", "sub-theme")])
def test_shares_and_intervals_are_those_worked_by_hand(study, level, called):
    corpus, codings = study
    page = table_of(called, "people", "of", "share").set_index(called)

    table = theme_frequency(codings, corpus, level=level).set_index("theme")

    columns = ["share", "share_low", "share_high"]
    pd.testing.assert_frame_equal(
        table[columns],
        page[columns].astype(float),
        check_exact=False, rtol=0, atol=0.0005 + 1e-9, check_names=False,
        check_index_type=False,
    )  # fmt: skip


@pytest.mark.parametrize("level", ["main", "sub"])
@pytest.mark.parametrize("by", [None, "role"])
def test_what_people_coded_is_checked_and_low_and_high_are_the_count(study, level, by):
    corpus, codings = study

    table = theme_frequency(codings, corpus, level=level, by=by)

    assert set(table["state"]) == {"checked"}
    assert table["low"].tolist() == table["people"].tolist()
    assert table["high"].tolist() == table["people"].tolist()


@pytest.mark.parametrize("role", ROLES)
def test_roles_have_the_counts_worked_by_hand(study, role):
    corpus, codings = study
    page = table_of("theme", "student", "family").set_index("theme")[role]

    table = theme_frequency(codings, corpus, by="role")

    rows = table[table["role"] == role].set_index("theme")
    said = rows["people"].astype(str) + " of " + rows["of"].astype(str)
    assert said.to_dict() == page.to_dict()


@pytest.mark.parametrize("role", ROLES)
def test_roles_have_the_intervals_worked_by_hand(study, role):
    corpus, codings = study
    page = table_of("theme", "student low").set_index("theme").replace("none", "nan")

    table = theme_frequency(codings, corpus, by="role")

    rows = table[table["role"] == role].set_index("theme").loc[page.index]
    for_role = page[[f"{role} low", f"{role} high"]].astype(float).to_numpy()
    assert rows[["share_low", "share_high"]].to_numpy() == pytest.approx(
        for_role, abs=0.0005 + 1e-9, nan_ok=True
    )


def test_the_interval_of_people_heard_alone_is_that_worked_by_hand():
    assert wilson(9, 18) == pytest.approx((0.290, 0.710), abs=0.0005)


def test_the_difference_of_people_heard_alone_is_that_worked_by_hand():
    students, families = (0.75, *wilson(6, 8)), (0.40, *wilson(2, 5))

    found = difference_interval(students, families)

    assert [float(limit) for limit in found] == pytest.approx(
        [-0.152, 0.684], abs=0.0006
    )


@pytest.fixture(scope="module")
def numbers():
    """Return the numbers of the page's last section."""
    block = PAGE.read_text(encoding="utf-8").split("```yaml\n")[1].split("```")[0]
    return yaml.safe_load(block)


def test_the_crosstab_is_the_one_worked_by_hand(study, numbers):
    corpus, codings = study

    table = crosstab(codings, corpus, by="role").set_index(["theme", "role"])

    for theme in ("bus", "homework", "food", "wifi"):
        by_hand = numbers["crosstab"][theme]
        for role in ROLES:
            row = table.loc[(theme, role)]
            people, of = by_hand[role]
            everyone, heard = by_hand["all"]
            assert (row["people"], row["of"]) == (people, of)
            assert row["people_elsewhere"] == everyone - people
            assert row["of_elsewhere"] == heard - of


def test_the_odds_ratio_of_students_against_families_is_the_one_by_hand(study, numbers):
    corpus, codings = study
    by_hand = numbers["crosstab"]["bus_students_against_families"]["odds_ratio"]
    two = dataclasses.replace(
        corpus,
        participants=corpus.participants.assign(
            side=corpus.participants["role"].mask(
                corpus.participants["role"] == "teacher"
            )
        ),
    )

    table = crosstab(codings, two, by="side").set_index(["theme", "side"])

    assert table.loc[("bus", "student"), "odds_ratio"] == pytest.approx(
        by_hand, abs=0.005
    )
    assert math.isnan(table.loc[("bus", "student"), "difference_low"])


def test_bus_and_homework_meet_as_often_as_by_hand(study, numbers):
    corpus, codings = study
    by_hand = numbers["cooccurrence"]["bus_homework"]

    pairs = cooccurrence(codings, corpus).set_index(["theme", "other"])

    row = pairs.loc[("bus", "homework")]
    assert (row["people"], row["either"], row["of"]) == (
        by_hand["both"],
        by_hand["either"],
        30,
    )
    assert row["jaccard"] == pytest.approx(by_hand["jaccard"], abs=0.0005)
    assert row["lift"] == pytest.approx(by_hand["lift"], abs=0.0005)


def test_saturation_is_the_one_worked_by_hand(study, numbers):
    corpus, codings = study
    by_hand = numbers["saturation"]

    table = saturation(codings, corpus, level="sub", base=4, run=2)

    for name, values in by_hand["first_eight"].items():
        assert table[name].head(8).tolist() == values
    assert table["ratio"].iloc[5:8].tolist() == by_hand["after"]["ratio_from_6"]
    assert (
        table.loc[table["reached"], "documents"].min() == by_hand["after"]["reached_at"]
    )
    assert table.attrs["report"] == by_hand["after"]["report"]


def test_the_school_sees_what_the_page_says(study):
    corpus, codings = study
    themes = theme_frequency(codings, corpus)
    by_role = theme_frequency(codings, corpus, by="role")

    school = publish(themes, "school", beside=[by_role]).set_index("theme")["shown"]
    roles = publish(by_role, "school", beside=[themes]).set_index(["theme", "role"])

    said = roles["shown"]
    assert school["wifi"] == "fewer than 5 of 30"
    assert school["food"] == "11 of 30"
    assert said["food", "student"] == "5 of 14"
    assert said["food", "family"] == "hidden"
    assert said["homework", "family"] == "at least 9 of 11"
    assert said["homework", "student"] == "fewer than 5 of 14"
    assert said["bus", "student"] == "11 of 14"
    assert roles.loc["wifi"].query("role != 'not known'")["people"].isna().all()
