"""The site of the sample, built once and opened in a real browser."""

import re
import shutil

import pytest
from conftest import ROOT

from khabar.publish.site import build_site

PAGES = ["index", "01_corpus", "02_term_frequency", "03_topics", "04_actors", "05_compare"]


@pytest.fixture(scope="session")
def site(tmp_path_factory):
    # The name has a space and an Arabic letter: so may a user's.
    folder = tmp_path_factory.mktemp("a site خ")
    build_site(ROOT / "notebooks", folder / "site")
    return folder / "site"


@pytest.fixture(scope="session")
def browser():
    path = shutil.which("chromium")
    if path is None:
        pytest.skip("no chromium on this machine")
    from playwright.sync_api import sync_playwright

    quiet = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=quiet)
        yield browser
        browser.close()


@pytest.mark.parametrize("name", PAGES)
def test_no_page_refers_to_anything_outside_its_folder(site, name):
    page = (site / f"{name}.html").read_text(encoding="utf-8")
    assert not re.findall(
        r"""<(?:script|link|img|iframe)[^>]+(?:src|href)=["']?(?:https?:)?//""", page
    )


def test_every_chart_of_the_notebooks_is_in_the_pages(site):
    n_charts = {
        "01_corpus": 1,
        "02_term_frequency": 8,
        "03_topics": 7,
        "04_actors": 7,
        "05_compare": 5,
    }
    for name, n in n_charts.items():
        assert (site / f"{name}.html").read_text(encoding="utf-8").count("Plotly.newPlot") == n


def test_the_set_up_cells_are_not_shown(site):
    for name in PAGES:
        assert "use_site_renderer" not in (site / f"{name}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_opens_from_the_file_system_draws_its_charts_and_asks_nobody(
    site, browser, name, width
):
    page = browser.new_page(viewport={"width": width, "height": 900})
    outside, errors = [], []
    page.on("request", lambda r: outside.append(r.url) if r.url.startswith("http") else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto((site / f"{name}.html").as_uri())
    for plot in page.locator(".js-plotly-plot").all():
        plot.locator(".main-svg").first.wait_for(state="attached")
    assert outside == []
    assert errors == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_arabic_labels_stay_inside_their_chart(site, browser):
    for width in (1280, 390):
        page = browser.new_page(viewport={"width": width, "height": 900})
        page.goto((site / "04_actors.html").as_uri())
        page.locator(".js-plotly-plot .ytick text").first.wait_for(state="attached")
        page.wait_for_timeout(500)
        cut = page.evaluate(
            """() => [...document.querySelectorAll('.js-plotly-plot')].flatMap(plot => {
                const box = plot.getBoundingClientRect();
                return [...plot.querySelectorAll('.ytick text, .g-gtitle text')].filter(text => {
                    const t = text.getBoundingClientRect();
                    return t.left < box.left - 1 || t.right > box.right + 1 || t.top < box.top;
                }).map(text => text.textContent);
            })"""
        )
        assert cut == [], width
        page.close()


def test_the_search_finds_an_arabic_word_offline(site, browser):
    page = browser.new_page()
    page.goto((site / "search.html").as_uri() + "?q=موسكو")
    page.locator("#search-results li").first.wait_for()
    page.close()
