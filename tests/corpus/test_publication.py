from datetime import date

import pandas as pd
import pytest

from khabar.corpus.publication import dateline, publication_dates


@pytest.fixture
def dated():
    """Return a function that dates documents of one outlet: (given, body) each."""

    def make(*rows: tuple[str | None, str]):
        table = pd.DataFrame(rows, columns=["published", "text"], dtype="str")
        return publication_dates(table.assign(title="", raw=table["text"], outlet="o"))

    return make


BODY = "أعلنت الوزارة الخميس 23 أبريل 2015 أن اللقاء انتهى."


def test_the_given_date_goes_before_the_dateline(dated):
    [parsed] = dated(("2015-04-24", BODY))
    assert (parsed.date, parsed.grade) == (date(2015, 4, 24), "certain")


def test_a_given_date_that_cannot_be_read_leaves_the_word_to_the_dateline(dated):
    [parsed] = dated(("قبل ساعة", BODY))
    assert parsed.date == date(2015, 4, 23)
    assert "given date not used" in parsed.reason


def test_a_given_date_well_before_the_day_the_body_tells_is_not_believed_alone(dated):
    [parsed] = dated(("2011-01-01", BODY))
    assert (parsed.date, parsed.grade) == (None, "ambiguous")
    assert parsed.candidates == (date(2011, 1, 1), date(2015, 4, 23))


def test_an_exchangeable_given_date_is_decided_by_the_dateline(dated):
    [parsed] = dated(("01/05/2015", "أعلنت الوزارة الجمعة 1 مايو 2015 أن اللقاء انتهى."))
    assert parsed.date == date(2015, 5, 1)


def test_an_exchangeable_given_date_follows_the_order_the_outlet_shows(dated):
    parsed = dated(*[(day, "") for day in ("01/05/2024", "13/05/2024", "14/05/2024", "15/05/2024")])
    assert (parsed[0].date, parsed[0].grade) == (date(2024, 5, 1), "likely")
    parsed = dated(*[(day, "") for day in ("01/05/2024", "05/13/2024", "05/14/2024", "05/15/2024")])
    assert parsed[0].date == date(2024, 1, 5)


def test_an_exchangeable_given_date_stays_open_where_the_outlet_shows_both_orders(dated):
    days = ("01/05/2024", "13/05/2024", "14/05/2024", "05/15/2024")
    assert dated(*[(day, "") for day in days])[0].grade == "ambiguous"


PARAGRAPH = "قال الوزير إن اللقاء انتهى من دون اتفاق على موعد جديد"


@pytest.mark.parametrize(
    ("raw", "body", "day"),
    [
        # Under the headline: the stamp of the page.
        ("اللقاء ينتهي\nالخميس 23 أبريل 2015\n{}", PARAGRAPH, date(2015, 4, 23)),
        # Above it: the day of the visit.
        ("السبت 27 أبريل 2024\nاللقاء ينتهي\n{}", PARAGRAPH, None),
        ("اللقاء ينتهي\nآخر تحديث: السبت 27 أبريل 2024\n{}", PARAGRAPH, None),
        # What the body tells goes first; its year may stand in the stamp.
        ("اللقاء ينتهي\nالسبت 25 أبريل 2015\n{}", BODY, date(2015, 4, 23)),
        (
            "اللقاء ينتهي\nالسبت 25 أبريل 2015\n{}",
            "أعلنت الوزارة الخميس 23 أبريل أن اللقاء انتهى.",
            date(2015, 4, 23),
        ),
    ],
)
def test_a_stamp_under_the_headline_dates_a_body_that_tells_no_day(raw, body, day):
    page = {"published": None, "title": "اللقاء ينتهي", "text": body, "raw": raw.format(body)}
    [parsed] = publication_dates(pd.DataFrame([page | {"outlet": "o"}], dtype="str"))
    assert parsed.date == day


def test_a_dateline_without_its_weekday_is_likely():
    parsed = dateline("موسكو 23 أبريل 2015 - أعلنت الوزارة أن اللقاء انتهى")
    assert (parsed.date, parsed.grade) == (date(2015, 4, 23), "likely")


def test_what_is_reported_of_yesterday_was_published_today():
    parsed = dateline("أعلنت الوزارة أمس الخميس 23 أبريل 2015 أن اللقاء انتهى")
    assert (parsed.date, parsed.grade) == (date(2015, 4, 24), "likely")


@pytest.mark.parametrize(
    "body",
    [
        "عقد اللقاء على أساس بيان جنيف المؤرخ في 30 حزيران 2012.",
        "كان الوزير قد أعلن الخميس 23 أبريل 2015 استقالته.",
        "لا يوم هنا.",
        "تمت طباعة الخبر في: الإثنين, 29-أبريل-2024",
        "كلام كثير. " * 80 + BODY,
    ],
)
def test_a_body_without_a_day_of_its_own_near_the_top_stays_undated(body):
    parsed = dateline(body)
    assert (parsed.date, parsed.grade) == (None, "unknown")
    assert parsed.reason


def test_a_day_told_as_of_this_month_leaves_every_day_of_that_month():
    parsed = dateline("من المتوقع أن تستأنف المحادثات في 11 أبريل الجاري.")
    assert (parsed.date, parsed.grade) == (None, "ambiguous")
    assert {day.month for day in parsed.candidates} == {4}
    assert len(parsed.candidates) == 31 * 30


def test_a_sentence_may_announce_a_day_without_saying_so():
    assert dateline("تدور الأحد 7 مايو 2017 مباريات الجولة التاسعة").date is None
    assert dateline("ستلتئم الجلسة يوم الجمعة 17 مارس 2017").date is None


def test_a_name_that_begins_like_a_future_verb_announces_nothing():
    assert dateline("قال سيرغي لافروف الخميس 23 أبريل 2015").date == date(2015, 4, 23)


def test_a_day_told_a_few_weeks_ahead_still_gives_the_year():
    body = "أجلت الوزارة الموعد، الجمعة 9 ديسمبر، إلى الثلاثاء 13 ديسمبر 2016."
    assert dateline(body).date == date(2016, 12, 9)


def test_a_page_was_not_published_after_it_was_printed():
    raw = "قال الاثنين 25 مايو/أيار إنه وصل في 2014.\nتمت طباعة الخبر في: الإثنين, 20-مايو-2019"
    body = "قال الاثنين 25 مايو/أيار إنه وصل."
    assert [day.year for day in dateline(body, raw).candidates] == [2009, 2015]


def test_the_order_of_the_documents_does_not_change_their_dates(dated):
    rows = [
        ("01/05/2024", ""),
        ("13/05/2024", ""),
        (None, BODY),
        ("14/05/2024", ""),
        ("15/5/2024", ""),
    ]
    assert dated(*rows)[::-1] == dated(*rows[::-1])
