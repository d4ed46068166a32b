import csv
import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar as kb
from khabar.corpus.furniture import furniture_rules


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


def test_titles_furniture_and_paragraphs_of_real_pages_are_as_annotated(shared):
    facts = json.loads(shared("gold/facts_seeds.json").read_text(encoding="utf-8"))
    documents, _ = kb.clean_articles(kb.read_articles(shared("seeds"))[0])
    for document, gold in facts.items():
        text = documents.loc[document, "text"]
        assert documents.loc[document, "title"] == gold["title"]
        assert not {line["text"].strip() for line in gold["boilerplate"]} & set(text.splitlines())
        assert all(p["text"] in text for p in gold["body_paragraphs"] + gold["subheadings"])


def test_lines_that_recur_in_real_outlets_are_found_without_being_told(shared):
    sets = ["ant-news-2018", "saudinewsnet-2015", "ant-jawhara"]
    read = [pd.read_json(shared(f"data/{name}/articles.jsonl.gz"), lines=True) for name in sets]
    table = pd.concat(read).drop_duplicates("id").rename(columns={"text": "raw"}).set_index("id")
    table = table[["raw", "title", "outlet", "url"]].astype("str")
    documents, _ = kb.clean_articles(table)
    known = pd.read_csv(
        shared("data/boilerplate-repeated-lines/lines.tsv"), sep="\t", quoting=csv.QUOTE_NONE
    )
    known = set(zip(known["outlet"].str.split("/").str[1], known["line"], strict=True))

    def count(outlets, texts):
        pages = zip(outlets, texts.map(str.splitlines), strict=True)
        return sum((outlet, line.strip()) in known for outlet, lines in pages for line in lines)

    at_hand = count(table["outlet"], table["raw"])
    left = count(documents["outlet"], documents["text"])
    assert at_hand > 700
    assert left / at_hand < 0.02


@pytest.mark.parametrize(
    ("dateline", "body"),
    [
        ("القاهرة - ميناء اليوم: ", "قال الوزير كذا"),
        ("دبي - العربية.نت\n", "قال الوزير كذا"),
        ("لندن، بريطانيا (CNN) -- ", "قال الوزير كذا"),
        ("(رويترز) - ", "قال الوزير كذا"),
        ("بيروت (أ ف ب) - ", "قال الوزير كذا"),
        ("موسكو (سبوتنيك). ", "قال الوزير كذا"),
        ("لندن: «ميناء اليوم»\n", "قال الوزير كذا"),
        ("الرياض 26 شوال 1436 هـ الموافق 11 أغسطس 2015 م واس\n", "قال الوزير كذا"),
    ],
)
def test_a_dateline_is_cut_from_the_first_paragraph_and_listed(dateline, body):
    raw = f"{dateline}{body}\nفقرة ثانية"
    documents, removed = kb.clean_articles(articles(raw, title=["عنوان"], outlet=["ميناء اليوم"]))
    assert documents.loc[0, "text"] == f"{body}\nفقرة ثانية"
    assert removed["rule"].tolist() == ["dateline"]
    assert removed.loc[0, "text"].strip() == dateline.strip()


@pytest.mark.parametrize(
    "first",
    [
        "موسكو: نأمل بتعزيز التنسيق مع واشنطن",
        "باريس - لافروف: لا بديل للحوار",
        "لافروف وكيري - لقاء في فيينا",
        "قال مسؤول (رويترز) إن المحادثات بدأت",
        "أعلنت وكالة (ناسا) - نجاح التجربة",
        "تمت طباعة خمسة آلاف نسخة من الكتاب",
        "شارك في المؤتمر وزراء من عشر دول",
        "حقوق الملكية الفكرية في خطر",
        "أرسل إلى مجلس الأمن رسالة",
        "تابعوا المباراة على الشاشات الكبيرة",
        "ضبط العدد 5 من الأسلحة المسروقة",
    ],
)
def test_a_line_of_news_that_looks_like_furniture_stays(first):
    raw = f"{first}\nفقرة ثانية\n{first}"
    documents, removed = kb.clean_articles(articles(raw, title=["عنوان"]))
    assert documents.loc[0, "text"] == raw
    assert removed.empty


def test_an_opening_part_that_three_documents_share_is_a_source():
    cities = ("الرياض", "جدة", "تبوك")
    raw = [f"سبق- {city}: خبر من {city} اليوم" for city in cities]
    documents, _ = kb.clean_articles(articles(*raw, title="عنوان"))
    assert documents["text"].tolist() == [f"خبر من {city} اليوم" for city in cities]


def test_what_is_glued_to_the_last_line_is_cut_off_it():
    raw = "قال الوزير كذا. رابط الخبر بصحيفة الوئام: عنوان"
    documents, removed = kb.clean_articles(articles(raw, title=["عنوان"]))
    assert documents.loc[0, "text"] == "قال الوزير كذا. "
    assert removed["rule"].tolist() == ["original link"]


@pytest.mark.parametrize(
    ("page", "outlet", "rule"),
    [
        ("تابعوا شرفة نيوز على\nعنوان\nنص", "شرفة نيوز", "follow us"),
        ("المرسى -\nعنوان\nنص", "المرسى", "masthead"),
        ("كلمة -\nعنوان\nنص\nتابعوا شرفة نيوز على", "شرفة نيوز", "follow us"),
        ("ميناء اليوم - السياسة\nعنوان\nنص", "ميناء اليوم", "masthead"),
        ("عنوان\nنص\nانسخ الرابطhttps://www.marsa.example/x", "marsa.example", "host of the url"),
    ],
)
def test_a_page_names_its_outlet_where_nothing_else_does(page, outlet, rule):
    documents, _ = kb.clean_articles(articles(page, outlet=pd.Series([None], dtype="str")))
    assert documents.loc[0, ["outlet", "outlet_rule"]].tolist() == [outlet, rule]


def test_a_host_is_known_by_the_name_that_other_pages_give():
    pages = articles("تابعوا RT على\nعنوان\nنص", "عنوان\nنص", outlet=None, title=None)
    pages = pages.assign(url=[None, "https://ar.rt.com/abc"]).astype("str")
    documents, _ = kb.clean_articles(pages)
    assert documents["outlet"].tolist() == ["RT", "RT"]


def test_a_page_that_says_nothing_has_no_outlet():
    documents, _ = kb.clean_articles(articles("عنوان\nنص", outlet=pd.Series([None], dtype="str")))
    assert documents[["outlet", "outlet_rule"]].isna().all(axis=None)


def test_the_paragraphs_of_an_article_published_ten_times_are_no_furniture():
    article = "عنوان الخبر\nفقرة أولى من الخبر\nفقرة ثانية أطول من الخبر نفسه"
    documents, removed = kb.clean_articles(articles(*[article] * 10))
    assert set(documents["text"]) == {"فقرة أولى من الخبر\nفقرة ثانية أطول من الخبر نفسه"}
    assert set(removed["rule"]) == {"headline"}


def test_cleaning_can_be_switched_off():
    documents, removed = kb.clean_articles(articles(PAGE), clean=False)
    assert documents.loc[0, ["text", "title"]].tolist() == [PAGE, ""]
    assert removed.empty


def test_a_rule_for_the_edges_leaves_the_middle_alone():
    paragraph = "قال الوزير " + "كلاما كثيرا " * 10
    raw = f"{paragraph}\nرياضة\n{paragraph}\nرياضة"
    documents, removed = kb.clean_articles(articles(raw, title=["عنوان"]))
    assert documents.loc[0, "text"] == f"{paragraph}\nرياضة\n{paragraph}"
    assert removed[["line", "rule"]].to_numpy().tolist() == [[4, "section name"]]


def test_a_few_words_between_headline_and_share_buttons_are_a_caption():
    paragraph = "قال الوزير " + "كلاما كثيرا " * 10
    raw = f"عنوان الخبر الأول\nوزارة الخارجية\nانسخ الرابط\n{paragraph}\nعنوان فرعي\n{paragraph}"
    documents, removed = kb.clean_articles(articles(raw))
    assert documents.loc[0, "text"] == f"{paragraph}\nعنوان فرعي\n{paragraph}"
    assert removed[["line", "rule"]].to_numpy().tolist()[1] == [2, "picture caption"]


def test_every_bundled_rule_has_a_place_where_it_holds():
    assert {rule.where for rule in furniture_rules()} == {"any", "edge", "start", "end"}


LINES = st.sampled_from(
    ["مباشر", "عاجل", "", "  ", "تابعوا RT على", "المصدر: وكالات", "قال الوزير كذا", "خبر قصير",
     "القاهرة - رويترز: بدأ الاجتماع", "دبي - العربية.نت", "عنوان", "كلام " * 30, "// انتهى //"]
)  # fmt: skip
RAW = st.lists(LINES, min_size=1, max_size=12).map("\n".join)
TITLE = st.sampled_from([None, "عنوان"])


@settings(deadline=None)  # the first call compiles the rules
@given(RAW, TITLE)
def test_text_is_characters_of_raw_in_order_and_the_rest_is_listed(raw, title):
    documents, removed = kb.clean_articles(articles(raw, title=pd.Series([title], dtype="str")))
    characters = iter(raw)
    assert all(character in characters for character in documents.loc[0, "text"])
    accounted = " ".join([documents.loc[0, "text"], *removed["text"]])
    assert sorted(accounted.split()) == sorted(raw.split())


@settings(deadline=None)
@given(st.lists(RAW, min_size=1, max_size=6), st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(raws, random):
    pages = articles(*raws)
    order = random.sample(range(len(raws)), len(raws))
    here, removed = kb.clean_articles(pages)
    there, removed_there = kb.clean_articles(pages.iloc[order])
    pd.testing.assert_frame_equal(there.sort_index(), here)
    rows = removed_there.sort_values(["document_id", "line"], kind="stable", ignore_index=True)
    pd.testing.assert_frame_equal(rows, removed)


def test_cleaning_what_is_clean_takes_nothing_away(sample):
    again, removed = kb.clean_articles(sample.assign(raw=sample["text"]))
    assert again["text"].equals(sample["text"])
    assert removed.empty


def test_an_address_that_is_none_names_no_outlet():
    table = articles("خبر", outlet=None, url="http://[").astype("str")
    assert kb.clean_articles(table)[0]["outlet"].isna().tolist() == [True]
