"""What several test modules need."""

from pathlib import Path

import pandas as pd
import pytest

import khabar as kb

ROOT = Path(__file__).parents[1]


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
