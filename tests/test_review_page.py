"""The page in which people read, as a person meets it, in a real Chromium."""

import json
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from empathy_insights.analysis.estimate.counts import estimate_counts
from empathy_insights.analysis.estimate.next_passages import next_passages
from empathy_insights.codebook import Boundary, Codebook, Example, NearMiss, Theme
from empathy_insights.coding.review.decision_files import decisions_of, latest
from empathy_insights.coding.review.fingerprints import fingerprint
from empathy_insights.report.export import write_text
from empathy_insights.report.review_page import review_html
from empathy_insights.tables import CODINGS
from empathy_insights.text.segments import segment
from tests.conftest import watched

pytestmark = pytest.mark.browser

BUS = Theme(
    "bus", "The bus", "Getting to school", "How people get to school.",
    use_when=("Somebody waits for it.",), not_when=(Boundary("It is food.", "lunch"),),
    examples=(Example("It came late."),), near_misses=(NearMiss("Bussing tables.", "lunch", "that is work"),),
)  # fmt: skip
BOOK = Codebook(
    "b", "B", version="1",
    themes=(BUS, Theme("lunch", "Lunch", "Eating"), Theme("help", "Help"),
            Theme("help.adults", "From adults", parent="help")),
)  # fmt: skip
HOSTILE = (
    "</script><img src=x onerror='window.hit=1'><script>window.hit=1</script> &lt;"
)
BY_KIM = {"coder": "kim", "status": "human", "method": "read", "codebook_sha256": ""}
WITHOUT_PICKER = (
    "delete Window.prototype.showSaveFilePicker; delete window.showSaveFilePicker;"
)
PHONE = {
    "viewport": {"width": 360, "height": 740},
    "has_touch": True,
    "is_mobile": True,
}
WHOLE_SCREEN = {"viewport": {"width": 1200, "height": 900}}

REST = [
    ("start", "dark"), ("start", "phone"), ("about", "dark"), ("about", "phone"),
    ("more", "light"), ("more", "dark"), ("end", "light"), ("end", "phone"),
]  # fmt: skip


def study(talk, said, *, book=BOOK, codings=(), kind="interview", more=None):
    """Return what a page is made of: a passage a person, after a question each."""
    turns = [
        turn
        for n, words in enumerate(said)
        for turn in [("?", f"How is day {n}?"), (f"p{n:04d}", words)]
    ]
    corpus = talk({"d": turns, **(more or {})}, kinds={"d": kind})
    segments = segment(corpus)
    themes = [theme.id for theme in book.main_themes]
    n = len(segments)
    likely = np.linspace(0.1, 0.9, n * len(themes)).reshape(n, -1)
    table = pd.DataFrame(likely, columns=themes).assign(
        segment_id=segments["segment_id"]
    )
    codings = CODINGS.frame(list(codings))
    estimate = estimate_counts(table, codings, corpus, n_draws=16)
    return SimpleNamespace(
        corpus=corpus, segments=segments, codings=codings, codebook=book, estimate=estimate,
        sensitive=segments[segments["text"].str.contains("hurt")], deidentified=object(),
    )  # fmt: skip


def written(run, folder, name="review.html"):
    write_text(folder / name, review_html(run))
    return folder / name


@pytest.fixture(scope="module")
def run(talk):
    return study(talk, [f"On day {n} I waited number {n}." for n in range(100)])


@pytest.fixture(scope="module")
def page_file(run, tmp_path_factory):
    return written(run, tmp_path_factory.mktemp("page"))


@pytest.fixture(scope="module")
def order(run):
    return next_passages(run, n=100)["segment_id"].tolist()


@pytest.fixture(scope="module")
def computers(browser):
    """Keep the usual browsers that stand free: to open a new one takes half a second."""
    free = []
    yield free
    for context in free:
        context.close()


def left_as_found(context):
    """Close what a test has opened, and forget what it has kept."""
    for page in context.pages:
        page.evaluate("localStorage.clear()")
    for page in context.pages[1:]:
        page.close()
    for page in context.pages:
        page.told = None
    return context


@pytest.fixture
def opened(browser, page_file, computers):
    """Open a page; it remembers what the console said and what was requested."""
    usual, special = [], []

    def new_context(script, options):
        context = browser.new_context(**(WHOLE_SCREEN | options))
        context.add_init_script(script)
        context.set_default_timeout(60_000)
        return context

    def computer(script, options):
        if options or script != WITHOUT_PICKER:
            special.append(new_context(script, options))
            return special[-1]
        usual.append(computers.pop() if computers else new_context(script, options))
        return usual[-1]

    def open_(file=page_file, context=None, script=WITHOUT_PICKER, **options):
        context = context or computer(script, options)
        free = [page for page in context.pages if page.told is None]
        page = (
            free[0] if free else watched(context.new_page(), "file:", "data:", "blob:")
        )
        page.told = []
        page.goto(file.as_uri())
        return page

    yield open_
    for context in special:
        context.close()
    computers.extend(map(left_as_found, usual))


def begin_by_hand(page, name="Kim", readers=1, turn=1):
    page.locator("#reader").fill(name)
    page.locator("#readers").select_option(str(readers))
    page.locator("#turn").evaluate("(box, turn) => { box.value = turn; }", str(turn))
    page.locator("#begin button").click()
    return page


def begin(page, name="Kim", readers=1, turn=1):
    """Do the same at once: waiting for each part by itself takes half a second."""
    page.evaluate(
        """([name, readers, turn]) => {
          const part = (id) => document.getElementById(id);
          part("reader").value = name;
          part("readers").value = readers;
          part("readers").dispatchEvent(new Event("change"));
          part("turn").value = turn;
          part("begin").requestSubmit();
        }""",
        [name, str(readers), str(turn)],
    )
    return page


def saved(page, folder, button="#save"):
    with page.expect_download() as download:
        page.locator(button).click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def decided(path):
    return json.loads(path.read_text("utf-8"))["decisions"]


def read_on(page, n):
    """Press the arrow so many times."""
    page.evaluate(
        """(n) => {
          for (let times = 0; times < n; times += 1) {
            const key = new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true });
            (document.activeElement || document.body).dispatchEvent(key);
          }
        }""",
        n,
    )


def words_of(run, ids):
    return run.segments.set_index("segment_id")["text"].loc[ids].tolist()


def test_thirty_passages_are_read_by_keyboard_in_two_sittings(
    opened, run, order, tmp_path
):
    page = begin_by_hand(opened())
    for _ in range(15):
        page.keyboard.press("1")
        page.keyboard.press("Enter")
    page.keyboard.press("2")  # chosen, and not yet done with
    page.close()

    page = opened(context=page.context)
    assert page.locator("#progress").inner_text().startswith("15 of 30, about ")
    assert page.locator("#text").inner_text() == words_of(run, order[15:16])[0]
    assert page.locator("[data-theme='1']").get_attribute("aria-pressed") == "true"
    page.keyboard.press("Shift+Digit2")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("u")  # not done with it after all
    page.keyboard.press("u")  # and no need
    page.keyboard.press("ArrowRight")
    for _ in range(14):
        page.keyboard.press("Enter")

    assert page.locator("#thanks").inner_text() == "Thank you, Kim."
    path = saved(page, tmp_path, "#save-done")
    assert path.name == "decisions-Kim.json"
    table = decisions_of(path, BOOK)
    assert table["segment_id"].tolist() == order[:30]
    assert table["theme"].tolist() == ["bus"] * 15 + ["lunch"] + ["no_theme"] * 14
    assert set(table["coder"]) == {"Kim"}
    assert set(table["asked"]) == {""}
    assert page.told == []


@pytest.mark.slow
def test_thirty_passages_are_read_on_a_phone_by_touch(opened, order, tmp_path):
    page = begin(opened(**PHONE))
    page.locator("[data-theme='2']").tap()
    page.locator("[data-stance='mixed']").tap()
    page.locator("#release").tap()
    page.locator("#needs-care").tap()
    page.locator("#note").fill("Ask her again.")
    for _ in range(30):
        page.locator("#next").tap()

    path = saved(page, tmp_path, "#save-done")

    first, *others = decided(path)
    assert first["segment_id"] == order[0]
    assert first["themes"] == ["help"]
    assert first["stances"] == {"help": "mixed"}
    assert (first["release"], first["care"], first["note"]) == (
        True,
        True,
        "Ask her again.",
    )
    assert [one["themes"] for one in others] == [[]] * 29
    assert decisions_of(path, BOOK)["stance"].tolist()[0] == "mixed"
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def test_readers_share_the_first_ten_and_then_split_the_rest(
    opened, run, order, tmp_path
):
    one = begin_by_hand(opened(), "Kim", 2, 1)
    two = begin_by_hand(opened(), "Lee", 2, 2)
    one.keyboard.press("1")
    two.keyboard.press("2")
    read_on(one, 30)
    read_on(two, 30)
    paths = [saved(page, tmp_path, "#save-done") for page in (one, two)]

    kim, lee = ([a["segment_id"] for a in decided(path)] for path in paths)
    assert kim[:10] == lee[:10] == order[:10]
    assert sorted(kim[10:] + lee[10:], key=order.index) == order[10:50]
    both = latest([decisions_of(path, BOOK) for path in paths])
    assert both.loc[both["segment_id"] == order[0], ["theme", "coder"]].to_numpy().tolist() == [
        ["bus", "Kim"], ["lunch", "Lee"]
    ]  # fmt: skip
    assert len(both) == 60


def test_what_chance_picked_is_dealt_to_all_readers(opened, talk, tmp_path):
    run = study(talk, [f"On day {n} I waited." for n in range(35)])
    page, places = opened(written(run, tmp_path)), []
    for turn in range(1, 6):
        begin(page, f"Reader {turn}", 5, turn)
        read_on(page, 15)
        places.append([one["segment_id"] for one in decided(saved(page, tmp_path))])
        page.locator("#more").click()
        page.locator("#other-reader").click()

    listed = next_passages(run, n=35).set_index("segment_id")["picked"]
    later = [place[10:] for place in places]
    assert sorted(name for ids in later for name in ids) == sorted(listed.index[10:])
    assert [[*listed[ids]].count("at random") for ids in later] == [1] * 5


def test_the_guess_stays_hidden_where_chance_picked_and_shows_elsewhere(
    opened, tmp_path
):
    page = begin(opened())
    assert not page.locator("#guessed").is_visible()
    assert "Picked by chance" in page.locator("#picked").inner_text()
    read_on(page, 1)
    page.keyboard.press("g")
    assert page.locator("#guesses li").count() >= 1
    page.keyboard.press("g")
    assert not page.locator("#guessed").is_visible()
    read_on(page, 9)
    assert page.locator("#guessed").is_visible()
    read_on(page, 1)

    answers = decided(saved(page, tmp_path))

    assert [one["saw_guess"] for one in answers] == [False, True, *[False] * 8, True]


def test_who_wants_no_guess_reads_without_it(opened, tmp_path):
    page = begin(opened())
    page.locator("#more").click()
    page.locator("#wants-guess").uncheck()
    page.keyboard.press("Escape")
    read_on(page, 11)

    assert {one["saw_guess"] for one in decided(saved(page, tmp_path))} == {False}


def test_a_theme_says_what_it_means_and_gives_the_focus_back(opened):
    page = begin(opened())
    page.locator("[data-about='0']").focus()
    page.keyboard.press("Enter")

    assert page.locator("#about h2").inner_text() == "The bus"
    text = page.locator("#about-text").inner_text()
    assert "How people get to school." in text
    assert "Somebody waits for it." in text
    assert "It is food. Then it is “Lunch”." in text
    assert "“Bussing tables.” (that is work). Then it is “Lunch”." in text
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.dataset.about") == "0"


def test_the_question_and_the_turns_around_are_there(opened, talk, tmp_path):
    said = ["It is cold.", "I was hurt.", "It is late."]
    run = study(talk, said)
    page = begin(opened(written(run, tmp_path)))
    while page.locator("#text").inner_text() != "I was hurt.":
        page.locator("#next").click()

    page.keyboard.press("w")

    assert page.locator("#question").inner_text() == "How is day 1?"
    assert page.locator("#turns li").all_inner_texts() == [
        "Another student\nIt is cold.", "Interviewer\nHow is day 1?",
        "The same person\nI was hurt.", "Interviewer\nHow is day 2?",
        "Another student\nIt is late.",
    ]  # fmt: skip
    assert page.locator("#turns mark").inner_text() == "I was hurt."
    assert page.locator("#care").is_visible()


def test_answers_in_a_survey_do_not_stand_around_each_other(opened, talk, tmp_path):
    run = study(talk, ["It is cold.", "It is late."], kind="survey")

    page = begin(opened(written(run, tmp_path)))

    assert not page.locator("#around").is_visible()


def test_a_study_that_got_another_interview_is_still_known(opened, talk, tmp_path):
    said = [f"I waited on day {n}." for n in range(40)]
    page = begin(opened(written(study(talk, said), tmp_path)))
    page.keyboard.press("1")
    read_on(page, 1)
    more = {"e": [("zoe", "I have something to add.")]}
    page = opened(written(study(talk, said, more=more), tmp_path), page.context)

    assert page.locator("#said").inner_text() == "Welcome back, Kim."
    told = decided(saved(page, tmp_path))
    assert [one["themes"] for one in told] == [["bus"]]


def test_after_the_next_analysis_reading_goes_on_and_the_file_keeps_all(
    opened, talk, run, order, tmp_path
):
    page = begin(opened())
    read_on(page, 30)
    first = saved(page, tmp_path)
    read = decisions_of(first, BOOK).drop(columns="asked").to_dict("records")
    later = study(talk, run.segments["text"], codings=read)
    page = opened(written(later, tmp_path), page.context)
    page.locator("#reading").wait_for()

    assert page.locator("#place").inner_text() == "Passage 1"
    assert page.locator("#progress").inner_text().startswith("0 of 30")
    assert page.locator("#before").inner_text() == "30 of 100 were read before"
    read_on(page, 2)
    ids = [one["segment_id"] for one in decided(saved(page, tmp_path))]
    assert ids == order[:30] + next_passages(later, n=2)["segment_id"].tolist()


def test_answers_to_other_themes_stay_in_a_file_of_their_own(opened, talk, tmp_path):
    said = [f"I waited on day {n}." for n in range(40)]
    page = begin(opened(written(study(talk, said), tmp_path)))
    read_on(page, 2)
    book = Codebook("b", "B", themes=(*BOOK.themes, Theme("cold", "The cold")))
    page = opened(written(study(talk, said, book=book), tmp_path), page.context)

    assert page.locator("#progress").inner_text().startswith("0 of 30")
    read_on(page, 1)
    path = saved(page, tmp_path)
    assert path.name == "decisions-Kim-2.json"
    assert len(decided(path)) == 1


def test_thirty_more_are_offered_until_all_are_read(opened, run, order, tmp_path):
    page = begin(opened())
    read_on(page, 30)
    assert page.locator("#again").inner_text() == "30 more"
    page.locator("#again").click()
    assert page.locator("#progress").inner_text().startswith("30 of 60, about ")
    read_on(page, 30)
    page.locator("#again").click()
    read_on(page, 30)
    assert page.locator("#again").inner_text() == "10 more"
    page.locator("#again").click()
    read_on(page, 10)

    assert not page.locator("#again").is_visible()
    ids = [one["segment_id"] for one in decided(saved(page, tmp_path, "#save-done"))]
    assert ids == order


def test_what_was_skipped_is_offered_at_the_end_and_stays_open(opened, order, tmp_path):
    page = begin(opened())
    page.keyboard.press("s")
    read_on(page, 29)
    assert "You skipped 1 passage." in page.locator("#done-said").inner_text()
    ids = [one["segment_id"] for one in decided(saved(page, tmp_path, "#save-done"))]
    assert ids == order[1:30]

    page.locator("#skipped").click()

    assert page.locator("#place").inner_text() == "Passage 1"


def test_everything_can_be_taken_back_and_looked_at_again(opened, order, tmp_path):
    page = begin(opened())
    page.keyboard.press("3")
    page.keyboard.press("r")
    page.keyboard.press("n")
    page.keyboard.type("Who? 1 2 3")
    page.keyboard.press("Escape")
    page.keyboard.press("Enter")
    page.keyboard.press("ArrowLeft")
    assert page.locator("#place").inner_text() == "Passage 1 read"
    assert page.locator("#note").input_value() == "Who? 1 2 3"

    told = []
    for _ in range(5):
        page.keyboard.press("u")
        told.append(page.locator("#said").inner_text())

    assert told == [
        "Taken back: Read.", "Taken back: Note.", "Taken back: Quote released.",
        "Taken back: Help chosen.", "There is nothing to take back.",
    ]  # fmt: skip
    assert page.locator("[aria-pressed='true']").count() == 0
    assert page.locator("#note").input_value() == ""
    assert page.locator("#progress").inner_text().startswith("0 of 30")


def test_an_earlier_file_goes_on_where_it_ended(opened, order, tmp_path):
    first = begin(opened(), "Zoë O'Neil")
    first.keyboard.press("1")
    read_on(first, 3)
    path = saved(first, tmp_path)
    assert path.name == "decisions-Zoë-O-Neil.json"

    page = opened()  # another computer
    page.locator("#earlier").set_input_files(path)
    page.locator("#reading").wait_for()
    read_on(page, 1)

    assert page.locator("#who").inner_text() == "Zoë O'Neil"
    again = decided(saved(page, tmp_path))
    assert [one["segment_id"] for one in again] == order[:4]
    assert again[0]["themes"] == ["bus"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("<html>", "no file of decisions"),
        ('{"reader": "k", "decisions": [1]}', "no file of decisions"),
        ('{"reader": "k", "asked": ["bus"], "decisions": []}', "answers other themes"),
    ],
)
def test_a_file_that_does_not_fit_is_refused_in_a_sentence(
    opened, tmp_path, text, words
):
    page = opened()
    (tmp_path / "decisions-k.json").write_text(text)

    page.locator("#earlier").set_input_files(tmp_path / "decisions-k.json")

    page.locator(f"#start-said:has-text('{words}')").wait_for()
    assert page.locator("#start").is_visible()
    assert page.told == []


def test_answers_follow_a_passage_whose_id_moved(opened, talk, order, run, tmp_path):
    page = begin(opened())
    page.keyboard.press("1")
    text = page.locator("#text").inner_text()
    read_on(page, 1)
    path = saved(page, tmp_path)

    # A turn came in before all others.
    moved = study(talk, ["Good morning.", *run.segments["text"]])
    page = opened(written(moved, tmp_path))
    page.locator("#earlier").set_input_files(path)
    page.locator("#reading").wait_for()

    told = decided(saved(page, tmp_path))
    now = moved.segments.set_index("text")["segment_id"][text]
    assert [one["segment_id"] for one in told] == [now]
    assert now != order[0]
    assert told[0]["fingerprint"] == fingerprint(text)


def test_an_answer_whose_id_another_passage_has_now_is_not_lost(opened, talk, tmp_path):
    said = ["My bus is late every day.", "Nobody at school says good morning to me."]
    page = begin(opened(written(study(talk, said[:1]), tmp_path)))
    read_on(page, 1)
    old = decided(saved(page, tmp_path))[0]

    page = opened(written(study(talk, said[1:]), tmp_path))
    page.locator("#earlier").set_input_files(tmp_path / "decisions-Kim.json")
    page.locator("#reading").wait_for()
    read_on(page, 1)

    both = decided(saved(page, tmp_path, "#save-done"))
    assert [one["segment_id"] for one in both] == ["d:0002.01~", "d:0002.01"]
    assert [one["fingerprint"] for one in both] == [
        old["fingerprint"],
        fingerprint(said[1]),
    ]


def test_two_people_at_one_computer_keep_apart(opened, tmp_path):
    page = begin(opened())
    read_on(page, 2)
    page.locator("#more").click()
    page.locator("#other-reader").click()
    begin(page, "Lee")
    assert page.locator("#progress").inner_text().startswith("0 of 30")
    read_on(page, 1)
    assert len(decided(saved(page, tmp_path))) == 1
    page.locator("#more").click()
    page.locator("#other-reader").click()

    begin(page, "kim")

    assert page.locator("#progress").inner_text().startswith("2 of 30")


def test_a_reader_who_comes_back_has_the_same_share(opened):
    page = begin(opened(), "Kim", 3, 2)
    page.locator("#more").click()
    page.locator("#other-reader").click()
    assert page.locator("#readers").input_value() == "3"
    assert page.locator("#turn").input_value() == "3"

    page.locator("#reader").fill("KIM")
    page.keyboard.press("Enter")

    assert page.locator("#who").inner_text() == "Kim, reader 2 of 3"


def test_a_shared_computer_forgets_what_was_saved(opened, tmp_path):
    page = begin(opened())
    read_on(page, 2)
    page.locator("#more").click()
    page.locator("#forget").click()
    assert "Save them first" in page.locator("#more-said").inner_text()
    page.keyboard.press("Escape")
    saved(page, tmp_path)
    page.locator("#more").click()
    page.locator("#forget").click()
    page.locator("#start").wait_for()

    kept = page.evaluate("JSON.stringify(localStorage)")
    again = opened(context=page.context)

    assert "Kim" not in kept
    assert "d:0" not in kept
    assert again.locator("#start").is_visible()


def test_where_the_browser_keeps_nothing_the_page_says_so_and_saves(
    opened, order, tmp_path
):
    blocked = "Object.defineProperty(window, 'localStorage', {get() { throw new Error('no'); }});"
    page = begin(opened(script=blocked + WITHOUT_PICKER))
    assert "does not keep your answers" in page.locator("#warning").inner_text()
    read_on(page, 2)

    ids = [one["segment_id"] for one in decided(saved(page, tmp_path))]

    assert ids == order[:2]
    assert page.told == []


def test_a_browser_that_can_saves_straight_into_the_folder(opened, order):
    picker = """window.kept = [];
      window.showSaveFilePicker = async ({suggestedName}) => ({name: suggestedName,
        createWritable: async () => ({write: async text => kept.push(text), close: async () => {}})});"""
    page = begin(opened(script=picker))
    read_on(page, 1)
    page.locator("#save").click()
    page.locator("#said:has-text('1 passage saved in decisions-Kim.json.')").wait_for()
    read_on(page, 1)

    page.locator("#save").click()

    page.locator("#said:has-text('2 passages saved')").wait_for()
    last = json.loads(page.evaluate("kept.at(-1)"))
    assert [one["segment_id"] for one in last["decisions"]] == order[:2]
    assert page.locator("#save").inner_text() == "Saved"


def test_who_closes_the_picker_keeps_the_answers(opened):
    page = begin(
        opened(
            script="""window.showSaveFilePicker = async () => {
      throw new DOMException('', 'AbortError'); };"""
        )
    )
    read_on(page, 1)

    page.locator("#save").click()

    page.locator("#said:has-text('Your answers are still here')").wait_for()


def test_themes_are_found_by_a_word_and_taken_by_enter(opened, talk, tmp_path):
    more = tuple(Theme(f"t{n}", f"Theme {n}") for n in range(9))
    run = study(
        talk,
        ["I waited.", "I ran."],
        book=Codebook("b", "B", themes=(*BOOK.themes, *more)),
    )
    page = begin(opened(written(run, tmp_path)))

    page.keyboard.press("/")
    page.keyboard.type("theme 7")
    assert page.locator("#themes li:visible").count() == 1
    page.keyboard.press("Enter")

    assert page.locator("[aria-pressed='true'] .name").inner_text() == "Theme 7"
    assert page.locator("#themes li:visible").count() == 12


def test_keys_can_be_switched_off(opened):
    page = begin(opened())
    page.keyboard.press("?")
    page.locator("#wants-keys").uncheck()
    page.keyboard.press("Escape")

    page.keyboard.press("1")
    page.keyboard.press("ArrowRight")

    assert page.locator("#place").inner_text() == "Passage 1"
    assert page.locator("[aria-pressed='true']").count() == 0


def test_enter_presses_the_button_that_has_the_focus(opened):
    page = begin(opened())
    page.locator("[data-theme='0']").focus()

    page.keyboard.press("Enter")

    assert page.locator("[data-theme='0']").get_attribute("aria-pressed") == "true"
    assert page.locator("#place").inner_text() == "Passage 1"


def test_each_step_is_told_to_those_who_hear_the_page(opened):
    page = begin(opened())
    page.keyboard.press("1")
    assert page.locator("[role=status]").inner_text() == "The bus chosen."

    page.keyboard.press("Enter")

    said = page.locator("[role=status]").inner_text()
    assert said.startswith("Read. 1 of 30, about ")
    assert page.evaluate("document.activeElement.id") == "place"


def test_what_people_have_read_is_counted_and_does_not_come_again(
    opened, talk, run, order, tmp_path
):
    codings = [{"segment_id": order[0], "theme": "bus", **BY_KIM}]
    later = study(talk, run.segments["text"].tolist(), codings=codings)
    page = opened(written(later, tmp_path))
    assert "People have read 1 of 100 passages." in page.locator("#start").inner_text()

    begin(page)

    data = json.loads(page.locator("#data").inner_text())
    assert data["passages"]["id"] == next_passages(later, n=100)["segment_id"].tolist()
    assert data["others"] == order[:1]


def test_where_all_is_read_the_page_says_so(opened, talk, tmp_path):
    run = study(talk, ["Fine."])
    codings = [
        {"segment_id": name, "theme": "no_theme", **BY_KIM}
        for name in run.segments["segment_id"]
    ]

    page = opened(written(study(talk, ["Fine."], codings=codings), tmp_path))

    assert "Every passage has been read (1)." in page.locator("#start").inner_text()
    assert page.told == []


def test_hostile_words_do_nothing_and_are_read_as_they_were_said(
    opened, talk, tmp_path
):
    book = Codebook("b", HOSTILE, themes=(Theme("bus", HOSTILE, HOSTILE, HOSTILE),))
    page = begin(
        opened(written(study(talk, [HOSTILE], book=book), tmp_path)), HOSTILE[:50]
    )
    page.keyboard.press("w")
    page.keyboard.press("1")
    page.keyboard.press("g")
    page.locator("[data-about='0']").click()

    assert page.locator("#text").inner_text() == HOSTILE
    assert page.locator("#about-text p").inner_text() == HOSTILE
    assert page.evaluate("window.hit") is None
    assert page.locator("img").count() == 0
    assert page.told == []


@pytest.mark.slow
def test_five_thousand_passages_open_and_are_read(opened, talk, tmp_path):
    run = study(talk, [f"Day {n} of waiting for the bus." for n in range(5200)])

    page = begin(opened(written(run, tmp_path)))
    read_on(page, 2)

    assert (
        page.evaluate(
            "JSON.parse(document.getElementById('data').textContent).passages.id.length"
        )
        == 5000
    )
    assert page.locator("#place").inner_text() == "Passage 3"
    assert page.told == []


def test_two_runs_write_the_same_bytes(talk):
    said = [f"Day {n}." for n in range(40)]

    assert review_html(study(talk, said)) == review_html(study(talk, said))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("screen", "look"),
    [
        ("start", "light"), ("passage", "light"), ("passage", "dark"),
        ("passage", "phone"), ("about", "light"), ("more", "phone"), ("end", "dark"),
        *(pytest.param(*rest, marks=pytest.mark.slow) for rest in REST),
    ],
)  # fmt: skip
def test_axe_finds_no_barrier(opened, screen, look):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright")
    options = PHONE if look == "phone" else {"color_scheme": look}
    page = opened(**options, bypass_csp=True)
    steps = {
        "start": lambda: page.locator("#readers").select_option("3"),
        "passage": lambda: (begin(page), page.keyboard.press("Shift+Digit1"), page.keyboard.press("g"), page.keyboard.press("w")),
        "about": lambda: (begin(page), page.locator("[data-about='0']").click()),
        "more": lambda: (begin(page), page.locator("#more").click()),
        "end": lambda: (begin(page), read_on(page, 30)),
    }  # fmt: skip
    steps[screen]()

    found = axe.Axe().run(page).response["violations"]

    assert [(one["id"], one["nodes"][0]["html"][:200]) for one in found] == []
