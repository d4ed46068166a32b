import csv

import pandas as pd
import pytest

import khabar as kb


def read(path):
    with open(path, encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_excel_is_told_the_encoding_by_a_byte_order_mark(tmp_path):
    path = kb.to_csv(pd.DataFrame({"term": ["الأزمة"]}), tmp_path / "terms.csv")
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    assert read(path) == [["term"], ["الأزمة"]]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_a_cell_that_begins_like_a_formula_is_made_harmless(tmp_path, cell):
    table = pd.DataFrame({cell: [cell]}, index=pd.Index([cell], name=f"{cell}2"))
    rows = read(kb.to_csv(table, tmp_path / "table.csv"))
    assert all(value.startswith("'") for row in rows for value in row)
    assert rows[1][0] == f"'{cell}"


def test_numbers_and_days_stay_what_they_are(tmp_path):
    table = pd.DataFrame({"z": [-1.5], "day": pd.to_datetime(["2015-04-23"]), "none": [None]})
    assert read(kb.to_csv(table, tmp_path / "table.csv"))[1] == ["-1.5", "2015-04-23", ""]


def test_every_table_of_words_can_be_written(tmp_path, texts):
    tokens = kb.tokenize(texts("موسكو في دمشق", "موسكو دمشق"))
    by = pd.Series(["x", "y"], list("ab"), name="outlet")
    tables = [
        kb.term_frequency(tokens, by=by),
        kb.keyness(tokens, by=by),
        kb.dispersion(tokens, by=by),
        kb.concordance(tokens, "موسكو", by=by),
        kb.query_counts(tokens, ["موسكو"], by=by),
        kb.query_positions(tokens, ["موسكو"], by=by),
        kb.collocations(tokens, "موسكو", by=by, min_frequency=1),
        kb.word_pairs(tokens, by=by, min_frequency=1),
        kb.lexical_diversity(tokens, by=by, window=2),
        kb.zipf(tokens, by=by),
    ]
    for table in tables:
        rows = read(kb.to_csv(table, tmp_path / "table.csv"))
        assert rows[0] == list(table.columns)
        assert len(rows) == len(table) + 1 > 1
