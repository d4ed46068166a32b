"""The readers of files: each takes a stream and yields numbered articles, or why one is not.

The libraries for pages, workbooks and Parquet are imported when one is met: they take longer than
all of khabar.
"""

import csv
import io
import json
import lzma
import struct
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator
from io import BufferedIOBase

import pyarrow as pa

from khabar.corpus.archives import (
    LONGEST_TEXT,
    UNFOLDS_TO_AT_LEAST,
    UNFOLDS_TO_TIMES,
    read_bounded,
)
from khabar.corpus.columns import Columns
from khabar.corpus.encodings import check_is_text, decode, detect_encoding

# What has to be held in memory as one: .json, and packed .xlsx and .parquet.
LARGEST_WHOLE = 500_000_000  # bytes
_HEAD = 1 << 20
_DELIMITERS = ",;\t|"
# What zipfile and openpyxl raise when what they read is not what they expect.
_DAMAGED_WORKBOOK = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, NotImplementedError,
    RuntimeError, struct.error, KeyError, IndexError, AttributeError, SyntaxError, TypeError,
    OverflowError,
)  # fmt: skip

# The row's number, from 1, and the article under our names or the reason why there is none.
Rows = Iterator[tuple[int, dict[str, str] | str]]
# The line's number, from 1, the line, and what is wrong with it.
Line = tuple[int, str, str | None]


def read_text(stream: BufferedIOBase) -> Rows:
    """Read a file that is one article."""
    yield 1, {"raw": decode(read_bounded(stream))}


def read_json_lines(stream: BufferedIOBase, columns: Columns) -> Rows:
    """Read one object a line; the row is the line."""
    for number, line, fault in _numbered_lines(stream):
        if fault:
            yield number, fault
        elif not line.isspace():
            try:
                yield number, columns.rename(json.loads(line))
            except RecursionError:
                yield number, "not JSON: nested too deeply"
            except ValueError as error:
                yield number, _reason(error)


def read_json(stream: BufferedIOBase, columns: Columns) -> Rows:
    """Read a list of objects, an object that holds such a list, one object, or one a line."""
    text = decode(_read_whole(stream))
    try:
        content = json.loads(text)
    except RecursionError:
        raise ValueError("not JSON: nested too deeply") from None
    except json.JSONDecodeError as error:
        if error.msg != "Extra data":
            raise ValueError(_reason(error)) from error
        yield from read_json_lines(io.BytesIO(text.encode()), columns)
        return
    for number, record in enumerate(_records(content), start=1):
        try:
            yield number, columns.rename(record)
        except ValueError as error:
            yield number, _reason(error)


def read_table(stream: BufferedIOBase, columns: Columns) -> Rows:
    """Read a table with a header, its cells parted by commas, semicolons, tabs or bars."""
    lines = _numbered_lines(stream)
    first = next((line for _, line, _ in lines if line and not line.isspace()), None)
    if first is None:
        raise ValueError("the file is empty")
    delimiter = max(_DELIMITERS, key=first.count)
    if "\r" in first.rstrip("\r\n"):
        raise ValueError("lines that end in a carriage return alone: save it with other line ends")
    try:
        header = next(csv.reader([first], delimiter=delimiter))
    except csv.Error as error:
        raise ValueError(f"the header cannot be read: {error}") from error
    columns.names(tuple(header))
    usual_limit = csv.field_size_limit(LONGEST_TEXT)
    try:
        for number, cells in enumerate(_rows(lines, delimiter), start=1):
            if isinstance(cells, str):
                yield number, cells
            elif len(cells) > len(header):
                yield number, f"{len(cells)} cells where the header has {len(header)}"
            else:
                cells += [""] * (len(header) - len(cells))
                yield number, columns.rename(dict(zip(header, cells, strict=True)))
    finally:
        csv.field_size_limit(usual_limit)


def read_excel(stream: BufferedIOBase, columns: Columns) -> Rows:
    """Read the first sheet of a workbook, below its header."""
    import openpyxl

    stream = _seekable(stream)
    try:
        with zipfile.ZipFile(stream) as archive:
            _check_unfolding(archive)
        with warnings.catch_warnings(action="ignore", category=UserWarning):  # of lost styles
            book = openpyxl.load_workbook(stream, read_only=True, data_only=True)
            rows = book.worksheets[0].iter_rows(values_only=True)
            header = tuple(map(str, next(rows, ())))
            columns.names(header)
            for number, cells in enumerate(rows, start=1):
                if any(cell is not None for cell in cells):
                    yield number, columns.rename(dict(zip(header, cells, strict=False)))
    except _DAMAGED_WORKBOOK as error:
        raise ValueError(f"not an Excel workbook, or a damaged one: {error}") from error


def read_parquet(stream: BufferedIOBase, columns: Columns) -> Rows:
    """Read a Parquet table, some rows at a time."""
    import pyarrow.parquet as pq

    number = 0
    try:
        table = pq.ParquetFile(_seekable(stream))
        names = columns.names(tuple(table.schema_arrow.names))
        batches = table.iter_batches(batch_size=1000, columns=list(names.values()))
        for batch in batches:
            for record in batch.to_pylist():
                number += 1
                yield number, columns.rename(record)
    except (pa.ArrowException, NotImplementedError) as error:
        raise ValueError(f"not a Parquet table, or a damaged one: {error}") from error


def _read_html(stream: BufferedIOBase) -> Rows:
    from khabar.corpus.pages import read_html

    return read_html(stream)


def _read_warc(stream: BufferedIOBase) -> Rows:
    from khabar.corpus.pages import read_warc

    return read_warc(stream)


READERS: dict[str, Callable[[BufferedIOBase, Columns], Rows]] = {
    ".txt": lambda stream, columns: read_text(stream),
    ".html": lambda stream, columns: _read_html(stream),
    ".htm": lambda stream, columns: _read_html(stream),
    ".json": read_json,
    ".jsonl": read_json_lines,
    ".ndjson": read_json_lines,
    ".csv": read_table,
    ".tsv": read_table,
    ".xlsx": read_excel,
    ".parquet": read_parquet,
    ".warc": lambda stream, columns: _read_warc(stream),
    ".wet": lambda stream, columns: _read_warc(stream),
}
ONE_ARTICLE = (".txt", ".html", ".htm")


def _numbered_lines(stream: BufferedIOBase) -> Iterator[Line]:
    """Yield the lines of a text in any encoding, with what is wrong with them."""
    head = stream.read1(_HEAD)
    if not head.strip():
        raise ValueError("the file is empty")
    encoding = detect_encoding(head)
    text = io.BufferedReader(_Chained(head, stream), _HEAD)
    if encoding.startswith(("utf-16", "utf-32")):
        wide = io.TextIOWrapper(text, encoding, errors="replace", newline="\n")
        for number, line in enumerate(_bounded_lines(wide.readline), start=1):
            yield (number, "", _too_long("line")) if line is None else (number, line, None)
        return
    check_is_text(head.decode(encoding, errors="replace"))
    for number, line in enumerate(_bounded_lines(text.readline), start=1):
        yield number, *_decode_line(line, encoding)


def _decode_line(line: bytes | None, encoding: str) -> tuple[str, str | None]:
    """Return the line, and what is wrong with it."""
    if line is None:
        return "", _too_long("line")
    try:
        return line.decode(encoding), None
    except UnicodeDecodeError:  # a file put together from several
        pass
    try:
        return decode(line), None
    except ValueError as error:
        return "", str(error)


def _bounded_lines(readline: Callable[[int], str | bytes]) -> Iterator[str | bytes | None]:
    while line := readline(LONGEST_TEXT):
        if len(line) < LONGEST_TEXT:
            yield line
            continue
        end = type(line)(b"\n") if isinstance(line, bytes) else "\n"
        while line and not line.endswith(end):
            line = readline(_HEAD)
        yield None


class _Chained(io.RawIOBase):
    """The beginning that was read to find the encoding, and the rest."""

    def __init__(self, head: bytes, rest: BufferedIOBase) -> None:
        self._head, self._rest = io.BytesIO(head), rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:
        data = self._head.read(len(buffer)) or self._rest.read1(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def _rows(lines: Iterable[Line], delimiter: str) -> Iterator[list[str] | str]:
    """Yield rows of cells, or what is wrong with a line.

    A line with broken quotes loses that line only: the lines it had swallowed are read again.
    """
    feed = _Feed(lines)
    while True:
        reader = csv.reader(feed, delimiter=delimiter, strict=True)
        try:
            for cells in reader:
                feed.done()
                if cells:
                    yield cells
        except (_FaultyLine, csv.Error) as error:
            what = "broken quotes: " if isinstance(error, csv.Error) else ""
            yield f"line {feed.first_line}: {what}{error}"
            feed.give_back()
            continue
        return


class _FaultyLine(Exception):
    """A line that cannot stand in a row."""


class _Feed:
    """Lines for csv, with a memory of those of the present row."""

    def __init__(self, lines: Iterable[Line]) -> None:
        self._lines = iter(lines)
        self._again: list[Line] = []  # the next one last
        self._row: list[Line] = []
        self._length = 0

    def __iter__(self) -> "_Feed":
        return self

    def __next__(self) -> str:
        number, line, fault = self._again.pop() if self._again else next(self._lines)
        self._row.append((number, line, fault))
        self._length += len(line)
        if self._length > LONGEST_TEXT:
            fault = _too_long("row")
        if fault:
            raise _FaultyLine(fault)
        return line

    @property
    def first_line(self) -> int:
        return self._row[0][0]

    def done(self) -> None:
        self._row.clear()
        self._length = 0

    def give_back(self) -> None:
        """Lose the first line of the present row; the others come again."""
        self._again += reversed(self._row[1:])
        self.done()


def _records(content: object) -> list:
    """Return the records: a list, the only list of objects within an object, or the object."""
    if isinstance(content, list):
        return content
    values = content.values() if isinstance(content, dict) else ()
    lists = [v for v in values if isinstance(v, list) and v and isinstance(v[0], dict)]
    return lists[0] if len(lists) == 1 else [content]


def _read_whole(stream: BufferedIOBase) -> bytes:
    data = stream.read(LARGEST_WHOLE + 1)
    if len(data) > LARGEST_WHOLE:
        raise ValueError(
            f"larger than {LARGEST_WHOLE / 1e6:.0f} MB, too large for this kind of file: "
            "use .jsonl, .csv or an unpacked .parquet"
        )
    if not data.strip():
        raise ValueError("the file is empty")
    return data


def _seekable(stream: BufferedIOBase) -> BufferedIOBase:
    return stream if stream.seekable() else io.BytesIO(_read_whole(stream))


def _check_unfolding(archive: zipfile.ZipFile) -> None:
    packed = sum(member.compress_size for member in archive.infolist())
    unpacked = sum(member.file_size for member in archive.infolist())
    if unpacked > max(UNFOLDS_TO_AT_LEAST, UNFOLDS_TO_TIMES * packed):
        raise ValueError(f"unfolds to {unpacked / 1e6:,.0f} MB from {packed / 1e6:,.1f} MB")


def _too_long(what: str) -> str:
    return f"a {what} longer than {LONGEST_TEXT / 1e6:.0f} MB: not one article"


def _reason(error: ValueError) -> str:
    return f"not JSON: {error}" if isinstance(error, json.JSONDecodeError) else str(error)
