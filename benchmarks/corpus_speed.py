"""CPU and peak memory of cleaning and of finding copies, against reading the same file.

    python benchmarks/corpus_speed.py [--data ../shared/data] [--documents 60000] [--rounds 3]

One thread, a fresh process a run, the jobs in turn. Real articles are repeated under other ids
until there are enough of them. Quote the ratios: seconds belong to one machine on one day.

read_json  pandas.read_json(lines=True) of the file: the yardstick
clean      clean_articles of what was read (reading not counted)
stories    story_ids of the cleaned texts (reading and cleaning not counted)
distinct   story_ids of as many texts, each repetition with its words in another order
"""

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from time import process_time

SETS = ("ant-news-2018", "ant-syria-diplomacy-2018", "saudinewsnet-2015", "ant-jawhara")
JOBS = ("read_json", "clean", "stories", "distinct")
ONE_THREAD = dict.fromkeys(
    ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "ARROW_NUM_THREADS", "OMP_THREAD_LIMIT"], "1"
)


def write_corpus(data: Path, n_documents: int, file: Path) -> None:
    records = []
    for name in SETS:
        with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            records += map(json.loads, lines)
    with file.open("w", encoding="utf-8") as out:
        for n, record in enumerate(islice(cycle(records), n_documents)):
            fields = {key: record[key] for key in ("title", "outlet", "url", "date", "text")}
            out.write(json.dumps({"id": f"{n:06d}", **fields}, ensure_ascii=False) + "\n")


def memory(field: str) -> float:
    """Return a figure of this process in MiB."""
    line = re.search(rf"{field}:\s+(\d+) kB", Path("/proc/self/status").read_text())
    return int(line[1]) / 1024


def shuffled(text: str, seed: int) -> str:
    words = text.split()
    random.Random(seed).shuffle(words)
    return " ".join(words)


def run(job: str, file: Path) -> dict:
    import pandas as pd

    import khabar as kb

    def read():
        return pd.read_json(file, lines=True, dtype={"id": str})

    kb.clean_articles(kb.read_articles()[0])  # warm: rules compiled, modules loaded
    if job == "read_json":
        before, started = memory("VmRSS"), process_time()
        result = read()
    else:
        articles = read().rename(columns={"text": "raw"}).set_index("id").astype("str")
        texts = articles["raw"]
        if job == "stories":
            texts = kb.clean_articles(articles)[0]["text"]
        if job == "distinct":
            repeated = texts.duplicated()
            words = [shuffled(text, n) for n, text in enumerate(texts[repeated])]
            texts = texts.where(~repeated, pd.Series(words, texts.index[repeated]))
        Path("/proc/self/clear_refs").write_text("5")  # forget the peak so far
        before, started = memory("VmRSS"), process_time()
        result = kb.clean_articles(articles)[0] if job == "clean" else kb.story_ids(texts)
    cpu = process_time() - started
    return {"cpu": cpu, "added": memory("VmHWM") - before, "n": len(result)}


def in_fresh_process(job: str, file: Path) -> dict:
    command = [sys.executable, __file__, "--one", job, "--file", str(file)]
    done = subprocess.run(
        command, env=os.environ | ONE_THREAD, capture_output=True, text=True, check=True
    )
    return json.loads(done.stdout)


def measure(data: Path, n_documents: int, rounds: int) -> Iterator[dict]:
    """Yield a row per job: medians, and ratios to reading the same file."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "articles.jsonl"
        write_corpus(data, n_documents, file)
        runs = [{job: in_fresh_process(job, file) for job in JOBS} for _ in range(rounds)]
    for job in JOBS[1:]:
        yield {
            "job": job,
            "method": "read_json",
            "cpu_s": median(r[job]["cpu"] for r in runs),
            "cpu_ratio": median(r[job]["cpu"] / r["read_json"]["cpu"] for r in runs),
            "added_mib": median(r[job]["added"] for r in runs),
            "memory_ratio": median(r[job]["added"] / r["read_json"]["added"] for r in runs),
        }


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--documents", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--file", type=Path, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(run(arguments.one, arguments.file)))
        return
    import pandas as pd

    rows = measure(arguments.data, arguments.documents, arguments.rounds)
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.2f}".format))


if __name__ == "__main__":
    main()
