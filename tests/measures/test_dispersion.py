import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar as kb

PLACES = ("موسكو", "دمشق", "جنيف")


def test_the_example_of_gries_gives_his_figures():
    # The letter a stands 1 to 5 times in parts of 9, 10, 10, 10 and 11 letters.
    lengths, often = [9, 10, 10, 10, 11], [1, 2, 3, 4, 5]
    texts = [
        " ".join(["موسكو"] * n + ["دمشق"] * (m - n)) for n, m in zip(often, lengths, strict=True)
    ]
    row = kb.dispersion(kb.tokenize(pd.Series(texts))).set_index("term").loc["موسكو"]
    assert row["range"] == 5
    assert row["juilland_d"] == pytest.approx(0.785, abs=5e-4)
    assert row["dp"] == pytest.approx(0.18, abs=5e-3)
    assert row["dp_norm"] == pytest.approx(0.18 / 0.82, abs=5e-3)


@settings(deadline=None)
@given(st.lists(st.lists(st.sampled_from(PLACES), min_size=1, max_size=8), min_size=2, max_size=6))
def test_all_equal_the_definition_written_out(contents):
    tokens = kb.tokenize(pd.Series([" ".join(words) for words in contents]))
    s = np.array([len(words) for words in contents]) / sum(map(len, contents))
    for row in kb.dispersion(tokens).itertuples():
        often = np.array([words.count(row.term) for words in contents])
        p = often / np.array([len(words) for words in contents])
        d = 1 - np.std(p) / np.mean(p) / np.sqrt(len(contents) - 1)
        dp = np.abs(often / often.sum() - s).sum() / 2
        assert row.juilland_d == pytest.approx(d, abs=1e-9)
        assert row.dp == pytest.approx(dp, abs=1e-9)
        assert row.dp_norm == pytest.approx(dp / (1 - s.min()), abs=1e-9)


def test_documents_without_words_are_no_parts(texts):
    some = kb.dispersion(kb.tokenize(texts("موسكو دمشق", "جنيف")))
    more = kb.dispersion(kb.tokenize(texts("موسكو دمشق", "", "جنيف", "2015")))
    pd.testing.assert_frame_equal(some, more)


def test_of_one_document_nothing_is_said_about_evenness(texts):
    row = kb.dispersion(kb.tokenize(texts("موسكو دمشق"))).iloc[0]
    assert row["range"] == 1
    assert row[["juilland_d", "dp_norm"]].isna().all()


def test_groups_are_looked_at_by_themselves(texts):
    tokens = kb.tokenize(texts("موسكو", "موسكو", "موسكو دمشق", "دمشق"))
    by = pd.Series(list("xxyy"), list("abcd"), name="outlet")
    table = kb.dispersion(tokens, by=by).set_index(["outlet", "term"])
    assert table.loc[("x", "موسكو"), "dp"] == 0
    # Two thirds of the words hold all of it.
    assert table.loc[("y", "موسكو"), "dp"] == pytest.approx(1 / 3)
