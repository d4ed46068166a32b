"""Spark gives the tables of one process: a real session of two cores on this machine."""

import gzip
import json
import os
import signal
import socket
import subprocess
import sys
import time
import warnings
from contextlib import closing
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from sklearn.metrics import adjusted_rand_score

import khabar as kb

SETS = ("ant-news-2018", "saudinewsnet-2015", "sanad-alkhaleej")
needs_spark = pytest.mark.skipif(kb.spark.missing() is not None, reason=str(kb.spark.missing()))


def same(ours: pd.DataFrame, theirs: pd.DataFrame) -> None:
    pd.testing.assert_frame_equal(ours, theirs, check_exact=True)


def in_order(mentions: pd.DataFrame) -> pd.DataFrame:
    return mentions.sort_values(["document_id", "start", "end", "actor"], ignore_index=True)


def articles(shared, name: str) -> pd.DataFrame:
    with gzip.open(shared("data") / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        return pd.DataFrame(map(json.loads, lines)).set_index("id").rename_axis("document_id")


@pytest.fixture(scope="module")
def spark():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = kb.spark.session("local[2]")
        session.conf.set("spark.sql.shuffle.partitions", "4")
        yield session
        session.stop()


@pytest.fixture(scope="module")
def documents(shared, sample) -> pd.DataFrame:
    """Return the sample, some of each developer set, and what breaks careless code."""
    real = pd.concat(
        articles(shared, name).iloc[::97].reindex(columns=["text", "outlet"]) for name in SETS
    )
    real["story_id"] = kb.story_ids(real["text"])
    odd = pd.DataFrame(
        {"text": ["", None, "قزمولاي بقزمولاي"], "outlet": ["x", "y", None], "story_id": "s"},
        index=["odd-0", "odd-1", "odd-2"],
    )
    ours = sample[["text", "outlet", "published", "story_id"]]
    return (
        pd.concat([ours, real, odd])
        .rename_axis("document_id")
        .astype({"text": "str", "outlet": "str", "published": "datetime64[us]"})
    )


@pytest.fixture(scope="module")
def table(spark, documents, tmp_path_factory):
    path = tmp_path_factory.mktemp("spark") / "documents.parquet"
    documents.sample(frac=1, random_state=0).reset_index().to_parquet(path)
    return spark.read.parquet(str(path)).repartition(5).cache()


@pytest.fixture(scope="module")
def mentions(documents, ledger) -> pd.DataFrame:
    return kb.find_mentions(documents["text"], ledger, dates=documents["published"])


@pytest.fixture(scope="module")
def found(table, ledger):
    return kb.spark.find_mentions(table, ledger).cache()


def test_importing_khabar_imports_no_pyspark():
    code = "import sys, khabar; khabar.spark.missing(); sys.exit('pyspark' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_without_java_one_sentence_says_so_in_the_language_of_the_reader(monkeypatch, tmp_path):
    pytest.importorskip("pyspark")
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("KHABAR_LANG", "ar")
    assert "Java 17" in kb.spark.missing()
    assert "ينقص" in kb.spark.missing()
    with pytest.raises(kb.KhabarError, match="Java 17"):
        kb.spark.session()


@needs_spark
def test_terms_are_counted_as_in_one_process_whatever_the_parts(table, documents):
    ours = kb.term_frequency(kb.tokenize(documents["text"]))
    same(ours, kb.spark.term_frequency(table))
    same(ours, kb.spark.term_frequency(table.repartition(1)))


@needs_spark
def test_terms_of_groups_are_counted_as_in_one_process(table, documents):
    from pyspark.sql import functions as F

    tokens = kb.tokenize(documents["text"])
    by_outlet = kb.term_frequency(tokens, by=documents["outlet"])
    same(by_outlet, kb.spark.term_frequency(table, by="outlet"))
    monthly = table.withColumn("period", F.trunc(F.col("published"), "month").cast("timestamp_ntz"))
    by_month = kb.term_frequency(tokens, by=kb.periods(documents, freq="M"))
    same(by_month, kb.spark.term_frequency(monthly, by="period"))


@needs_spark
def test_every_mention_is_found_as_in_one_process(found, mentions):
    theirs = in_order(found.toPandas())
    assert len(theirs) > 2000
    pd.testing.assert_frame_equal(in_order(mentions), theirs)


@needs_spark
def test_a_part_that_is_searched_in_several_blocks_gives_all_its_mentions(spark, sample, ledger):
    texts = pd.concat([sample["text"]] * 24).reset_index(drop=True)  # over four million characters
    assert texts.str.len().sum() > 4_000_000
    table = pd.DataFrame({"document_id": [f"d{i}" for i in texts.index], "text": texts})
    found = kb.spark.find_mentions(spark.createDataFrame(table).coalesce(1), ledger)
    assert found.count() == len(kb.find_mentions(table.set_index("document_id")["text"], ledger))


@needs_spark
@pytest.mark.parametrize(
    ("by", "freq", "sense"),
    [
        (None, None, None),
        (None, "D", None),
        (None, "W", "actor"),
        ("outlet", "Y", None),
        ("outlet", None, "place"),
    ],
)
def test_mentions_are_counted_as_in_one_process(found, table, mentions, documents, by, freq, sense):
    group = None if by is None else documents[by]
    with warnings.catch_warnings(record=True) as ours_said:
        warnings.simplefilter("always", kb.KhabarWarning)
        ours = kb.mention_counts(mentions, documents, by=group, freq=freq, sense=sense)
    with warnings.catch_warnings(record=True) as theirs_said:
        warnings.simplefilter("always", kb.KhabarWarning)
        theirs = kb.spark.mention_counts(found, table, by=by, freq=freq, sense=sense)
    same(ours, theirs)
    said = [
        [(str(w.message), w.filename) for w in said if w.category is kb.KhabarWarning]
        for said in (ours_said, theirs_said)
    ]
    assert said[0] == said[1]
    assert bool(said[0]) == (freq is not None)


@needs_spark
def test_mentions_of_documents_that_are_not_there_are_refused(found, table):
    few = table.where("outlet is not null")
    with pytest.raises(kb.KhabarError, match="not among documents"):
        kb.spark.mention_counts(found, few)


@needs_spark
def test_topics_of_few_documents_are_those_of_one_process(table, documents):
    ours = kb.cluster_documents(kb.document_term_matrix(kb.tokenize(documents["text"])), 4)
    topics, assigned = kb.spark.cluster_documents(table, 4)
    same(ours.terms, topics.terms)
    theirs = assigned.toPandas().set_index("document_id")["cluster"]
    assert theirs.reindex(documents.index).tolist() == ours.labels.tolist()


@needs_spark
def test_topics_seen_in_a_sample_agree_with_those_of_one_process(shared, spark, monkeypatch):
    news = articles(shared, "sanad-alkhaleej")
    ours = kb.cluster_documents(kb.document_term_matrix(kb.tokenize(news["text"])), 7)
    monkeypatch.setattr("khabar.spark.topics.MOST_SEEN", 1200)
    table = spark.createDataFrame(news[["text"]].reset_index()).cache()
    topics, assigned = kb.spark.cluster_documents(table, 7)
    assert len(topics.labels) == 1200
    theirs = assigned.toPandas().set_index("document_id")
    assert adjusted_rand_score(ours.labels, theirs["cluster"].reindex(news.index)) > 0.9
    assert theirs["cluster"].reindex(topics.labels.index).equals(topics.labels.astype("int32"))
    again = kb.spark.cluster_documents(table.repartition(3), 7)[1].toPandas()
    same(theirs.sort_index(), again.set_index("document_id").sort_index())


@needs_spark
def test_the_matrix_of_spark_ml_holds_the_counts_of_ours(table, documents):
    limits = {"min_df": 2, "max_df": 0.5, "max_terms": 500}
    ours = kb.document_term_matrix(kb.tokenize(documents["text"])).trim(**limits)
    matrix, terms = kb.spark.document_term_matrix(table, **limits)
    assert terms.equals(ours.terms)
    theirs = matrix.toPandas().set_index("document_id").reindex(documents.index)
    assert theirs["length"].tolist() == ours.lengths.tolist()
    counts = np.array([vector.toArray() for vector in theirs["counts"]])
    assert np.array_equal(counts, ours.counts.toarray())


@needs_spark
def test_a_table_without_rows_has_no_terms_and_no_mentions(table, ledger):
    nothing = table.limit(0)
    assert kb.spark.term_frequency(nothing).empty
    assert list(kb.spark.term_frequency(nothing, by="outlet").columns)[:2] == ["outlet", "term"]
    none = kb.spark.find_mentions(nothing, ledger)
    assert kb.spark.mention_counts(none, nothing).empty


@needs_spark
def test_a_table_without_its_columns_is_refused_by_name(table, documents, ledger):
    with pytest.raises(kb.KhabarError, match="'text' is missing"):
        kb.spark.term_frequency(table.drop("text"))
    with pytest.raises(kb.KhabarError, match="must be a Spark DataFrame, not DataFrame"):
        kb.spark.find_mentions(documents, ledger)
    with pytest.raises(kb.KhabarError, match="freq must be one of"):
        kb.spark.mention_counts(kb.spark.find_mentions(table, ledger), table, freq="weekly")


# What a client of a Spark Connect server does: argument 1 is its URL, 2 the table.
CLIENT = """
import sys
import pandas as pd
import khabar as kb

spark = kb.spark.session(sys.argv[1])
table = spark.read.parquet(sys.argv[2]).repartition(3)
documents = pd.read_parquet(sys.argv[2]).set_index("document_id")
tokens = kb.tokenize(documents["text"])
ours = kb.term_frequency(tokens, by=documents["outlet"])
pd.testing.assert_frame_equal(ours, kb.spark.term_frequency(table, by="outlet"))
found = kb.spark.find_mentions(table, kb.load_ledger()).cache()
mentions = kb.find_mentions(documents["text"], kb.load_ledger(), dates=documents["published"])
ours = kb.mention_counts(mentions, documents, freq="Y")
pd.testing.assert_frame_equal(ours, kb.spark.mention_counts(found, table, freq="Y"))
topics, assigned = kb.spark.cluster_documents(table, 3)
assert assigned.count() == len(documents)
matrix, terms = kb.spark.document_term_matrix(table, min_df=3)
from pyspark.ml.clustering import KMeans
from pyspark.ml.feature import IDF
weights = IDF(inputCol="counts", outputCol="weights").fit(matrix).transform(matrix)
k_means = KMeans(k=3, featuresCol="weights", distanceMeasure="cosine", seed=0)
assert k_means.fit(weights).transform(weights).select("prediction").distinct().count() == 3
spark.stop()
"""


@pytest.fixture
def connect_server(tmp_path):
    import pyspark

    with closing(socket.socket()) as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    home = Path(pyspark.__file__).parent
    settings = {
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.ui.enabled": "false",
        "spark.connect.grpc.binding.address": "127.0.0.1",
        "spark.connect.grpc.binding.port": str(port),
    }
    server = subprocess.Popen(
        [
            home / "bin" / "spark-submit",
            *("--master", "local[2]"),
            *("--class", "org.apache.spark.sql.connect.service.SparkConnectServer"),
            *(part for item in settings.items() for part in ("--conf", "=".join(item))),
            "spark-internal",
        ],
        cwd=tmp_path,
        env=os.environ | {"PYSPARK_PYTHON": sys.executable, "SPARK_HOME": str(home)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    for _ in range(240):
        with closing(socket.socket()) as knock:
            if knock.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.5)
    yield f"sc://127.0.0.1:{port}"
    os.killpg(server.pid, signal.SIGTERM)
    server.wait()


@needs_spark
def test_a_spark_connect_server_gives_the_same_tables(connect_server, sample, tmp_path):
    pytest.importorskip("grpc", reason="Spark Connect needs grpcio")
    path = tmp_path / "documents.parquet"
    sample.drop(columns="raw").iloc[::3].reset_index().to_parquet(path)
    command = [sys.executable, "-W", "ignore", "-c", CLIENT, connect_server, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=400)
    assert done.returncode == 0, done.stderr[-3000:]
