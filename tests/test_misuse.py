"""What a beginner does wrong is answered in one sentence that names the parameter."""

import pandas as pd
import pytest

import khabar as kb


@pytest.fixture
def tokens(texts):
    return kb.tokenize(texts("زار لافروف موسكو", "دمشق"))


@pytest.mark.parametrize(
    ("misuse", "sentence"),
    [
        (lambda t: kb.tokenize(["خبر"]), "texts must be a Series of str, not list"),
        (lambda t: kb.term_frequency(t.texts), "tokens must be a Tokens or DocumentTermMatrix"),
        (lambda t: kb.term_frequency(t, by="outlet"), "by must be a Series, not str"),
        (lambda t: kb.term_frequency(t, by=pd.Series(["x"])), "by must be indexed by document"),
        (lambda t: kb.document_term_matrix(t.texts), "tokens must be a Tokens, not Series"),
        (lambda t: kb.concordance(t.texts, "خبر"), "tokens must be a Tokens, not Series"),
        (lambda t: kb.find_mentions(t.texts, "my.yaml"), "ledger must be a Ledger, not str"),
        (lambda t: kb.stop_words(add="مجلس"), "add must be a list of words"),
        (
            lambda t: kb.cluster_documents(kb.document_term_matrix(t), 1.5),
            "n_clusters must be a whole number, 1 or more, not 1.5",
        ),
        (
            lambda t: kb.documents_over_time(pd.DataFrame({"published": []})),
            "documents must have the columns published, outlet; 'outlet' is missing",
        ),
    ],
)
def test_a_wrong_argument_is_named_with_what_was_expected(tokens, misuse, sentence):
    with pytest.raises((kb.KhabarError, TypeError)) as error:
        misuse(tokens)
    assert sentence in str(error.value)


@pytest.mark.parametrize(
    "dates",
    [
        pd.Series(["2015-04-23", "2015-04-24"], index=["a", "b"]),
        pd.Series(pd.to_datetime(["2015-04-23"] * 2, utc=True), index=["a", "b"]),
    ],
)
def test_dates_of_another_type_are_refused(tokens, ledger, dates):
    with pytest.raises(kb.KhabarError, match="dates must be days of type datetime"):
        kb.find_mentions(tokens.texts, ledger, dates=dates)


def test_texts_without_arabic_have_no_terms_and_no_topics(texts):
    dtm = kb.document_term_matrix(kb.tokenize(texts("Lavrov said", "in Moscow")))
    assert kb.term_frequency(dtm).empty
    with pytest.raises(kb.KhabarError, match="not in Arabic"):
        kb.cluster_documents(dtm, 1)
