"""What several test modules need."""

import shutil
from contextlib import contextmanager
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import settings

import khabar as kb

ROOT = Path(__file__).parents[1]

# The first call compiles and reads; a busy machine is slow. Neither is a failure.
settings.register_profile("khabar", deadline=None)
settings.load_profile("khabar")


@pytest.fixture(scope="session")
def shared():
    """Return the path of real data beside the checkout, or skip."""

    def find(name: str) -> Path:
        path = ROOT.parent / "shared" / name
        if not path.exists():
            pytest.skip(f"real data not at hand: {path}")
        return path

    return find


@pytest.fixture
def texts():
    """Return a function that makes a Series of texts indexed a, b, c, ..."""

    def make(*contents: str) -> pd.Series:
        return pd.Series(contents, index=list("abcdefghij")[: len(contents)], dtype="str")

    return make


@pytest.fixture(scope="session")
def sample() -> pd.DataFrame:
    return kb.load_corpus()


@pytest.fixture(scope="session")
def ledger() -> kb.Ledger:
    return kb.load_ledger()


@pytest.fixture(scope="session")
def seeds(shared) -> pd.DataFrame:
    return kb.load_corpus(shared("seeds"))


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


@pytest.fixture
def opened(browser):
    """Return a context that opens a page, and in the end finds no error and no outside request."""

    @contextmanager
    def open_page(address: str, *, width: int = 1280):
        page = browser.new_page(viewport={"width": width, "height": 900})
        outside, errors = [], []
        page.on("request", lambda r: outside.append(r.url) if r.url.startswith("http") else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" else None)
        page.goto(address)
        yield page
        assert outside == []
        assert errors == []
        page.close()

    return open_page
