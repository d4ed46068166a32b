"""What a reader sees in the charts of words, read off the figures."""

import pandas as pd
import pytest

import khabar as kb

HOSTILE = "<b>x</b><a href='https://evil.example'>خبر</a>"


@pytest.fixture
def tokens(texts):
    return kb.tokenize(
        texts("قوات النظام في حلب", "قوات النظام في إدلب", "الجيش في حلب", "الجيش في حمص")
    )


@pytest.fixture
def by():
    return pd.Series(list("xxyy"), list("abcd"), name="outlet")


@pytest.fixture
def months():
    days = pd.to_datetime(["2018-02-03", "2018-02-09", "2018-04-01", "2018-04-02"])
    return kb.periods(pd.DataFrame({"published": days}, index=list("abcd")), freq="M")


def plain(text: str) -> str:
    return text.strip("\u2066\u2067\u2069")


def test_keyness_has_the_target_on_the_right_and_the_reference_on_the_left(tokens, by):
    table = kb.keyness(tokens, by=by, target="x")
    target, reference = kb.plot_keyness(table).data
    assert [plain(text) for text in target.text] == ["النظام", "قوات", "إدلب"]
    # حلب stands once on either side, but the target has more words.
    assert [plain(text) for text in reference.text] == ["الجيش", "حمص", "حلب"]
    assert (pd.Series(target.x) > 0).all()
    assert (pd.Series(reference.x) < 0).all()


def test_labels_of_keyness_cannot_meet_one_row_holds_one_term_of_a_side(tokens, by):
    for side in kb.plot_keyness(kb.keyness(tokens, by=by, target="x")).data:
        assert list(side.y) == list(range(len(side.x)))
        assert set(pd.Series([side.textposition])) == {"outside"}


def test_rates_carry_their_interval(tokens):
    terms = kb.term_frequency(tokens)
    (bars,) = kb.plot_term_frequency(terms, value="per_million").data
    row = terms.set_index("term").loc["قوات"]
    i = [plain(text) for text in bars.y].index("قوات")
    assert bars.x[i] + bars.error_x.array[i] == pytest.approx(row["rate_high"])
    assert bars.x[i] - bars.error_x.arrayminus[i] == pytest.approx(row["rate_low"])


def test_counts_are_bars_groups_of_bars_or_lines_over_the_documents(tokens, by, months):
    queries = ["قوات النظام", "الجيش"]
    (bars,) = kb.plot_query_counts(kb.query_counts(tokens, queries)).data
    assert [plain(text) for text in bars.y] == ["الجيش", "قوات النظام"]
    grouped = kb.plot_query_counts(kb.query_counts(tokens, queries, by=by))
    assert [plain(trace.name) for trace in grouped.data] == queries
    fig = kb.plot_query_counts(kb.query_counts(tokens, queries, by=months), value="share")
    *lines, documents = fig.data
    assert [plain(line.name) for line in lines] == queries
    assert list(documents.y) == [2, 0, 2]
    assert list(lines[0].y)[::2] == [1, 0]


def test_the_strip_has_a_row_for_each_query_and_group_though_empty(tokens, by):
    table = kb.query_positions(tokens, ["الجيش", "حلب"], by=by)
    fig = kb.plot_query_positions(table)
    assert len(fig.layout.yaxis.ticktext) == len(fig.layout.shapes) == 4
    army, aleppo = fig.data
    assert list(army.x) == [0, 3]
    assert list(army.y) == [2, 2]
    assert list(aleppo.y) == [1, 3]


def test_every_chart_of_words_has_a_title_its_numbers_and_axis_titles(tokens, by, months):
    figures = [
        kb.plot_keyness(kb.keyness(tokens, by=by, target="x")),
        kb.plot_keyness(kb.keyness(tokens)),
        kb.plot_query_counts(kb.query_counts(tokens, "حلب")),
        kb.plot_query_counts(kb.query_counts(tokens, "حلب", by=by)),
        kb.plot_query_counts(kb.query_counts(tokens, "حلب", by=months)),
        kb.plot_query_positions(kb.query_positions(tokens, "حلب")),
        kb.plot_collocations(kb.collocations(tokens, "النظام", min_frequency=1)),
        kb.plot_collocations(kb.word_pairs(tokens, min_frequency=1), value="g2"),
        kb.plot_dispersion(kb.dispersion(tokens)),
        kb.plot_lexical_diversity(kb.lexical_diversity(tokens, by=by, window=3)),
        kb.plot_zipf(kb.zipf(tokens, by=by)),
    ]
    for fig in figures:
        title, note = fig.layout.title.text.split("<br><sup>")
        assert title
        assert note != "</sup>"
        assert any(axis.title.text for axis in fig.select_xaxes())


def test_nothing_to_draw_is_said_in_words(tokens, by):
    nowhere = kb.query_positions(tokens, "طوكيو", by=by)
    for fig in (
        kb.plot_query_positions(nowhere),
        kb.plot_collocations(kb.collocations(tokens, "طوكيو")),
        kb.plot_lexical_diversity(kb.lexical_diversity(tokens)),
        kb.plot_keyness(kb.keyness(tokens, by=by, target="x").head(0)),
        kb.plot_query_counts(kb.query_counts(tokens, []), value="share"),
    ):
        assert fig.layout.annotations[0].text
        assert not fig.data


def test_a_table_of_several_groups_is_refused_where_one_is_drawn(tokens, by):
    for draw, table in (
        (kb.plot_keyness, kb.keyness(tokens, by=by)),
        (kb.plot_term_frequency, kb.term_frequency(tokens, by=by)),
        (kb.plot_dispersion, kb.dispersion(tokens, by=by)),
    ):
        with pytest.raises(ValueError, match="must be cut down to one"):
            draw(table)


def test_a_hostile_group_or_query_is_text(tokens):
    by = pd.Series([HOSTILE, HOSTILE, "y", "y"], list("abcd"), name="outlet")
    figures = [
        kb.plot_keyness(kb.keyness(tokens, by=by, target=HOSTILE)),
        kb.plot_query_counts(kb.query_counts(tokens, "حلب").assign(query=HOSTILE)),
        kb.plot_query_counts(kb.query_counts(tokens, ["حلب"], by=by)),
        kb.plot_query_positions(kb.query_positions(tokens, ["حلب", "حمص"], by=by)),
        kb.plot_collocations(
            kb.collocations(tokens, "النظام", min_frequency=1).assign(node=HOSTILE)
        ),
        kb.plot_lexical_diversity(kb.lexical_diversity(tokens, by=by, window=3)),
    ]
    for fig in figures:
        assert "<a href" not in fig.to_json().replace("\\u003c", "<")


def lines_of(texts, *contents, **columns):
    documents = pd.DataFrame({"text": texts(*contents), **columns})
    return kb.concordance(kb.tokenize(documents["text"]), "حلب", documents=documents), documents


def test_a_line_opens_its_article_with_the_keyword_marked_and_its_address(texts):
    lines, documents = lines_of(
        texts, "قوات في حلب أمس", title=["خبر من CNN"], url=["https://example.org/a?b=1&c=2"]
    )
    shown = kb.show_concordance(lines, documents=documents)._repr_html_()
    assert "<details><summary><span><bdi>خبر من CNN</bdi></span></summary>" in shown
    assert "قوات في <mark>حلب</mark> أمس" in shown
    assert 'href="https://example.org/a?b=1&amp;c=2"' in shown


@pytest.mark.parametrize("address", ["javascript:alert(1)", "https://x' onclick='y", None])
def test_an_address_that_is_none_is_no_link(texts, address):
    lines, documents = lines_of(texts, "حلب", url=[address])
    assert "<a " not in kb.show_concordance(lines, documents=documents)._repr_html_()


def test_nothing_in_a_concordance_is_markup(texts):
    script = "<script>window.PWN=1</script>"
    lines, documents = lines_of(texts, f"{script} حلب {script}", title=[script], outlet=[script])
    shown = kb.show_concordance(lines, documents=documents)._repr_html_()
    assert "<script" not in shown


def test_many_lines_are_shown_as_a_sample_spread_over_all_of_them(texts):
    lines, _ = lines_of(texts, "حلب " * 90)
    shown = kb.show_concordance(lines, rows=4)._repr_html_()
    assert shown.count("<mark>") == 4
    assert "4 of 90 lines" in shown
