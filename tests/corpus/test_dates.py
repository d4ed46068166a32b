from datetime import date, datetime

import pytest

import khabar as kb
from khabar.corpus.month_names import month_number

FULL = [
    ("الخميس 23 أبريل/نيسان 2015", (2015, 4, 23)),
    ("الثلاثاء 22 تشرين الأول 2019", (2019, 10, 22)),
    ("في 30 يونيو/حزيران عام 2012", (2012, 6, 30)),
    ("المؤرخ بـ30 حزيران عام 2012", (2012, 6, 30)),
    ("بتاريخ الـ30 من يونيو/حزيران 2012", (2012, 6, 30)),
    ("14 نوفمبر (تشرين الثاني) 2013", (2013, 11, 14)),
    ("الإثنين, 29-أبريل-2024", (2024, 4, 29)),
    ("٢٧ مايو ٢٠١٦", (2016, 5, 27)),
    ("۵ دیسمبر ۲۰۱۷", (2017, 12, 5)),
    ("5 جويلية 2017", (2017, 7, 5)),
    ("7 غشت 2013", (2013, 8, 7)),
    ("12 شتنبر 2011", (2011, 9, 12)),
    ("3 نونبر 2018", (2018, 11, 3)),
    ("25 دجنبر 2019", (2019, 12, 25)),
    ("14 جانفي 2011", (2011, 1, 14)),
    ("الأحد 5 فيفري 2017", (2017, 2, 5)),
    ("9 أفريل 2014", (2014, 4, 9)),
    ("19 جوان 2015", (2015, 6, 19)),
    ("20 أوت 2016", (2016, 8, 20)),
    ("30 يوليوز 2014", (2014, 7, 30)),
    ("6 يونيه 2016", (2016, 6, 6)),
    ("الاثنين 11 ابرايل 2016", (2016, 4, 11)),
    ("11 ابرايل 2016", (2016, 4, 11)),
    ("8 سبتبمر 2014", (2014, 9, 8)),
    ("8 أكتوبير 2014", (2014, 10, 8)),
    ("17 فبرير 2014", (2014, 2, 17)),
    ("أبريل/نيسان 23, 2015", (2015, 4, 23)),
    ("15 كانون الثاني/يناير 2014", (2014, 1, 15)),
    ("15 يناير/كانون الثاني 2014", (2014, 1, 15)),
    ("1 آب/أغسطس 2012", (2012, 8, 1)),
    ("1 آب (أغسطس) 2012", (2012, 8, 1)),
    ("1 أغسطس - آب 2012", (2012, 8, 1)),
    ("3 يوليو تموز 2015", (2015, 7, 3)),
    ("28 شباط 2013", (2013, 2, 28)),
    ("29 شباط 2016", (2016, 2, 29)),
    ("31 كانون الأول 2017", (2017, 12, 31)),
    ("31 كانون أول 2017", (2017, 12, 31)),
    ("2 تشرين ثاني 2010", (2010, 11, 2)),
    ("21 أيـــلول 2015م", (2015, 9, 21)),
    ("الجُمعة 27 أيّار 2016", (2016, 5, 27)),
    ("الثلثاء (5 أبريل/ نيسان 2016)", (2016, 4, 5)),
    ("يوم الأربعاء الموافق 6 أبريل 2016", (2016, 4, 6)),
    ("الثلاثين من حزيران 2012", (2012, 6, 30)),
    ("الحادي والعشرين من آذار 2014", (2014, 3, 21)),
    ("الأول من مايو 2013", (2013, 5, 1)),
    ("الرابع عشر من شهر يوليو سنة 2013", (2013, 7, 14)),
    ("2015-04-23", (2015, 4, 23)),
    ("2015-04-23T10:00:00Z", (2015, 4, 23)),
    ("2017-01-22T193400", (2017, 1, 22)),
    ("2015/4/23 10:15", (2015, 4, 23)),
    ("20150423", (2015, 4, 23)),
    ("23/4/2015", (2015, 4, 23)),
    ("23.04.2015", (2015, 4, 23)),
    ("23 - 4 - 2015", (2015, 4, 23)),
    ("٢٣/٤/٢٠١٥", (2015, 4, 23)),
    ("4/23/2015", (2015, 4, 23)),
    ("الجمعة 01/05/2015", (2015, 5, 1)),
    ("05/05/2015", (2015, 5, 5)),
    ("Sun, 05 Jan 2014 06:14:04 +0400", (2014, 1, 5)),
    ("Wed, 14 Feb 2018 23:59:59 GMT", (2018, 2, 14)),
    ("Thursday, 23rd of April 2015", (2015, 4, 23)),
    ("April 23, 2015", (2015, 4, 23)),
    ("Thu Apr 23, 2015", (2015, 4, 23)),
    ("23 Sept 2015", (2015, 9, 23)),
    ("الخميس 4 رجب 1436هـ الموافق 23 أبريل 2015م", (2015, 4, 23)),
    ("الخميس 23 أبريل 2015 الموافق 4 رجب 1436", (2015, 4, 23)),
    ("الخميس 4 رجب 1436 هـ", (2015, 4, 23)),
    ("تاريخ النشر: 23 أبريل 2015", (2015, 4, 23)),
    ("وقالت الوزارة في بيان الخميس 23 أبريل 2015", (2015, 4, 23)),
]


@pytest.mark.parametrize(("text", "day"), FULL)
def test_a_full_date_is_read_in_every_usual_form(text, day):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (date(*day), "certain")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("4 رجب 1436هـ", (2015, 4, 23)),
        ("١ رمضان ١٤٣٦", (2015, 6, 18)),
        ("29/7/1436هـ", (2015, 5, 18)),
        ("10 ذي الحجة 1440", (2019, 8, 11)),
        ("15 جمادى الآخرة 1437 هـ", (2016, 3, 24)),
        ("الجمعة 4 رجب 1436 هـ", (2015, 4, 24)),  # the moon was seen a day late
    ],
)
def test_a_hijri_date_alone_is_likely_for_the_moon_may_be_a_day_off(text, day):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (date(*day), "likely")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("أمس", 23),
        ("البارحة", 23),
        ("أمس الخميس", 23),
        ("أول أمس", 22),
        ("أول من أمس", 22),
        ("اليوم", 24),
        ("وقال اليوم الجمعة", 24),
        ("غدا", 25),
        ("yesterday", 23),
        ("الخميس", 23),
        ("الجمعة", 24),
        ("الخميس الماضي", 23),
        ("الجمعة الماضي", 17),
        ("السبت المقبل", 25),
        ("20 أبريل", 20),
        ("الاثنين 20 أبريل الماضي", 20),
        ("30 أبريل المقبل", 30),
    ],
)
def test_relative_words_are_read_from_a_known_day(text, day):
    assert kb.parse_date(text, reference=date(2015, 4, 24)).date == date(2015, 4, day)


@pytest.mark.parametrize("text", ["أمس", "اليوم", "الخميس الماضي"])
def test_relative_words_say_nothing_without_a_known_day(text):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (None, "unknown")
    assert "not known" in parsed.reason


def test_yesterday_with_another_weekday_contradicts_itself():
    assert kb.parse_date("أمس الأربعاء", reference=date(2015, 4, 24)).grade == "unknown"


def test_a_missing_year_is_likely_if_one_year_fits_weekday_and_window():
    parsed = kb.parse_date("الاثنين 25 مايو/أيار", after=date(2012, 1, 1), before=date(2018, 1, 1))
    assert (parsed.date, parsed.grade) == (date(2015, 5, 25), "likely")


def test_the_window_may_be_given_as_datetimes():
    parsed = kb.parse_date("25 مايو", after=datetime(2015, 1, 1, 5), before=datetime(2015, 9, 1, 5))
    assert parsed.date == date(2015, 5, 25)


def test_a_missing_year_with_several_fitting_years_is_left_open():
    parsed = kb.parse_date("الخميس 23 أبريل/نيسان", after=date(2012, 1, 1), before=date(2022, 1, 1))
    assert (parsed.date, parsed.grade) == (None, "ambiguous")
    assert parsed.candidates == (date(2015, 4, 23), date(2020, 4, 23))
    assert "2015" in parsed.reason
    assert "2020" in parsed.reason


@pytest.mark.parametrize("year", range(2000, 2031))
def test_a_weekday_is_never_given_a_year_in_which_it_does_not_fall(year):
    window = {"after": date(year, 1, 1), "before": date(year, 12, 31)}
    parsed = kb.parse_date("الخميس 23 أبريل/نيسان", **window)
    fits = date(year, 4, 23).weekday() == 3
    assert parsed.date == (date(year, 4, 23) if fits else None)
    assert parsed.grade == ("likely" if fits else "unknown")
    assert fits or "fits no year" in parsed.reason


@pytest.mark.parametrize("text", ["الخميس 24 أبريل 2015", "Sat, 05 Jan 2014 06:14:04 +0400"])
def test_a_weekday_that_contradicts_a_full_date_leaves_no_date(text):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.candidates, parsed.grade) == (None, (), "unknown")
    assert "contradicts" in parsed.reason


def test_two_calendars_that_are_days_apart_leave_no_date():
    parsed = kb.parse_date("20 رجب 1436هـ الموافق 23 أبريل 2015م")
    assert (parsed.date, parsed.grade) == (None, "unknown")


def test_a_full_date_outside_the_window_leaves_no_date():
    assert kb.parse_date("23 أبريل 2015", after=date(2016, 1, 1)).date is None


def test_a_day_and_month_that_may_be_exchanged_are_both_candidates():
    parsed = kb.parse_date("01/05/2024")
    assert (parsed.date, parsed.grade) == (None, "ambiguous")
    assert parsed.candidates == (date(2024, 1, 5), date(2024, 5, 1))


def test_the_window_decides_between_exchanged_day_and_month():
    parsed = kb.parse_date("01/05/2024", after=date(2024, 3, 1))
    assert (parsed.date, parsed.grade) == (date(2024, 5, 1), "likely")


@pytest.mark.parametrize(
    "text",
    [
        "تمت طباعة الخبر في: الإثنين, 29-أبريل-2024 الساعة: 12:07 ص",
        "العدد 1105 - 13/5/2024",
        "آخر تحديث: 3 مايو 2020",
        "بيان جنيف 30 حزيران 2012",
        "على أساس بيان جنيف الصادر في 30 حزيران 2012",
        "القرار الصادر في 18 ديسمبر 2015",
        "ذكرى ثورة 25 يناير 2011",
        "في الذكرى العاشرة لاندلاعها الثلاثاء 15 مارس 2011",
        "منذ 15 مارس 2011",
        "هجمات 11 سبتمبر 2001",
        "ينطلق المؤتمر في 7 مايو المقبل",
        "سيعقد الاجتماع الخميس 23 أبريل 2015",
        "بحلول 30 يونيو 2014",
        "في 30 ديسمبر/كانون الأول الماضي",
    ],
)
def test_a_day_of_printing_of_a_document_or_still_to_come_is_not_believed(text):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (None, "unknown")
    assert "not the day of the text" in parsed.reason


def test_the_day_of_the_text_is_read_past_a_day_that_is_only_mentioned():
    text = "على أساس بيان جنيف في 30 حزيران 2012، قال الوزير الخميس 23 نيسان 2015"
    assert kb.parse_date(text).date == date(2015, 4, 23)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "القرار 2254",
        "31 فبراير 2015",
        "29 فبراير 2015",
        "5 مايو/حزيران 2015",
        "في 2015",
        "32 مايو 2015",
    ],
)
def test_no_date_is_made_up(text):
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (None, "unknown")


@pytest.mark.parametrize(
    "text",
    [
        "في 3 مارسيليا 2015",
        "20 مليون دولار عام 2015",
        "قتل 15 إنسان 2015",
        "الأحد 4 لاعبين",
        "5 ملايين 2016",
        "فاز 3 - 1 مساء 2015",
        "12 دولار الجاري",
    ],
)
def test_an_ordinary_word_after_a_number_is_no_month(text):
    assert kb.parse_date(text).candidates == ()


def test_only_long_month_names_are_corrected():
    assert month_number("ابرايل") == 4
    assert month_number("مايون") is None


def test_a_past_day_in_the_text_rules_out_the_years_before_it():
    text = "قال الخميس 23 أبريل إن بيان جنيف المؤرخ في 30 حزيران 2012 قائم"
    years = [day.year for day in kb.parse_date(text).candidates]
    assert years == [2015, 2020, 2026]


def test_a_year_still_to_come_rules_out_nothing():
    text = "أعلن الجمعة 30 ديسمبر/كانون الأول عقدا حتى عام 2025"
    assert kb.parse_date(text).candidates[0].year == 2005


def test_a_past_month_of_the_last_twelve_decides_the_year():
    text = "توج الجمعة 19 يوليو بعدما تولى المهمة في أغسطس 2018"
    parsed = kb.parse_date(text)
    assert (parsed.date, parsed.grade) == (date(2019, 7, 19), "likely")


def test_bounds_in_the_wrong_order_are_refused():
    with pytest.raises(kb.KhabarError, match="after must not be later than before"):
        kb.parse_date("23 أبريل", after=date(2016, 1, 1), before=date(2015, 1, 1))


def test_a_day_with_its_weekday_goes_before_one_without_weekday_and_year():
    text = "يغادر الدبلوماسي منصبه في 31 ماي، وفق ما أعلن المكتب الثلاثاء 13 ماي 2014"
    assert kb.parse_date(text).date == date(2014, 5, 13)
