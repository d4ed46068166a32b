"""Time and peak memory of the work in blocks, as the corpus grows.

    python benchmarks/scale.py [--data ../shared/data] [--documents 62500] [--growth 1 4 16]
                               [--jobs count clean mentions quotations] [--folder FOLDER]

The real articles of four sets are repeated under other ids until there are enough of them, so the
different words are those of the sets however long the corpus is; a growing corpus of new articles
meets new words, each of which costs memory once. Every job runs in a process of its own, with one
thread, and peak memory is what the system saw of that process, Python and its libraries included.

count       kb.blocks.term_frequency over a Parquet table: all texts encoded, twice, and counted
clean       kb.blocks.save_corpus from JSON lines: read, cleaned, dated, copies found
mentions    kb.blocks.find_mentions and mention_counts over the same table
quotations  kb.blocks.find_quotations of those mentions
"""

import argparse
import gzip
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter, process_time

SETS = ("ant-news-2018", "sanad-alkhaleej", "saudinewsnet-2015", "ant-jawhara")
ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS", "OMP_THREAD_LIMIT"], "1"
)


def records_of(data: Path, n_documents: int):
    records = []
    for name in SETS:
        with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            records += map(json.loads, lines)
    for n, record in enumerate(islice(cycle(records), n_documents)):
        fields = {key: record.get(key) for key in ("title", "outlet", "url", "date", "text")}
        yield {"id": f"{n:08d}", **fields}


def write_lines(data: Path, n_documents: int, folder: Path) -> None:
    folder.mkdir()
    with (folder / "articles.jsonl").open("w", encoding="utf-8") as out:
        for record in records_of(data, n_documents):
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def write_table(data: Path, n_documents: int, folder: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder.mkdir()
    records = records_of(data, n_documents)
    number = 0
    while block := list(islice(records, 4_000)):
        table = pa.table({
            "document_id": [record["id"] for record in block],
            "text": [record["text"] for record in block],
            "story_id": [record["id"] for record in block],
        })  # fmt: skip
        pq.write_table(table, folder / f"part-{number:06d}.parquet", compression="zstd")
        number += 1


def run(job: str, folder: Path) -> dict:
    import khabar as kb

    # What a process does once is no matter of size.
    kb.find_mentions(kb.load_corpus()["text"].head(1), kb.load_ledger())
    kb.term_frequency(kb.tokenize(kb.load_corpus()["text"].head(1)))
    started, cpu = perf_counter(), process_time()
    if job == "clean":
        kb.blocks.save_corpus(folder / "lines", folder / "store")
    elif job == "count":
        kb.blocks.term_frequency(kb.blocks.open_corpus(folder / "table"))
    else:
        corpus = kb.blocks.open_corpus(folder / "table")
        mentions = kb.blocks.find_mentions(corpus, kb.load_ledger(), folder / "mentions")
        if job == "mentions":
            kb.blocks.mention_counts(mentions, corpus)
        else:
            started, cpu = perf_counter(), process_time()
            kb.blocks.find_quotations(corpus, mentions, folder / "quotations")
    return {"seconds": perf_counter() - started, "cpu": process_time() - cpu}


def in_fresh_process(job: str, folder: Path) -> dict:
    command = [sys.executable, __file__, "--one", job, "--folder", str(folder)]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(done.stderr)
    return json.loads(done.stdout)


def grow(
    data: Path, n_documents: int, growth: list[int], jobs: list[str], parent: Path | None = None
) -> Iterator[dict]:
    """Yield a row per size and job: time in all and for each document, and peak memory."""
    for times in growth:
        n = times * n_documents
        with tempfile.TemporaryDirectory(dir=parent) as folder:
            if "clean" in jobs:
                write_lines(data, n, Path(folder, "lines"))
            if set(jobs) != {"clean"}:
                write_table(data, n, Path(folder, "table"))
            for job in jobs:
                result = in_fresh_process(job, Path(folder))
                yield {
                    "job": job,
                    "times": times,
                    "documents": n,
                    "seconds": result["seconds"],
                    "cpu_s": result["cpu"],
                    "us_each": result["cpu"] / n * 1e6,
                    "peak_mb": result["peak"] / 1e6,
                }
                shutil.rmtree(Path(folder, "store"), ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--documents", type=int, default=62_500)
    parser.add_argument("--growth", type=int, nargs="+", default=[1, 4, 16])
    parser.add_argument("--jobs", nargs="+", default=["count", "clean", "mentions", "quotations"])
    parser.add_argument("--folder", type=Path, help="where to put the corpora (default: temporary)")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        result = run(arguments.one, arguments.folder)
        # Linux tells it in kilobytes, macOS in bytes.
        unit = 1 if sys.platform == "darwin" else 1024
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit
        print(json.dumps({**result, "peak": peak}))
        return
    first = {}
    for row in grow(
        arguments.data, arguments.documents, arguments.growth, arguments.jobs, arguments.folder
    ):
        ratio = row["us_each"] / first.setdefault(row["job"], row["us_each"])
        print(
            "{job:10s} {documents:9,} documents {seconds:8.1f} s {cpu_s:8.1f} CPU s "
            "{us_each:7.0f} us each (x {ratio:.2f})  peak {peak_mb:6,.0f} MB".format(
                **row, ratio=ratio
            ),
            flush=True,
        )


if __name__ == "__main__":
    main()
