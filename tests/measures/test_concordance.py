import pytest

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
