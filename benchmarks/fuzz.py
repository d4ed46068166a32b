"""Throw random input at everything that reads what others wrote, and see that nothing breaks.

    python benchmarks/fuzz.py TARGET [--inputs N] [--seed N] [--seeds FOLDER]

Bytes and short texts (readers, encodings, dates, ledgers, queries) are made by atheris, which is
led by what the code has not done yet (`pip install atheris`). Texts of words and marks (tokens,
mentions, quotations, cleaning) are made by chance, a thousand at a time, for there most of the time
goes into starting. An input passes if the answer keeps its promise, or if a KhabarError says what
is wrong with it. A failure stops the run and is written to `crash-...` with the traceback.
"""

import argparse
import random
import sys
import tempfile
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
    from khabar.corpus.encodings import decode, repair_mojibake

PIECES = (
    "قال وأضاف أن إن لافروف موسكو سوريا الوزير الأسد بحسب وفقا نقلت عن البيان السفير الروسي في من"
    " الخارجية وزير رئيس الحكومة السورية القاعدة وزيرا والتركي الثاني عبد الله بن 23 2015 ١٢ أبريل"
    " نيسان الخميس يناير/كانون المصدر: تاس RT CNN http://a.b #سوريا_الآن ماي عام هـ م شباط 1436"
).split()
MARKS = [
    *" .,:;!?؟،؛«»“”\"'()[]-–—/#_\n\t\r\0\u0640\u064b\u0651\u200f\u202b\ufeff\u00a0ﷲﺳیک\ud800لوب",
    "\U0001f600", "ا\u0654", "...", "--", "لا", "ال",
]  # fmt: skip


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
    parsed = kb.parse_date(text)
    assert parsed.grade in {"certain", "likely", "ambiguous", "unknown"}
    assert parsed.reason
    assert parsed.date is None or parsed.date in parsed.candidates


def read_ledger(data: bytes) -> None:
    file = SCRATCH / "ledger.yaml"
    file.write_bytes(data)
    try:
        ledger = kb.load_ledger(file, extend=False)
    except kb.KhabarError:
        return
    kb.check_ledger(ledger)
    kb.find_mentions(pd.Series(["قال لافروف"]), ledger)


def read_query(data: bytes) -> None:
    try:
        rows = kb.concordance(TOKENS, data.decode("utf-8", "replace"))
    except kb.KhabarError:
        return
    assert (rows["start"] < rows["end"]).all()


def random_text(chance: random.Random) -> str:
    n = chance.randrange(60)
    pieces = (chance.choice(PIECES if chance.random() < 0.6 else MARKS) for _ in range(n))
    text = chance.choice(["", " "]).join(pieces)
    # Half a character is no text, and tables of the library hold none.
    return text.replace("\ud800", "")


def check_tokens(texts: pd.Series) -> None:
    tokens = kb.tokenize(texts)
    assert tokens.offsets[-1] == len(tokens.codes)
    assert (tokens.starts < tokens.ends).all()
    for (begin, end), text in zip(pairwise(tokens.offsets.tolist()), texts, strict=True):
        assert begin == end or tokens.ends[end - 1] <= len(text)


def check_mentions(texts: pd.Series) -> None:
    mentions = kb.find_mentions(texts, kb.load_ledger(), dates=days_of(texts))
    _check_spans(mentions, texts)


def check_quotations(texts: pd.Series) -> None:
    mentions = kb.find_mentions(texts, kb.load_ledger())
    _check_spans(kb.find_quotations(texts, mentions), texts)


def check_cleaning(texts: pd.Series) -> None:
    columns = dict.fromkeys(("title", "outlet", "published", "url"), None)
    articles = pd.DataFrame({"raw": texts, **columns}).astype("str")
    documents, removed = kb.clean_articles(articles)
    assert documents.index.equals(articles.index)
    assert removed["rule"].notna().all()
    for body, raw in zip(documents["text"].head(50), articles["raw"].head(50), strict=True):
        letters = iter(raw)
        assert all(letter in letters for letter in body), "the body is characters of raw, in order"


def days_of(texts: pd.Series) -> pd.Series:
    return pd.Series(pd.Timestamp("2016-05-01"), texts.index)


def _check_spans(rows: pd.DataFrame, texts: pd.Series) -> None:
    spans = zip(rows["document_id"], rows["start"], rows["end"], rows["surface"], strict=True)
    for document, start, end, surface in spans:
        assert 0 <= start < end
        assert texts[document][start:end] == surface


BYTES: dict[str, Callable[[bytes], None]] = {
    "files": read_file,
    "encodings": read_encoding,
    "dates": read_date,
    "ledgers": read_ledger,
    "queries": read_query,
}
TEXTS: dict[str, Callable[[pd.Series], None]] = {
    "tokens": check_tokens,
    "mentions": check_mentions,
    "quotations": check_quotations,
    "cleaning": check_cleaning,
}
A_TIME = 1000
SCRATCH = Path(tempfile.mkdtemp(prefix="khabar-fuzz-"))
TOKENS = kb.tokenize(pd.Series(["قال لافروف إن موسكو تدعو إلى الحوار في جنيف"]))


def by_coverage(check: Callable[[bytes], None], n_inputs: int, seed: int, seeds: list[str]) -> None:
    options = [f"-runs={n_inputs}", f"-seed={seed}", "-max_len=2000", "-rss_limit_mb=6000"]
    atheris.Setup([sys.argv[0], *options, *seeds], check)
    atheris.Fuzz()


def by_chance(check: Callable[[pd.Series], None], n_inputs: int, seed: int) -> None:
    chance = random.Random(seed)
    for number in range(0, n_inputs, A_TIME):
        texts = pd.Series([random_text(chance) for _ in range(A_TIME)], dtype="str")
        texts.index = [f"d{i}" for i in range(A_TIME)]
        try:
            check(texts)
        except Exception:
            texts.to_json(f"crash-{check.__name__}-{seed}-{number}.json", force_ascii=False)
            raise
    print(f"{check.__name__}: {n_inputs:,} texts, seed {seed}, nothing broke")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("target", choices=[*BYTES, *TEXTS])
    parser.add_argument("--inputs", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seeds", nargs="*", default=[], help="folders of inputs to begin with")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    if options.target in BYTES:
        by_coverage(BYTES[options.target], options.inputs, options.seed, options.seeds)
    else:
        by_chance(TEXTS[options.target], options.inputs, options.seed)


if __name__ == "__main__":
    main()
