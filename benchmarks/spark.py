"""Spark beside one process on the same articles: results, CPU, memory; and Spark ML's own topics.

    python benchmarks/spark.py [tables|topics] [--data ../shared/data] [--repeat 1]

`tables` takes ant-news-2018, saudinewsnet-2015 and sanad-alkhaleej, each article `--repeat` times
under new ids, on local[2]. It fails unless terms and mentions are the same to the last digit, and
tells the agreement of topics (adjusted Rand index), the CPU of all processes that Spark started
beside that of one process in the same run, and what a million documents would take: a first, small
table is counted before the clock starts, so that what is started once is not in it. Memory is the
peak of the JVM and of one Python worker. Quote the ratios: seconds belong to one machine.

`topics` sets what `kb.spark.cluster_documents` does (a sample, then a classifier) beside k-means of
Spark ML with cosine distance on TF-IDF of all documents, best of two starts: agreement with the
sections of labelled news (NMI) and with `kb.cluster_documents` (ARI), and seconds.
"""

import argparse
import gzip
import json
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from os import getpid, sysconf
from pathlib import Path

import pandas as pd
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

import khabar as kb

SETS = ("ant-news-2018", "saudinewsnet-2015", "sanad-alkhaleej")
LABELLED = ("ant-news-2018", "sanad-alkhaleej", "ant-jawhara")
TICK = sysconf("SC_CLK_TCK")


def read(data: Path, name: str) -> pd.DataFrame:
    with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        table = pd.DataFrame(map(json.loads, lines)).set_index("id").rename_axis("document_id")
    return table.reindex(columns=["text", "outlet", "date", "category"])


def corpus(data: Path, repeat: int) -> pd.DataFrame:
    documents = pd.concat(read(data, name) for name in SETS)
    days = pd.to_datetime(documents.pop("date"), errors="coerce", utc=True, format="mixed")
    documents["published"] = days.dt.tz_localize(None).dt.normalize().astype("datetime64[us]")
    documents["story_id"] = documents.index
    copies = [documents.set_axis(documents.index + f"-{i}") for i in range(repeat)]
    return pd.concat(copies).rename_axis("document_id").astype({"text": "str", "outlet": "str"})


def processes() -> dict[int, tuple[str, float, float]]:
    """Return name, CPU seconds with ended children, and peak MiB of what this process started."""
    parents, told = {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            name, _, rest = (folder / "stat").read_text().rpartition(")")
            status = (folder / "status").read_text()
        except (FileNotFoundError, ProcessLookupError):
            continue
        fields, pid = rest.split(), int(folder.name)
        peak = [line for line in status.splitlines() if line.startswith("VmHWM")]
        parents[pid] = int(fields[1])
        cpu = sum(map(int, fields[11:15])) / TICK
        told[pid] = (name.split("(")[1], cpu, int(peak[0].split()[1]) / 1024 if peak else 0)

    def is_ours(pid: int) -> bool:
        while pid in parents and pid != getpid():
            pid = parents[pid]
        return pid == getpid()

    return {pid: row for pid, row in told.items() if is_ours(pid)}


def clocked(work: Callable[[], object]) -> tuple[object, float, float]:
    """Return the result, CPU seconds of this process and all it started, and those that passed."""
    before, started = processes(), time.perf_counter()
    result = work()
    passed, after = time.perf_counter() - started, processes()
    cpu = sum(row[1] for row in after.values()) - sum(row[1] for row in before.values())
    return result, cpu, passed


def tables(data: Path, repeat: int) -> Iterator[dict]:
    """Yield a row per job: CPU of one process, and the ratio of Spark's to it."""
    documents, ledger = corpus(data, repeat), kb.load_ledger()
    n = len(documents)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "documents.parquet"
        documents.reset_index().to_parquet(path, row_group_size=2000)
        size, letters = path.stat().st_size / n, documents["text"].str.len().mean()
        note = f"{n:,} documents, {letters:,.0f} characters and {size:,.0f} bytes each"
        yield {"job": "corpus", "note": note}
        spark = kb.spark.session("local[2]")
        table = spark.read.parquet(str(path)).repartition(8).cache()
        table.count()
        few = table.limit(50)
        kb.spark.term_frequency(few)
        kb.spark.find_mentions(few, ledger).count()
        kb.tokenize(documents["text"].head(50))
        kb.find_mentions(documents["text"].head(50), ledger)
        jobs = {
            "terms": (
                lambda: kb.term_frequency(kb.tokenize(documents["text"])),
                lambda: kb.spark.term_frequency(table),
            ),
            "mentions": (
                lambda: kb.find_mentions(documents["text"], ledger, dates=documents["published"]),
                lambda: kb.spark.find_mentions(table, ledger).toPandas(),
            ),
            "topics": (
                lambda: kb.cluster_documents(
                    kb.document_term_matrix(kb.tokenize(documents["text"])), 7
                ),
                lambda: kb.spark.cluster_documents(table, 7)[1].toPandas(),
            ),
        }
        for job, (one, many) in jobs.items():
            ours, cpu_one, _ = clocked(one)
            theirs, cpu, passed = clocked(many)
            yield {
                "job": job,
                "one_process_s": cpu_one,
                "spark_s": cpu,
                "cpu_ratio": cpu / cpu_one,
                "passed_s": passed,
                "a_million_s": cpu / n * 1e6,
                "note": agreement(job, ours, theirs),
            }
        running = processes().items()
        jvm = max(row[2] for _, row in running if row[0] == "java")
        worker = max(row[2] for pid, row in running if row[0] != "java" and pid != getpid())
        yield {"job": "peak", "note": f"JVM {jvm:,.0f} MiB, a Python worker {worker:,.0f} MiB"}
        spark.stop()


def agreement(job: str, ours: object, theirs: pd.DataFrame) -> str:
    if job == "topics":
        labels = theirs.set_index("document_id")["cluster"].reindex(ours.labels.index)
        return f"ARI {adjusted_rand_score(ours.labels, labels):.3f}"
    if job == "mentions":
        order = ["document_id", "start", "end", "actor"]
        ours, theirs = (t.sort_values(order, ignore_index=True) for t in (ours, theirs))
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True, check_dtype=job == "terms")
    return f"the same {len(ours):,} rows"


def topics(data: Path) -> None:
    from pyspark.ml.clustering import KMeans
    from pyspark.ml.feature import IDF

    spark = kb.spark.session("local[2]")
    for name in LABELLED:
        news = read(data, name)
        k, sections = news["category"].nunique(), news["category"]
        dtm = kb.document_term_matrix(kb.tokenize(news["text"]))
        ours = kb.cluster_documents(dtm, k).labels
        table = spark.createDataFrame(news[["text"]].reset_index()).repartition(4).cache()

        def sampled(table: object = table, k: int = k) -> pd.DataFrame:
            return kb.spark.cluster_documents(table, k)[1].toPandas()

        def spark_ml(table: object = table, k: int = k) -> pd.DataFrame:
            matrix, _ = kb.spark.document_term_matrix(table, min_df=3, max_df=0.3, max_terms=30_000)
            weights = IDF(inputCol="counts", outputCol="features").fit(matrix).transform(matrix)
            weights = weights.cache()
            fits = [KMeans(k=k, seed=s, distanceMeasure="cosine").fit(weights) for s in range(2)]
            best = min(fits, key=lambda fit: fit.summary.trainingCost)
            found = best.transform(weights).select("document_id", "prediction")
            return found.toPandas().rename(columns={"prediction": "cluster"})

        for way, work in (("khabar", sampled), ("Spark ML", spark_ml)):
            found, cpu, passed = clocked(work)
            labels = found.set_index("document_id")["cluster"].reindex(news.index)
            print(
                f"{name:16s} {way:8s} NMI {normalized_mutual_info_score(sections, labels):.3f} "
                f"ARI with one process {adjusted_rand_score(ours, labels):.3f} "
                f"{cpu:.0f} CPU s, {passed:.0f} s",
                flush=True,
            )
    spark.stop()


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("what", nargs="?", choices=["tables", "topics"], default="tables")
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--repeat", type=int, default=1)
    arguments = parser.parse_args()
    warnings.simplefilter("ignore")
    if arguments.what == "tables":
        rows = tables(arguments.data, arguments.repeat)
        print(pd.DataFrame(rows).to_string(index=False, float_format="{:.2f}".format))
    else:
        topics(arguments.data)


if __name__ == "__main__":
    main()
