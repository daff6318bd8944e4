"""How far a long stage has come, told while it runs."""

from empathy_insights.progress import progress_told_to, told_on_the_way
from empathy_insights.study import analyze


def test_a_long_run_says_how_far_it_is(capsys):
    with progress_told_to(print):
        assert list(told_on_the_way("abc", 3, every=0)) == ["a", "b", "c"]

    assert "3 of 3 passages embedded, about 0 s left" in capsys.readouterr().out


def test_reading_and_taking_names_out_say_how_far_they_are(tmp_path, often):
    for name in ("one", "two"):
        file = tmp_path / f"{name}.txt"
        file.write_text("Interviewer: Who helps?\nDeshawn: Ms. Okafor does.\n")
    told = []

    analyze(tmp_path, embedder="static", progress=told.append)

    assert "read: 2 of 2 files, about 0 s left" in told
    assert "take identities out: 100% read for names, about 0 s left" in told
    assert "take identities out: 100% searched for names, about 0 s left" in told
    assert not any("Okafor" in one or "Deshawn" in one for one in told)
