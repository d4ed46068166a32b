import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar as kb

WORDS = st.sampled_from(["موسكو", "دمشق", "جنيف", "في", "بيروت"])


@settings(deadline=None)
@given(st.lists(st.lists(WORDS, max_size=12), min_size=1, max_size=4), st.integers(1, 6))
def test_the_moving_average_equals_all_windows_written_out(contents, window):
    tokens = kb.tokenize(pd.Series([" ".join(words) for words in contents]))
    windows = [words[i : i + window] for words in contents for i in range(len(words) - window + 1)]
    row = kb.lexical_diversity(tokens, window=window, terms="surface").iloc[0]
    assert row["measured"] == sum(len(words) >= window for words in contents)
    if windows:
        expected = sum(len(set(words)) for words in windows) / len(windows) / window
        assert row["mattr"] == pytest.approx(expected)
    else:
        assert math.isnan(row["mattr"])


def test_the_moving_average_of_more_of_the_same_is_the_same_though_the_ratio_falls(texts):
    one = "موسكو دمشق جنيف بيروت موسكو دمشق جنيف بيروت"
    table = kb.lexical_diversity(
        kb.tokenize(texts(one, one, one)),
        by=pd.Series(list("xyy"), list("abc"), name="outlet"),
        window=4,
    )
    assert table["ttr"].tolist() == [0.5, 0.25]
    assert table["mattr"].tolist() == [1, 1]


def test_clitic_forms_are_one_word_unless_written_forms_are_asked_for(texts):
    tokens = kb.tokenize(texts("موسكو وموسكو بموسكو"))
    assert kb.lexical_diversity(tokens, window=2)["types"].tolist() == [1]
    assert kb.lexical_diversity(tokens, window=2, terms="surface")["types"].tolist() == [3]


def test_ranks_and_what_zipf_expects_begin_anew_in_each_group(texts):
    tokens = kb.tokenize(texts("في في في موسكو", "دمشق دمشق في"))
    by = pd.Series(["x", "y"], list("ab"), name="outlet")
    table = kb.zipf(tokens, by=by)
    assert table[["outlet", "rank", "term", "frequency"]].values.tolist() == [
        ["x", 1, "في", 3],
        ["x", 2, "موسكو", 1],
        ["y", 1, "دمشق", 2],
        ["y", 2, "في", 1],
    ]
    assert table["expected"].tolist() == pytest.approx([750_000, 375_000, 2e6 / 3, 1e6 / 3])
