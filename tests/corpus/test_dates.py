from datetime import date

import pytest

import khabar as kb


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("الخميس 23 أبريل/نيسان 2015", date(2015, 4, 23)),
        ("الثلاثاء 22 تشرين الأول 2019", date(2019, 10, 22)),
        ("في 30 يونيو/حزيران عام 2012", date(2012, 6, 30)),
        ("المؤرخ بـ30 حزيران عام 2012", date(2012, 6, 30)),
        ("بتاريخ الـ30 من يونيو/حزيران 2012", date(2012, 6, 30)),
        ("14 نوفمبر (تشرين الثاني) 2013", date(2013, 11, 14)),
        ("الإثنين, 29-أبريل-2024", date(2024, 4, 29)),
        ("٢٧ مايو ٢٠١٦", date(2016, 5, 27)),
        ("5 جويلية 2017", date(2017, 7, 5)),
        ("11 ابرايل 2016", date(2016, 4, 11)),
        ("2015-04-23T10:00:00Z", date(2015, 4, 23)),
        ("23/4/2015", date(2015, 4, 23)),
    ],
)
def test_stated_dates_are_read_in_every_usual_form(text, expected):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (expected, "stated")


def test_a_missing_year_is_inferred_if_one_year_fits_the_weekday():
    parsed = kb.parse_date("الاثنين 25 مايو/أيار", after=date(2012, 1, 1), before=date(2018, 1, 1))
    assert (parsed.date, parsed.grade) == (date(2015, 5, 25), "inferred")


def test_a_missing_year_with_several_fitting_years_is_left_open():
    parsed = kb.parse_date("الخميس 23 أبريل/نيسان", after=date(2012, 1, 1), before=date(2022, 1, 1))
    assert parsed.date is None
    assert parsed.candidates == (date(2015, 4, 23), date(2020, 4, 23))
    assert parsed.grade == "ambiguous"


def test_a_weekday_that_contradicts_the_date_is_told():
    parsed = kb.parse_date("الخميس 24 أبريل 2015")
    assert (parsed.date, parsed.grade) == (date(2015, 4, 24), "contradictory")
    assert "Friday" in parsed.reason


@pytest.mark.parametrize("text", ["", "القرار 2254", "31 فبراير 2015", "5 مايو/حزيران 2015"])
def test_no_date_is_made_up(text):
    assert kb.parse_date(text).date is None


def test_a_word_that_only_contains_a_month_is_no_date():
    assert kb.parse_date("في 3 مارسيليا 2015").grade == "none"


def test_the_sample_dates_agree_with_the_truth_wherever_one_is_given(sample):
    from importlib.resources import files

    import pandas as pd

    truth = files("khabar.data").joinpath("sample", "truth.csv")
    with truth.open(encoding="utf-8") as file:
        true_dates = pd.read_csv(file, index_col="document", parse_dates=["date"])["date"]
    dated = sample["published"].dropna()
    assert len(dated) >= 30
    assert (dated == true_dates.reindex(dated.index)).all()
