"""The stop list: what must go, what must stay, and where each entry comes from."""

import pandas as pd
import pytest

from khabar.language.orthography import counting_key
from khabar.language.stopwords import is_stop_word, stop_words

COLUMNS = ["word", "key", "base", "source", "category"]

GO = """
من في إلى الى أن ان انه ايضا اذا ولكن وبعد منها بأنه لأن لماذا أمام
قال وقالت أكد واكد ويؤكد سيعلن تقول مشيرا وأضافت أوضحوا معتبرة
أبريل ابريل نيسان وأيار يوليوز غشت الاثنين والإثنين للخميس
عام العام للعام سنوات الماضي أحدهم والأخرى ثلاثة بشأن وبسبب المصدر وكالات يمكنه
"""
STAY = """
علي وعلي أبو بن ابن معاذ شمال الجنوب بالشرق غربي مليون مليار ألف
أمن أمني الأمن أهم أمين الأمين ولاية ولي الإمام العين العامة ألم فحم حماة اليمين انقلب
رمضان رجب ماي سوريا رئيس السلام محمد الله
"""


@pytest.mark.parametrize(
    "word",
    GO.split(),
)
def test_words_that_tell_no_article_from_another_go(word):
    assert is_stop_word(word)


@pytest.mark.parametrize(
    "word",
    STAY.split(),
)
def test_names_and_content_words_stay(word):
    assert not is_stop_word(word)


def test_the_spelling_does_not_matter():
    assert {is_stop_word(word) for word in ["أَيْضاً", "أيضا", "ايـــضا"]} == {True}


def test_every_entry_says_where_it_comes_from():
    table = stop_words()
    assert list(table.columns) == COLUMNS
    assert set(table["source"]) == {"arabic-stopwords", "news"}
    assert table["key"].is_unique
    assert not table.isna().any(axis=None)
    assert (table["category"] != "").all()


def test_the_table_and_the_question_agree():
    assert all(is_stop_word(word) for word in stop_words()["word"].sample(300, random_state=0))


def test_words_of_ones_own_are_added_with_their_proclitics_and_the_article():
    table = stop_words(add=["مجلس"])
    added = set(table.loc[table["source"] == "user", "word"])
    assert {"مجلس", "والمجلس", "للمجلس", "وبالمجلس", "ومجلس"} <= added


def test_an_added_word_that_is_listed_counts_once_and_as_the_users():
    table = stop_words(add=["يوم"]).set_index("key")
    assert table.loc["يوم", "source"] == "user"
    assert table.index.is_unique


def test_a_removed_word_is_kept_in_the_corpus_in_every_form_and_spelling():
    keys = set(stop_words(remove=["ابريل"])["key"])
    assert not keys & {counting_key(word) for word in ["أبريل", "وأبريل", "بأبريل"]}
    assert "مايو" in keys


def test_asking_for_ones_own_list_leaves_the_bundled_one_alone():
    stop_words(add=["مجلس"], remove=["عام"])
    pd.testing.assert_frame_equal(stop_words(), stop_words())
    assert is_stop_word("عام")
    assert not is_stop_word("مجلس")
