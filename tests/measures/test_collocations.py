import math
from collections import Counter

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

import khabar as kb

WORDS = st.sampled_from(["موسكو", "دمشق", "جنيف", "في", "."])


def test_a_pair_is_scored_as_reckoned_by_hand(texts):
    # إطلاق and النار stand side by side twice, in ten words; three and two of them in all.
    tokens = kb.tokenize(texts("إطلاق النار في حلب", "إطلاق النار ثم إطلاق صواريخ في"))
    row = kb.collocations(tokens, "إطلاق", window=1, direction="after", min_frequency=1).iloc[0]
    assert row["collocate"] == "النار"
    counts = ["together", "before", "after", "documents", "node_frequency", "frequency"]
    assert row[counts].tolist() == [2, 0, 2, 2, 3, 2]
    assert row["log_dice"] == pytest.approx(14 + math.log2(2 * 2 / (3 + 2)))
    assert row["pmi"] == pytest.approx(math.log2(2 * 10 / (3 * 2)))
    g2 = chi2_contingency([[2, 1], [0, 7]], correction=False, lambda_="log-likelihood").statistic
    assert row["g2"] == pytest.approx(g2, abs=1e-9)


@settings(deadline=None)
@given(
    st.lists(st.lists(WORDS, max_size=10), min_size=1, max_size=3),
    st.integers(1, 3),
    st.sampled_from(["before", "after", "both"]),
)
def test_neighbours_are_those_of_the_sentence_written_out(contents, window, direction):
    tokens = kb.tokenize(pd.Series([" ".join(words) for words in contents]))
    expected = Counter()
    for text in contents:
        for sentence in " ".join(text).split("."):
            words = sentence.split()
            for i, word in enumerate(words):
                if word != "موسكو":
                    continue
                before, after = words[max(i - window, 0) : i], words[i + 1 : i + 1 + window]
                expected.update(before if direction != "after" else [])
                expected.update(after if direction != "before" else [])
    for word in ("موسكو", "في"):
        expected.pop(word, None)
    table = kb.collocations(tokens, "موسكو", window=window, direction=direction, min_frequency=1)
    assert dict(zip(table["collocate"], table["together"], strict=True)) == dict(expected)
    assert (table["before"] + table["after"] == table["together"]).all()


def test_sides_are_told_in_the_order_of_reading(texts):
    tokens = kb.tokenize(texts("وزير الخارجية لافروف", "لافروف يزور"))
    table = kb.collocations(tokens, "لافروف", window=2, min_frequency=1).set_index("collocate")
    assert table.loc["وزير", ["before", "after"]].tolist() == [1, 0]


def test_a_phrase_is_a_node_and_no_collocate_of_itself(texts):
    tokens = kb.tokenize(texts("الأمم المتحدة تدعو موسكو", "مبعوث الأمم المتحدة"))
    table = kb.collocations(tokens, "الأمم المتحدة", window=2, min_frequency=1)
    assert sorted(table["collocate"]) == ["تدعو", "مبعوث", "موسكو"]
    assert set(table["node_frequency"]) == {2}


def test_pairs_are_directed_and_never_reach_over_a_sentence_or_document(texts):
    tokens = kb.tokenize(texts("وقف إطلاق. النار", "النار", "إطلاق وقف", "وقف إطلاق"))
    pairs = kb.word_pairs(tokens, min_frequency=1)
    counted = dict(
        zip(zip(pairs["node"], pairs["collocate"], strict=True), pairs["together"], strict=True)
    )
    assert counted == {("وقف", "إطلاق"): 2, ("إطلاق", "وقف"): 1}


def test_groups_have_their_own_neighbours_and_totals(texts):
    tokens = kb.tokenize(texts("قوات النظام", "قوات النظام", "جيش النظام"))
    by = pd.Series(list("xxy"), list("abc"), name="outlet")
    table = kb.collocations(tokens, "النظام", by=by, min_frequency=1)
    assert table[["outlet", "collocate", "together", "node_frequency"]].values.tolist() == [
        ["x", "قوات", 2, 2],
        ["y", "جيش", 1, 1],
    ]
    pairs = kb.word_pairs(tokens, by=by, min_frequency=1)
    assert pairs[["outlet", "node", "frequency"]].values.tolist() == [
        ["x", "قوات", 2],
        ["y", "جيش", 1],
    ]


def test_a_word_that_does_not_occur_has_no_collocates(texts):
    table = kb.collocations(kb.tokenize(texts("موسكو دمشق")), "طوكيو")
    assert table.empty
    assert "log_dice" in table


@pytest.mark.parametrize(
    ("options", "sentence"),
    [({"window": 0}, "window must be"), ({"direction": "left"}, "direction must be")],
)
def test_a_window_that_is_none_is_refused(texts, options, sentence):
    with pytest.raises(kb.KhabarError, match=sentence):
        kb.collocations(kb.tokenize(texts("موسكو")), "موسكو", **options)
