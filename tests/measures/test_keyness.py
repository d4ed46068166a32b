import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

import khabar as kb
from khabar.measures.association import log_dice, log_ratio, signed_g2, weighted_log_odds

CELLS = st.tuples(*[st.integers(0, 500)] * 2, *[st.integers(501, 5000)] * 2)


@pytest.fixture
def tokens(texts):
    return kb.tokenize(texts("موسكو موسكو دمشق قال", "موسكو بيروت", "دمشق دمشق جنيف في"))


BY = pd.Series({"a": "x", "b": "x", "c": "y"}, name="outlet")


def test_frequencies_rates_and_shares_of_both_sides_are_as_counted_by_hand(tokens):
    table = kb.keyness(tokens, by=BY, target="x").set_index("term")
    row = table.loc["موسكو"]
    assert row[["outlet", "reference"]].tolist() == ["x", "the rest"]
    assert row[["frequency", "reference_frequency"]].tolist() == [3, 0]
    # Six and four running words, stop words among them.
    assert row["per_million"] == pytest.approx(500_000)
    assert row[["share", "reference_share"]].tolist() == [1, 0]
    # 3 of 6 against 0.5 of 4.
    assert row["log_ratio"] == pytest.approx(2)


def test_log_odds_are_as_reckoned_by_hand(tokens):
    row = kb.keyness(tokens, by=BY, target="x", prior=0.5).set_index("term").loc["دمشق"]
    # 1 of 6 and 2 of 4; the prior has half of 4 words, 3 in 10 of them this one.
    a, b = 1 + 0.6, 2 + 0.6
    delta = math.log(a / (6 + 2 - a)) - math.log(b / (4 + 2 - b))
    assert row["log_odds"] == pytest.approx(delta)
    variance = 1 / a + 1 / (8 - a) + 1 / b + 1 / (6 - b)
    assert row["z"] == pytest.approx(delta / math.sqrt(variance))


@given(CELLS)
def test_g2_equals_that_of_scipy(cells):
    inside, elsewhere, n_inside, n_elsewhere = cells
    ours = signed_g2(np.array([inside]), n_inside, np.array([elsewhere]), n_elsewhere)[0]
    if inside + elsewhere == 0:
        assert ours == pytest.approx(0, abs=1e-9)
        return
    table = [[inside, n_inside - inside], [elsewhere, n_elsewhere - elsewhere]]
    theirs = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert abs(ours) == pytest.approx(theirs, rel=1e-9, abs=1e-9)
    rates = inside / n_inside, elsewhere / n_elsewhere
    assert ours == pytest.approx(0, abs=1e-9) or (ours > 0) == (rates[0] > rates[1])


@given(CELLS)
def test_sides_exchanged_change_the_sign_only(cells):
    inside, elsewhere, n_inside, n_elsewhere = cells
    there = np.array([inside]), n_inside
    back = np.array([elsewhere]), n_elsewhere
    prior = {"prior": (there[0] + back[0]) / 10 + 0.1, "n_prior": 600}
    for measure in (signed_g2, log_ratio):
        if inside + elsewhere:
            assert measure(*there, *back) == pytest.approx(-measure(*back, *there), abs=1e-9)
    for one, other in zip(
        weighted_log_odds(*there, *back, **prior),
        weighted_log_odds(*back, *there, **prior),
        strict=True,
    ):
        assert one == pytest.approx(-other, abs=1e-9)


def test_one_group_is_compared_with_another_or_with_all_others(texts):
    tokens = kb.tokenize(texts("موسكو", "موسكو دمشق", "جنيف"))
    by = pd.Series(list("xyz"), list("abc"), name="outlet")
    pair = kb.keyness(tokens, by=by, target="x", reference="z").set_index("term")
    assert sorted(pair.index) == ["جنيف", "موسكو"]
    assert pair.loc["موسكو", "reference_frequency"] == 0
    rest = kb.keyness(tokens, by=by).set_index(["outlet", "term"])
    assert rest.loc[("x", "موسكو"), "reference_frequency"] == 1
    assert list(dict.fromkeys(rest.index.get_level_values(0))) == ["x", "y", "z"]


def test_without_groups_the_reference_is_general_arabic_and_said_so(texts):
    table = kb.keyness(kb.tokenize(texts("سوريا وسوريا والسلام")))
    assert set(table["reference"]) == {"wordfreq"}
    assert table["term"].iloc[0] == "سوريا"
    assert table["reference_share"].isna().all()
    assert (table["reference_frequency"] > 100).all()


def test_what_chance_alone_reaches_is_told_by_q():
    rng = np.random.default_rng(0)
    words = np.array([a + b + "ان" for a in "بتثجحخدذرزسش" for b in "بتثجحخدذرزسش"])
    contents = [" ".join(rng.choice(words, 60)) for _ in range(40)]
    table = kb.keyness(kb.tokenize(pd.Series(contents)), by=pd.Series(["x", "y"] * 20), target="x")
    assert len(table) > 100
    assert (table["q"] > 0.05).all()


def test_of_documents_in_any_order_the_table_is_the_same(texts):
    series = texts("موسكو دمشق دمشق", "جنيف", "موسكو جنيف")
    by = pd.Series(list("xyx"), list("abc"))
    pd.testing.assert_frame_equal(
        kb.keyness(kb.tokenize(series), by=by), kb.keyness(kb.tokenize(series.iloc[::-1]), by=by)
    )


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"by": BY, "target": "z"}, r"target must be one of the groups \(x, y\), not 'z'"),
        ({"by": BY, "target": "x", "reference": "x"}, "two groups, not both 'x'"),
        ({"target": "x"}, "target and reference are groups"),
        ({"by": BY, "prior": 0}, "prior must be more than 0"),
    ],
)
def test_groups_that_are_none_are_refused(tokens, options, sentence):
    with pytest.raises(kb.KhabarError, match=sentence):
        kb.keyness(tokens, **options)


def test_log_dice_of_words_that_only_meet_is_fourteen():
    assert log_dice(np.array([7]), 7, np.array([7]))[0] == 14


def test_a_single_group_is_compared_with_general_arabic_and_an_empty_one_with_nothing(texts):
    tokens = kb.tokenize(texts("سوريا وسوريا", "2015", "موسكو"))
    table = kb.keyness(tokens, by=pd.Series(["x", "y"], list("ab"), name="outlet"))
    assert table[["outlet", "reference", "term"]].values.tolist()[0] == ["x", "wordfreq", "سوريا"]
    nobody = kb.keyness(tokens, by=pd.Series([None] * 3, list("abc"), name="outlet"), target="x")
    assert nobody.empty
    assert list(nobody.columns) == list(table.columns)
