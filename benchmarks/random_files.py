"""Files of articles, damaged in one place: what a broken disk, a cut transfer or a bad tool leaves.

Each article holds a word of its own, by which it is known whether it was read.
"""

import gzip
import io
import json
import random
import zipfile
from dataclasses import dataclass

import openpyxl
import pandas as pd
import pyarrow as pa
from random_news import sample_words
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

# In the others damage may leave a sound file with less in it: nobody can tell that there was more.
_LOSS_SHOWS = {"txt", "json", "jsonl", "csv", "tsv"}
_KINDS = ["txt", "json", "jsonl", "csv", "tsv", "warc", "wet", "html", "xlsx", "parquet"]
_PACKINGS = ["", "", "", ".gz", ".zst", ".zip", ".zip", ".zip"]
_ZIPS = [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2]
_DATES = ["2015-04-23", "الخميس 23 أبريل 2015", "23/04/2015", "99999999", "2015-02-30", ""]
_INSERTED = [
    b"\0", b"\xff", b"\n", b"\r\n", b'"', b"{", b"[" * 3000, b"\\ud800", b"NaN", b"1e999",
    b"9" * 5000, b"\xef\xbb\xbf", b"\xff\xfe", b"\r\n\r\n",
    b"WARC/1.0\r\n", b"Content-Length: -1\r\n", b"<",
    b"Content-Length: 99999999999999999999\r\n", b"Content-Encoding: gzip\r\n", b"http://[", b"&",
    b"Content-Type: text/html; charset=utf-7\r\n", b"Transfer-Encoding: chunked\r\n", b"http://a:b",
    b"HTTP/1.1 200\r\n", b"<div>" * 300, b"<script>", b"<!--", b"&#xd800;", b"<base href='//['>",
    b"<meta charset=utf-16>",
]  # fmt: skip


@dataclass(frozen=True)
class DamagedFile:
    """A file with a name, the words of its articles, and whether a loss must be told."""

    name: str
    data: bytes
    marks: list[str]
    loss_shows: bool


def damaged_file(chance: random.Random) -> DamagedFile:
    kind, packing = chance.choice(_KINDS), chance.choice(_PACKINGS)
    marks = [f"MARK{i}X" for i in range(1 if kind in {"txt", "html"} else chance.randrange(1, 6))]
    data = _file(chance, kind, [_article(chance, mark) for mark in marks])
    inside = kind != "xlsx" and chance.random() < 0.5
    if inside:
        data, cut = _damaged(chance, data, kind)
    data = _packed(chance, data, f"a.{kind}", packing)
    if not inside:
        data, cut = _damaged(chance, data, kind if not packing else "")
    checked = bool(packing and not inside) or kind == "xlsx"  # by a sum that the packing keeps
    shows = checked or (kind in _LOSS_SHOWS and not cut)
    return DamagedFile(f"a.{kind}{packing}", data, marks, shows)


def damaged_records(chance: random.Random, n: int) -> DamagedFile:
    """Make a `.jsonl` or `.csv` of `n` rows, every other one damaged."""
    kind = chance.choice(["jsonl", "csv"])
    sound = [_article(chance, f"MARK{i}X") for i in range(20)]
    lines = _file(chance, kind, sound).splitlines()
    header, rows = ([], lines) if kind == "jsonl" else (lines[:1], lines[1:])
    broken = [_without_ends(_damaged(chance, chance.choice(rows), "")[0]) for _ in range(n // 2)]
    # Tables quote lines, so that one stray quote may join two rows; here none is to be joined.
    broken = [row.replace(b'"', b"") if kind == "csv" else row for row in broken]
    lines = [
        row for pair in zip(broken, chance.choices(rows, k=n // 2), strict=True) for row in pair
    ]
    return DamagedFile(f"a.{kind}", b"\n".join([*header, *lines]), [], loss_shows=True)


def _without_ends(row: bytes) -> bytes:
    return b" ".join(row.split()).replace(b"\0", b"") or b"{"


def _article(chance: random.Random, mark: str) -> dict[str, str]:
    words = chance.choices([w for w in sample_words()[:5000] if w.isalpha()], k=40)
    return {"text": f"{' '.join(words[:30])} {mark}", "title": " ".join(words[30:]),
            "date": chance.choice(_DATES)}  # fmt: skip


def _file(chance: random.Random, kind: str, articles: list[dict[str, str]]) -> bytes:
    if kind == "txt":
        encoding = chance.choice(["utf-8", "cp1256", "utf-16", "utf-8-sig"])
        return articles[0]["text"].encode(encoding, errors="replace")
    if kind == "json":
        return json.dumps(articles, ensure_ascii=chance.random() < 0.3).encode()
    if kind == "jsonl":
        return "\n".join(json.dumps(a, ensure_ascii=False) for a in articles).encode()
    if kind == "html":
        return _page(articles[0])
    if kind in {"warc", "wet"}:
        return _archive(chance, kind, articles)
    table, file = pd.DataFrame(articles), io.BytesIO()
    if kind == "parquet":
        table.to_parquet(file)
    elif kind == "xlsx":
        book = openpyxl.Workbook()
        for row in [table.columns, *table.values.tolist()]:
            book.active.append(list(row))
        book.save(file)
    else:
        table.to_csv(file, sep="," if kind == "csv" else "\t", index=False)
    return file.getvalue()


def _page(article: dict[str, str]) -> bytes:
    return (
        f"<html><head><title>{article['title']}</title><meta property='article:published_time' "
        f"content='{article['date']}'></head><body><h1>{article['title']}</h1><span class='date'>"
        f"{article['date']}</span><article><p>{article['text']}</p></article></body></html>"
    ).encode()


def _archive(chance: random.Random, kind: str, articles: list[dict[str, str]]) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    for number, article in enumerate(articles):
        url, http, headers = (
            f"https://www.shurfa.example/{number}",
            None,
            {"Content-Type": "text/plain"},
        )
        content = article["text"].encode()
        if kind == "warc":
            content, headers = _page(article), {}
            fields = [("Content-Type", "text/html; charset=utf-8")]
            if chance.random() < 0.3:
                content = gzip.compress(content)
                fields.append(("Content-Encoding", "gzip"))
            if chance.random() < 0.3:
                content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(content), content)
                fields.append(("Transfer-Encoding", "chunked"))
            http = StatusAndHeaders("200 OK", fields, "HTTP/1.1")
        record = writer.create_warc_record(
            url,
            "response" if http else "conversion",
            payload=io.BytesIO(content),
            http_headers=http,
            warc_headers_dict=headers,
        )
        writer.write_record(record)
    return file.getvalue()


def _packed(chance: random.Random, data: bytes, name: str, packing: str) -> bytes:
    if packing == ".gz":
        return gzip.compress(data)
    if packing == ".zst":
        return pa.compress(data, "zstd", asbytes=True)
    if packing == ".zip":
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", chance.choice(_ZIPS)) as archive:
            archive.writestr(f"b/{name}", data)
        return file.getvalue()
    return data


def _damaged(chance: random.Random, data: bytes, kind: str) -> tuple[bytes, bool]:
    """Return the data with one change, and whether that may have left a sound but shorter file.

    The header of a table stays whole: with its end goes the first row, and nobody can tell.
    """
    begin = data.index(b"\n") + 2 if kind in {"csv", "tsv"} else 0
    at, way = chance.randrange(begin, len(data)), chance.randrange(7)
    if way == 0:
        return data, False
    if way == 1:
        return data[:at] + bytes([data[at] ^ 1 << chance.randrange(8)]) + data[at + 1 :], False
    if way == 2:
        return data[:at] + chance.randbytes(1) + data[at + 1 :], False
    if way == 3:
        return data[:at] + data[at + chance.randrange(1, 30) :], True
    if way == 4:
        return data[:at] + chance.choice(_INSERTED) + data[at:], False
    if way == 5:
        return data[:at] + data[max(0, at - chance.randrange(1, 60)) : at] + data[at:], False
    return data[:at], True
