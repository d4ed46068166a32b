import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import khabar as kb


@pytest.fixture
def tokens(texts):
    return kb.tokenize(texts("قال لافروف، في موســكو.", "وأكد ولافروف معه", "وزير الخارجية الروسي"))


def test_a_query_finds_clitic_forms_and_shows_them_as_printed(tokens):
    lines = kb.concordance(tokens, "لافروف", window=1)
    assert lines[["document_id", "left", "keyword", "right"]].values.tolist() == [
        ["a", "قال ", "لافروف", "، في"],
        ["b", "وأكد ", "ولافروف", " معه"],
    ]


def test_start_and_end_point_into_the_text_as_published(tokens):
    line = kb.concordance(tokens, "موسكو").iloc[0]
    assert tokens.texts["a"][line["start"] : line["end"]] == "موســكو" == line["keyword"]


def test_a_phrase_is_found_whole_and_never_across_documents(tokens):
    assert len(kb.concordance(tokens, "وزير الخارجية")) == 1
    assert kb.concordance(tokens, "معه وزير").empty


def test_the_context_ends_with_the_document(tokens):
    assert kb.concordance(tokens, "الروسي")["right"].tolist() == [""]


def test_a_word_that_does_not_occur_gives_an_empty_table(tokens):
    lines = kb.concordance(tokens, "طوكيو")
    assert lines.empty
    assert "keyword" in lines


@pytest.mark.parametrize("query", ["", "...", "Lavrov"])
def test_a_query_without_arabic_words_is_refused(tokens, query):
    with pytest.raises(kb.KhabarError, match="query must hold at least one Arabic word"):
        kb.concordance(tokens, query)


def test_a_term_has_as_many_lines_as_it_was_counted(sample):
    tokens = kb.tokenize(sample["text"])
    for row in kb.term_frequency(tokens).head(30).itertuples():
        assert len(kb.concordance(tokens, row.term)) == row.frequency, row.term


QUERIES = ["موسكو", "وموسكو", "الحكومة", "الحكومه", "حكوم*", "*مة", "زار * موسكو", "حكومة موسكو"]
WORDS = ["موسكو", "وموسكو", "بموسكو", "الحكومة", "الحكومه", "حكومته", "زار", "شكل", "بشكل", "."]


@settings(deadline=None)  # the first run reads the list of word frequencies
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=4),
    st.sampled_from(QUERIES),
    st.sampled_from(["citation", "clitics", "surface"]),
)
def test_a_query_is_counted_as_often_as_it_has_lines(contents, query, match):
    tokens = kb.tokenize(pd.Series(contents))
    counted = kb.query_counts(tokens, query, match=match)["frequency"].tolist()
    assert counted == [len(kb.concordance(tokens, query, match=match))]


@settings(deadline=None, max_examples=40)
@given(
    st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), min_size=1, max_size=4)
)
def test_a_term_is_counted_as_often_as_it_has_lines(contents):
    # Without the misspelt word, whose query finds the right spelling too.
    tokens = kb.tokenize(pd.Series(contents).str.replace("الحكومه", "الحكومة"))
    for terms in (kb.term_frequency(tokens), kb.term_frequency(tokens.ngrams(2))):
        for row in terms.itertuples():
            assert len(kb.concordance(tokens, row.term)) == row.frequency, row.term


def test_real_terms_are_counted_as_often_as_they_have_lines(shared):
    path = shared("data/ant-syria-diplomacy-2018") / "articles.jsonl.gz"
    articles = pd.read_json(path, lines=True, compression="gzip").set_index("id")
    tokens = kb.tokenize(articles["text"].astype("str"))
    terms = kb.term_frequency(tokens)
    chosen = pd.concat([terms.head(150), terms.sample(150, random_state=0)])
    counted = kb.query_counts(tokens, chosen["term"])["frequency"]
    assert (counted.to_numpy() != chosen["frequency"].to_numpy()).sum() == 0


@pytest.mark.parametrize(
    ("query", "match", "found"),
    [
        ("الحكومة", "citation", ["الحكومة", "حكومتها", "وللحكومة", "الحُكومة"]),
        ("الحكومة", "clitics", ["الحكومة", "وللحكومة", "الحُكومة"]),
        ("الحكومة", "surface", ["الحكومة", "الحُكومة"]),
        ("الحكومه", "citation", ["الحكومة", "حكومتها", "وللحكومة", "الحُكومة"]),
        ("الحُكومـة", "surface", ["الحكومة", "الحُكومة"]),
        ("حكوم*", "citation", ["الحكومة", "حكومتها", "وللحكومة", "الحُكومة", "حكومي"]),
        ("حكوم*", "surface", ["حكومتها", "حكومي"]),
        ("حكومى", "surface", ["حكومي"]),
        ("*حكومة", "surface", ["الحكومة", "وللحكومة", "الحُكومة"]),
        ("قرار * الحُكومة", "citation", ["قرار من الحُكومة"]),
        ("قرار * حكوم*", "citation", ["قرار من الحُكومة", "قرار غير حكومي"]),
    ],
)
def test_what_a_query_finds(texts, query, match, found):
    tokens = kb.tokenize(
        texts("الحكومة حكومتها وللحكومة", "قرار من الحُكومة", "قرار غير حكومي في قراره")
    )
    assert kb.concordance(tokens, query, match=match)["keyword"].tolist() == found


def test_the_name_ali_does_not_find_the_preposition(texts):
    tokens = kb.tokenize(texts("علي على على على على على على على على على على على علي"))
    assert len(kb.concordance(tokens, "علي")) == 2


def test_a_phrase_does_not_reach_over_the_end_of_a_sentence(texts):
    tokens = kb.tokenize(texts("زار موسكو. دمشق بعيدة", "زار موسكو دمشق"))
    assert kb.concordance(tokens, "موسكو دمشق")["document_id"].tolist() == ["b"]


def test_a_phrase_longer_than_the_corpus_is_not_found(texts):
    assert kb.concordance(kb.tokenize(texts("موسكو دمشق")), "موسكو دمشق جنيف بيروت").empty


def test_lines_are_sorted_by_what_is_read_next_to_the_keyword(texts):
    tokens = kb.tokenize(texts("غدا موسكو وفد", "أمس موسكو بعيدة", "اليوم موسكو أمام", "موسكو"))
    # After: nothing, then أ ب و. Before: nothing, then أمس اليوم غدا, hamza and alef being one.
    by_after = kb.concordance(tokens, "موسكو", sort="after")
    assert by_after["document_id"].tolist() == ["d", "c", "b", "a"]
    by_before = kb.concordance(tokens, "موسكو", sort="before")
    assert by_before["document_id"].tolist() == ["d", "c", "b", "a"]
    tokens = kb.tokenize(texts("قبل اليوم موسكو", "بعد اليوم موسكو"))
    assert kb.concordance(tokens, "موسكو", sort="before")["document_id"].tolist() == ["b", "a"]


def test_a_sample_is_drawn_from_all_lines_and_the_same_again(texts):
    tokens = kb.tokenize(texts("موسكو " * 50))
    lines = kb.concordance(tokens, "موسكو", sample=5)
    assert len(lines) == 5
    assert lines["start"].is_monotonic_increasing
    pd.testing.assert_frame_equal(lines, kb.concordance(tokens, "موسكو", sample=5))
    assert len(kb.concordance(tokens, "موسكو", sample=80)) == 50


def test_title_outlet_and_group_stand_beside_each_line(texts):
    tokens = kb.tokenize(texts("موسكو", "دمشق", "موسكو"))
    documents = pd.DataFrame({"title": ["t", "u", "v"], "outlet": "x"}, index=list("abc"))
    by = pd.Series({"a": "before"}, name="period")
    lines = kb.concordance(tokens, "موسكو", documents=documents, by=by)
    assert lines[["document_id", "title", "period"]].values.tolist() == [["a", "t", "before"]]


def test_counts_stand_for_every_group_and_query_with_their_denominators(texts):
    tokens = kb.tokenize(texts("موسكو موسكو دمشق دمشق", "موسكو", "جنيف"))
    by = pd.Series(pd.Categorical(["y", "y", "x"], ["y", "x", "z"]), list("abc"), name="outlet")
    table = kb.query_counts(tokens, ["موسكو", "طوكيو"], by=by).set_index(["outlet", "query"])
    assert table["frequency"].tolist() == [3, 0, 0, 0, 0, 0]
    row = table.loc[("y", "موسكو")]
    assert row[["documents", "words", "share"]].tolist() == [2, 5, 1]
    assert row["per_million"] == pytest.approx(600_000)
    # Documents of rate 2/4 and 1/1 about 3/5: residuals -0.4 and 0.4, variance 2 * 0.32 / 25.
    reach = math.exp(1.959964 * math.sqrt(2 * 0.32 / 25) / 0.6)
    assert row["rate_high"] == pytest.approx(600_000 * reach)
    assert row["rate_low"] == pytest.approx(600_000 / reach)
    assert math.isnan(table.loc[("z", "موسكو"), "share"])


def test_documents_of_no_group_at_all_give_tables_without_rows(texts):
    tokens = kb.tokenize(texts("موسكو", "دمشق"))
    by = kb.periods(pd.DataFrame({"published": pd.to_datetime([None, None])}, list("ab")))
    for measure in (kb.query_counts, kb.query_positions, kb.collocations, kb.concordance):
        assert measure(tokens, "موسكو", by=by).empty
    for measure in (kb.term_frequency, kb.keyness, kb.dispersion, kb.word_pairs, kb.zipf):
        assert measure(tokens, by=by).empty
    assert kb.lexical_diversity(tokens, by=by).empty


def test_places_run_through_the_documents_of_a_group_in_the_order_asked_for(texts):
    tokens = kb.tokenize(texts("دمشق موسكو", "موسكو", "بيروت بيروت موسكو"))
    by = pd.Series(["x", "y", "x"], list("abc"), name="outlet")
    order = pd.Series([2, 1, 1], list("abc"))
    table = kb.query_positions(tokens, ["موسكو", "جنيف"], by=by, order=order)
    rows = table[["outlet", "query", "place", "words"]].astype(object)
    assert rows.where(rows.notna(), None).values.tolist() == [
        ["x", "موسكو", 2.0, 5],
        ["x", "موسكو", 4.0, 5],
        ["x", "جنيف", None, 5],
        ["y", "موسكو", 0.0, 1],
        ["y", "جنيف", None, 1],
    ]


def test_numbers_are_found_where_they_are_tokens_and_explained_where_not(texts):
    series = texts("القرار 2254 صدر")
    assert len(kb.concordance(kb.tokenize(series, numbers=True), "القرار 2254")) == 1
    with pytest.raises(kb.KhabarError, match="numbers=True"):
        kb.concordance(kb.tokenize(series), "القرار 2254")


@pytest.mark.parametrize(
    ("option", "sentence"),
    [
        ({"match": "lemma"}, "match must be"),
        ({"sort": "date"}, "sort must be"),
        ({"window": -1}, "window must"),
    ],
)
def test_an_unknown_option_is_refused_with_what_is_accepted(tokens, option, sentence):
    with pytest.raises(kb.KhabarError, match=sentence):
        kb.concordance(tokens, "لافروف", **option)
