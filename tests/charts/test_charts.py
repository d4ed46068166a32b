"""What a reader sees in each chart, read off the figure."""

import pandas as pd
import pytest

import khabar as kb

HOSTILE = "<b>خبر</b> <a href='https://evil.example'>x</a>"


@pytest.fixture
def counts():
    documents = pd.DataFrame(
        {
            "published": pd.to_datetime(["2015-01-01", "2015-01-02", "2016-02-01"]),
            "story_id": list("abc"),
        },
        index=list("abc"),
    )
    rows = [("a", "un", "actor"), ("a", "un", "actor"), ("b", "syria", "actor")]
    mentions = pd.DataFrame(rows, columns=["document_id", "actor", "sense"])
    return {freq: kb.mention_counts(mentions, documents, freq=freq) for freq in (None, "Y")}


def test_one_period_is_drawn_as_bars_from_the_top_growing_leftwards(counts):
    names = pd.Series({"un": "الأمم المتحدة", "syria": "سوريا"})
    fig = kb.plot_mention_counts(counts[None], names=names, value="mentions")
    (bars,) = fig.data
    assert [text.strip("\u2067\u2069") for text in bars.y] == ["الأمم المتحدة", "سوريا"]
    assert list(bars.x) == [2, 1]
    assert fig.layout.yaxis.autorange == fig.layout.xaxis.autorange == "reversed"
    assert fig.layout.yaxis.side == "right"


def test_shares_carry_their_interval(counts):
    (bars,) = kb.plot_mention_counts(counts[None]).data
    un = counts[None].set_index("actor").loc["un"]
    position = list(bars.y).index("un")
    assert bars.x[position] + bars.error_x.array[position] == pytest.approx(un["high"])
    assert bars.x[position] - bars.error_x.arrayminus[position] == pytest.approx(un["low"])


def test_several_periods_are_small_charts_over_the_number_of_documents(counts):
    fig = kb.plot_mention_counts(counts["Y"], value="mentions")
    *lines, bars = fig.data
    assert [title.text for title in fig.layout.annotations] == ["un", "syria", "documents"]
    assert len({line.yaxis for line in lines}) == 2
    assert list(bars.y) == [2, 1]


def test_actors_and_outlets_are_a_heat_map_with_the_documents_of_each_outlet():
    documents = pd.DataFrame({"story_id": list("abc")}, index=list("abc"))
    mentions = pd.DataFrame({"document_id": ["a", "b"], "actor": "un", "sense": "actor"})
    outlet = pd.Series(["x", "y", "y"], index=list("abc"))
    counts = kb.mention_counts(mentions, documents, by=outlet)
    (cells,) = kb.plot_mention_counts(counts).data
    assert list(cells.x) == ["y (2)", "x (1)"]
    assert [list(row) for row in cells.z] == [[0.5, 1.0]]
    assert len(kb.plot_two_groups(counts, ("x", "y")).data) == 2


def test_a_network_draws_every_actor_once_and_a_line_for_each_link():
    mentions = pd.DataFrame(
        [(d, a, "actor") for d in "ab" for a in ("un", "russia", "syria")],
        columns=["document_id", "actor", "sense"],
    )
    fig = kb.plot_cooccurrence(kb.cooccurrence(mentions))
    assert sorted(fig.data[0].text) == ["russia", "syria", "un"]
    assert len(fig.layout.shapes) == 3


def test_every_chart_has_a_title_its_numbers_and_axis_titles(counts, sample):
    tokens = kb.tokenize(sample["text"])
    dtm = kb.document_term_matrix(tokens)
    topics = kb.cluster_documents(dtm, 3)
    figures = [
        kb.plot_mention_counts(counts[None]),
        kb.plot_mention_counts(counts["Y"]),
        kb.plot_term_frequency(kb.term_frequency(dtm)),
        kb.plot_term_frequency(kb.term_frequency(dtm), value="share"),
        kb.plot_documents_over_time(kb.documents_over_time(sample, freq="Y")),
        kb.plot_n_clusters(
            kb.choose_n_clusters(dtm, range(2, 5), n_resamples=2), source="40 documents"
        ),
        kb.plot_topic_terms(topics.terms, source="40 documents"),
        kb.plot_topics_over_time(kb.topics_over_time(topics, sample, freq="Y"), source="x"),
        kb.plot_topics_by_outlet(kb.topics_by_outlet(topics, sample)),
        kb.plot_document_map(kb.document_map(topics, sample)),
        kb.plot_document_map(kb.document_map(topics, sample), colour="outlet"),
    ]
    for fig in figures:
        title, note = fig.layout.title.text.split("<br><sup>")
        assert title
        assert note != "</sup>"
        assert any(axis.title.text for axis in fig.select_xaxes())


def test_a_hostile_name_is_text_in_labels_and_hover(counts):
    names = pd.Series({"un": HOSTILE, "syria": "سوريا"})
    for freq in (None, "Y"):
        shown = kb.plot_mention_counts(counts[freq], names=names).to_json()
        assert "<a href" not in shown
        assert "\\u003ca href" not in shown


def test_an_unknown_value_is_refused_with_what_is_accepted(counts, sample):
    with pytest.raises(ValueError, match="value must be share, mentions, documents or stories"):
        kb.plot_mention_counts(counts[None], value="size")
    terms = kb.term_frequency(kb.tokenize(sample["text"].head(2)))
    with pytest.raises(ValueError, match="value must be one of frequency"):
        kb.plot_term_frequency(terms, value="size")


def test_drawing_changes_no_table(counts):
    before = counts["Y"].copy()
    kb.plot_mention_counts(counts["Y"])
    pd.testing.assert_frame_equal(counts["Y"], before)


def test_a_chart_of_nothing_says_so_in_words(counts, texts):
    undated = pd.DataFrame({"published": pd.to_datetime([None]), "outlet": "x"})
    choices = pd.DataFrame(columns=["n_clusters", "silhouette", "agreement"])
    for fig in (
        kb.plot_mention_counts(counts[None].head(0)),
        kb.plot_documents_over_time(kb.documents_over_time(undated)),
        kb.plot_n_clusters(choices),
    ):
        assert fig.layout.annotations[0].text
        assert not fig.data
