"""Actors and voices a block at a time; the rows are those of the functions of the same names."""

from hashlib import sha256
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from khabar.actors.counts import counts_table, mention_sums, stories_counted
from khabar.actors.ledger import Ledger
from khabar.actors.mentions import find_mentions as mentions_in
from khabar.actors.voices import find_quotations as quotations_in
from khabar.blocks.files import read_manifest
from khabar.blocks.groups import Groups
from khabar.blocks.table import DOCUMENTS, Table, make_table
from khabar.checks import require_type
from khabar.corpus.timeline import warn_of_undated
from khabar.errors import KhabarError
from khabar.measures.intervals import add_sums
from khabar.progress import progress

_TEXT, _PLACE = pa.string(), pa.int64()
_MENTIONS = pa.schema([
    ("document_id", _TEXT), ("start", _PLACE), ("end", _PLACE), ("surface", _TEXT),
    ("actor", _TEXT), ("kind", _TEXT), ("form", _TEXT), ("sense", _TEXT), ("rule", _TEXT),
    ("sense_rule", _TEXT),
])  # fmt: skip
_QUOTATIONS = pa.schema([
    ("document_id", _TEXT), ("start", _PLACE), ("end", _PLACE), ("kind", _TEXT), ("cue", _TEXT),
    ("speaker", _TEXT), ("speaker_start", _PLACE), ("speaker_surface", _TEXT), ("surface", _TEXT),
    ("rule", _TEXT),
])  # fmt: skip


def find_mentions(corpus: Table, ledger: Ledger, folder: str | Path) -> Table:
    """Find every place in a corpus of any size where an actor of the ledger is named.

    Parameters
    ----------
    corpus : Table
        As `open_corpus` gives it. Where it has `published`, offices are resolved by that day.
    ledger : Ledger
    folder : str or Path
        Where the mentions are written, a part for each block of documents: a new folder, or one in
        which the same work was interrupted, which then goes on.

    Returns
    -------
    Table
        Its rows are those that `kb.find_mentions` returns for the same documents.

    Raises
    ------
    KhabarError
        If the folder is in use, holds something else, or cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from khabar.blocks.table import open_corpus
    >>> path = Path(tempfile.mkdtemp())
    >>> texts = {"a": "وصل لافروف. وقال: «نأمل خيرا في موسكو»", "b": "عاد لافروف إلى موسكو"}
    >>> documents = pd.DataFrame({"document_id": texts.keys(), "text": texts.values()})
    >>> documents.assign(story_id=["a", "b"]).to_parquet(path / "corpus.parquet")
    >>> corpus = open_corpus(path / "corpus.parquet")
    >>> from khabar.actors.ledger import load_ledger
    >>> mentions = find_mentions(corpus, load_ledger(), path / "mentions")
    >>> mentions.read(["document_id", "actor"]).values.tolist()
    [['a', 'lavrov'], ['a', 'russia'], ['b', 'lavrov'], ['b', 'russia']]
    """
    require_type("corpus", corpus, Table)
    require_type("ledger", ledger, Ledger)
    dated = "published" in corpus.columns

    def rows_of(number: int, documents: pd.DataFrame) -> pd.DataFrame:
        dates = documents["published"] if dated else None
        return mentions_in(documents["text"], ledger, dates=dates)

    work = {"work": "find mentions", "the state of the ledger": _fingerprint(ledger)}
    columns = ["text", "published"] if dated else ["text"]
    return make_table(corpus, folder, work, rows_of, columns=columns, schema=_MENTIONS)


def find_quotations(corpus: Table, mentions: Table, folder: str | Path) -> Table:
    """Find every passage in a corpus of any size in which somebody is quoted or reported.

    Parameters
    ----------
    corpus : Table
        As `open_corpus` gives it.
    mentions : Table
        As `find_mentions` makes it of the same corpus.
    folder : str or Path
        Where the quotations are written, as for `find_mentions`.

    Returns
    -------
    Table
        Its rows are those that `kb.find_quotations` returns for the same documents.

    Examples
    --------
    >>> import tempfile
    >>> from khabar.blocks.table import open_corpus
    >>> path = Path(tempfile.mkdtemp())
    >>> texts = {"a": "وصل لافروف. وقال: «نأمل خيرا في موسكو»", "b": "عاد لافروف إلى موسكو"}
    >>> documents = pd.DataFrame({"document_id": texts.keys(), "text": texts.values()})
    >>> documents.assign(story_id=["a", "b"]).to_parquet(path / "corpus.parquet")
    >>> corpus = open_corpus(path / "corpus.parquet")
    >>> from khabar.actors.ledger import load_ledger
    >>> mentions = find_mentions(corpus, load_ledger(), path / "mentions")
    >>> quotations = find_quotations(corpus, mentions, path / "quotations")
    >>> quotations.read(["document_id", "kind", "speaker"]).values.tolist()
    [['a', 'direct', 'lavrov']]
    """
    _require_mentions_of(corpus, mentions)

    def rows_of(number: int, documents: pd.DataFrame) -> pd.DataFrame:
        return quotations_in(documents["text"], mentions.read_part(number))

    work = {"work": "find quotations", "the state of the mentions": mentions.fingerprint}
    return make_table(corpus, folder, work, rows_of, columns=["text"], schema=_QUOTATIONS)


def mention_counts(
    mentions: Table,
    corpus: Table,
    *,
    by: str | pd.Series | None = None,
    freq: str | None = None,
    sense: str | None = None,
) -> pd.DataFrame:
    """How often and in how many documents of a corpus of any size each actor is named.

    Parameters
    ----------
    mentions : Table
        As `find_mentions` makes it of the same corpus.
    corpus : Table
        As `open_corpus` gives it, with `story_id`, and with `published` for periods.
    by : str or Series, optional
        The column with the group of each document, or the groups as for `kb.mention_counts`.
    freq : {'D', 'W', 'M', 'Y'}, optional
        As for `kb.mention_counts`.
    sense : {'actor', 'place'}, optional
        As for `kb.mention_counts`.

    Returns
    -------
    DataFrame
        As `kb.mention_counts` returns it for the same documents, to the last digit.

    Notes
    -----
    Memory holds a block, the table, eight bytes a document, and the actors of those stories whose
    copies lie in several blocks.

    Examples
    --------
    >>> import tempfile
    >>> from khabar.blocks.table import open_corpus
    >>> path = Path(tempfile.mkdtemp())
    >>> texts = {"a": "وصل لافروف. وقال: «نأمل خيرا في موسكو»", "b": "عاد لافروف إلى موسكو"}
    >>> documents = pd.DataFrame({"document_id": texts.keys(), "text": texts.values()})
    >>> documents.assign(story_id=["a", "b"]).to_parquet(path / "corpus.parquet")
    >>> corpus = open_corpus(path / "corpus.parquet")
    >>> from khabar.actors.ledger import load_ledger
    >>> mentions = find_mentions(corpus, load_ledger(), path / "mentions")
    >>> mention_counts(mentions, corpus)[["actor", "documents"]].values.tolist()
    [['lavrov', 2], ['russia', 2]]
    """
    _require_mentions_of(corpus, mentions)
    groups = Groups(by)
    scattered = _stories_of_several_blocks(corpus)
    columns = list(dict.fromkeys(["story_id", *(["published"] if freq else []), *groups.columns]))
    whole, open_, published, n_undated = [], [], [], 0
    blocks = enumerate(corpus.blocks(columns))
    for number, documents in progress(blocks, "count mentions", total=corpus.n_blocks):
        found = mentions.read_part(number, ["document_id", "actor", "sense"])
        sums, of_cells = mention_sums(
            found, documents, by=groups.of(documents), freq=freq, sense=sense
        )
        is_open = np.isin(_hashes(sums.index.get_level_values("story")), scattered)
        whole = [add_sums([*whole, stories_counted(sums[~is_open])])]
        open_.append(sums[is_open])
        published = [add_sums([*published, of_cells])]
        n_undated += int(documents["published"].isna().sum()) if freq else 0
    warn_of_undated(n_undated, len(corpus))
    total = add_sums([*whole, stories_counted(add_sums(open_))])
    return counts_table(total, published[0], freq=freq)


def _stories_of_several_blocks(corpus: Table) -> np.ndarray:
    """Return the hashes of the stories that do not lie in one block."""
    blocks = corpus.blocks(["story_id"])
    stories = np.concatenate([np.unique(_hashes(block["story_id"])) for block in blocks])
    values, n_blocks = np.unique(stories, return_counts=True)
    return values[n_blocks > 1]


def _hashes(strings: pd.Series | pd.Index) -> np.ndarray:
    return pd.util.hash_array(strings.to_numpy(object), categorize=False)


def _require_mentions_of(corpus: Table, mentions: Table) -> None:
    require_type("corpus", corpus, Table)
    require_type("mentions", mentions, Table)
    manifest = read_manifest(mentions.path) if mentions.path.is_dir() else None
    same = manifest is not None and manifest["work"].get(DOCUMENTS) == corpus.fingerprint
    if not same or len(mentions.parts) != corpus.n_blocks:
        raise KhabarError(
            f"mentions must be those that kb.blocks.find_mentions found in {str(corpus.path)!r}; "
            f"{str(mentions.path)!r} holds something else"
        )


def _fingerprint(ledger: Ledger) -> str:
    tables = (ledger.actors.drop(columns=["file", "line"]), ledger.aliases, ledger.offices)
    text = "".join(table.to_csv() for table in tables) + repr(ledger.rules)
    return sha256(text.encode("utf-8")).hexdigest()[:16]
