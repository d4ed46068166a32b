"""Counts and rows made in blocks are those made in memory."""

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar as kb
from khabar.blocks import table
from khabar.measures.intervals import add_sums, occurrence_sums

EXACTLY = {"check_exact": True}


@pytest.fixture(scope="module", autouse=True)
def small_blocks():
    usual, table.ROWS_AT_ONCE = table.ROWS_AT_ONCE, 50
    yield
    table.ROWS_AT_ONCE = usual


@pytest.fixture(scope="module")
def corpus(sample, tmp_path_factory):
    """Return the sample as one file of one's own, its row groups and blocks of other lengths."""
    path = tmp_path_factory.mktemp("own") / "جدول.parquet"
    sample.reset_index().to_parquet(path, row_group_size=70)
    return kb.blocks.open_corpus(path)


@pytest.fixture(scope="module")
def mentions(corpus, ledger, tmp_path_factory):
    return kb.blocks.find_mentions(corpus, ledger, tmp_path_factory.mktemp("work") / "mentions")


@pytest.fixture(scope="module")
def in_memory(sample, ledger):
    return kb.find_mentions(sample["text"], ledger, dates=sample["published"])


def test_a_table_tells_its_rows_parts_and_bytes(corpus, mentions, in_memory):
    assert "207 documents in 1 parts, 0." in repr(corpus)
    assert f"{len(in_memory):,} rows in 5 parts, 0." in repr(mentions)
    assert [len(block) for block in corpus.blocks(["text"])] == [50, 50, 50, 50, 7]


def test_terms_are_counted_in_blocks_as_in_memory(corpus, sample):
    tokens = kb.tokenize(sample["text"])
    months = kb.periods(sample, freq="M")
    for ours, by in ((None, None), ("outlet", sample["outlet"]), (months, months)):
        expected = kb.term_frequency(tokens, by=by)
        pd.testing.assert_frame_equal(
            kb.blocks.term_frequency(corpus, by=ours), expected, **EXACTLY
        )


def test_queries_are_counted_in_blocks_as_in_memory(corpus, sample):
    tokens, queries = kb.tokenize(sample["text"]), ["سور*", "وزير الخارجيه", "غغغ"]
    months = kb.periods(sample, freq="M")
    for ours, by in ((None, None), ("outlet", sample["outlet"]), (months, months)):
        expected = kb.query_counts(tokens, queries, by=by)
        counts = kb.blocks.query_counts(corpus, queries, by=ours)
        pd.testing.assert_frame_equal(counts, expected, **EXACTLY)


@pytest.mark.parametrize("trim", [{}, {"min_df": 3, "max_df": 0.4, "max_terms": 200}])
def test_the_matrix_in_blocks_is_that_in_memory(corpus, sample, trim):
    expected = kb.document_term_matrix(kb.tokenize(sample["text"])).trim(**trim)
    dtm = kb.blocks.document_term_matrix(corpus, **trim)
    assert (dtm.counts != expected.counts).nnz == 0
    assert dtm.terms.equals(expected.terms)
    assert dtm.document_ids.equals(expected.document_ids)
    assert np.array_equal(dtm.lengths, expected.lengths)


def test_mentions_in_blocks_are_those_in_memory(mentions, in_memory):
    as_text = in_memory.astype(
        {name: "str" for name in in_memory if in_memory[name].dtype == object}
    )
    pd.testing.assert_frame_equal(mentions.read(), as_text, **EXACTLY)


@pytest.mark.filterwarnings("ignore:18 of 207")
def test_mentions_are_counted_in_blocks_as_in_memory(corpus, mentions, sample, in_memory):
    for options in ({}, {"freq": "M", "sense": "actor"}, {"freq": "Y", "by": "outlet"}):
        by = sample["outlet"] if "by" in options else None
        expected = kb.mention_counts(in_memory, sample, **{**options, "by": by})
        counts = kb.blocks.mention_counts(mentions, corpus, **options)
        pd.testing.assert_frame_equal(counts, expected, **EXACTLY)
    counts = kb.blocks.mention_counts(mentions, corpus)
    assert (counts["stories"] < counts["documents"]).any()


def test_documents_without_a_day_are_warned_of_once(corpus, mentions):
    with pytest.warns(kb.KhabarWarning, match="18 of 207 documents have no date") as told:
        kb.blocks.mention_counts(mentions, corpus, freq="M")
    assert len(told) == 1


def test_quotations_in_blocks_are_those_in_memory(corpus, mentions, sample, in_memory, tmp_path):
    quotations = kb.blocks.find_quotations(corpus, mentions, tmp_path / "quotations")
    expected = kb.find_quotations(sample["text"], in_memory)
    pd.testing.assert_frame_equal(quotations.read(), expected, **EXACTLY)


def test_mentions_of_another_corpus_are_refused(sample, mentions, tmp_path):
    sample.head(9).to_parquet(tmp_path / "other.parquet")
    other = kb.blocks.open_corpus(tmp_path / "other.parquet")
    with pytest.raises(kb.KhabarError, match="mentions must be those that"):
        kb.blocks.mention_counts(mentions, other)


def test_the_folder_is_read_by_others_as_one_table(mentions, in_memory):
    assert pq.read_table(mentions.path).num_rows == len(in_memory)


def test_a_table_that_is_no_corpus_says_what_is_missing(tmp_path):
    with pytest.raises(kb.KhabarError, match="no such table"):
        kb.blocks.open_corpus(tmp_path / "none")
    (tmp_path / "bad.parquet").write_bytes(b"PAR1")
    with pytest.raises(kb.KhabarError, match="no Parquet file, or a damaged one"):
        kb.blocks.open_corpus(tmp_path / "bad.parquet")
    pd.DataFrame({"document_id": [1], "text": ["خبر"]}).to_parquet(tmp_path / "numbers.parquet")
    with pytest.raises(kb.KhabarError, match=r"'document_id' .* must be text; not int64"):
        kb.blocks.open_corpus(tmp_path / "numbers.parquet")
    pd.DataFrame({"document_id": ["a", "a"], "text": ["خبر", ""]}).to_parquet(
        tmp_path / "twice.parquet"
    )
    twice = kb.blocks.open_corpus(tmp_path / "twice.parquet")
    with pytest.raises(kb.KhabarError, match="'a' stands there twice"):
        kb.blocks.term_frequency(twice)
    with pytest.raises(kb.KhabarError, match="must have the columns text, outlet; 'outlet' is"):
        kb.blocks.term_frequency(twice, by="outlet")


def test_a_corpus_without_documents_has_tables_without_rows(corpus, tmp_path):
    corpus.read().head(0).to_parquet(tmp_path / "empty.parquet")
    empty = kb.blocks.open_corpus(tmp_path / "empty.parquet")
    assert empty.read().empty
    assert kb.blocks.term_frequency(empty).empty
    assert kb.blocks.query_counts(empty, "خبر")["frequency"].tolist() == [0]


COUNTS = st.lists(st.lists(st.integers(0, 3), min_size=3, max_size=3), min_size=1, max_size=6)


@given(COUNTS, st.data())
def test_sums_of_blocks_add_up_to_those_of_the_whole(counts, data):
    counts, cut = np.array(counts), data.draw(st.integers(0, len(counts)))
    lengths = counts.sum(axis=1) + 2
    parts = [occurrence_sums(counts[p], lengths[p]) for p in (slice(cut), slice(cut, None))]
    expected = occurrence_sums(counts, lengths)
    pd.testing.assert_frame_equal(add_sums(parts[::-1]).sort_index(), expected.sort_index())
