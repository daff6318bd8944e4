"""The review in a notebook: the Python side on real traits, the browser in Chromium."""

import json
import sys

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from pandas.testing import assert_frame_equal

from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.review import widget as review_widget
from empathy_insights.coding.review.notebook import review, save
from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment

BOOK = Codebook(
    "b",
    "B",
    themes=(Theme("bus", "The bus", brief="Getting there."), Theme("food", "Food")),
)
STATUS = ["segment_id", "theme", "coder", "status"]
ATTACK = "<img src=x onerror=\"document.title='hit'\">"


@pytest.fixture
def segments(talk):
    return segment(
        talk(
            {
                "d": [("?", "How?"), ("ana", f"By bus {ATTACK}.")],
                "e": [("ben", "Rice."), ("cleo", "No bus.")],
            }
        )
    )


@pytest.fixture
def codings(segments):
    return CODINGS.frame(
        {
            "segment_id": name,
            "theme": theme,
            "coder": "codebook",
            "status": "suggested",
            "score": score,
            "method": "weak",
            "evidence_start": start + 3,
            "evidence_end": start + 6,
            "stance": "need",
            "codebook_sha256": "0",
        }
        for (name, start), theme, score in zip(
            segments[["segment_id", "start"]].to_numpy(),
            ["bus", "food", "bus"],
            [0.9, 0.5, 0.1],
            strict=True,
        )
    )


def test_what_is_decided_is_in_the_codings_at_any_time(segments, codings):
    widget = review(codings, segments, BOOK, reviewer="kim")
    themes = [card["theme"] for card in widget.cards]

    widget.decisions = [[0, "accepted"]]
    widget.decisions = [[0, "accepted"], [1, "rejected"], [2, "food"]]

    assert themes == ["food", "bus", "bus"]
    reviewed = widget.codings
    assert reviewed[STATUS].to_numpy().tolist() == [
        ["d:0002.01", "bus", "codebook", "rejected"],
        ["e:0001.01", "food", "codebook", "accepted"],
        ["e:0002.01", "bus", "codebook", "rejected"],
        ["e:0002.01", "food", "kim", "human"],
    ]
    assert reviewed["reviewed_by"].tolist() == ["kim"] * 4
    assert reviewed["reviewed_at"].notna().all()


def test_what_is_taken_back_was_never_decided(segments, codings):
    widget = review(codings, segments, BOOK)

    widget.decisions = [[0, "accepted"], [0, "rejected"]]
    widget.decisions = [[0, "accepted"]]
    once = widget.codings["status"].tolist()
    widget.decisions = []

    assert once.count("accepted") == 1
    assert widget.codings["status"].unique().tolist() == ["suggested"]
    assert_frame_equal(widget.codings[list(CODINGS.columns)], codings)


def test_nonsense_from_the_browser_decides_nothing(segments, codings):
    widget = review(codings, segments, BOOK)

    widget.decisions = [[99, "accepted"], [-1, "accepted"], [0, "perhaps"]]

    assert widget.codings["status"].unique().tolist() == ["suggested"]
    assert repr(widget) == "Review(0 of 3 decided by 'reviewer')"


def test_every_decision_is_saved_and_the_review_goes_on_from_the_file(
    tmp_path, segments, codings
):
    path = tmp_path / "review.parquet"
    first = review(codings, segments, BOOK, reviewer="kim", path=path)
    first.decisions = [[0, "accepted"]]

    again = review(codings, segments, BOOK, reviewer="kim", path=path)
    again.decisions = [[0, "rejected"]]

    saved = pd.read_parquet(path)
    assert first.saved == "saved to review.parquet"
    assert len(again.cards) == 2
    assert sorted(saved["status"]) == ["accepted", "rejected", "suggested"]
    assert_frame_equal(saved, again.codings)
    assert list(tmp_path.iterdir()) == [path]


def test_a_disk_that_takes_nothing_is_said_and_stops_nobody(
    tmp_path, segments, codings
):
    folder = tmp_path / "gone"
    folder.mkdir()
    widget = review(codings, segments, BOOK, path=folder / "review.parquet")
    folder.rmdir()

    widget.decisions = [[0, "accepted"]]

    assert widget.saved.startswith("NOT saved to review.parquet: ")
    assert widget.codings["status"].tolist().count("accepted") == 1


def test_a_crash_while_saving_leaves_the_last_file(tmp_path, codings):
    path = tmp_path / "review.parquet"
    save(codings, path)
    cannot_be_written = codings.assign(notes=[object(), 1, "a"])

    with pytest.raises(Exception, match="object"):
        save(cannot_be_written, path)

    assert_frame_equal(pd.read_parquet(path), codings)
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("review.csv", None, r"to a \.parquet file"),
        ("no/review.parquet", None, "a folder that exists"),
        ("review.parquet", b"nothing", "holds no codings"),
    ],
)
def test_files_that_are_no_review_are_left_alone(
    tmp_path, segments, codings, name, content, said
):
    path = tmp_path / name
    if content:
        path.write_bytes(content)

    with pytest.raises(EmpathyInsightsError, match=said):
        review(codings, segments, BOOK, path=path)

    assert not content or path.read_bytes() == content


def test_a_review_of_other_codings_is_not_overwritten(tmp_path, segments, codings):
    path = tmp_path / "review.parquet"
    codings.iloc[:1].to_parquet(path, index=False)

    with pytest.raises(TableError, match="a review of other codings"):
        review(codings, segments, BOOK, path=path)


def test_without_the_extra_its_name_is_said(monkeypatch, segments, codings):
    monkeypatch.setitem(sys.modules, review_widget.__name__, None)

    with pytest.raises(
        EmpathyInsightsError, match=r"pip install empathy-insights\[review\]$"
    ):
        review(codings, segments, BOOK)


def test_no_words_are_set_as_html():
    source = str(review_widget.Review._esm)

    assert "textContent" in source
    assert not [
        word for word in ("innerHTML", "outerHTML", "insertAdj") if word in source
    ]


def test_it_shows_in_a_real_kernel():
    code = """
        import pandas as pd, empathy_insights as ei
        answers = pd.DataFrame({"who": ["ana"], "a": ["It takes me so long to find the right page."]})
        segments = ei.segment(ei.corpus_from_frame(answers, text="a", person="who"))
        book = ei.load_codebook("empathy_core")
        widget = ei.review(ei.code(segments, book), segments, book, reviewer="kim")
        widget.decisions = [[0, "accepted"]]
        print(widget.codings["reviewed_by"].count())
        widget
    """
    lines = "\n".join(line.strip() for line in code.strip().splitlines())
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(lines)])

    NotebookClient(notebook, timeout=120, kernel_name="python3").execute()

    # A busy machine tells of itself on the error stream; what is printed may come in pieces.
    outputs = notebook.cells[0].outputs
    printed = [one.text for one in outputs if one.get("name") == "stdout"]
    shown = [one for one in outputs if one.output_type == "execute_result"]
    assert "".join(printed).strip() == "1"
    assert len(shown) == 1
    assert "application/vnd.jupyter.widget-view+json" in shown[0].data
    assert {one.output_type for one in outputs} == {"stream", "execute_result"}


@pytest.mark.browser
class TestInABrowser:
    @pytest.fixture
    def page(self, browser, segments, codings):
        self.widget = review(codings, segments, BOOK, reviewer="kim")
        page = browser.new_page(viewport={"width": 900, "height": 700})
        page.told = []
        page.on("console", lambda message: page.told.append(message.text))
        page.on("pageerror", lambda error: page.told.append(str(error)))
        page.set_content("<main id=here></main>")
        page.add_style_tag(content=review_widget.Review._css)
        names = ("cards", "themes", "decisions", "at", "saved")
        state = {name: getattr(self.widget, name) for name in names}
        page.evaluate(MOUNT, [review_widget.Review._esm, json.dumps(state)])
        yield page
        assert page.told == []
        page.close()

    def test_keys_decide_and_python_has_the_codings(self, page):
        page.locator(".ei-review").focus()

        for pressed in ("a", "r", "2"):
            page.keyboard.press(pressed)
        self.widget.decisions = page.evaluate("model.state.decisions")

        assert self.widget.decisions == [[0, "accepted"], [1, "rejected"], [2, "food"]]
        assert self.widget.codings[STATUS].to_numpy().tolist() == [
            ["d:0002.01", "bus", "codebook", "rejected"],
            ["e:0001.01", "food", "codebook", "accepted"],
            ["e:0002.01", "bus", "codebook", "rejected"],
            ["e:0002.01", "food", "kim", "human"],
        ]
        assert page.evaluate("model.saves") >= 3

    def test_undo_takes_back_and_arrows_decide_nothing(self, page):
        page.locator(".ei-review").focus()

        for pressed in ("a", "ArrowRight", "ArrowLeft", "r", "u"):
            page.keyboard.press(pressed)

        assert page.evaluate("model.state.decisions") == [[0, "accepted"]]
        assert page.evaluate("model.state.at") == 1
        assert "2 of 3, 1 decided" in page.locator("[role=status]").inner_text()

    def test_buttons_and_the_theme_itself_do_as_keys_do(self, page):
        page.get_by_role("button", name="Accept").click()
        page.get_by_role("button", name="The bus").click()
        page.keyboard.press("r")

        assert page.evaluate("model.state.decisions") == [
            [0, "accepted"], [1, "accepted"], [2, "rejected"],
        ]  # fmt: skip
        assert page.locator(".ei-decided").inner_text() == "Decided: rejected"

    def test_a_question_words_and_a_definition_are_shown_as_text(self, page):
        page.locator(".ei-review").focus()
        page.keyboard.press("ArrowRight")

        assert page.locator(".ei-text").inner_text() == f"By bus {ATTACK}."
        assert page.locator("mark").inner_text() == "bus"
        assert page.locator(".ei-context").inner_text() == "Question: How?"
        assert page.locator(".ei-theme").inner_text() == "The bus Getting there."
        assert page.locator("img").count() == 0
        assert page.title() == ""

    def test_keys_do_not_reach_the_notebook(self, page):
        page.evaluate(
            "() => { document.onkeydown = (e) => { document.title += e.key } }"
        )
        page.locator(".ei-review").focus()

        for pressed in ("a", "x"):
            page.keyboard.press(pressed)

        assert page.title() == "x"
        assert page.locator("[data-lm-suppress-shortcuts=true]").count() == 1

    def test_what_python_saves_is_said(self, page):
        page.evaluate("model.set('saved', 'saved to review.parquet')")

        assert page.locator("[role=status]").inner_text() == (
            "1 of 3, 0 decided · saved to review.parquet"
        )

    def test_nothing_to_review_is_said(self, page):
        page.evaluate("model.set('cards', [])")
        page.locator(".ei-review").focus()
        page.keyboard.press("a")

        assert page.locator(".ei-review").inner_text() == "Nothing waits for a review."


MOUNT = """async ([source, state]) => {
  const listeners = {};
  window.model = {
    state: JSON.parse(state), saves: 0,
    get(name) { return this.state[name]; },
    set(name, value) {
      this.state[name] = value;
      (listeners[`change:${name}`] || []).forEach((call) => call());
    },
    save_changes() { this.saves += 1; },
    on(name, call) { (listeners[name] ||= []).push(call); },
  };
  const file = new Blob([source], { type: "text/javascript" });
  const module = await import(URL.createObjectURL(file));
  module.default.render({ model: window.model, el: document.getElementById("here") });
}"""
