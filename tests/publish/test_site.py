"""The site of the sample, built once and opened in a real browser, in both languages."""

import re
from itertools import pairwise

import nbformat
import pytest
from conftest import ROOT

from khabar.charts.evidence import article_page
from khabar.publish.site import build_site

LESSONS = sorted(path.stem for path in (ROOT / "notebooks").glob("*.ipynb"))
NOTEBOOKS = [*LESSONS, *(f"workshop/{name}" for name in ("90_minutes", "half_day", "instructor"))]
PAGES = [f"{language}/{name}" for language in ("ar", "en") for name in ("index", *NOTEBOOKS)]
BOTH = pytest.mark.parametrize("language", ["ar", "en"])
# What a page may not do: run a text of the corpus.
RAN = "document.title === 'khabar' || document.querySelector('img[onerror]') !== null"


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    # The name has a space and an Arabic letter: so may a user's.
    folder = tmp_path_factory.mktemp("a site خ")
    build_site(ROOT / "notebooks", folder / "site")
    return folder / "site"


def address(site, name):
    return (site / f"{name}.html").as_uri()


def draw(page):
    """Wait until every chart of a page is drawn."""
    for plot in page.locator(".js-plotly-plot").all():
        plot.locator(".main-svg").first.wait_for(state="attached")


def test_the_site_is_one_folder_and_its_notebooks_leave_nothing_behind(site):
    assert {path.name for path in site.iterdir() if not path.name.startswith(".")} == {
        "ar",
        "en",
        "index.html",
        "plotly.min.js",
    }
    assert {path.suffix for path in (ROOT / "notebooks").iterdir() if path.is_file()} == {".ipynb"}


@pytest.mark.parametrize("name", PAGES)
def test_no_page_refers_to_anything_outside_its_folder(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    assert not re.findall(
        r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?(?:https?:)?//""", page
    )


@BOTH
@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_chart_of_a_notebook_is_in_its_page(site, language, name):
    source = nbformat.read(ROOT / "notebooks" / f"{name}.ipynb", as_version=4)
    code = "\n".join(cell.source for cell in source.cells if cell.cell_type == "code")
    page = (site / language / f"{name}.html").read_text(encoding="utf-8")
    assert page.count("Plotly.newPlot") == code.count("kb.plot_")


@BOTH
@pytest.mark.parametrize("name", LESSONS)
def test_each_exercise_waits_for_an_answer_and_its_folded_solution_is_right(site, language, name):
    page = (site / language / f"{name}.html").read_text(encoding="utf-8")
    said = re.findall('<details|</details>|data-grade="(?:.+?)"', page.partition("answer_1")[2])
    folded = ["<details", 'data-grade="right"', "</details>"]
    assert said[:12] == ['data-grade="not answered"', *folded] * 3


def test_the_set_up_cells_are_not_shown(site):
    for name in PAGES:
        assert "khabar.publish" not in (site / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_its_language_and_its_direction(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    expected = 'dir="rtl" lang="ar"' if name.startswith("ar") else 'dir="ltr" lang="en"'
    assert f"<html {expected}" in page


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_the_file_system_draws_its_charts_and_asks_nobody(
    site, opened, name, width
):
    with opened(address(site, name), width=width) as page:
        draw(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not page.evaluate(RAN)
        assert page.locator("[data-title*='Share'], [data-title*='Chart Studio']").count() == 0


@pytest.mark.parametrize("name", PAGES)
def test_a_switch_leads_to_the_same_page_in_the_other_language_and_back(site, opened, name):
    language, _, page_name = name.partition("/")
    other = "en" if language == "ar" else "ar"
    with opened(address(site, name)) as page:
        page.locator(".khabar-language").click()
        assert page.url.endswith(f"/{other}/{page_name}.html")
        page.locator(".khabar-language").click()
        assert page.url.endswith(f"/{language}/{page_name}.html")


def test_the_first_page_leads_to_the_arabic_one_without_a_script(site, opened):
    with opened(address(site, "index")) as page:
        page.wait_for_url("**/ar/index.html")
        assert page.locator("h1").count() == 1


@BOTH
@pytest.mark.parametrize("name", ["index", "04_actors"])
def test_arabic_labels_stay_inside_their_chart(site, opened, language, name):
    for width in (1280, 390):
        with opened(address(site, f"{language}/{name}"), width=width) as page:
            draw(page)
            page.wait_for_timeout(500)
            cut = page.evaluate(
                """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
                    const box = plot.getBoundingClientRect();
                    const texts = plot.querySelectorAll('.ytick text, .g-gtitle text');
                    return [...texts].filter(text => {
                        const t = text.getBoundingClientRect();
                        return t.left < box.left - 1 || t.right > box.right + 1 || t.top < box.top;
                    }).map(text => text.textContent);
                })"""
            )
            assert cut == [], width


@BOTH
def test_the_heading_of_a_chart_does_not_touch_what_is_drawn(site, opened, language):
    for width in (1280, 390):
        with opened(address(site, f"{language}/index"), width=width) as page:
            draw(page)
            page.wait_for_timeout(500)
            overlaps = page.evaluate(
                """() => [...document.querySelectorAll('.js-plotly-plot')].filter(plot => {
                    const title = plot.querySelector('.g-gtitle text').getBoundingClientRect();
                    const drawn = plot.querySelector('.nsewdrag').getBoundingClientRect();
                    return title.bottom > drawn.top + 1;
                }).map(plot => plot.querySelector('.g-gtitle text').textContent)"""
            )
            assert overlaps == [], width


@BOTH
def test_a_click_on_an_actors_bar_opens_as_many_lines_as_the_bar_says_or_the_cap(
    site, opened, language
):
    with opened(address(site, f"{language}/index")) as page:
        draw(page)
        plot = page.locator(".js-plotly-plot").first
        said = plot.evaluate("g => [...g._fullData[0].x].map(Number)")
        bars = plot.locator(".bars .point path")
        assert bars.count() == len(said)
        for position in (0, len(said) - 1):
            bars.nth(position).scroll_into_view_if_needed()
            box = bars.nth(position).bounding_box()
            page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
            shown = page.locator("details[data-point][open]")
            shown.first.wait_for()
            assert shown.count() == 1
            assert shown.locator("li").count() == min(said[position], 20)
            assert shown.locator("li mark").count() == min(said[position], 20)
            page.wait_for_function("document.activeElement.tagName === 'SUMMARY'")


def test_the_lines_can_be_reached_and_opened_by_keyboard_alone(site, opened):
    with opened(address(site, "ar/index")) as page:
        draw(page)
        page.locator(".khabar-evidence > details > summary").first.focus()
        page.keyboard.press("Enter")
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        assert page.locator("details[data-point][open] li").count() > 0
        page.keyboard.press("Tab")
        assert "articles/" in page.evaluate("document.activeElement.href")


def test_without_a_script_the_lines_are_folded_lists_all_the_same(site, browser):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address(site, "ar/index"))
    page.locator(".khabar-evidence > details > summary").first.click()
    page.locator("details[data-point] > summary").first.click()
    assert page.locator("details[data-point][open] li").first.is_visible()
    context.close()


def test_a_line_leads_to_its_article_with_the_match_marked(site, opened):
    with opened(address(site, "ar/index")) as page:
        line = page.locator("details[data-point] li:has(a[href*='#m'])").first
        link = line.locator("a").get_attribute("href")
        match = line.locator("mark").text_content()
        file, _, place = link.partition("#")
        page.goto((site / "ar" / file).as_uri())
        assert page.locator(f"mark#{place}").text_content() in match


@BOTH
def test_the_hostile_article_is_text_and_runs_nothing(site, opened, sample, language):
    hostile = sample.index[sample["title"].str.contains("<script", na=False)]
    assert len(hostile) == 1
    name = f"{language}/articles/{article_page(hostile[0])}".removesuffix(".html")
    with opened(address(site, name), width=390) as page:
        assert "<script" in page.locator("h1").text_content()
        assert not page.evaluate(RAN)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
    with opened(address(site, f"{language}/articles/index")) as page:
        assert page.locator("li").count() == len(sample)
        assert not page.evaluate(RAN)


@BOTH
@pytest.mark.parametrize("word", ["موسكو", "روزيتا"])
def test_the_search_finds_an_arabic_word_of_the_sample_offline(site, opened, language, word):
    with opened(f"{address(site, f'{language}/search')}?q={word}") as page:
        page.locator("#search-results li a[href*='articles/']").first.wait_for()
        assert not page.evaluate(RAN)


@BOTH
@pytest.mark.parametrize("name", ["index", *NOTEBOOKS[:4], "search"])
def test_no_serious_fault_of_accessibility(site, browser, language, name):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright", reason="axe is not here")
    page = browser.new_page()
    page.goto(address(site, f"{language}/{name}"))
    draw(page)
    serious = [
        (fault["id"], [node["html"][:200] for node in fault["nodes"]][:3])
        for fault in axe.Axe().run(page).response["violations"]
        if fault["impact"] in {"serious", "critical"}
    ]
    assert serious == []
    page.close()


@pytest.mark.parametrize("name", PAGES)
def test_headings_are_in_order(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    levels = [int(level) for level in re.findall(r"<h([1-6])[ >]", page.partition("<main")[2])]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
