"""Pages of articles: the text as published, every mention marked."""

import re

import pandas as pd
import pytest

from khabar.charts.evidence import article_page
from khabar.charts.wording import speaking
from khabar.publish.articles import write_articles

TEXT = "قال لافروف <img src=x onerror=alert(1)> في موسكو.\n\nثم \u202eغادر."


@pytest.fixture
def page(tmp_path):
    document = {
        "title": "<script>window.PWN=1</script> خبر",
        "text": TEXT,
        "outlet": "الرواق",
        "published": pd.Timestamp("2017-05-12"),
        "published_grade": "certain",
        "url": "https://rawaq.example/1",
    }
    documents = pd.DataFrame([document], index=["rq/1"])
    place = TEXT.index("موسكو")
    rows = [(4, 10, "لافروف", "lavrov"), (place, place + 5, "موسكو", "russia")]
    mentions = pd.DataFrame(rows, columns=["start", "end", "surface", "actor"])
    mentions = mentions.assign(
        document_id="rq/1", form="name", sense="actor", rule="an <i>alias</i>"
    )
    names = pd.Series({"lavrov": "سيرغي لافروف", "russia": "روسيا"})
    with speaking("ar"):
        write_articles(documents, mentions, names, tmp_path / "articles", "A & B")
    return (tmp_path / "articles" / article_page("rq/1")).read_text(encoding="utf-8")


def test_the_text_is_as_published_with_its_mentions_marked(page):
    body = re.search("<article.*?</article>", page, re.DOTALL)[0]
    assert '<mark id="m4">لافروف</mark>' in body
    assert body.count("<mark") == 2
    assert body.count("<p>") == 2


def test_each_mention_is_listed_with_actor_and_rule(page):
    assert re.search(r'<a href="#m4">.*لافروف.*سيرغي لافروف.*an &lt;i&gt;alias', page)


def test_nothing_of_the_article_is_markup(page):
    assert "<script" not in page
    assert "<img" not in page
    assert "\u202e" not in page


def test_the_page_is_arabic_and_leads_to_its_twin_and_the_outlet(page):
    assert '<html lang="ar" dir="rtl">' in page
    assert f'href="../../en/articles/{article_page("rq/1")}"' in page
    assert 'href="https://rawaq.example/1"' in page
