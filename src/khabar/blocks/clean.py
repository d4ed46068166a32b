"""Clean a folder of any size into a table, a block at a time.

What depends on the whole corpus (lines that recur in an outlet, names of outlets, sources of
datelines, the order of day and month, the years, copies, repeated ids) is gathered as small facts
while the blocks pass, put together, and applied when they pass again. The same functions do it in
memory for `load_corpus`. Each pass writes what it adds, so that an interrupted run goes on.
"""

import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from khabar.blocks.files import work_in
from khabar.blocks.stages import Stage
from khabar.blocks.table import ROWS_AT_ONCE, Table, open_corpus, open_table, write_part
from khabar.corpus.clean import cut_ends, without_furniture
from khabar.corpus.datelines import few_of_each, find_datelines, source_parts, without_doubtful
from khabar.corpus.dates import ParsedDate
from khabar.corpus.duplicates import (
    distinct_texts,
    number_texts,
    only_shared,
    shingle_sets,
    stories_of,
)
from khabar.corpus.furniture import line_table, recurring_lines
from khabar.corpus.outlets import find_outlets, outlet_names, with_hosts_named
from khabar.corpus.publication import few_days, narrow_to_days, order_shown, outlet_orders
from khabar.corpus.read import Reading, UniqueIds, article_table, failure_table, taken
from khabar.errors import KhabarError
from khabar.load import days_of, in_columns, warn_of_unknown_days, warn_of_unreadable
from khabar.measures.intervals import add_sums
from khabar.progress import progress

_CHARACTERS_AT_ONCE = 32_000_000
_TEXT = pa.string()
_DOCUMENTS = pa.schema([
    ("document_id", _TEXT), ("title", _TEXT), ("text", _TEXT), ("outlet", _TEXT),
    ("published", pa.timestamp("us")), ("published_grade", _TEXT), ("published_reason", _TEXT),
    ("url", _TEXT), ("story_id", _TEXT), ("path", _TEXT), ("raw", _TEXT),
])  # fmt: skip
_REMOVED = pa.schema([
    ("document_id", _TEXT), ("line", pa.int64()), ("text", _TEXT), ("rule", _TEXT)
])  # fmt: skip
_UNREADABLE = pa.schema([("path", _TEXT), ("row", pa.int64()), ("reason", _TEXT)])


def save_corpus(
    folder: str | Path,
    store: str | Path,
    *,
    columns: Mapping[str, str] | None = None,
    copies: bool = True,
) -> Table:
    """Read, clean and date a folder of any size into a folder of Parquet parts.

    Parameters
    ----------
    folder : str or Path
        As for `kb.load_corpus`.
    store : str or Path
        A new folder, or one in which the same work was interrupted, which then goes on where it
        stood. When all is done it holds the documents, and in `_removed` and `_unreadable` what
        cleaning took away and what could not be read; `_manifest.json` says what it was made from.
    columns : mapping of str to str, optional
        As for `kb.load_corpus`.
    copies : bool
        Whether copies are sought, which takes the most memory: see the notes. If not, each document
        is a story of its own.

    Returns
    -------
    Table
        The documents, with the columns and values of `kb.load_corpus`, to the last character.

    Warns
    -----
    KhabarWarning
        As `kb.load_corpus`.

    Raises
    ------
    KhabarError
        If nothing could be read; if the store is in use, holds something else, was begun from a
        folder that has changed since, or cannot be written.

    Notes
    -----
    On the way the store takes about five times the room that it takes in the end. Memory holds
    Python and the ledger (half a gigabyte), a block of at most 4,000 documents, some 150 bytes for
    each document, and, while copies are sought, about 55 bytes for each run of four words that
    several different texts share. Among 15,000 news articles that is 25 runs a document, and the
    number grows by two fifths whenever the corpus doubles: half a million different articles need
    some 4 GB, a million some 10 GB. Beyond that, do without `copies`.

    Examples
    --------
    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp())
    >>> (path / "articles").mkdir()
    >>> for n in range(3):
    ...     text = f"قال لافروف في موسكو الخميس 23 أبريل 2015 إن اللقاء رقم {n} انتهى."
    ...     _ = (path / "articles" / f"{n}.txt").write_text(text, encoding="utf-8")
    >>> save_corpus(path / "articles", path / "store")
    <Table '...store': 3 documents in 1 parts, 0.0 MB>
    """
    store, reading = Path(store), Reading(folder, columns=columns)
    if store.resolve().is_relative_to(Path(folder).resolve()):
        raise KhabarError(
            f"store must lie outside the folder of articles, which is only read; {str(store)!r} "
            "does not"
        )
    work = {
        "work": "clean a corpus",
        "the state of the folder": reading.fingerprint,
        "columns": repr(dict(columns or {})),
        "copies": copies,
    }
    scratch = store / "_work"
    with work_in(store, work) as done:
        if not done:
            _Passes(reading, scratch, store, copies=copies).run()
    shutil.rmtree(scratch, ignore_errors=True)
    corpus = open_corpus(store)
    warn_of_unreadable(open_table(store / "_unreadable").read())
    undated = sum(int(days["published"].isna().sum()) for days in corpus.blocks(["published"]))
    warn_of_unknown_days(undated, len(corpus))
    return corpus


class _Passes:
    """The passes over a corpus, each of which goes on after the blocks that it has done."""

    def __init__(self, reading: Reading, scratch: Path, store: Path, *, copies: bool) -> None:
        self._reading, self._store, self._copies = reading, store, copies
        self._left_aside = list(reading.failures)
        self._articles = Stage(scratch / "articles")
        self._pages, self._places = Stage(scratch / "pages"), Stage(scratch / "places")
        self._bodies, self._removed = Stage(scratch / "bodies"), Stage(scratch / "removed")
        self._dated, self._shingles = Stage(scratch / "dated"), Stage(scratch / "shingles")

    def run(self) -> None:
        self._read()
        sizes = [self._articles.n_rows(number) for number in range(len(self._articles))]
        self._offsets = np.cumsum([0, *sizes])
        self._look_at_pages()
        self._take_furniture()
        self._date()
        self._finish()
        self._list_unreadable()

    def _read(self) -> None:
        """Write the articles as they stand; the attributes of a block tell how far it goes."""
        stage, failures = self._articles, self._reading.failures
        number, stood = len(stage), {"file": 0, "articles": 0, "failures": 0, "complete": False}
        if number:
            stood = stage.read(number - 1).attrs
        if stood["complete"]:
            return
        rows, size, noted = [], 0, len(failures)

        def write(**how_far: int) -> None:
            table = article_table(rows)
            table.attrs = {"unreadable": failures[noted:], **how_far}
            stage.write(number, table)

        files = list(enumerate(self._reading.files))[stood["file"] :]
        for file, path in progress(files, "read"):
            passed = stood["articles"] if file == stood["file"] else 0
            before = len(failures)
            noted = before + stood["failures"] if passed else noted
            for n, row in enumerate(self._reading.rows_of(path)):
                if n < passed:
                    continue
                if len(rows) == ROWS_AT_ONCE or (rows and size + len(row[1]) > _CHARACTERS_AT_ONCE):
                    write(file=file, articles=n, failures=len(failures) - before, complete=False)
                    number, noted, rows, size = number + 1, len(failures), [], 0
                rows.append(row)
                size += len(row[1])
        if not rows:
            raise self._reading.nothing_read()
        write(file=len(self._reading.files), articles=0, failures=0, complete=True)

    def _look_at_pages(self) -> None:
        """Write what each page tells of its outlet, and where its short lines stand."""
        for number in self._missing(self._pages, "look at lines"):
            articles = self._articles.read(number)
            lines = line_table(articles["raw"])
            self._places.write(number, lines.places.sort_values("line", ignore_index=True))
            outlets = find_outlets(articles, lines.rules).reset_index(drop=True)
            self._pages.write(number, pd.concat([outlets, lines.documents], axis=1))

    def _recurring(self, names: set[str]) -> dict[str, set[int]]:
        pages = []
        for number in range(len(self._pages)):
            page = self._pages.read(number)
            page["outlet"] = with_hosts_named(page, names)["outlet"].fillna("")
            pages.append(page[["outlet", "body", "order"]])
        documents, recurring = pd.concat(pages, ignore_index=True), {}
        for places in self._places.by_range("line", self._offsets):
            for outlet, lines in recurring_lines(places, documents, self._raws).items():
                recurring.setdefault(outlet, set()).update(lines)
        return recurring

    def _raws(self, where: list[list[int]]) -> list[list[str]]:
        """Return the texts of documents, as read, by their positions in the corpus."""
        positions = np.unique([document for of in where for document in of]).astype(np.int64)
        block_of = np.searchsorted(self._offsets, positions, side="right") - 1
        raws = {}
        for number in np.unique(block_of).tolist():
            inside = positions[block_of == number]
            raw = self._articles.read(number, ["raw"])["raw"].iloc[inside - self._offsets[number]]
            raws |= dict(zip(inside.tolist(), raw, strict=True))
        return [[raws[document] for document in of] for of in where]

    def _take_furniture(self) -> None:
        """Write the bodies, and the lines taken away."""
        blocks = range(len(self._articles))
        names = set().union(*(outlet_names(self._pages.read(number)) for number in blocks))
        recurring = self._recurring(names)
        unique = UniqueIds(self._taken_ids())
        done = len(self._bodies)
        for number in progress(blocks, "take furniture away"):
            ids = unique.of(self._articles.read(number, []).index)
            if number < done:
                continue
            articles = self._articles.read(number).set_axis(pd.Index(ids, name="document_id"))
            lines = line_table(articles["raw"])
            outlets = with_hosts_named(self._pages.read(number), names).set_axis(articles.index)
            articles["outlet"] = outlets["outlet"]
            bodies, removed = without_furniture(articles, lines, recurring)
            self._removed.write(number, removed)
            self._bodies.write(number, bodies.drop(columns="raw"))

    def _taken_ids(self) -> set[str]:
        """Return the ids that are repeated or look it, without holding all of them."""
        blocks = range(len(self._articles))
        hashes = [_hashes(self._articles.read(number, []).index) for number in blocks]
        values, n_times = np.unique(np.concatenate(hashes), return_counts=True)
        repeated, of_few = values[n_times > 1], []
        for number, of_block in enumerate(hashes):
            ids = self._articles.read(number, []).index
            of_few += ids[np.isin(of_block, repeated) | ids.str.endswith(")")].tolist()
        return taken(of_few)

    def _date(self) -> None:
        """Write the texts without what is cut from their ends, their days and their shingles."""
        if len(self._dated) == len(self._articles):
            return
        orders, sources = self._orders_and_sources()
        for number in self._missing(self._dated, "date"):
            raw = self._articles.read(number, ["raw"])["raw"]
            bodies = self._bodies.read(number).assign(raw=raw.array)
            ends, parts = find_datelines(bodies["text"].tolist(), bodies["outlet"])
            ends = without_doubtful(ends, parts, sources)
            documents, removed = cut_ends(bodies, self._removed.read(number), ends)
            parsed = days_of(documents, removed, orders=orders)
            told = documents[["text"]].assign(**_columns_of_days(parsed))
            if self._copies:
                sets = shingle_sets(documents["text"])
                shingles = pd.DataFrame({"document": sets.document, "shingle": sets.shingle})
                self._shingles.write(number, shingles.sort_values("shingle", ignore_index=True))
                told = told.assign(size=sets.size, key=sets.key)
            write_part(self._store / "_removed", number, removed, _REMOVED)
            self._dated.write(number, told)

    def _orders_and_sources(self) -> tuple[dict, set[tuple[str, str]]]:
        shown, parts = [], []
        for number in progress(range(len(self._bodies)), "look at dates"):
            bodies = self._bodies.read(number)
            shown = [add_sums([*shown, order_shown(bodies)])]
            found = find_datelines(bodies["text"].tolist(), bodies["outlet"])[1]
            parts = [few_of_each(pd.concat([*parts, found]))]
        return outlet_orders(shown[0]), source_parts(parts[0])

    def _finish(self) -> None:
        """Write the documents, the years and the stories of the whole corpus known."""
        stories, certain = self._stories() if self._copies else None, []
        blocks = range(len(self._dated))
        for number in blocks:
            days = self._dated.read(number, ["date", "grade"])
            certain = few_days([*certain, *days.loc[days["grade"] == "certain", "date"]])
        for number in progress(blocks, "finish"):
            told = self._dated.read(number)
            documents = self._bodies.read(number).assign(
                text=told["text"], raw=self._articles.read(number, ["raw"])["raw"].array
            )
            parsed = narrow_to_days(_days_of_columns(told), certain)
            documents = in_columns(
                documents, parsed, documents.index if stories is None else stories
            )
            write_part(self._store, number, documents.reset_index(), _DOCUMENTS)

    def _stories(self) -> pd.Series:
        blocks = range(len(self._dated))
        told = pd.concat([self._dated.read(number, ["size", "key"]) for number in blocks])
        order = told.index.argsort()
        told = told.iloc[order]
        text, first = number_texts(told["key"].to_numpy(), told["size"].to_numpy())
        # By the position in the corpus: the number of the text that a document stands for, or -1.
        stands_for = np.full(len(told), -1, np.int32)
        stands_for[order[first]] = text[first]
        shared = [(np.zeros(0, np.int32), np.zeros(0, np.uint64))]
        for rows in progress(self._shingles.by_range("shingle", self._offsets), "seek copies"):
            number = stands_for[rows["document"]]
            shared.append(only_shared(number[number >= 0], rows["shingle"].to_numpy()[number >= 0]))
        pairs = map(np.concatenate, zip(*shared, strict=True))
        texts = distinct_texts(text, told["size"].to_numpy()[first], *pairs)
        return stories_of(texts, told.index)

    def _list_unreadable(self) -> None:
        failures = self._left_aside
        for number in range(len(self._articles)):
            failures += self._articles.read(number, []).attrs["unreadable"]
        write_part(self._store / "_unreadable", 0, failure_table(failures), _UNREADABLE)

    def _missing(self, stage: Stage, what: str) -> Iterable[int]:
        """Return the numbers of the blocks for which a pass is still to do its work."""
        return progress(range(len(stage), len(self._articles)), what)


_OF_A_DAY = ("date", "candidates", "grade", "reason")


def _columns_of_days(parsed: list[ParsedDate]) -> dict[str, list]:
    return {name: [getattr(p, name) for p in parsed] for name in _OF_A_DAY}


def _days_of_columns(told: pd.DataFrame) -> list[ParsedDate]:
    columns = (told[name] for name in _OF_A_DAY)
    return [ParsedDate(day, tuple(days), *why) for day, days, *why in zip(*columns, strict=True)]


def _hashes(ids: pd.Index) -> np.ndarray:
    return pd.util.hash_array(ids.to_numpy(object), categorize=False)
