import gzip
import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import khabar as kb


def write(path, text, encoding="utf-8"):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode(encoding))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1256"])
def test_text_files_are_read_in_every_usual_encoding(tmp_path, encoding):
    write(tmp_path / "a.txt", "قال لافروف في موسكو", encoding)
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles.loc["a.txt", "raw"] == "قال لافروف في موسكو"
    assert unreadable.empty


def test_the_sub_folder_of_a_text_file_is_its_outlet(tmp_path):
    write(tmp_path / "شرفة" / "2015" / "a.txt", "خبر")
    write(tmp_path / "b.txt", "خبر")
    articles, _ = kb.read_articles(tmp_path)
    assert articles.loc["شرفة/2015/a.txt", "outlet"] == "شرفة"
    assert articles["outlet"].isna().tolist() == [True, False]


def test_records_and_tables_are_read_under_english_and_arabic_column_names(tmp_path):
    record = {"id": "x1", "النص": "خبر أول", "العنوان": "عنوان", "date": "2015-04-23"}
    write(tmp_path / "a.jsonl", json.dumps(record, ensure_ascii=False))
    write(tmp_path / "b.csv", "body,source\nخبر ثان,وكالة\n")
    articles, _ = kb.read_articles(tmp_path)
    assert articles.loc["x1", ["raw", "title", "published"]].tolist() == [
        "خبر أول", "عنوان", "2015-04-23",
    ]  # fmt: skip
    assert articles.loc["b.csv:1", "outlet"] == "وكالة"


def test_gzipped_files_are_opened(tmp_path):
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress("خبر".encode()))
    assert kb.read_articles(tmp_path)[0]["raw"].tolist() == ["خبر"]


def test_one_bad_file_is_listed_with_its_reason_and_stops_nothing(tmp_path):
    write(tmp_path / "good.txt", "خبر")
    (tmp_path / "noise.txt").write_bytes(bytes(range(128, 256)) * 4 + b"\0")
    (tmp_path / "empty.txt").touch()
    write(tmp_path / "broken.json", "{")
    write(tmp_path / "paper.pdf", "x")
    write(tmp_path / "names.csv", "name\nx\n")
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles.index.tolist() == ["good.txt"]
    reasons = unreadable.set_index("path")["reason"]
    assert "the file is empty" in reasons["empty.txt"]
    assert "unknown kind of file '.pdf'" in reasons["paper.pdf"]
    assert "no column of texts" in reasons["names.csv"]
    assert {"noise.txt", "broken.json"} <= set(reasons.index)


def test_a_row_without_text_is_listed_by_its_number(tmp_path):
    write(tmp_path / "a.csv", "text\nخبر\n \n")
    _, unreadable = kb.read_articles(tmp_path)
    assert unreadable[["path", "row"]].values.tolist() == [["a.csv", 2]]


def test_documents_with_one_id_are_told_apart(tmp_path):
    write(tmp_path / "a.jsonl", '{"id": "1", "text": "خبر"}\n{"id": "1", "text": "آخر"}')
    assert kb.read_articles(tmp_path)[0].index.tolist() == ["1", "1 (2)"]


def test_a_missing_folder_is_named(tmp_path):
    with pytest.raises(kb.KhabarError, match=r"no such folder of articles: '.*nowhere'"):
        kb.load_corpus(tmp_path / "nowhere")


def test_a_web_archive_without_an_article_is_named(tmp_path):
    head = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(head)
    with pytest.raises(kb.KhabarError, match="holds no article"):
        kb.read_articles(tmp_path)


def test_an_empty_folder_is_named(tmp_path):
    with pytest.raises(kb.KhabarError, match="holds no files"):
        kb.load_corpus(tmp_path)


def test_a_folder_of_nothing_readable_tells_the_first_reason(tmp_path):
    write(tmp_path / "a.pdf", "x")
    with pytest.raises(
        kb.KhabarError, match=r"nothing in .* could be read; .*a\.pdf: unknown kind"
    ):
        kb.load_corpus(tmp_path)


def test_load_corpus_warns_of_unreadable_files_with_their_number(tmp_path):
    write(tmp_path / "good.txt", "خبر أول\nنص الخبر")
    write(tmp_path / "bad.pdf", "x")
    with pytest.warns(kb.KhabarWarning, match=r"1 of the files .* bad\.pdf"):
        assert len(kb.load_corpus(tmp_path)) == 1


PIECES = [
    b"text", b"WARC/1.0\r\n", b"Content-Length: 9\r\n", b"\r\n\r\n", b"PK\x03\x04", b"\x1f\x8b",
    b"{", b"[", b'"', b",", b"\n", b"<p>", "خبر".encode(), b"http://[", b"\xff\xfe", b"\0",
]  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(["txt", "json", "jsonl", "csv", "xlsx", "warc", "txt.gz", "zip"]),
    data=st.lists(st.sampled_from(PIECES) | st.binary(max_size=20), max_size=12).map(b"".join),
)
def test_any_bytes_under_any_name_are_articles_or_have_a_reason(tmp_path, kind, data):
    write(tmp_path / "~good.txt", "خبر سليم")
    (tmp_path / f"a.{kind}").write_bytes(data)
    articles, unreadable = kb.read_articles(tmp_path)
    (tmp_path / f"a.{kind}").unlink()
    assert "~good.txt" in articles.index
    assert unreadable["reason"].str.len().gt(0).all()
