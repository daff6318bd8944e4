import empathy_insights as ei


def test_file_names_tell_role_and_site_where_a_pattern_says_so(tmp_path):
    talk = "Interviewer: So?\n\nAna: I forgot my password.\n"
    (tmp_path / "alder_teacher_2026-03-01.txt").write_text(talk)

    analysis = ei.analyze(
        tmp_path, embedder="static", name_pattern="{site}_{role}_{date}"
    )

    documents = analysis.corpus.documents[["site", "date"]].to_dict("records")
    assert documents == [{"site": "alder", "date": "2026-03-01"}]
    assert analysis.themes["roles"].iloc[0] == "teacher"
