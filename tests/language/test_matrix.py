import numpy as np
import pandas as pd
import pytest

import khabar as kb


def matrix(series: pd.Series, **options) -> pd.DataFrame:
    dtm = kb.document_term_matrix(kb.tokenize(series), **options)
    return pd.DataFrame(dtm.counts.toarray(), dtm.document_ids, dtm.terms)


def test_clitic_variants_are_one_term_in_its_commonest_plain_form(texts):
    table = matrix(texts("الأزمة والأزمة للأزمة", "الأزمة"))
    assert table["الأزمة"].tolist() == [3, 1]
    assert table.shape == (2, 1)


def test_surface_terms_keep_clitics_apart_but_not_spellings_of_hamza(texts):
    table = matrix(texts("الأزمة الازمة والأزمة"), terms="surface")
    assert table.loc["a"].to_dict() == {"الأزمة": 2, "والأزمة": 1}


def test_stop_words_are_left_out_unless_asked_for(texts):
    assert list(matrix(texts("في موسكو"))) == ["موسكو"]
    assert set(matrix(texts("في موسكو"), stop_words=None)) == {"في", "موسكو"}


def test_a_document_without_words_keeps_its_row(texts):
    assert matrix(texts("موسكو", "")).loc["b"].sum() == 0


def test_shuffled_documents_give_the_same_columns(texts):
    series = texts("موسكو واشنطن", "دمشق وموسكو", "جنيف")
    table = matrix(series)
    assert matrix(series.iloc[::-1]).loc[table.index].equals(table)


def test_trim_counts_documents_not_occurrences(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts("موسكو موسكو دمشق", "دمشق جنيف")))
    assert list(dtm.trim(min_df=2).terms) == ["دمشق"]
    assert list(dtm.trim(max_df=0.5).terms) == ["جنيف", "موسكو"]
    assert list(dtm.trim(max_terms=1).terms) == ["دمشق"]


def test_a_max_df_that_is_no_share_is_refused(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts("موسكو")))
    with pytest.raises(kb.KhabarError, match="max_df must be a share between 0 and 1, not 5"):
        dtm.trim(max_df=5)


def test_group_adds_up_documents_and_lengths_and_drops_the_unknown(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts("موسكو", "في موسكو", "موسكو")))
    grouped = dtm.group(pd.Series({"a": "x", "b": "x", "c": None}))
    assert grouped.counts.toarray().tolist() == [[2]]
    assert grouped.lengths.tolist() == [3]


def test_tfidf_follows_its_formula_and_rows_have_length_one(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts("موسكو موسكو دمشق", "دمشق", "")))
    weights = dtm.tfidf().counts.toarray()
    moscow = np.log(1 + 2) * (np.log(4 / 2) + 1)
    damascus = np.log(1 + 1) * (np.log(4 / 3) + 1)
    expected = np.array([damascus, moscow]) / np.hypot(moscow, damascus)
    assert weights[0] == pytest.approx(expected, abs=1e-6)
    assert weights[2].tolist() == [0, 0]


def test_words_of_ones_own_can_be_stopped_or_kept(texts):
    own = kb.stop_words(add=["دمشق"], remove=["في"])
    assert set(matrix(texts("في موسكو ودمشق"), stop_words=own)) == {"في", "موسكو"}


def test_stop_words_that_are_no_table_of_ours_are_refused(texts):
    with pytest.raises(kb.KhabarError, match="stop_words must be None or a table"):
        matrix(texts("موسكو"), stop_words=["في"])


def test_indices_take_four_bytes(sample):
    counts = kb.document_term_matrix(kb.tokenize(sample["text"])).counts
    assert counts.indices.dtype == counts.indptr.dtype == np.int32


def test_an_ngram_is_shown_without_the_clitic_of_its_first_word_and_not_at_a_stop_word(texts):
    tokens = kb.tokenize(texts("للأمم المتحدة في جنيف", "الأمم المتحدة", "بالأمم المتحدة"))
    dtm = kb.document_term_matrix(tokens.ngrams(2))
    assert list(dtm.terms) == ["الأمم المتحدة"]
    assert dtm.counts.sum() == 3


def test_a_form_whose_citation_form_is_a_stop_word_is_shown_as_it_was_counted(texts):
    # عام is a stop word, so what was counted is not عام.
    dtm = kb.document_term_matrix(kb.tokenize(texts("عامها عام")))
    assert list(dtm.terms) == ["عامها"]


def test_a_second_question_to_the_same_corpus_has_the_same_answer(texts):
    series = texts("موسكو وموسكو", "دمشق")
    first, second = (kb.document_term_matrix(kb.tokenize(series)) for _ in range(2))
    assert list(first.terms) == list(second.terms)
    surface = kb.document_term_matrix(kb.tokenize(series), terms="surface")
    assert len(surface.terms) == 3
