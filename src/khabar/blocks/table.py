"""A table of any size: Parquet parts in a folder, read a block at a time."""

import hashlib
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from khabar.blocks.files import read_manifest, work_in, write_whole
from khabar.errors import KhabarError
from khabar.progress import progress

ROWS_AT_ONCE = 4_000
DOCUMENTS = "the state of the documents"  # in a manifest: what a table was made from
_BUFFER = 1 << 20  # bytes; without it a column of a whole row group is read at once


@dataclass(frozen=True, repr=False)
class Table:
    """A table that may be larger than memory: the Parquet files of a folder, in order of name.

    Spark, pyarrow, polars and DuckDB read the same folder.

    Attributes
    ----------
    path : Path
        The folder, or one Parquet file.
    parts : tuple of (str, int, int)
        Name, rows and bytes of each file.
    index : str or None
        The column that is the index of the blocks: of documents, `document_id`.
    """

    path: Path
    parts: tuple[tuple[str, int, int], ...]
    index: str | None = None

    def __repr__(self) -> str:
        rows = "documents" if self.index == "document_id" else "rows"
        size = sum(n_bytes for _, _, n_bytes in self.parts)
        return (
            f"<Table {str(self.path)!r}: {len(self):,} {rows} in {len(self.parts):,} parts, "
            f"{size / 1e6:,.1f} MB>"
        )

    def __len__(self) -> int:
        return sum(rows for _, rows, _ in self.parts)

    @property
    def columns(self) -> list[str]:
        """The names of the columns, that of the index among them."""
        return self._schema.names

    @cached_property
    def _schema(self) -> pa.Schema:
        with self._file(0).open("rb") as file:
            return pq.read_schema(file)

    @property
    def fingerprint(self) -> str:
        """A word that another table, or this one with other parts, does not have."""
        return hashlib.sha256(repr(self.parts).encode()).hexdigest()[:16]

    def blocks(
        self, columns: Sequence[str] | None = None, *, without: Collection[int] = ()
    ) -> Iterator[pd.DataFrame]:
        """Go through the table in order, at most 4,000 rows in memory at a time.

        Parameters
        ----------
        columns : sequence of str, optional
            The only ones to read.
        without : collection of int, optional
            Numbers of blocks, from 0, that are passed over.

        Yields
        ------
        DataFrame
            With the columns; the index is that of the table.
        """
        self.require(*(columns or ()))
        number = 0
        for part, (_, rows, _) in enumerate(self.parts):
            numbers = range(number, number := number + -(-rows // ROWS_AT_ONCE))
            if all(n in without for n in numbers):
                continue
            for n, block in zip(numbers, self._batches(part, columns), strict=True):
                if n not in without:
                    yield block

    def read(self, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return the whole table, or some of its columns, in memory."""
        return pd.concat(
            [self._frame(self._schema.empty_table(), columns), *self.blocks(columns)],
            ignore_index=self.index is None,
        )

    def read_part(self, part: int, columns: Sequence[str] | None = None) -> pd.DataFrame:
        """Return one of the parts, by its place."""
        with self._file(part).open("rb") as file:
            return self._frame(pq.read_table(file), columns)

    @property
    def n_blocks(self) -> int:
        """The number of blocks."""
        return sum(-(-rows // ROWS_AT_ONCE) for _, rows, _ in self.parts)

    def require(self, *columns: str) -> None:
        """Refuse a table that lacks a column."""
        if missing := [name for name in columns if name not in self.columns]:
            raise KhabarError(
                f"the table {str(self.path)!r} must have the columns {', '.join(columns)}; "
                f"{missing[0]!r} is missing (it has {', '.join(self.columns)})"
            )

    def _file(self, part: int) -> Path:
        return self.path / self.parts[part][0] if self.path.is_dir() else self.path

    def _batches(self, part: int, columns: Sequence[str] | None) -> Iterator[pd.DataFrame]:
        names = None if columns is None else [*([self.index] if self.index else []), *columns]
        # Opened by Python, which knows how a folder's name is spelt whatever the locale.
        with self._file(part).open("rb") as file:
            parquet = pq.ParquetFile(file, buffer_size=_BUFFER)
            # Batches may end with a row group, blocks do not.
            waiting = pa.Table.from_batches([], parquet.schema_arrow).select(names or self.columns)
            for batch in parquet.iter_batches(ROWS_AT_ONCE, columns=names):
                waiting = pa.concat_tables([waiting, pa.Table.from_batches([batch])])
                while len(waiting) >= ROWS_AT_ONCE:
                    yield self._frame(waiting[:ROWS_AT_ONCE], columns)
                    waiting = waiting[ROWS_AT_ONCE:]
            if len(waiting):
                yield self._frame(waiting, columns)

    def _frame(self, table: pa.Table, columns: Sequence[str] | None) -> pd.DataFrame:
        frame = table.to_pandas(ignore_metadata=True)
        if self.index:
            frame = frame.set_index(self.index)
            if not frame.index.is_unique:
                twice = frame.index[frame.index.duplicated()][0]
                raise KhabarError(
                    f"each row of {str(self.path)!r} must have a {self.index} of its own; "
                    f"{twice!r} stands there twice"
                )
        return frame if columns is None else frame[list(columns)]


def open_table(path: str | Path) -> Table:
    """Open a table that `kb.blocks` has written.

    Parameters
    ----------
    path : str or Path
        The folder.

    Returns
    -------
    Table

    Raises
    ------
    KhabarError
        If it is not there or not complete.

    Examples
    --------
    >>> open_table("missing")
    Traceback (most recent call last):
    khabar.errors.KhabarError: no such table: 'missing'
    """
    return _open(Path(path), None)


def open_corpus(path: str | Path) -> Table:
    """Open the documents that `save_corpus` has written, or a Parquet table of one's own.

    Parameters
    ----------
    path : str or Path
        A folder of Parquet files, or one such file. It must have the columns `document_id` (each
        one once) and `text`; `outlet`, `published` and `story_id` where they are asked for.

    Returns
    -------
    Table
        Its index is `document_id`.

    Raises
    ------
    KhabarError
        If it is not there, not complete, not Parquet, or lacks a column.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "corpus.parquet")
    >>> pd.DataFrame({"document_id": ["a"], "text": ["زار لافروف موسكو"]}).to_parquet(path)
    >>> open_corpus(path)
    <Table '...corpus.parquet': 1 documents in 1 parts, 0.0 MB>
    """
    table = _open(Path(path), "document_id")
    table.require("document_id", "text")
    for name in ("document_id", "text"):
        kind = table._schema.field(name).type
        if not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
            raise KhabarError(f"the column {name!r} of {str(path)!r} must be text; not {kind}")
    return table


def _open(path: Path, index: str | None) -> Table:
    if not path.exists():
        raise KhabarError(f"no such table: {str(path)!r}")
    files = [path]
    if path.is_dir():
        manifest = read_manifest(path)
        if manifest is not None and not manifest["complete"]:
            raise KhabarError(
                f"the work in {str(path)!r} has not been completed; run the same again, it goes on "
                "where it stood"
            )
        files = sorted(file for file in path.glob("*.parquet") if file.name[0] not in "._")
    if not files:
        raise KhabarError(f"the folder {str(path)!r} holds no Parquet files")
    return Table(path, tuple(map(_part, files)), index)


def _part(file: Path) -> tuple[str, int, int]:
    try:
        with file.open("rb") as opened:
            return file.name, pq.read_metadata(opened).num_rows, file.stat().st_size
    except (pa.ArrowException, OSError) as error:
        raise KhabarError(f"{str(file)!r} is no Parquet file, or a damaged one: {error}") from error


def part_file(folder: Path, number: int) -> Path:
    """Return where a part stands; the order of the names is that of the numbers."""
    return folder / f"part-{number:06d}.parquet"


def write_part(folder: Path, number: int, frame: pd.DataFrame, schema: pa.Schema) -> None:
    """Write one part, whole or not at all; columns and their types are those of the schema."""
    folder.mkdir(exist_ok=True)
    table = pa.Table.from_pandas(frame, schema, preserve_index=False).replace_schema_metadata()
    write_whole(
        part_file(folder, number), lambda file: pq.write_table(table, file, compression="zstd")
    )


def make_table(
    source: Table,
    folder: str | Path,
    work: dict,
    rows_of: Callable[[int, pd.DataFrame], pd.DataFrame],
    *,
    columns: Sequence[str],
    schema: pa.Schema,
) -> Table:
    """Write a table with one part for each block of another; parts that are there stay.

    Parameters
    ----------
    source : Table
    folder : str or Path
        New, or one in which the same work was interrupted.
    work : dict
        What tells this work from another, as for `work_in`.
    rows_of : callable
        From the number of a block and the block to the rows of its part.
    columns : sequence of str
        Those of the source that are needed.
    schema : pyarrow.Schema
        Of the rows.
    """
    folder = Path(folder)
    source.require(*columns)
    with work_in(folder, {**work, DOCUMENTS: source.fingerprint}) as done:
        if not done:
            there = {n for n in range(source.n_blocks) if part_file(folder, n).exists()}
            missing = [n for n in range(source.n_blocks) if n not in there]
            blocks = source.blocks(columns, without=there)
            pairs = zip(missing, blocks, strict=True)
            for number, block in progress(pairs, work["work"], total=len(missing)):
                write_part(folder, number, rows_of(number, block), schema)
    return open_table(folder)
