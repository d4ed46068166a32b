"""Throw random input at everything that reads what others wrote, and see that nothing breaks.

    python benchmarks/fuzz.py TARGET [--inputs N] [--seed N] [--seeds FOLDER]

Bytes and short texts (files, encodings, dates, ledgers, queries) are made by atheris, which is led
by what the code has not done yet (`pip install atheris`). Texts of words and marks, written dates
and damaged files are made by chance (`random_news.py`, `random_files.py`), hundreds at a time, for
there most of the time goes into starting. An input passes if the answer keeps its promise, or if a
KhabarError says what is wrong with it, and if neither took long. A failure stops the run: atheris
writes the input to `crash-...`; a block made by chance comes again with `--block`.
"""

import argparse
import io
import random
import sys
import tempfile
import time
import warnings
from collections.abc import Callable
from contextlib import nullcontext
from itertools import pairwise
from pathlib import Path

import pandas as pd

try:
    import atheris
except ImportError:
    instrumented = nullcontext()
else:
    instrumented = atheris.instrument_imports(include=["khabar"])

with instrumented:
    import khabar as kb
    from khabar.corpus.columns import Columns
    from khabar.corpus.encodings import decode, repair_mojibake
    from khabar.corpus.formats import READERS
    from khabar.corpus.publication import publication_dates
    from khabar.language.orthography import normalize

from random_files import damaged_file, damaged_records
from random_news import MONTHS_AND_DAYS, random_texts, short_texts

AT_ONCE, MANY = 1_000, 100_000
LONGEST = 2  # seconds of the processor for one input
LONGEST_BLOCK = 60  # for `AT_ONCE` of them, among them texts of 60,000 characters
SCRATCH = Path(tempfile.mkdtemp(prefix="khabar-fuzz-"))
TOKENS = kb.tokenize(pd.Series(["قال لافروف إن موسكو تدعو إلى الحوار في جنيف"]))


def read_file(data: bytes) -> None:
    """One file of any kind: rows, or reasons."""
    kinds = [".txt", ".json", ".jsonl", ".csv", ".tsv", ".html", ".xlsx", ".parquet", ".warc"]
    kinds += [".txt.gz", ".csv.zst", ".zip", ".unknown"]
    kind, data = kinds[data[0] % len(kinds)] if data else ".txt", data[1:]
    file = SCRATCH / f"file{kind}"
    file.write_bytes(data)
    try:
        articles, unreadable = kb.read_articles(file)
    except kb.KhabarError:
        return
    assert articles.index.is_unique
    assert unreadable["reason"].str.len().gt(0).all()


def read_encoding(data: bytes) -> None:
    try:
        text = decode(data)
    except ValueError:
        return
    assert isinstance(repair_mojibake(text), str)


def read_date(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    _check_date(kb.parse_date(text))


def read_ledger(data: bytes) -> None:
    file = SCRATCH / "ledger.yaml"
    file.write_bytes(data)
    try:
        ledger = kb.load_ledger(file, extend=False)
    except kb.KhabarError:
        return
    kb.check_ledger(ledger)
    texts = pd.Series([" ".join(ledger.aliases["alias"].head(50)), "قال لافروف"], dtype="str")
    kb.find_mentions(texts, ledger, dates=days_of(texts))


def read_query(data: bytes) -> None:
    try:
        rows = kb.concordance(TOKENS, data.decode("utf-8", "replace"))
    except kb.KhabarError:
        return
    assert (rows["start"] < rows["end"]).all()


def check_tokens(chance: random.Random) -> None:
    texts = random_texts(chance, AT_ONCE)
    before = texts.copy(deep=True)
    tokens = kb.tokenize(texts, numbers=chance.random() < 0.3, latin=chance.random() < 0.3)
    assert texts.equals(before), "the input is unchanged"
    assert tokens.offsets[-1] == len(tokens.codes)
    assert (tokens.starts < tokens.ends).all()
    for (begin, end), text in zip(pairwise(tokens.offsets.tolist()), texts, strict=True):
        assert begin == end or tokens.ends[end - 1] <= len(text)
    shuffled = texts.sample(frac=1, random_state=chance.randrange(1000))
    lengths = kb.tokenize(shuffled).lengths
    assert lengths.reindex(texts.index).equals(kb.tokenize(texts).lengths), "whatever the order"


def check_letters(chance: random.Random) -> None:
    """A hundred thousand texts of a few characters."""
    texts = short_texts(chance, MANY)
    tokens = kb.tokenize(texts)
    assert (tokens.starts < tokens.ends).all()
    first = tokens.starts[tokens.offsets[:-1][tokens.lengths > 0]]
    assert (first >= 0).all()
    assert (
        tokens.ends[tokens.offsets[1:][tokens.lengths > 0] - 1]
        <= texts.str.len()[tokens.lengths > 0]
    ).all()
    for token in range(0, len(tokens), 100):
        text = texts.iloc[tokens.document_of(token)]
        written = text[tokens.starts[token] : tokens.ends[token]]
        assert normalize(written) == tokens.vocabulary[tokens.codes[token]]


def check_records(chance: random.Random) -> None:
    """A hundred thousand lines of a table or of records: each is a row or has a reason."""
    damaged = damaged_records(chance, MANY)
    stream = io.BufferedReader(io.BytesIO(damaged.data))
    reader = READERS[Path(damaged.name).suffix]
    numbers = [number for number, _ in reader(stream, Columns())]
    n_lines = damaged.data.count(b"\n") + damaged.name.endswith(".jsonl")
    assert sorted(numbers) == list(range(1, n_lines + 1))


def check_words(chance: random.Random) -> None:
    """Counts, pairs and lines of words agree with one another."""
    tokens = kb.tokenize(random_texts(chance, AT_ONCE))
    everything = kb.document_term_matrix(tokens, terms="surface", stop_words=None)
    assert everything.counts.sum() == len(tokens)
    frequency = kb.term_frequency(everything)
    word = chance.choice(tokens.vocabulary)
    lines = kb.concordance(tokens, word, match="surface")
    # Other spellings of its alef are found too.
    assert len(lines) >= (tokens.codes == tokens.vocabulary.get_loc(word)).sum()
    assert frequency["document_frequency"].le(AT_ONCE).all()
    kb.word_pairs(tokens)
    kb.lexical_diversity(tokens)
    kb.dispersion(tokens)
    kb.collocations(tokens, word, match="surface")


def check_mentions(chance: random.Random) -> None:
    texts = random_texts(chance, AT_ONCE)
    mentions = kb.find_mentions(texts, kb.load_ledger(), dates=days_of(texts))
    _check_spans(mentions, texts)
    shuffled = texts.sample(frac=1, random_state=chance.randrange(1000))
    again = kb.find_mentions(shuffled, kb.load_ledger(), dates=days_of(texts))
    _check_same_rows(mentions, again)


def check_quotations(chance: random.Random) -> None:
    texts = random_texts(chance, AT_ONCE)
    mentions = kb.find_mentions(texts, kb.load_ledger())
    quotations = kb.find_quotations(texts, mentions)
    _check_spans(quotations, texts)
    shuffled = texts.sample(frac=1, random_state=chance.randrange(1000))
    _check_same_rows(quotations, kb.find_quotations(shuffled, mentions))


def check_suggestions(chance: random.Random) -> None:
    texts = random_texts(chance, AT_ONCE)
    mentions = kb.find_mentions(texts, kb.load_ledger())
    suggested = kb.suggest_actors(texts, mentions, dates=days_of(texts))
    kb.suggestion_lines(suggested, texts)


def check_cleaning(chance: random.Random) -> None:
    """Cleaning, dating and copies, on pages that have some of their fields."""
    texts = random_texts(chance, AT_ONCE)
    articles = pd.DataFrame({"raw": texts})
    articles["title"] = [chance.choice([text.split("\n")[0][:80], None]) for text in texts]
    articles["outlet"] = chance.choices(["شرفة", "ميناء", None], k=AT_ONCE)
    articles["published"] = [chance.choice([_written_date(chance), None]) for _ in texts]
    articles["url"] = chance.choices(["http://a.b/1", "http://[", None], k=AT_ONCE)
    articles = articles.astype("str")
    documents, removed = kb.clean_articles(articles)
    assert documents.index.equals(articles.index)
    assert removed["rule"].notna().all()
    for body, raw in zip(documents["text"].head(50), articles["raw"].head(50), strict=True):
        letters = iter(raw)
        assert all(letter in letters for letter in body), "the body is characters of raw, in order"
    for parsed in publication_dates(
        articles.assign(title=documents["title"], text=documents["text"])
    ):
        _check_date(parsed)


def check_copies(chance: random.Random) -> None:
    texts = random_texts(chance, AT_ONCE)
    stories = kb.story_ids(texts)
    assert stories.notna().all()
    assert set(stories) <= set(texts.index)
    pairs = kb.near_duplicates(texts)
    assert pairs["similarity"].between(0.5, 1).all()
    shuffled = texts.sample(frac=1, random_state=chance.randrange(1000))
    assert kb.story_ids(shuffled).reindex(texts.index).equals(stories), "whatever the order"


def check_topics(chance: random.Random) -> None:
    """Many small corpora of three to sixty documents."""
    texts = random_texts(chance, AT_ONCE)
    begin = 0
    while begin < AT_ONCE:
        corpus = texts.iloc[begin : begin + chance.randrange(3, 60)]
        begin += len(corpus)
        dtm = kb.document_term_matrix(kb.tokenize(corpus))
        try:
            topics = kb.cluster_documents(dtm, chance.randrange(1, 6), n_init=2)
        except kb.KhabarError:
            continue
        assert topics.labels.index.equals(corpus.index)


def check_written_dates(chance: random.Random) -> None:
    for _ in range(AT_ONCE):
        _check_date(kb.parse_date(_written_date(chance)))


def check_damaged_files(chance: random.Random) -> None:
    """What cannot be read has a reason; what is lost is never lost in silence."""
    for _ in range(AT_ONCE):
        damaged = damaged_file(chance)
        file = SCRATCH / damaged.name
        file.write_bytes(damaged.data)
        begin = time.process_time()
        try:
            articles, unreadable = kb.read_articles(file)
        except kb.KhabarError:
            continue
        finally:
            file.unlink()
            took = time.process_time() - begin
        read = "\n".join(articles["raw"])
        lost = [mark for mark in damaged.marks if mark not in read]
        silent = damaged.loss_shows and len(articles) < len(damaged.marks) and unreadable.empty
        if (lost and silent) or took > LONGEST:
            Path(f"damaged-{damaged.name}").write_bytes(damaged.data)
            raise AssertionError(f"{damaged.name}: lost {lost}, {took:.1f} s")


def days_of(texts: pd.Series) -> pd.Series:
    return pd.Series(pd.Timestamp("2016-05-01"), texts.index)


def _written_date(chance: random.Random) -> str:
    between = chance.choice([" ", " ", "/", "-", "", "، "])
    return between.join(chance.choices(MONTHS_AND_DAYS, k=chance.randrange(1, 7)))


def _check_date(parsed: kb.ParsedDate) -> None:
    assert parsed.grade in {"certain", "likely", "ambiguous", "unknown"}
    assert parsed.reason
    assert parsed.date is None or parsed.date in parsed.candidates
    assert (parsed.grade == "unknown") == (not parsed.candidates)


def _check_spans(rows: pd.DataFrame, texts: pd.Series) -> None:
    spans = zip(rows["document_id"], rows["start"], rows["end"], rows["surface"], strict=True)
    for document, start, end, surface in spans:
        assert 0 <= start < end
        assert texts[document][start:end] == surface


def _check_same_rows(rows: pd.DataFrame, again: pd.DataFrame) -> None:
    """Fail unless both tables hold the same rows of each document, in the same order."""
    tables = [
        table.sort_values("document_id", kind="stable", ignore_index=True)
        for table in (rows, again)
    ]
    pd.testing.assert_frame_equal(*tables)


BYTES: dict[str, Callable[[bytes], None]] = {
    "files": read_file,
    "encodings": read_encoding,
    "dates": read_date,
    "ledgers": read_ledger,
    "queries": read_query,
}
BY_CHANCE: dict[str, Callable[[random.Random], None]] = {
    "letters": check_letters,
    "records": check_records,
    "tokens": check_tokens,
    "words": check_words,
    "mentions": check_mentions,
    "quotations": check_quotations,
    "suggestions": check_suggestions,
    "cleaning": check_cleaning,
    "copies": check_copies,
    "topics": check_topics,
    "written-dates": check_written_dates,
    "damaged-files": check_damaged_files,
}


def by_coverage(check: Callable[[bytes], None], n_inputs: int, seed: int, seeds: list[str]) -> None:
    def check_in_time(data: bytes) -> None:
        begin = time.process_time()
        check(data)
        assert time.process_time() - begin < LONGEST, "took too long"

    for _ in range(2):  # what is read and prepared once
        check("- {id: x}\nقال لافروف الخميس 23 أبريل".encode())
    options = [f"-runs={n_inputs}", f"-seed={seed}", "-max_len=2000", "-rss_limit_mb=6000"]
    atheris.Setup([sys.argv[0], *options, *seeds], check_in_time)
    atheris.Fuzz()


def at_once(target: str) -> int:
    return MANY if target in {"letters", "records"} else AT_ONCE


def by_chance(target: str, blocks: range, seed: int) -> None:
    for block in blocks:
        begin = time.process_time()
        try:
            BY_CHANCE[target](random.Random(f"{seed} {block}"))
        except Exception as error:
            error.add_note(f"again with --seed {seed} --block {block}")
            raise
        took = time.process_time() - begin
        assert block == blocks.start or took < LONGEST_BLOCK, f"block {block} took {took:.0f} s"
    print(f"{target}: {at_once(target) * len(blocks):,} inputs, seed {seed}, nothing broke")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=[*BYTES, *BY_CHANCE])
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--block", type=int, help="run this block of inputs made by chance alone")
    parser.add_argument("--seeds", nargs="*", default=[], help="folders of inputs to begin with")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.target in BYTES:
        by_coverage(BYTES[options.target], options.inputs, options.seed, options.seeds)
        return
    blocks = range(options.inputs // at_once(options.target))
    if options.block is not None:
        blocks = range(options.block, options.block + 1)
    by_chance(options.target, blocks, options.seed)


if __name__ == "__main__":
    main()
