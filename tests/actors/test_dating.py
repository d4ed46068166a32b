from datetime import date

import pandas as pd
import pytest

import khabar as kb
from khabar.actors.dating import narrow_by_offices
from khabar.corpus.read_dates import read_date


@pytest.mark.parametrize(
    ("text", "day"),
    [
        (
            "ذكر مبعوث الأمم المتحدة إلى سوريا ستيفان دي ميستورا، الخميس 23 أبريل/نيسان",
            (2015, 4, 23),
        ),
        ("وقال دي ميستورا الخميس 23 أبريل/نيسان", (2015, 4, 23)),
        ("أعلن وزير الخارجية الأمريكي جون كيري الجمعة 18 ديسمبر/كانون الأول", (2015, 12, 18)),
        ("أكد الرئيس الأمريكي دونالد ترامب الثلاثاء 24 يناير/كانون الثاني", (2017, 1, 24)),
    ],
)
def test_who_holds_office_decides_the_year(text, day):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (date(*day), "likely")
    assert "the time of" in parsed.reason


def test_one_whose_term_spans_several_years_leaves_them_open():
    parsed = kb.parse_date("قال سيرغي لافروف الخميس 23 أبريل/نيسان")
    assert parsed.grade == "ambiguous"


def test_a_body_is_not_named_before_it_was_founded():
    # 28 February was a Friday in 2003, 2008, 2014, 2020 and 2025.
    body = "الائتلاف الوطني لقوى الثورة والمعارضة السورية"
    parsed = kb.parse_date(f"أعلن {body} الجمعة 28 فبراير/شباط")
    assert [day.year for day in parsed.candidates] == [2014, 2020, 2025]


def test_a_body_long_gone_leaves_the_titled_persons_to_decide():
    told = "بحث الرئيس الأمريكي دونالد ترامب، الثلاثاء 24 يناير/كانون الثاني، عمل"
    assert kb.parse_date(f"{told} المجموعة الدولية لدعم سوريا").date == date(2017, 1, 24)


def test_a_former_holder_decides_nothing():
    text = "قال وزير الخارجية الأمريكي السابق جون كيري الجمعة 18 ديسمبر/كانون الأول"
    assert kb.parse_date(text).grade == "ambiguous"


def test_one_elected_but_not_yet_in_office_decides_nothing():
    # Saturday 7 December: 2013, 2019, 2024.
    text = "استقبل ماكرون، السبت 7 ديسمبر، الرئيس الأمريكي المنتخب دونالد ترامب"
    assert date(2024, 12, 7) in kb.parse_date(text).candidates


def test_one_named_with_the_title_of_another_office_decides_nothing():
    # Wednesday 8 November: 2006, 2017, 2023; he was president from 2022.
    text = "حضر الافتتاح، الأربعاء 8 نوفمبر، ولي عهد أبوظبي محمد بن زايد"
    assert date(2017, 11, 8) in kb.parse_date(text).candidates


def test_a_titled_person_goes_before_one_named_bare_of_another_time():
    text = "وصف المبعوث الأممي ستيفان دي ميستورا، الخميس 23 أبريل/نيسان، خطة كوفي عنان"
    assert kb.parse_date(text).date == date(2015, 4, 23)


def test_titled_persons_of_different_times_leave_the_years_open():
    text = (
        "بين الرئيس الأمريكي دونالد ترامب والرئيس الأمريكي جورج بوش، الثلاثاء 24 يناير/كانون الثاني"
    )
    before = read_date(text).candidates
    assert kb.parse_date(text).candidates == before


def test_offices_never_override_a_year_that_is_written(ledger):
    text = "قال دي ميستورا الخميس 23 أبريل 2020"
    parsed = [read_date(text)]
    assert narrow_by_offices(parsed, pd.Series([text]), ledger) == parsed
    assert parsed[0].date == date(2020, 4, 23)


def test_a_day_and_month_that_may_be_exchanged_are_not_decided_by_offices():
    assert kb.parse_date("قال دي ميستورا 01/05/2015").grade == "ambiguous"
