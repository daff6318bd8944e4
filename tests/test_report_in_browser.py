"""The report as a person meets it, in a real Chromium."""

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def report(sample_analysis, tmp_path_factory):
    return sample_analysis.write(tmp_path_factory.mktemp("results")) / "report.html"


@pytest.fixture
def page(browser, report):
    page = browser.new_page(viewport={"width": 1200, "height": 900})
    page.told = []
    page.on("console", lambda message: page.told.append(message.text))
    page.on(
        "request",
        lambda request: (
            None
            if request.url.startswith(("file:", "data:"))
            else page.told.append(request.url)
        ),
    )
    page.goto(report.as_uri())
    yield page
    page.close()


def test_it_opens_without_a_request_or_an_error(page):
    assert page.told == []
    assert page.locator("h1").inner_text().startswith("Student ownership was raised by")


def test_a_number_opens_to_the_words_behind_it(page, sample_analysis):
    row = sample_analysis.themes.iloc[0]
    card = page.locator(f"#theme-{row['theme']}")

    card.locator("summary").click()

    shown = card.locator("details blockquote")
    assert shown.count() == row["segments"]
    assert shown.first.is_visible()


def test_every_picture_has_an_alternative_text(page):
    texts = page.locator("img").evaluate_all("images => images.map(image => image.alt)")

    assert len(texts) == 3
    assert all(
        "of 41" in text or "of 21" in text or "students: 21" in text for text in texts
    )


@pytest.mark.parametrize("width", [360, 1200])
def test_nothing_sticks_out_of_the_page(page, width):
    page.set_viewport_size({"width": width, "height": 800})

    assert page.evaluate("document.documentElement.scrollWidth") <= width
