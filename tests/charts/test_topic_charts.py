"""What a reader sees of topics."""

import pandas as pd
import pytest

import khabar as kb
from khabar.charts.cards import show_topic_cards

HOSTILE = "<script>x</script> خبر"


@pytest.fixture(scope="module")
def documents():
    words = ["المباراة المنتخب الهدف اللاعب"] * 15 + ["النفط البرميل الأسعار الإنتاج"] * 15
    texts = pd.Series(words) + " " + pd.Series([f"كلمة{'ابتثج'[i % 5]}" for i in range(30)])
    texts.index = pd.Index([f"d{i:02}" for i in range(30)], name="document_id")
    return pd.DataFrame(
        {
            "text": texts,
            "title": HOSTILE,
            "outlet": HOSTILE,
            "published": pd.Timestamp("2015-01-01"),
            "url": "javascript:alert(1)",
        }
    )


@pytest.fixture(scope="module")
def topics(documents):
    dtm = kb.document_term_matrix(kb.tokenize(documents["text"]))
    return kb.cluster_documents(dtm, 2).rename({0: HOSTILE, 1: "النفط"})


def test_hostile_titles_outlets_and_names_are_text_in_every_chart(topics, documents):
    mentions = pd.DataFrame({"document_id": ["d00"], "actor": [HOSTILE]})
    figures = [
        kb.plot_topic_terms(topics.terms),
        kb.plot_document_map(kb.document_map(topics, documents)),
        kb.plot_document_map(kb.document_map(topics, documents), colour="outlet"),
        kb.plot_topics_over_time(kb.topics_over_time(topics, documents)),
        kb.plot_topics_by_outlet(kb.topics_by_outlet(topics, documents)),
        kb.plot_topics_by_actor(kb.topics_by_actor(topics, mentions)),
    ]
    for fig in figures:
        shown = fig.to_json()
        assert "<script" not in shown
        assert "\\u003cscript" not in shown
        assert "النفط" in str(fig.to_dict())


def test_a_card_escapes_what_was_scraped_and_links_only_to_the_web(topics, documents):
    page = show_topic_cards(kb.topic_cards(topics, documents))._repr_html_()
    assert "<script>" not in page
    assert "<a " not in page
    documents = documents.assign(url="https://a.example/?a=1&b=2")
    page = show_topic_cards(kb.topic_cards(topics, documents))._repr_html_()
    assert 'href="https://a.example/?a=1&amp;b=2"' in page


def test_a_card_opens_the_article_and_says_how_stable_the_topic_is(topics, documents):
    page = show_topic_cards(kb.topic_cards(topics, documents))._repr_html_()
    assert page.count("<details") == 6
    assert documents.loc["d00", "text"].split()[0] in page
    assert "highly stable" in page


def test_an_unknown_colour_of_the_map_is_refused(topics, documents):
    with pytest.raises(ValueError, match="colour must be topic or outlet; not 'size'"):
        kb.plot_document_map(kb.document_map(topics, documents), colour="size")


def test_charts_of_no_topics_say_so_in_words(topics, documents):
    mentions = pd.DataFrame({"document_id": [], "actor": []})
    undated = documents.assign(published=pd.NaT)
    for fig in (
        kb.plot_topics_by_actor(kb.topics_by_actor(topics, mentions)),
        kb.plot_topics_over_time(kb.topics_over_time(topics, undated)),
    ):
        assert fig.layout.annotations[0].text
        assert not fig.data
