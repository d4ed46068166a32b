"""CPU and added peak memory of khabar's encoder and matrix against their peers.

    python benchmarks/encoding_speed.py [--data ../shared/data] [--rounds 3] [--copies 3]

One thread, a fresh process a run, the methods in turn (A B C A B C), imports warmed on three texts,
reading outside the clock. `added` is the peak resident memory during the job above that before it.
A ratio is khabar's figure to that of the method: quote these,
seconds belong to one machine on one day. Counts are compared by a checksum over
all (type, count) pairs. Peers get texts whose addresses are blanked already, a present to them.

encode         texts to codes, positions and types
polars         Python strings; runs of letters and marks, one `str.translate` a type
polars_exact   the word pattern and the `normalize` of khabar, a type
sklearn        CountVectorizer with one `str.translate` a text
sklearn_exact  CountVectorizer with the `normalize` of khabar, a text
tfidf          texts to TF-IDF of written forms
sklearn_tfidf  TfidfVectorizer with one `str.translate` a text
"""

import argparse
import gzip
import json
import os
import re
import subprocess
import sys
import zlib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time

SETS = ("sanad-alkhaleej", "ant-news-2018", "ant-jawhara")
PEERS = {
    "encode": ["polars", "polars_exact", "sklearn", "sklearn_exact"],
    "tfidf": ["sklearn_tfidf"],
}
ONE_THREAD = dict.fromkeys(
    ["POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "RAYON_NUM_THREADS"], "1"
)


def texts_of(data: Path, copies: int) -> list[str]:
    texts = []
    for name in SETS:
        with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file]
    return texts * copies


def translation() -> dict[int, str | None]:
    """Return what `normalize` does to one character as one table: the cheapest way peers have."""
    from khabar.language import orthography as o

    table = dict.fromkeys(map(ord, o.MARKS + o.CONTROLS + o.KASHIDA))
    return table | o.PRESENTATION_FORMS | o._FOREIGN_LETTERS | o._DIGITS


def ours(method):
    import numpy as np
    import pandas as pd

    import khabar as kb
    from khabar.language.encoding import encode

    def count(texts):
        codes, *_, vocabulary = encode(texts)
        return zip(vocabulary, np.bincount(codes, minlength=len(vocabulary)).tolist(), strict=True)

    def tfidf(texts):
        tokens = kb.tokenize(pd.Series(texts, dtype=object))
        dtm = kb.document_term_matrix(tokens, terms="surface", stop_words=None)
        return [("terms", dtm.trim(min_df=5, max_df=0.3).tfidf().counts.shape[1])]

    return count if method == "encode" else tfidf


def polars(method):
    import polars as pl

    from khabar.language import words
    from khabar.language.orthography import KASHIDA, LETTERS, MARKS, normalize

    exact, table = method.endswith("exact"), translation()
    pattern = words._WORD if exact else rf"[{LETTERS}{re.escape(MARKS + KASHIDA)}]+"

    def count(texts):
        series = pl.Series(texts, dtype=pl.String).str.extract_all(pattern).explode()
        counts = Counter()
        for word, n in series.drop_nulls().value_counts(name="n").iter_rows():
            counts[normalize(word) if exact else word.translate(table)] += n
        return counts.items()

    return count


def sklearn(method):
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer

    from khabar.language.orthography import LETTERS, normalize

    table = translation()
    options = {
        "preprocessor": normalize if method.endswith("exact") else lambda t: t.translate(table),
        "token_pattern": rf"[{LETTERS}]+",
    }

    def count(texts):
        vectorizer = CountVectorizer(**options)
        counts = np.asarray(vectorizer.fit_transform(texts).sum(axis=0)).ravel()
        return zip(vectorizer.get_feature_names_out().tolist(), counts.tolist(), strict=True)

    def tfidf(texts):
        enough = {"min_df": 5, "max_df": 0.3} if len(texts) > 100 else {}
        vectorizer = TfidfVectorizer(sublinear_tf=True, dtype=np.float32, **enough, **options)
        return [("terms", vectorizer.fit_transform(texts).shape[1])]

    return tfidf if method == "sklearn_tfidf" else count


def memory(field: str) -> float:
    """Return a figure of this process in MiB."""
    line = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(line[1]) / 1024


def run(method: str, data: Path, copies: int) -> dict:
    from khabar.language.words import blank_addresses

    job = {"e": ours, "t": ours, "p": polars, "s": sklearn}[method[0]](method)
    texts = texts_of(data, copies)
    if method in PEERS["encode"]:
        texts = [blank_addresses(text) for text in texts]
    list(job(texts[:50]))
    before = memory("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
    started = process_time()
    counts = list(job(texts))
    cpu, added = process_time() - started, memory("VmHWM") - before
    counts = sorted((word, n) for word, n in counts if word)
    checksum = zlib.crc32(repr(counts).encode("utf-8", "surrogatepass"))
    return {"cpu": cpu, "added": added, "tokens": sum(n for _, n in counts), "crc": checksum}


def in_fresh_process(method: str, data: Path, copies: int) -> dict:
    command = [sys.executable, __file__, "--one", method, "--data", str(data)]
    command += ["--copies", str(copies)]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        return {"note": done.stderr.strip().splitlines()[-1]}
    return json.loads(done.stdout)


def compare(method: str, data: Path, copies: int, rounds: int) -> Iterator[dict]:
    """Yield a row per method: medians, and ratios of khabar's to them; or why a peer failed."""
    results = {name: [] for name in [method, *PEERS[method]]}
    for _ in range(rounds):
        for name, runs in results.items():
            runs.append(in_fresh_process(name, data, copies))
    ours = results[method]
    if "note" in ours[0]:
        raise SystemExit(ours[0]["note"])
    for name, runs in results.items():
        if "note" in runs[0]:
            yield {"job": method, "method": name, "note": runs[0]["note"]}
            continue
        pairs = list(zip(ours, runs, strict=True))
        yield {
            "job": method,
            "method": "khabar" if name == method else name,
            "cpu_s": median(r["cpu"] for r in runs),
            "cpu_ratio": median(a["cpu"] / b["cpu"] for a, b in pairs),
            "added_mib": median(r["added"] for r in runs),
            "memory_ratio": median(a["added"] / b["added"] for a, b in pairs),
            "counted": runs[0]["tokens"],
            "note": "same counts" if runs[0]["crc"] == ours[0]["crc"] else "other counts",
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(run(arguments.one, arguments.data, arguments.copies)))
        return
    import pandas as pd

    for method in PEERS:
        rows = compare(method, arguments.data, arguments.copies, arguments.rounds)
        print(pd.DataFrame(rows).to_string(index=False, float_format="{:.2f}".format))


if __name__ == "__main__":
    main()
