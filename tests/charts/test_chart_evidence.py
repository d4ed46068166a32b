"""From a point of a chart to the lines behind it, read off the HTML."""

import re

import pandas as pd
import plotly.graph_objects as go
import pytest

import khabar as kb
from khabar.charts.template import points_at

HOSTILE = "<script>window.PWN=1</script><img src=x onerror=alert(1)>\u202e"


@pytest.fixture
def documents():
    return pd.DataFrame(
        {
            "title": ["خبر أول", HOSTILE, None],
            "text": ["قال لافروف في موسكو", "زار لافروف دمشق", "غادر كيري جنيف"],
            "outlet": ["أ", "ب", None],
            "published": pd.to_datetime(["2015-01-05", "2015-02-05", None]),
            "url": ["https://a.example/1", "javascript:alert(1)", None],
            "story_id": list("xyz"),
        },
        index=pd.Index(list("xyz"), name="document_id"),
    )


@pytest.fixture
def lines(documents):
    rows = [("x", 4, 10, "lavrov"), ("y", 5, 11, "lavrov"), ("z", 5, 9, "kerry")]
    mentions = pd.DataFrame(rows, columns=["document_id", "start", "end", "actor"])
    texts = [documents["text"][d][s:e] for d, s, e, _ in rows]
    mentions = mentions.assign(surface=texts, sense="actor", rule="name")
    return kb.mention_lines(mentions, documents["text"])


@pytest.fixture
def bars():
    trace = go.Bar(x=[2, 1, 0], y=["L", "K", "N"], ids=["lavrov", "kerry", "nobody"])
    return points_at(go.Figure(trace), "actor")


def summaries(evidence):
    return re.findall(
        r'<details name="[^"]+" data-point="([^"]+)"><summary>(.*?)</summary>', evidence.fragment
    )


def test_each_point_with_lines_has_its_folded_list_in_the_order_of_the_chart(
    bars, lines, documents
):
    evidence = kb.with_evidence(bars, lines, documents)
    assert [point for point, _ in summaries(evidence)] == ["lavrov", "kerry"]
    assert "(<bdi>2 of 2 lines</bdi>)" in evidence.fragment
    assert "قال <mark>لافروف</mark> في موسكو" in evidence.fragment
    assert repr(evidence) == "<Evidence: 3 lines behind 2 points>"


def test_more_lines_than_asked_for_are_a_sample_that_says_so_and_is_always_the_same(
    bars, documents
):
    lines = pd.DataFrame({"document_id": ["x", "y"] * 50, "actor": "lavrov"})
    first, again, other = (
        kb.with_evidence(bars, lines, documents, rows=7, random_state=seed).fragment
        for seed in (0, 0, 1)
    )
    assert first.count("<li>") == 7
    assert "7 of 100 lines" in first
    assert first == again != other


def test_nothing_of_the_corpus_is_markup_in_the_lists(bars, lines, documents):
    hostile = lines.assign(left=HOSTILE, surface=HOSTILE, rule=HOSTILE)
    shown = kb.with_evidence(bars, hostile, documents).fragment.partition("<script>(()=>")[0]
    assert "<script" not in shown
    assert "<img" not in shown
    assert "\u202e" not in shown


def test_only_addresses_of_the_web_are_links(bars, lines, documents):
    shown = kb.with_evidence(bars, lines, documents).fragment
    assert re.findall(r'href="([^"]*)"', shown) == ["https://a.example/1"]


def test_where_the_site_has_pages_of_articles_a_line_leads_to_its_match(
    bars, lines, documents, monkeypatch
):
    monkeypatch.setenv("KHABAR_ARTICLES", "articles")
    shown = kb.with_evidence(bars, lines, documents).fragment
    links = re.findall(r'href="articles/a[0-9a-f]{11}\.html#m(\d+)"', shown)
    assert links == ["4", "5", "5"]


def test_a_line_stands_behind_the_period_in_which_its_document_was_published(documents):
    counts = kb.documents_over_time(documents, freq="M")
    figure = kb.plot_documents_over_time(counts)
    evidence = kb.with_evidence(figure, documents.reset_index()[["document_id"]], documents)
    points = [point for point, _ in summaries(evidence)]
    assert points == ["2015-01-01|أ", "2015-02-01|ب"]


def test_a_cell_of_a_grid_has_its_list_too(lines, documents):
    grid = go.Heatmap(z=[[1, 1], [0, 1]], ids=[["lavrov|أ", "lavrov|ب"], ["kerry|أ", "kerry|?"]])
    figure = points_at(go.Figure(grid), "actor", "outlet")
    points = [point for point, _ in summaries(kb.with_evidence(figure, lines, documents))]
    assert points == ["lavrov|أ", "lavrov|ب"]


def test_the_figure_calls_its_own_list_and_the_one_given_is_unchanged(bars, lines, documents):
    evidence = kb.with_evidence(bars, lines, documents)
    name = evidence.figure.layout.meta["evidence"]
    assert f'<details id="{name}">' in evidence.fragment
    assert "evidence" not in bars.layout.meta


def test_a_figure_that_does_not_say_what_it_counts_is_refused(lines, documents):
    with pytest.raises(kb.KhabarError, match="figure must be of a plot_ function"):
        kb.with_evidence(go.Figure(), lines, documents)
    figure = points_at(go.Figure(go.Bar(x=[1], y=["a"], ids=["a"])), "topic")
    with pytest.raises(kb.KhabarError, match="lines must have the column 'topic'"):
        kb.with_evidence(figure, lines, documents)


def test_a_chart_of_nothing_has_no_lines(documents, lines):
    empty = kb.plot_mention_counts(
        kb.mention_counts(kb.find_mentions(documents["text"][:0], kb.load_ledger()), documents)
    )
    assert kb.with_evidence(empty, lines[:0], documents).fragment == ""


def all_lines(evidence):
    """Return how many lines stand behind each point, sample or not."""
    told = re.findall(r'data-point="([^"]+)".*?<bdi>[\d,]+ of ([\d,]+) lines', evidence.fragment)
    return {point: int(n.replace(",", "")) for point, n in told}


def test_words_of_ones_own_have_as_many_lines_as_are_counted_in_each_group(sample):
    tokens = kb.tokenize(sample["text"])
    counts = kb.query_counts(tokens, ["موسكو", "الحكومة السورية"], by=sample["outlet"])
    lines = kb.term_lines(tokens, ["موسكو", "الحكومة السورية"])
    found = all_lines(kb.with_evidence(kb.plot_query_counts(counts), lines, sample))
    counted = counts[counts["frequency"] > 0]
    ids = counted["outlet"] + "|" + counted["query"]
    assert found == dict(zip(ids, counted["frequency"], strict=True))


def test_who_is_heard_has_a_line_of_each_document_that_lets_him_speak(sample, ledger):
    mentions = kb.find_mentions(sample["text"], ledger, dates=sample["published"])
    quotations = kb.find_quotations(sample["text"], mentions)
    shares = kb.voice_share(quotations, mentions, sample)
    figure = kb.plot_heard_and_named(shares, top=12)
    spoken = quotations.rename(columns={"speaker": "actor"}).dropna(subset=["actor"])
    once = spoken.drop_duplicates(["actor", "document_id"])
    found = all_lines(kb.with_evidence(figure, kb.mention_lines(once, sample["text"]), sample))
    heard = shares.set_index("actor")["heard"]
    assert len(found) == 12
    assert found == {actor: heard[actor] for actor in found}


def test_a_term_of_a_topic_has_the_lines_of_that_topic_alone(documents):
    terms = pd.DataFrame({"cluster": [0, 1], "topic": ["a", "b"], "term": "لافروف"})
    terms = terms.assign(share=0.5, share_elsewhere=0.1, frequency=1)
    grouped = documents.assign(cluster=[0, 1, 1])
    lines = kb.term_lines(kb.tokenize(documents["text"]), ["لافروف"])
    evidence = kb.with_evidence(kb.plot_topic_terms(terms), lines, grouped)
    assert all_lines(evidence) == {"0|لافروف": 1, "1|لافروف": 1}


def test_a_link_of_the_network_has_a_line_of_each_sentence_that_names_both(sample, ledger):
    mentions = kb.find_mentions(sample["text"], ledger, dates=sample["published"])
    pairs = kb.cooccurrence(mentions, texts=sample["text"])
    lines = kb.cooccurrence_lines(pairs, mentions, sample["text"])
    found = all_lines(kb.with_evidence(kb.plot_cooccurrence(pairs, top=12), lines, sample))
    drawn = pairs[pairs["backbone"]].head(12)
    ids = drawn["a"] + "|" + drawn["b"]
    assert found == dict(zip(ids, drawn["together"], strict=True))


def test_a_collocate_has_a_line_each_time_it_stands_near_the_word(sample):
    tokens = kb.tokenize(sample["text"])
    near = kb.collocations(tokens, "مجلس الأمن", window=4)
    lines = kb.collocation_lines(tokens, "مجلس الأمن", near["collocate"], window=4)
    found = all_lines(kb.with_evidence(kb.plot_collocations(near, top=9), lines, sample))
    strongest = near.nlargest(9, "log_dice")
    ids = strongest["node"] + "|" + strongest["collocate"]
    assert found == dict(zip(ids, strongest["together"], strict=True))


def test_a_tick_opens_the_lines_of_its_word_in_its_document(documents):
    tokens = kb.tokenize(documents["text"])
    places = kb.query_positions(tokens, ["لافروف", "كيري", "غزة"], by=documents["outlet"])
    lines = kb.term_lines(tokens, ["لافروف", "كيري"])
    evidence = kb.with_evidence(kb.plot_query_positions(places), lines, documents)
    assert all_lines(evidence) == {"x|لافروف": 1, "y|لافروف": 1}  # z has no outlet, so no strip


def test_a_bar_of_keyness_has_the_lines_of_its_own_side(sample):
    tokens, outlets = kb.tokenize(sample["text"]), sample["outlet"]
    target = outlets.value_counts().index[0]
    marks = kb.keyness(tokens, by=outlets, target=target)
    ends = pd.concat([marks.head(4), marks.tail(4)])
    sides = sample.assign(side=outlets.where(outlets == target, "the rest"))
    figure = kb.plot_keyness(marks, top=4)
    found = all_lines(kb.with_evidence(figure, kb.term_lines(tokens, ends["term"]), sides))
    counted = dict(zip(ends["term"] + f"|{target}", ends["frequency"], strict=True))
    counted |= dict(zip(ends["term"] + "|the rest", ends["reference_frequency"], strict=True))
    assert len(found) == 8
    assert found == {point: counted[point] for point in found}
