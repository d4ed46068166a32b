import csv
import datetime as dt
import io
import json
import tracemalloc
import zipfile

import openpyxl
import pandas as pd
import pytest

import khabar as kb
from khabar.corpus.formats import LONGEST_TEXT


@pytest.fixture
def read(tmp_path):
    """Return a function that writes one file beside a good one and reads both."""

    def write_and_read(name, content, **options):
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        (tmp_path / "~good.txt").write_text("خبر سليم", encoding="utf-8")
        articles, unreadable = kb.read_articles(tmp_path, **options)
        assert "~good.txt" in articles.index
        return articles.drop("~good.txt"), unreadable

    return write_and_read


def lines(*records):
    return "\n".join(json.dumps(record, ensure_ascii=False) for record in records)


def test_one_bad_line_of_a_jsonl_loses_that_line_only_and_is_listed_with_its_number(read):
    content = '{"text": "أول"}\n\n{"text": "ثان\n{"title": "بلا نص"}\n[1]\n{"text": "خامس"}\n'
    articles, unreadable = read("a.jsonl", content)
    assert articles["raw"].to_dict() == {"a.jsonl:1": "أول", "a.jsonl:6": "خامس"}
    assert unreadable["row"].tolist() == [3, 4, 5]
    reasons = unreadable["reason"].tolist()
    assert "not JSON" in reasons[0]
    assert "no column of texts" in reasons[1]
    assert "object with named fields" in reasons[2]


def test_lines_of_a_jsonl_may_have_different_columns(read):
    articles, _ = read("a.jsonl", lines({"body": "أول"}, {"title": "ع", "النص": "ثان"}))
    assert articles["raw"].tolist() == ["أول", "ثان"]


def test_a_line_in_another_encoding_than_the_file_is_read(read):
    record = '{"text": "قال الوزير في موسكو إن المحادثات مستمرة"}'
    content = (record + "\n").encode() * 30 + record.encode("cp1256")
    articles, _ = read("a.jsonl", content)
    assert (len(articles), articles["raw"].nunique()) == (31, 1)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "cp1256"])
def test_records_and_tables_are_read_in_other_encodings(read, encoding):
    text = "قال الوزير في موسكو إن المحادثات مستمرة"
    articles, _ = read("a.jsonl", (lines({"text": text}) + "\n").encode(encoding))
    assert articles["raw"].tolist() == [text]
    articles, _ = read("a.csv", f"العنوان,النص\r\nعنوان,{text}\r\n".encode(encoding))
    assert articles.loc["a.csv:1", ["title", "raw"]].tolist() == ["عنوان", text]


@pytest.mark.parametrize(
    "content",
    [
        [{"text": "أول"}, {"text": "ثان"}],
        {"status": "ok", "articles": [{"text": "أول"}, {"text": "ثان"}]},
    ],
)
def test_json_may_be_a_list_or_hold_one(read, content):
    assert read("a.json", json.dumps(content))[0]["raw"].tolist() == ["أول", "ثان"]


def test_json_may_be_one_article_or_one_a_line(read):
    assert read("a.json", lines({"text": "أول"}))[0]["raw"].tolist() == ["أول"]
    content = lines({"text": "أول"}, {"text": "ثان"})
    assert read("a.json", content)[0]["raw"].tolist() == ["أول", "ثان"]


def test_json_nested_without_end_is_listed(read):
    _, unreadable = read("a.json", "[" * 100_000)
    assert "nested too deeply" in unreadable["reason"].iloc[0]
    _, unreadable = read("a.jsonl", "[" * 100_000 + "\n" + lines({"text": "خبر"}))
    assert "nested too deeply" in unreadable.set_index("path").loc["a.jsonl", "reason"]


def test_half_a_character_in_json_does_not_stop_the_rest(read):
    articles, _ = read("a.jsonl", '{"text": "خبر \\ud83d"}\n{"text": "آخر \\ud83d\\ude00"}')
    assert articles["raw"].tolist() == ["خبر \ufffd", "آخر 😀"]


def test_paragraphs_given_as_a_list_become_lines(read):
    assert read("a.json", lines({"text": ["أول", "ثان"]}))[0]["raw"].tolist() == ["أول\nثان"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_may_be_parted_by_commas_semicolons_or_tabs(read, delimiter):
    content = delimiter.join(("title", "text")) + "\n" + delimiter.join(("ع", '"نص، ""آخر"""'))
    assert read("a.csv", content)[0].loc["a.csv:1", "raw"] == 'نص، "آخر"'


def test_a_quoted_cell_may_hold_lines(read):
    assert read("a.csv", 'text,id\n"أول\nثان",7\n')[0]["raw"].to_dict() == {"7": "أول\nثان"}


@pytest.mark.parametrize("broken", ['"لا نهاية له,2', '"مقتبس" وزيادة,2', '"آخر,"2"'])
def test_a_row_with_broken_quotes_loses_that_row_only(read, broken):
    articles, unreadable = read("a.csv", f"text,id\nأول,1\n{broken}\nثالث,3\nرابع,4\n")
    assert articles["raw"].to_dict() == {"1": "أول", "3": "ثالث", "4": "رابع"}
    assert unreadable["row"].tolist() == [2]
    assert "line 3: broken quotes" in unreadable["reason"].iloc[0]


def test_a_row_with_too_many_cells_is_listed(read):
    articles, unreadable = read("a.csv", "text,id\nأول,1\nثان,2,زيادة\n")
    assert articles.index.tolist() == ["1"]
    assert unreadable["reason"].tolist() == ["3 cells where the header has 2"]


def test_long_cells_are_read_and_the_limit_of_csv_is_left_as_it_was(read):
    before = csv.field_size_limit()
    text = "خبر " * 100_000
    assert read("a.csv", f"text\n{text}\n")[0]["raw"].tolist() == [text]
    assert csv.field_size_limit() == before


def test_a_workbook_is_read_with_dates_and_numbers_as_a_person_writes_them(tmp_path, read):
    book = openpyxl.Workbook()
    book.active.append(["رقم الخبر", "التاريخ", "النص"])
    book.active.append([7, dt.datetime(2015, 4, 23), "خبر"])
    book.active.append([8.0, dt.datetime(2015, 4, 23, 10, 30), 2015])
    book.active.append([None, None, None])
    book.active.append([9, "أمس", None])
    book.save(tmp_path / "a.xlsx")
    articles, unreadable = read("a.xlsx", (tmp_path / "a.xlsx").read_bytes())
    assert articles["raw"].to_dict() == {"7": "خبر", "8": "2015"}
    assert articles["published"].tolist() == ["2015-04-23", "2015-04-23 10:30:00"]
    assert unreadable["row"].tolist() == [4]


def test_parquet_is_read_with_missing_values_missing(tmp_path, read):
    table = pd.DataFrame(
        {"body": ["أول", "ثان", None], "published": pd.to_datetime(["2015-04-23", None, None])}
    )
    table.to_parquet(tmp_path / "a.parquet")
    articles, unreadable = read("a.parquet", (tmp_path / "a.parquet").read_bytes())
    assert articles["raw"].to_dict() == {"a.parquet:1": "أول", "a.parquet:2": "ثان"}
    assert articles["published"].fillna("").tolist() == ["2015-04-23", ""]
    assert unreadable["row"].tolist() == [3]


@pytest.mark.parametrize("kind", ["xlsx", "parquet", "json", "jsonl", "csv", "html", "warc", "zip"])
def test_noise_under_any_name_is_one_listed_file(read, kind):
    articles, unreadable = read(f"a.{kind}", b"\x93\0\xff noise \0\1" * 100)
    assert articles.empty
    assert unreadable["path"].unique().tolist() == [f"a.{kind}"]


@pytest.mark.parametrize(
    "kind", ["txt", "xlsx", "parquet", "json", "jsonl", "csv", "html", "warc", "txt.gz", "zip"]
)
def test_an_empty_file_of_any_kind_is_listed(read, kind):
    articles, unreadable = read(f"a.{kind}", b"")
    assert articles.empty
    assert unreadable["path"].tolist() == [f"a.{kind}"]


@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv"])
def test_a_nul_byte_makes_a_text_unreadable(read, kind):
    _, unreadable = read(f"a.{kind}", "text\nخبر\0\n")
    assert unreadable["reason"].str.contains("binary data").tolist() == [True]


@pytest.mark.parametrize("kind", ["txt", "html", "jsonl", "csv"])
def test_a_line_of_200_megabytes_is_listed_without_being_held_in_memory(tmp_path, kind):
    (tmp_path / "~good.txt").write_text("خبر سليم", encoding="utf-8")
    with (tmp_path / f"a.{kind}").open("wb") as file:
        file.write(b'{"text": 1}\n' if kind == "jsonl" else b"text\n")
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write('\n{"text": "خبر"}'.encode())
    tracemalloc.start()
    try:
        _, unreadable = kb.read_articles(tmp_path)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert "longer than 20 MB" in unreadable["reason"].iloc[0]
    assert peak < 5 * LONGEST_TEXT


def test_the_lines_round_one_too_long_are_read(read):
    content = b'{"text": "1"}\n' + b"x" * (LONGEST_TEXT + 5) + b'\n{"text": "3"}\n'
    articles, unreadable = read("a.jsonl", content)
    assert articles["raw"].tolist() == ["1", "3"]
    assert unreadable["row"].tolist() == [2]


def test_a_mapped_column_is_taken_whatever_its_name(read):
    content = "my column,text,when\nالخبر,آخر,2015-04-23\n"
    articles, _ = read("a.csv", content, columns={"text": "my column", "published": "when"})
    assert articles.loc["a.csv:1", ["raw", "published"]].tolist() == ["الخبر", "2015-04-23"]


def test_a_mapped_column_that_is_missing_is_named(read):
    _, unreadable = read("a.csv", "text\nخبر\n", columns={"text": "my column"})
    assert "no column of texts named 'my column' among text" in unreadable["reason"].iloc[0]


def test_an_unknown_key_of_columns_is_named_with_those_accepted(tmp_path):
    with pytest.raises(kb.KhabarError, match=r"columns must map from 'text', .*; not 'body'"):
        kb.read_articles(tmp_path, columns={"body": "x"})


@pytest.mark.parametrize(
    "name", ["Article Text", "full-text", "articleBody", " النصّ ", "نص الخبر", "TEXT"]
)
def test_column_names_are_recognised_whatever_their_case_spaces_and_marks(read, name):
    assert read("a.json", lines({name: "خبر"}))[0]["raw"].tolist() == ["خبر"]


@pytest.mark.parametrize("kind", ["jsonl", "csv"])
def test_a_line_with_a_broken_byte_loses_that_line_only(read, kind):
    line = '{"text": "خبر سليم"}' if kind == "jsonl" else "خبر سليم"
    good = line.encode() + b"\n"
    bad = good.replace("ب".encode(), b"\xd8\xff")
    head = b"text\n" if kind == "csv" else b""
    articles, unreadable = read(f"a.{kind}", head + 20 * good + bad + 20 * good)
    assert articles["raw"].tolist() == ["خبر سليم"] * 40
    assert unreadable["row"].tolist() == [21]
    assert "neither UTF-8" in unreadable["reason"].iloc[0]


def test_a_workbook_with_damage_in_its_packing_is_listed(tmp_path, read):
    book = openpyxl.Workbook()
    for word in ["text", *(f"خبر {n}" for n in range(200))]:
        book.active.append([word])
    book.save(tmp_path / "b.xlsx")
    data = bytearray((tmp_path / "b.xlsx").read_bytes())
    (tmp_path / "b.xlsx").unlink()
    with zipfile.ZipFile(io.BytesIO(bytes(data))) as archive:
        sheet = archive.getinfo("xl/worksheets/sheet1.xml")
    middle = sheet.header_offset + sheet.compress_size // 2
    data[middle : middle + 20] = bytes(20)
    articles, unreadable = read("a.xlsx", bytes(data))
    assert len(articles) < 200
    assert "not an Excel workbook, or a damaged one" in unreadable["reason"].iloc[0]


@pytest.mark.parametrize(
    ("header", "reason"),
    [
        ("text,title\rخبر,عنوان\r", "lines that end in a carriage return alone"),
        (f"text,{'x' * 200_000}\nخبر,عنوان", "the header cannot be read: field larger"),
    ],
)
def test_a_header_that_cannot_be_read_is_named(read, header, reason):
    _, unreadable = read("a.csv", header)
    assert unreadable["reason"].str.contains(reason).tolist() == [True]
