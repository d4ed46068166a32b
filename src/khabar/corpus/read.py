"""Read a folder of articles, whatever the files; what cannot be read is listed, never fatal."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

import pandas as pd
import pyarrow as pa

from khabar.corpus.archives import LONGEST_TEXT, Source, list_files, readable_path, sources
from khabar.corpus.columns import Columns
from khabar.corpus.encodings import repair_mojibake
from khabar.corpus.formats import ONE_ARTICLE, READERS
from khabar.errors import KhabarError
from khabar.progress import progress

FIELDS = ("raw", "title", "outlet", "published", "url")
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")


def read_articles(
    folder: str | Path | None = None, *, columns: Mapping[str, str] | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read every article below a folder, as it stands.

    Text files (`.txt`) and saved pages (`.html`, `.htm`) hold one article each. Tables (`.csv`,
    `.tsv`, `.xlsx`, `.parquet`) and records (`.json`, `.jsonl`) hold one article a row, in columns
    with their usual English or Arabic names (`text`, `title`, `date`, `outlet`, `url`, `id`). Web
    archives (`.warc`, `.wet`) hold one a record. Any of them may be packed (`.gz`, `.zst`) or lie
    in a `.zip`.

    Parameters
    ----------
    folder : str or Path, optional
        Searched deeply; or one such file. Without it, the bundled sample.
    columns : mapping of str to str, optional
        From any of `id`, `text`, `title`, `outlet`, `published` and `url` to the name that the
        column has in your tables, such as `{"text": "my column"}`.

    Returns
    -------
    articles : DataFrame
        Index `document_id`: the row's own id, or else the path (and row); a repeated one is told
        apart by a number. Columns `raw`, `title`, `outlet` (as the record says, else the uppermost
        sub-folder), `published` (as found), `url` (missing where not given) and `path`, relative to
        the folder.
    unreadable : DataFrame
        `path`, `row` (from 1: the line of a `.jsonl`, the row below the header of a table, the
        record of a web archive; missing for a whole file) and `reason`.

    Raises
    ------
    KhabarError
        If the folder does not exist, is empty, or nothing in it could be read; if a key of
        `columns` is not one of those above.

    Notes
    -----
    Encodings are found, not asked for: UTF-8, -16 and -32, windows-1256, ISO-8859-6, and for other
    scripts windows-1252 and -1251. Arabic that was decoded wrongly before it was saved (`Ø§Ù„`,
    `ط§ظ„`, `Çá`) is repaired; no other character is changed. Of pages, `raw` is the article as
    trafilatura extracts it. Nothing is fetched, and nothing written.

    Listed as unreadable are a text longer than 20 MB, a packed file that unfolds to more than 200
    times its size (and more than 64 MB), and links to folders or out of the folder. Hidden files
    and `__MACOSX` are passed over in silence.
    """
    if folder is None:
        with as_file(files("khabar.data") / "sample" / "articles") as sample:
            return read_articles(sample, columns=columns)
    reading = Reading(folder, columns=columns)
    rows = [row for file in progress(reading.files, "read") for row in reading.rows_of(file)]
    if not rows:
        raise reading.nothing_read()
    articles = article_table(rows)
    ids = articles.index.tolist()
    articles.index = pd.Index(_column(UniqueIds(taken(ids)).of(ids)), name="document_id")
    return articles, failure_table(reading.failures)


class Reading:
    """A folder that is read file by file, and what of it could not be.

    Parameters
    ----------
    folder : str or Path
    columns : mapping of str to str, optional
        As for `read_articles`, which tells also what is raised.

    Attributes
    ----------
    files : list of Path
        In the order in which they are to be read.
    failures : list of tuple
        Path, row and reason, so far.
    """

    def __init__(self, folder: str | Path, *, columns: Mapping[str, str] | None = None) -> None:
        root = Path(folder)
        self._columns = Columns(columns)
        if not root.exists():
            raise KhabarError(f"no such folder of articles: {str(folder)!r}")
        self._root, self._base = root, root.parent if root.is_file() else root
        self.files, left_aside = ([root], []) if root.is_file() else list_files(root)
        if not self.files and not left_aside:
            raise KhabarError(f"the folder {str(folder)!r} holds no files")
        self.failures: list[tuple[str, int | None, str]] = [
            (readable_path(p.relative_to(self._base)), None, why) for p, why in left_aside
        ]

    @property
    def fingerprint(self) -> str:
        """A word that tells the folder from others, and from itself with other files."""
        told = sha256()
        for file in self.files:
            found = file.stat()
            name = readable_path(file.relative_to(self._base))
            told.update(f"{name}\n{found.st_size}\n{found.st_mtime_ns}\n".encode())
        return told.hexdigest()[:16]

    def nothing_read(self) -> KhabarError:
        """Say that there was nothing to read, and why."""
        if not self.failures:
            return KhabarError(
                f"{str(self._root)!r} holds no article: its files are empty of records"
            )
        first = self.failures[0]
        return KhabarError(
            f"nothing in {str(self._root)!r} could be read; the first of {len(self.failures)} "
            f"reasons: {first[0]}: {first[2]}"
        )

    def rows_of(self, file: Path) -> Iterator[tuple]:
        """Yield the articles of a file as rows of `article_table`, the id first."""
        path = readable_path(file.relative_to(self._base))
        try:
            for source in sources(file, self._base):
                if isinstance(source, Source):
                    yield from self._read_source(source)
                else:
                    self.failures.append((source[0], None, source[1]))
        except (OSError, ValueError) as error:
            self.failures.append((path, None, str(error)))

    def _read_source(self, source: Source) -> Iterator[tuple]:
        try:
            if source.kind not in READERS:
                raise ValueError(
                    f"unknown kind of file {source.kind or source.path!r}; known are "
                    f"{', '.join(READERS)}, packed or not (.gz, .zst, .zip)"
                )
            with source.open() as stream:
                for number, article in READERS[source.kind](stream, self._columns):
                    reason = article if isinstance(article, str) else _why_not(article)
                    if reason:
                        self.failures.append((source.path, number, reason))
                    else:
                        yield _row(source, number, article)
        except (OSError, ValueError) as error:
            self.failures.append((source.path, None, str(error)))


def _row(source: Source, number: int, article: dict[str, str]) -> tuple:
    own = source.path if source.kind in ONE_ARTICLE else f"{source.path}:{number}"
    title = article.get("title")
    return (
        article.get("id") or own,
        repair_mojibake(article["raw"]),
        title and repair_mojibake(title),
        article.get("outlet") or source.folder,
        article.get("published"),
        article.get("url"),
        source.path,
    )


def article_table(rows: list[tuple]) -> pd.DataFrame:
    """Make of rows the table of articles, the ids as given."""
    ids, *columns = zip(*rows, strict=True)
    values = {n: _column(c) for n, c in zip((*FIELDS, "path"), columns, strict=True)}
    return pd.DataFrame(values, index=pd.Index(_column(ids), name="document_id"))


def failure_table(failures: list[tuple]) -> pd.DataFrame:
    """Make the table of what could not be read."""
    table = pd.DataFrame(failures, columns=["path", "row", "reason"])
    return table.astype({"path": "str", "row": "Int64", "reason": "str"})


def _why_not(article: dict[str, str]) -> str | None:
    raw = article.get("raw", "")
    if not raw or raw.isspace():
        return "no text in this row"
    if len(raw) > LONGEST_TEXT:
        return f"longer than {LONGEST_TEXT / 1e6:.0f} MB: not one article"
    return "binary data, not text: a NUL in it" if "\0" in raw else None


def _column(values: Sequence[str | None]) -> pd.api.extensions.ExtensionArray:
    try:
        strings = pa.array(values, type=pa.large_string())
    except UnicodeEncodeError:  # halves of characters, which JSON can escape but no table holds
        return _column([value and _HALF_CHARACTER.sub("\ufffd", value) for value in values])
    return pd.array(strings, dtype="str")


_TOLD_APART = re.compile(r" \(\d+\)$")


def taken(ids: Iterable[str]) -> set[str]:
    """Return of all ids of a corpus those that `UniqueIds` has to know: repeated, or numbered."""
    counts = Counter(ids)
    return {i for i, n in counts.items() if n > 1 or _TOLD_APART.search(i)}


class UniqueIds:
    """Tells documents with one id apart by the order in which they were read.

    Parameters
    ----------
    taken : set of str
        As `taken` finds them in the whole corpus.
    """

    def __init__(self, taken: set[str]) -> None:
        self._taken, self._counts = set(taken), Counter()

    def of(self, ids: Iterable[str]) -> list[str]:
        """Return the ids of the next documents, the repeated ones with a number."""
        return [self._next(i) if i in self._taken else i for i in ids]

    def _next(self, document_id: str) -> str:
        self._counts[document_id] += 1
        name = document_id
        while self._counts[document_id] > 1 and name in self._taken:
            name = f"{document_id} ({self._counts[document_id]})"
            self._counts[document_id] += name in self._taken
        self._taken.add(name)
        return name
