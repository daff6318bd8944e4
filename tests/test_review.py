"""The review page in a notebook: real traits in Python, the frame in a real Chromium."""

import json
import sys
from types import SimpleNamespace

import nbformat
import pytest
from nbclient import NotebookClient

from empathy_insights.analysis.estimate.next_passages import next_passages
from empathy_insights.codebook import Codebook, Theme
from empathy_insights.coding.review.decision_files import decisions_of
from empathy_insights.errors import EmpathyInsightsError, TableError
from empathy_insights.report import review_widget
from empathy_insights.report.notebook_review import review
from empathy_insights.report.review_page import review_html
from tests.test_review_page import BOOK, HOSTILE, study

THEMES = ["bus", "lunch", "help"]


@pytest.fixture(scope="module")
def run(talk):
    return study(talk, [f"On day {n} I waited number {n}." for n in range(40)])


def told(*passages, reader="Kim", **more):
    """Return what a page gives: which passage has which themes."""
    return {
        "reader": reader,
        "asked": THEMES,
        "decisions": [
            {"segment_id": name, "themes": themes, "read_at": "2026-11-27T10:00:00Z"}
            for name, themes in passages
        ],
        **more,
    }


def give(widget, content):
    """Do what a message from the browser does."""
    widget.set_state(
        {"answers": content if isinstance(content, str) else json.dumps(content)}
    )


def put(path, content):
    path.write_text(json.dumps(content), encoding="utf-8")
    return path


def rows(table):
    return table[["segment_id", "theme", "coder"]].to_numpy().tolist()


BUS, NONE = ("d:0002.01", ["bus"]), ("d:0004.01", [])
BOTH = [["d:0002.01", "bus", "Kim"], ["d:0004.01", "no_theme", "Kim"]]


def test_what_is_decided_is_a_table_for_the_analysis_at_any_time(run):
    widget = review(run, reader="Kim")
    before = len(widget.decisions)

    give(widget, told(BUS, NONE))

    assert before == 0
    assert rows(widget.decisions) == BOTH
    assert rows(decisions_of(widget.decisions, BOOK)) == BOTH
    assert set(widget.decisions["asked"]) == {""}
    assert widget.told == told(BUS, NONE)
    assert repr(widget) == "Review(2 passages read by 'Kim')"
    give(widget, told())
    assert len(widget.decisions) == 0


@pytest.mark.parametrize(
    "sent", ["", "{", "[]", "[" * 9999, '{"reader": "Kim", "decisions": [1]}']
)
def test_nonsense_from_the_browser_decides_nothing(run, tmp_path, sent):
    widget = review(run, reader="Kim", path=tmp_path)
    give(widget, told(BUS))

    give(widget, sent)
    give(widget, told(NONE, reader="Lee"))

    assert widget.told == told(BUS)
    assert json.loads((tmp_path / "decisions-Kim.json").read_text("utf-8")) == told(BUS)


def test_every_change_is_saved_and_the_review_goes_on_from_the_file(run, tmp_path):
    first = review(run, reader="Kim", path=tmp_path)
    assert list(tmp_path.iterdir()) == []
    give(first, told(BUS))
    [path] = tmp_path.iterdir()

    again = review(run, reader="kim", path=tmp_path)
    kept = rows(again.decisions)
    give(again, told(BUS, NONE))

    assert path.name == "decisions-Kim.json"
    assert first.saved == "Saved in decisions-Kim.json"
    assert json.loads(again.earlier) == told(BUS)
    assert kept == BOTH[:1]
    assert list(tmp_path.iterdir()) == [path]
    assert rows(decisions_of(path, BOOK)) == BOTH


def test_a_file_that_is_named_says_who_reads(run, tmp_path):
    path = put(tmp_path / "decisions-mine.json", told(BUS))

    assert review(run, path=path).reader == "Kim"
    assert review(run, path=tmp_path / "decisions-Lee.json").reader == "Lee"


def test_opening_the_page_again_writes_nothing(run, tmp_path):
    path = put(tmp_path / "decisions-Kim.json", told(BUS))
    before = path.read_bytes()
    widget = review(run, reader="Kim", path=tmp_path)

    give(widget, told(BUS, saved_at="2026-11-28T10:00:00Z"))

    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "other", [told(BUS, reader="Kim B"), told(BUS, asked=["food"], codebook={"themes": {"food": "Food"}})]
)  # fmt: skip
def test_another_readers_file_and_one_of_other_themes_are_left_alone(
    run, tmp_path, other
):
    path = put(tmp_path / "decisions-Kim.json", other)
    before = path.read_bytes()

    widget = review(run, reader="Kim", path=tmp_path)
    give(widget, told(NONE))

    assert path.read_bytes() == before
    assert widget.saved == "Saved in decisions-Kim-2.json"
    with pytest.raises(TableError, match=r"^decisions-Kim\.json: this file"):
        review(run, reader="Kim", path=path)


def test_what_somebody_wrote_meanwhile_is_not_written_over(run, tmp_path):
    widget = review(run, reader="Kim", path=tmp_path)
    give(widget, told(BUS))
    path = put(tmp_path / "decisions-Kim.json", told(NONE))
    before = path.read_bytes()

    give(widget, told(BUS, NONE))

    assert path.read_bytes() == before
    assert widget.saved == (
        "NOT saved in decisions-Kim.json: somebody else has written it since; "
        "run this cell again to go on from it"
    )
    assert rows(widget.decisions) == BOTH


def test_a_long_name_makes_no_file_name_that_a_disk_refuses(run, tmp_path):
    widget = review(run, reader="Kim " * 100, path=tmp_path)

    give(widget, told(BUS, reader=widget.reader))

    assert [len(one.name) for one in tmp_path.iterdir()] == [75]


def test_a_disk_that_takes_nothing_is_said_and_stops_nobody(run, tmp_path):
    folder = tmp_path / "gone"
    folder.mkdir()
    widget = review(run, reader="Kim", path=folder)
    folder.rmdir()

    give(widget, told(BUS))

    assert widget.saved.startswith("NOT saved in decisions-Kim.json: ")
    assert rows(widget.decisions) == BOTH[:1]


def test_half_a_letter_in_a_note_is_saved_too(run, tmp_path):
    widget = review(run, reader="Kim", path=tmp_path)
    content = told(BUS)
    content["decisions"][0]["note"] = "wait \ud83d"

    give(widget, content)
    give(widget, told(NONE))

    assert widget.saved == "Saved in decisions-Kim.json"
    assert [one.name for one in tmp_path.iterdir()] == ["decisions-Kim.json"]


@pytest.mark.parametrize(
    ("reader", "name", "content", "said"),
    [
        ("", "", None, 'say it, as in reader="Kim"'),
        ("Kim", "kim.json", None, "called decisions-NAME.json"),
        ("Kim", "no/decisions-Kim.json", None, "in a folder that exists"),
        ("Kim", "decisions-Kim.json", "nothing", "cannot be read"),
        ("Kim", "decisions-Kim.json", "[]", "no file of decisions"),
        ("", "decisions-Kim.json", json.dumps(told(BUS, reader="")), "another reader"),
    ],
)
def test_files_that_cannot_be_gone_on_with_are_left_alone(
    run, tmp_path, reader, name, content, said
):
    path = tmp_path / name
    if content:
        path.write_text(content, encoding="utf-8")

    with pytest.raises(EmpathyInsightsError, match=said):
        review(run, reader=reader, path=path)

    assert not content or path.read_text("utf-8") == content


def test_it_is_the_page_with_its_first_passages(run):
    def passages(page):
        data = page.split('<script type="application/json" id="data">')[1]
        return json.loads(data.split("</script>")[0])["passages"]["id"]

    order = next_passages(run, n=40)["segment_id"].tolist()
    assert passages(review_html(run)) == order
    assert passages(review(run).page) == order
    assert passages(review(run, n=7).page) == order[:7]
    with pytest.raises(ValueError, match="n must be 1 or more"):
        review(run, n=0)


def test_what_is_no_analysis_is_told_so(run):
    with pytest.raises(TypeError, match="must be an Analysis, as analyze returns it"):
        review(run.codings)


def test_without_the_extra_its_name_is_said(monkeypatch, run):
    monkeypatch.setitem(sys.modules, review_widget.__name__, None)

    with pytest.raises(
        EmpathyInsightsError, match=r"pip install empathy-insights\[review\]$"
    ):
        review(run)


@pytest.mark.slow
def test_it_shows_in_a_real_kernel_and_the_analysis_counts_it(tmp_path):
    code = f"""
        import json, pandas as pd, empathy_insights as ei
        answers = pd.DataFrame({{"who": ["ana", "ben"], "a": ["The bus is late.", "Fine."]}})
        corpus = ei.corpus_from_frame(answers, text="a", person="who")
        run = ei.analyze(corpus, embedder="static")
        widget = ei.review(run, reader="Kim", path={str(tmp_path)!r})
        one = {{"segment_id": run.segments["segment_id"].iloc[0], "themes": ["tech_support"]}}
        widget.set_state({{"answers": json.dumps({{"reader": "Kim", "decisions": [one]}})}})
        again = ei.analyze(corpus, decisions=[widget.decisions], embedder="static")
        print(again.decisions["coder"].tolist())
        widget
    """
    lines = "\n".join(line.strip() for line in code.strip().splitlines())
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(lines)])

    # However busy the machine is: by default, what a kernel says four seconds after its
    # reply is dropped in silence.
    NotebookClient(
        notebook, startup_timeout=600, iopub_timeout=600, raise_on_iopub_timeout=True,
        kernel_name="python3",
    ).execute()  # fmt: skip

    # A busy machine tells of itself on the error stream; what is printed may come in pieces.
    outputs = notebook.cells[0].outputs
    printed = [one.text for one in outputs if one.get("name") == "stdout"]
    shown = [one for one in outputs if one.output_type == "execute_result"]
    assert "".join(printed).strip() == "['Kim']"
    assert len(shown) == 1
    assert "application/vnd.jupyter.widget-view+json" in shown[0].data
    assert [one.name for one in tmp_path.iterdir()] == ["decisions-Kim.json"]


@pytest.mark.browser
class TestInABrowser:
    @pytest.fixture
    def shown(self, browser):
        """Show a widget as a notebook does; what the frame sets, the widget gets."""
        pages = []

        def show(widget, n_views=1):
            page = browser.new_page(viewport={"width": 900, "height": 900})
            page.set_default_timeout(60_000)
            page.noted = []
            page.on("console", lambda message: page.noted.append(message.text))
            page.on("pageerror", lambda error: page.noted.append(str(error)))
            page.set_content("<main id=here></main>")

            def to_python(state):
                widget.set_state(state)
                return widget.saved

            page.expose_function("toPython", to_python)
            names = ("page", "reader", "earlier", "kept", "answers", "saved")
            state = {name: getattr(widget, name) for name in names}
            page.evaluate(MOUNT, [widget._esm, json.dumps(state), n_views])
            frames = [page.frame_locator(f"iframe >> nth={n}") for n in range(n_views)]
            pages.append(page)
            return SimpleNamespace(page=page, frames=frames, frame=frames[0])

        yield show
        for page in pages:
            assert page.noted == []
            page.close()

    def wait(self, at, n):
        """Wait until Python has so many decisions."""
        at.page.wait_for_function("n => model.heard === n", arg=n)

    def test_a_person_reads_by_keyboard_and_python_has_it(self, shown, run, tmp_path):
        widget = review(run, reader="Kim", path=tmp_path)
        at = shown(widget)
        name = at.frame.locator("#reader")
        assert (name.input_value(), name.get_attribute("readonly")) == ("Kim", "")
        assert not at.frame.locator("#earlier").is_visible()
        at.frame.locator("#begin button").press("Enter")
        for pressed in ("1", "Enter", "Enter", "u", "Shift+Digit2", "Enter", "3"):
            at.page.keyboard.press(pressed)
        at.page.keyboard.press("Enter")
        self.wait(at, 3)
        assert at.page.get_by_role("status").inner_text() == (
            "Saved in decisions-Kim.json"
        )
        assert at.frame.locator("#progress").inner_text().startswith("3 of 30")

        table = widget.decisions
        assert table["theme"].tolist() == ["bus", "lunch", "help"]
        assert table["stance"].tolist() == ["neutral", "need", "neutral"]
        assert set(table["coder"]) == {"Kim"}
        assert widget.told["format"] == "empathy_insights decisions"
        assert not at.frame.locator("#save").is_visible()
        assert not at.frame.locator("#warning").is_visible()
        saved = decisions_of(tmp_path / "decisions-Kim.json", BOOK)
        assert rows(saved) == rows(table)

    def test_it_goes_on_from_the_file(self, shown, run, tmp_path):
        first = review(run, reader="Kim", path=tmp_path)
        at = shown(first)
        at.frame.locator("#begin button").press("Enter")
        for pressed in ("1", "Enter", "2", "Enter"):
            at.page.keyboard.press(pressed)
        self.wait(at, 2)

        again = review(run, reader="Kim", path=tmp_path)
        at = shown(again)
        at.frame.locator("#begin button").press("Enter")
        assert at.frame.locator("#place").inner_text() == "Passage 3"
        at.page.keyboard.press("3")
        at.page.keyboard.press("Enter")
        self.wait(at, 3)

        assert again.decisions["theme"].tolist() == ["bus", "lunch", "help"]

    def test_shown_again_it_is_where_it_was(self, shown, run):
        widget = review(run)
        at = shown(widget)
        at.frame.locator("#reader").fill("Lee")
        at.frame.locator("#begin button").press("Enter")
        for pressed in ("1", "Enter", "2"):  # chosen, and not yet done with
            at.page.keyboard.press(pressed)
        at.frame.locator("[data-theme='1'][aria-pressed=true]").wait_for()
        self.wait(at, 1)

        give(widget, widget.told | {"saved_at": "2026-11-27T10:00:00Z"})
        at = shown(widget)

        assert at.frame.locator("#place").inner_text() == "Passage 2"
        at.page.wait_for_function("model.heard !== undefined")
        assert widget.told["saved_at"] == "2026-11-27T10:00:00Z"  # nothing new
        assert at.frame.locator("[aria-pressed=true]").count() == 1
        at.frame.locator("#undo").click()
        at.frame.locator("#undo").click()
        assert widget.told["reader"] == "Lee"
        assert at.frame.locator("#progress").inner_text().startswith("0 of 30")
        self.wait(at, 0)
        assert len(widget.decisions) == 0

    def test_a_second_view_follows_the_first(self, shown, run):
        widget = review(run, reader="Kim")
        at = shown(widget, n_views=2)
        one, two = at.frames
        one.locator("#begin button").press("Enter")
        at.page.keyboard.press("1")
        at.page.keyboard.press("Enter")

        two.locator("#place").wait_for()
        assert two.locator("#place").inner_text() == "Passage 2"
        two.locator("#next").click()
        one.get_by_role("heading", name="Passage 3").wait_for()
        self.wait(at, 2)

        assert widget.decisions["theme"].tolist() == ["bus", "no_theme"]

    def test_only_its_own_frame_is_heard(self, shown, run):
        widget = review(run, reader="Kim")
        at = shown(widget)
        at.frame.locator("#begin button").wait_for()
        forged = json.dumps(told(BUS))

        at.page.evaluate(
            "told => postMessage({kept: {}, decisions: told}, '*')", forged
        )
        at.page.evaluate("() => new Promise((done) => setTimeout(done, 50))")

        assert at.page.evaluate("model.state.answers") == ""

    def test_the_page_reaches_neither_the_notebook_nor_the_network(
        self, shown, talk, run
    ):
        hostile = study(talk, [HOSTILE, "I waited."])
        at = shown(review(hostile, reader="Kim"))
        at.frame.locator("#begin button").press("Enter")
        at.frame.locator("#text").wait_for()
        [inner] = at.page.frames[1:]

        assert at.page.locator("iframe").get_attribute("sandbox") == (
            "allow-scripts allow-forms"
        )
        assert inner.evaluate("origin") == "null"
        assert inner.evaluate("window.hit") is None
        assert at.frame.locator("img").count() == 0

    def test_at_the_end_the_notebook_says_what_comes_next(self, shown, talk):
        book = Codebook("b", "B", themes=(Theme("bus", "The bus"),))
        at = shown(review(study(talk, ["I waited."], book=book), reader="Kim"))
        at.frame.locator("#begin button").press("Enter")
        at.page.keyboard.press("Enter")

        said = at.frame.locator("#done").inner_text()
        assert "ei.analyze(…, decisions=[widget.decisions])" in said
        assert "Save your answers" not in said


MOUNT = """async ([source, state, views]) => {
  const listeners = {};
  const changed = {};
  window.model = {
    state: JSON.parse(state),
    get(name) { return this.state[name]; },
    set(name, value) {
      if (JSON.stringify(this.state[name]) === JSON.stringify(value)) return;
      this.state[name] = changed[name] = value;
      (listeners[`change:${name}`] || []).forEach((call) => call());
    },
    async save_changes() {
      const { answers } = changed;
      const saved = await window.toPython({ ...changed });
      this.heard = answers ? JSON.parse(answers).decisions.length : -1;
      if (saved) this.set("saved", saved);
    },
    on(name, call) { (listeners[name] ||= []).push(call); },
    off(name, call) { listeners[name] = listeners[name].filter((one) => one !== call); },
  };
  const file = new Blob([source], { type: "text/javascript" });
  const module = await import(URL.createObjectURL(file));
  for (let n = 0; n < views; n += 1) {
    const el = document.createElement("div");
    document.getElementById("here").append(el);
    module.default.render({ model: window.model, el });
  }
}"""
