import gzip
import io
import json
import os
import socket

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import khabar as kb
from khabar.corpus.pages import read_page

PARAGRAPH = "قال وزير الخارجية الروسي سيرغي لافروف إن المحادثات التي جرت في موسكو كانت مفيدة. "
PAGE = f"""<html><head><title>لافروف: المحادثات مفيدة</title>
<meta charset="utf-8"><meta property="og:site_name" content="شرفة نيوز">
<meta property="og:title" content="لافروف: المحادثات مفيدة">
<link rel="canonical" href="https://shurfa.example/news/1">HEAD</head>
<body><nav><a href="/">الرئيسية</a> <a href="/sport">رياضة</a></nav>
<h1>لافروف: المحادثات مفيدة</h1>BODY
<article><p>{PARAGRAPH * 3}</p><p>{PARAGRAPH * 2}</p></article>
<footer>جميع الحقوق محفوظة</footer></body></html>"""


def page(*, head="", body=""):
    return PAGE.replace("HEAD", head).replace("BODY", body)


def warc(*records):
    """Make a packed archive of (kind, url, headers of the answer, content)."""
    packed = io.BytesIO()
    writer = WARCWriter(packed, gzip=True)
    for kind, url, http, content in records:
        headers = http and StatusAndHeaders(http[0], [("Content-Type", http[1])], "HTTP/1.1")
        warc_headers = {} if http else {"Content-Type": "text/plain"}
        record = writer.create_warc_record(
            url,
            kind,
            payload=io.BytesIO(content),
            http_headers=headers,
            warc_headers_dict=warc_headers,
        )
        writer.write_record(record)
    return packed.getvalue()


def test_the_article_is_taken_out_of_the_page():
    article = read_page(page().encode())
    assert article["raw"].split("\n") == [(PARAGRAPH * 3).strip(), (PARAGRAPH * 2).strip()]
    assert article["title"] == "لافروف: المحادثات مفيدة"
    assert article["outlet"] == "شرفة نيوز"
    assert article["url"] == "https://shurfa.example/news/1"


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        ('<meta property="article:published_time" content="2015-04-23T10:00:00Z">', "",
         "2015-04-23T10:00:00Z"),
        ('<script type="application/ld+json">[{"datePublished": "2015-04-23"}]</script>',
         "", "2015-04-23"),
        ("", '<div class="stamp-date">الخميس 23 نيسان 2015</div>', "الخميس 23 نيسان 2015"),
        ("", '<time datetime="2015-04-23">اليوم</time>', "2015-04-23"),
    ],
)  # fmt: skip
def test_the_day_is_given_as_the_page_states_it(head, body, published):
    assert read_page(page(head=head, body=body).encode())["published"] == published


def test_the_clock_above_the_headline_is_not_the_day_of_the_article():
    clock = '<div class="today-date">الجمعة 1 مايو 2020</div>'
    stamp = '<div class="post-date">الخميس 23 أبريل 2015</div>'
    content = page(body=stamp).replace("<nav>", clock + "<nav>")
    assert read_page(content.encode())["published"] == "الخميس 23 أبريل 2015"


def test_a_page_without_a_date_gets_none():
    assert "published" not in read_page(page().encode())


@pytest.mark.parametrize("encoding", ["windows-1256", "utf-16", "iso-8859-6"])
def test_pages_are_read_in_other_encodings_than_utf8(encoding):
    content = page().replace("utf-8", encoding).replace("×", "")
    assert read_page(content.encode(encoding))["raw"].startswith(PARAGRAPH.strip())


def test_windows_1256_that_declares_latin_1_is_read():
    content = page().replace('"utf-8"', '"iso-8859-1"')
    assert read_page(content.encode("cp1256"))["raw"].startswith(PARAGRAPH.strip())


def test_reading_a_page_opens_no_connection(tmp_path, monkeypatch):
    def refuse(*_args, **_kwargs):
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    link = '<meta http-equiv="refresh" content="0; url=https://example.org/">'
    (tmp_path / "a.html").write_text(page(head=link), encoding="utf-8")
    (tmp_path / "b.html").write_text("https://example.org/article", encoding="utf-8")
    articles, unreadable = kb.read_articles(tmp_path)
    assert (articles["path"].tolist(), unreadable["path"].tolist()) == (["a.html"], ["b.html"])


def test_a_page_without_an_article_is_listed_and_nothing_is_printed(tmp_path, capfd):
    (tmp_path / "a.htm").write_text(page(), encoding="utf-8")
    (tmp_path / "b.htm").write_text("<html><body></body></html>", encoding="utf-8")
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles.index.tolist() == ["a.htm"]
    assert unreadable["path"].tolist() == ["b.htm"]
    assert capfd.readouterr().out == ""
    assert "ERROR" not in capfd.readouterr().err


def test_the_pages_of_a_web_archive_are_read_and_what_is_no_page_passed_over(tmp_path):
    html = "text/html; charset=windows-1256"
    content = page().replace('<meta charset="utf-8">', "").encode("cp1256")
    (tmp_path / "a.warc.gz").write_bytes(
        warc(
            ("response", "https://shurfa.example/1", ("200 OK", html), content),
            ("response", "https://shurfa.example/2", ("200 OK", "image/png"), b"\x89PNG\0"),
            ("response", "https://shurfa.example/3", ("404 Not Found", html), content),
            ("response", "https://shurfa.example/4", ("200 OK", html), b"<html></html>"),
        )
    )
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles.index.tolist() == ["a.warc.gz:1"]
    assert articles["raw"].iloc[0].startswith(PARAGRAPH.strip())
    assert unreadable[["path", "row"]].values.tolist() == [["a.warc.gz", 4]]


def test_the_texts_of_a_wet_archive_are_read_with_their_host_as_outlet(tmp_path):
    text = ("conversion", "https://www.shurfa.example/1", None, PARAGRAPH.encode())
    (tmp_path / "a.warc.wet.gz").write_bytes(warc(text, text))
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles["raw"].tolist() == [PARAGRAPH, PARAGRAPH]
    assert articles["outlet"].tolist() == ["shurfa.example"] * 2
    assert articles["url"].iloc[0] == "https://www.shurfa.example/1"
    assert unreadable.empty


def test_a_web_archive_that_is_cut_off_keeps_the_records_before_the_cut(tmp_path):
    text = ("conversion", "https://shurfa.example/1", None, PARAGRAPH.encode())
    (tmp_path / "a.warc.wet.gz").write_bytes(warc(text, text)[:-30])
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles["raw"].tolist() == [PARAGRAPH]
    assert len(unreadable) == 1


def test_gold_phrases_texts_and_days_of_real_pages_are_found(shared):
    folder = shared("data/html-pages")
    lines = (folder / "pages.jsonl").read_text(encoding="utf-8").split("\n")
    wrong = []
    for gold in (json.loads(line) for line in lines if line):
        article = read_page((folder / gold["file"]).read_bytes())
        wanted = gold.get("with", []) + gold.get("gold_text", "").split("\n")
        unwanted = gold.get("without", []) + gold.get("silver_without", [])
        wrong += [
            (gold["file"], phrase) for phrase in wanted if phrase.strip() not in article["raw"]
        ]
        wrong += [(gold["file"], phrase) for phrase in unwanted if phrase in article["raw"]]
        day = kb.parse_date(article.get("published", "")).date
        if gold["date"] and str(day) != gold["date"]:
            wrong.append((gold["file"], day))
    assert wrong == []


@pytest.fixture
def read_plain(tmp_path, capfd):
    """Return a function from the records of an unpacked archive to what is read, in silence."""

    def read(*records, cut=None):
        (tmp_path / "good.txt").write_text("خبر سليم", encoding="utf-8")
        (tmp_path / "a.warc").write_bytes(b"".join(records)[:cut])
        articles, unreadable = kb.read_articles(tmp_path)
        assert "WARNING" not in capfd.readouterr().err
        rows = [row for row in articles.index if row.startswith("a.warc")]
        return rows, list(zip(unreadable["row"], unreadable["reason"], strict=True))

    return read


def wet(number, text=PARAGRAPH, *, length=None, url=True, kind="text/plain"):
    content = text.encode()
    fields = [
        "WARC/1.0",
        "WARC-Type: conversion",
        f"WARC-Target-URI: https://shurfa.example/{number}" if url else "WARC-Date: 2015-04-23",
        f"Content-Type: {kind}" if kind else "X-None: 1",
        f"Content-Length: {len(content) if length is None else length}",
    ]
    return "\r\n".join(fields).encode() + b"\r\n\r\n" + content + b"\r\n\r\n"


def test_a_record_longer_than_it_says_is_listed(read_plain):
    rows, unreadable = read_plain(wet(1, length=20), wet(2))
    assert rows == ["a.warc:1", "a.warc:2"]
    assert unreadable == [(1, "longer than the Content-Length of the record: its end is lost")]


def test_a_record_without_length_ends_the_archive_with_a_reason(read_plain):
    rows, unreadable = read_plain(
        wet(1), wet(2).replace(b"Content-Length", b"Content-Lngth"), wet(3)
    )
    assert rows == ["a.warc:1"]
    assert unreadable == [(2, "a record without Content-Length, with which reading ends")]


def test_a_record_that_the_archive_cuts_off_is_listed_and_not_read_in_part(read_plain):
    rows, unreadable = read_plain(wet(1), wet(2), cut=-40)
    assert rows == ["a.warc:1"]
    assert unreadable == [(2, "cut off: the archive ends within this record")]


def test_records_without_address_or_with_none_that_is_one_are_read(read_plain):
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\n" + PARAGRAPH.encode()
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(answer)
    no_address = head + answer + b"\r\n\r\n"
    broken = wet(2).replace(b"https://shurfa.example/", b"http://[")
    rows, unreadable = read_plain(no_address, broken, wet(3))
    assert rows == ["a.warc:1", "a.warc:2", "a.warc:3"]
    assert unreadable == []


def test_a_record_that_does_not_say_what_it_is_is_listed(read_plain):
    rows, unreadable = read_plain(wet(1, kind=None), wet(2))
    assert rows == ["a.warc:2"]
    assert unreadable == [(1, "the record states no Content-Type: it may be a page or a picture")]


def test_a_page_damaged_in_the_packing_of_its_server_is_listed_and_nothing_is_printed(read_plain):
    packed = bytearray(gzip.compress((PARAGRAPH + os.urandom(30_000).hex()).encode()))
    packed[20_000:20_100] = bytes(100)
    answer = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Encoding: gzip\r\n\r\n" + packed
    )
    head = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: %d\r\n\r\n" % len(answer)
    rows, unreadable = read_plain(head + answer + b"\r\n\r\n", wet(2))
    assert rows == ["a.warc:2"]
    assert unreadable[0][0] == 1
    assert unreadable[0][1].startswith("damaged while packed: ")
