import pandas as pd
import pytest

import khabar as kb


def articles(*raw: str, **columns) -> pd.DataFrame:
    table = pd.DataFrame({"raw": raw, "title": None, "outlet": "شرفة"}).astype("str")
    return table.assign(**columns).rename_axis("document_id")


PAGE = "مباشر\n\nموسكو تدعو إلى الحوار\n\nتابعوا RT على\nقال لافروف كذا.\n\nالمصدر: وكالات\nموافق\n"


def test_headline_and_body_come_out_of_the_furniture():
    documents, removed = kb.clean_articles(articles(PAGE))
    assert documents.loc[0, "title"] == "موسكو تدعو إلى الحوار"
    assert documents.loc[0, "text"] == "قال لافروف كذا."
    assert removed["rule"].tolist() == [
        "live badge", "headline", "follow us", "source credit", "consent",
    ]  # fmt: skip


def test_every_line_is_kept_or_accounted_for():
    documents, removed = kb.clean_articles(articles(PAGE))
    lines = [line for line in PAGE.splitlines() if line.strip()]
    assert sorted([*documents.loc[0, "text"].splitlines(), *removed["text"]]) == sorted(lines)


def test_a_repeated_headline_goes_once_as_headline_and_once_as_repetition():
    _, removed = kb.clean_articles(articles("عنوان الخبر\nعنوان الخبر\nنص الخبر"))
    assert removed["rule"].tolist() == ["headline", "repeated headline"]


def test_a_short_line_in_three_documents_of_an_outlet_is_furniture():
    raw = [f"عنوان {word}\nركن القراء\nنص {word} كذا" for word in ("أول", "ثان", "ثالث")]
    documents, removed = kb.clean_articles(articles(*raw))
    assert (removed["rule"] == "recurs in the outlet").sum() == 3
    assert documents["text"].tolist() == ["نص أول كذا", "نص ثان كذا", "نص ثالث كذا"]


def test_the_same_line_in_three_outlets_is_no_furniture():
    raw = [f"عنوان {n}\nقال لافروف ذلك\nنص" for n in "أبج"]
    _, removed = kb.clean_articles(articles(*raw, outlet=["س", "ص", "ع"]))
    assert "recurs in the outlet" not in set(removed["rule"])


def test_a_given_title_is_kept_and_the_first_line_stays_body():
    documents, _ = kb.clean_articles(articles("نص الخبر كله", title=["عنوان"]))
    assert documents.loc[0, ["title", "text"]].tolist() == ["عنوان", "نص الخبر كله"]


@pytest.mark.parametrize(
    ("document", "title"),
    [
        ("000_59d39410a8eaa198.txt", "روسيا والأمم المتحدة تنويان تنسيق الجهود للتسوية بسوريا"),
        ("004_6230f529ce20c48c.txt", "موسكو: نأمل بتعزيز التنسيق مع واشنطن حول الرقة"),
    ],
)
def test_titles_of_real_pages_are_found(seeds, document, title):
    assert seeds.loc[document, "title"] == title


def test_no_cookie_notice_or_print_line_is_left_in_real_pages(seeds):
    for words in ("ملفات تعريف الارتباط", "تمت طباعة الخبر", "تابعوا RT", "المصدر:"):
        assert not seeds["text"].str.contains(words).any()
