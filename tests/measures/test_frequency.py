import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar as kb

WORDS = st.sampled_from(["موسكو", "دمشق", "جنيف", "واشنطن"])


@pytest.fixture
def tokens(texts):
    return kb.tokenize(texts("موسكو في دمشق وموسكو", "دمشق", ""))


def test_frequencies_rates_and_shares_are_as_counted_by_hand(tokens):
    terms = kb.term_frequency(tokens).set_index("term")
    assert terms.loc["موسكو", ["frequency", "document_frequency"]].tolist() == [2, 1]
    # Five running words, the stop word among them; three documents, one of them empty.
    assert terms.loc["موسكو", "per_million"] == pytest.approx(400_000)
    assert terms.loc["دمشق", "share"] == pytest.approx(2 / 3)


def test_the_interval_encloses_the_share(tokens):
    terms = kb.term_frequency(tokens)
    assert (terms["low"] < terms["share"]).all()
    assert (terms["share"] < terms["high"]).all()


def test_groups_are_counted_apart_against_their_own_size(tokens):
    by = pd.Series({"a": "x", "b": "y", "c": "y"}, name="outlet")
    terms = kb.term_frequency(tokens, by=by).set_index(["outlet", "term"])
    assert terms.loc[("x", "موسكو"), "per_million"] == pytest.approx(500_000)
    assert terms.loc[("y", "دمشق"), "share"] == pytest.approx(0.5)
    assert ("y", "موسكو") not in terms.index


def test_documents_of_no_known_group_are_left_out(tokens):
    terms = kb.term_frequency(tokens, by=pd.Series({"b": "y"}, name="outlet"))
    assert terms["term"].tolist() == ["دمشق"]


@given(st.lists(st.lists(WORDS).map(" ".join), min_size=1, max_size=4))
def test_frequencies_add_up_to_the_tokens(contents):
    tokens = kb.tokenize(pd.Series(contents))
    dtm = kb.document_term_matrix(tokens, terms="surface", stop_words=None)
    assert kb.term_frequency(dtm)["frequency"].sum() == len(tokens)


def test_the_order_of_documents_changes_nothing(texts):
    series = texts("موسكو دمشق", "جنيف دمشق", "واشنطن")
    forwards = kb.term_frequency(kb.tokenize(series))
    backwards = kb.term_frequency(kb.tokenize(series.iloc[::-1]))
    pd.testing.assert_frame_equal(forwards, backwards)
