"""Read a folder of articles, whatever the files; what cannot be read is listed, never fatal."""

import csv
import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from importlib.resources import as_file, files
from pathlib import Path

import pandas as pd

from khabar.errors import KhabarError
from khabar.progress import progress

FIELDS = ("raw", "title", "outlet", "published", "url")
_COLUMN_NAMES = {
    "id": ("id", "document_id", "doc_id", "المعرف"),
    "raw": ("text", "body", "content", "article", "raw", "النص", "نص", "المتن", "المحتوى"),
    "title": ("title", "headline", "العنوان", "عنوان"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "site", "المصدر", "الصحيفة", "الموقع"),
    "published": (
        "date",
        "published",
        "publish_date",
        "date_published",
        "time",
        "التاريخ",
        "تاريخ",
    ),
    "url": ("url", "link", "الرابط", "رابط"),
}
_ARABIC_LETTER = re.compile("[ء-ي]")
_LETTER = re.compile(r"[^\W\d_]")


def read_articles(folder: str | Path | None = None) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article below a folder, as it stands.

    Text files (`.txt`) hold one article each; a sub-folder's name is taken for the outlet. Tables
    (`.csv`, `.tsv`) and records (`.json`, `.jsonl`) hold one article a row, in columns with their
    usual English or Arabic names (`text`, `title`, `date`, `outlet`, `url`, `id`). Any of them may
    be gzipped. Encodings tried: UTF-8, UTF-16 with a byte-order mark, windows-1256.

    Parameters
    ----------
    folder : str or Path, optional
        Searched deeply; or one such file. Without it, the bundled sample.

    Returns
    -------
    articles : DataFrame
        Index `document_id`: the row's own id, or else the path (and row). Columns `raw`, `title`,
        `outlet`, `published` (as written), `url` (missing where not given) and `path`, relative to
        the folder.
    unreadable : DataFrame
        `path`, `row` (1-based, missing for a whole file) and `reason`.

    Raises
    ------
    KhabarError
        If the folder does not exist, is empty, or nothing in it could be read.
    """
    if folder is None:
        with as_file(files("khabar.data") / "sample" / "articles") as sample:
            return read_articles(sample)
    root = Path(folder)
    if not root.exists():
        raise KhabarError(f"no such folder of articles: {str(folder)!r}")
    found = [root] if root.is_file() else sorted(_visible_files(root))
    if not found:
        raise KhabarError(f"the folder {str(folder)!r} holds no files")
    base = root.parent if root.is_file() else root
    rows, failures = [], []
    for file in progress(found, "read"):
        path = file.relative_to(base).as_posix()
        try:
            for number, row in enumerate(_read_file(file), start=1):
                if not row.get("raw", "").strip():
                    failures.append((path, number, "no text in this row"))
                    continue
                row["path"] = path
                row["document_id"] = row.pop("id", None) or _default_id(file, path, number)
                row.setdefault("outlet", _folder_name(file, base))
                rows.append(row)
        except (OSError, EOFError, ValueError) as error:
            failures.append((path, None, str(error)))
    unreadable = pd.DataFrame(failures, columns=["path", "row", "reason"]).astype({"row": "Int64"})
    if not rows:
        raise KhabarError(
            f"nothing in {str(folder)!r} could be read; the first of {len(failures)} reasons: "
            f"{failures[0][0]}: {failures[0][2]}"
        )
    articles = pd.DataFrame(rows).reindex(columns=["document_id", *FIELDS, "path"]).astype("str")
    articles["document_id"] = _unique(articles["document_id"])
    return articles.set_index("document_id"), unreadable


def _visible_files(root: Path) -> Iterator[Path]:
    for path in root.rglob("*"):
        if path.is_file() and not any(p.startswith(".") for p in path.relative_to(root).parts):
            yield path


def _folder_name(file: Path, base: Path) -> str | None:
    return None if file.parent == base else file.relative_to(base).parts[0]


def _default_id(file: Path, path: str, number: int) -> str:
    return path if _kind(file) == ".txt" else f"{path}:{number}"


def _unique(ids: pd.Series) -> pd.Series:
    """Tell documents with one id apart by the order in which they were read."""
    repeat = ids.groupby(ids).cumcount()
    return ids.where(repeat == 0, ids + " (" + (repeat + 1).astype("str") + ")")


def _kind(file: Path) -> str:
    suffixes = [suffix.lower() for suffix in file.suffixes if suffix.lower() != ".gz"]
    return suffixes[-1] if suffixes else ""


def _read_file(file: Path) -> Iterator[dict[str, str]]:
    readers: dict[str, Callable[[str], Iterator[dict]]] = {
        ".txt": _read_text,
        ".json": _read_json,
        ".jsonl": _read_json_lines,
        ".csv": lambda text: _read_table(text, ","),
        ".tsv": lambda text: _read_table(text, "\t"),
    }
    if _kind(file) not in readers:
        raise ValueError(
            f"unknown kind of file {file.suffix or file.name!r}; "
            f"known are {', '.join(readers)}, gzipped or not"
        )
    data = file.read_bytes()
    if file.suffix.lower() == ".gz":
        data = gzip.decompress(data)
    return readers[_kind(file)](_decode(data))


def _decode(data: bytes) -> str:
    if not data.strip():
        raise ValueError("the file is empty")
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("cp1256")
        letters = len(_LETTER.findall(text))
        if len(_ARABIC_LETTER.findall(text)) < 0.3 * letters:
            raise ValueError("neither UTF-8, UTF-16 nor Arabic in windows-1256") from None
    if "\0" in text:
        raise ValueError("binary data, not text")
    return text


def _read_text(text: str) -> Iterator[dict[str, str]]:
    yield {"raw": text}


def _read_json_lines(text: str) -> Iterator[dict[str, str]]:
    lines = [line for line in text.split("\n") if line.strip()]
    return _records([json.loads(line) for line in lines])


def _read_json(text: str) -> Iterator[dict[str, str]]:
    content = json.loads(text)
    return _records(content if isinstance(content, list) else [content])


def _read_table(text: str, delimiter: str) -> Iterator[dict[str, str]]:
    return _records(list(csv.DictReader(io.StringIO(text), delimiter=delimiter)))


def _records(records: list[dict]) -> Iterator[dict[str, str]]:
    """Rename the columns to ours, keeping only those known."""
    if not all(isinstance(record, dict) for record in records):
        raise ValueError("a record must be an object with named fields")
    names = {name.strip().lower(): name for record in records for name in record if name}
    ours = {
        field: next((names[name] for name in known if name in names), None)
        for field, known in _COLUMN_NAMES.items()
    }
    if ours["raw"] is None:
        raise ValueError(
            f"no column of texts (such as 'text', 'body' or 'النص') among {', '.join(names)}"
        )
    for record in records:
        values = {field: record.get(name) for field, name in ours.items() if name}
        yield {field: str(value) for field, value in values.items() if value not in (None, "")}
