"""How well topics agree with the sections of labelled news, how many are recommended, and the cost.

    python benchmarks/topics.py quality|steps|number|cost [DATA_FOLDER]

`quality` sets khabar beside what one would write with scikit-learn: median and range of NMI over
seeds, at the true number of sections. `steps` leaves one step of the recipe out at a time.
`number` asks for a number of topics on whole sets, with sections merged, and on random choices of
three to six sections. `cost` compares process CPU on 60,000 documents with one run of k-means on
the same TF-IDF. All with one thread.
"""

import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.cluster import BisectingKMeans, KMeans, MiniBatchKMeans
from sklearn.decomposition import NMF, LatentDirichletAllocation
from sklearn.metrics import normalized_mutual_info_score
from threadpoolctl import threadpool_limits

import khabar as kb
from khabar.language.matrix import DocumentTermMatrix, tfidf_weights
from khabar.measures.partition import usable_documents

DATA = Path(__file__).parents[2] / "shared" / "data"
SETS = ("sanad-alkhaleej", "ant-news-2018", "ant-jawhara")
MERGED = {
    "ant-news-2018": {"internationalNews": "world", "middleEast": "world"},
    "ant-jawhara": {"localNews": "local", "politic": "local", "society": "local"},
}
SEEDS = range(10)


def read(folder: Path, name: str) -> tuple[DocumentTermMatrix, pd.Series]:
    news = pd.read_json(folder / name / "articles.jsonl.gz", lines=True).set_index("id")
    return kb.document_term_matrix(kb.tokenize(news["text"])), news["category"]


def part(dtm: DocumentTermMatrix, rows: np.ndarray) -> DocumentTermMatrix:
    return replace(
        dtm,
        counts=dtm.counts[rows],
        document_ids=dtm.document_ids[rows],
        lengths=dtm.lengths[rows],
    )


def peers(dtm: DocumentTermMatrix) -> dict[str, Callable[[int, int], np.ndarray]]:
    """Return what maps a number of clusters and a seed to labels, on the terms that khabar uses."""
    trimmed, _ = usable_documents(dtm)
    counts, weights = trimmed.counts, tfidf_weights(trimmed.counts)
    return {
        "khabar": lambda k, s: kb.cluster_documents(dtm, k, random_state=s).labels.to_numpy(),
        "k-means": lambda k, s: KMeans(k, n_init=5, random_state=s).fit_predict(weights),
        "MiniBatch": lambda k, s: MiniBatchKMeans(k, n_init=5, random_state=s).fit_predict(weights),
        "Bisecting": lambda k, s: BisectingKMeans(k, random_state=s).fit_predict(weights),
        "NMF": lambda k, s: (
            NMF(k, init="nndsvda", max_iter=100, tol=1e-3, random_state=s)
            .fit_transform(weights)
            .argmax(axis=1)
        ),
        "LDA": lambda k, s: (
            LatentDirichletAllocation(k, learning_method="online", max_iter=5, random_state=s)
            .fit_transform(counts)
            .argmax(axis=1)
        ),
    }


def quality(folder: Path) -> None:
    for row in scores(folder, SEEDS):
        print("{set:16} {method:21} {nmi:.3f} ({lowest:.3f} to {highest:.3f})".format(**row))


def scores(folder: Path, seeds: range) -> Iterator[dict]:
    """Yield a row per set and method: median and range of NMI; peers, which are slow, try three."""
    for name in SETS:
        dtm, sections = read(folder, name)
        for peer, cluster in peers(dtm).items():
            tried = seeds if peer == "khabar" else seeds[:3]
            found = [cluster(sections.nunique(), seed) for seed in tried]
            yield agreement(name, peer, sections, found)


def steps(folder: Path) -> None:
    variants = {
        "whole recipe": {},
        "without TF-IDF": {"tfidf": False},
        "without SVD": {"dimensions": None},
        "without unit rows": {"unit_rows": False},
        "one start": {"n_init": 1},
        "without softening": {"soften": False},
        "without reassignment": {"reassign": False},
        "k-means alone": {"soften": False, "reassign": False},
    }
    for name in SETS:
        dtm, sections = read(folder, name)
        k = sections.nunique()
        for variant, options in variants.items():
            seeds = SEEDS[:2] if "dimensions" in options else SEEDS[:5]
            found = [kb.cluster_documents(dtm, k, random_state=s, **options).labels for s in seeds]
            row = agreement(name, variant, sections, found)
            print("{set:16} {method:21} {nmi:.3f} ({lowest:.3f} to {highest:.3f})".format(**row))


def agreement(name: str, method: str, sections: pd.Series, found: list[np.ndarray]) -> dict:
    nmi = [normalized_mutual_info_score(sections, labels) for labels in found]
    return {
        "set": name,
        "method": method,
        "nmi": np.median(nmi),
        "lowest": min(nmi),
        "highest": max(nmi),
    }


def tasks(folder: Path, seed: int = 0) -> Iterator[tuple[str, DocumentTermMatrix, int]]:
    rng = np.random.default_rng(seed)
    for name in SETS:
        dtm, sections = read(folder, name)
        yield f"{name}, all", dtm, sections.nunique()
        if name in MERGED:
            yield f"{name}, merged", dtm, sections.replace(MERGED[name]).nunique()
        for _ in range(8):
            picked = rng.choice(sections.unique(), rng.integers(3, 7), replace=False)
            rows = np.flatnonzero(sections.isin(picked))
            rows = np.sort(rng.choice(rows, min(len(rows), 1500), replace=False))
            yield f"{name}, {len(picked)} sections", part(dtm, rows), len(picked)


def number(folder: Path) -> None:
    rows = []
    for task, dtm, true in tasks(folder):
        k, reason = kb.recommend_n_clusters(kb.choose_n_clusters(dtm))
        rows.append((task, true, k, reason))
        print(f"{task:30} true {true}, recommended {k}: {reason}", flush=True)
    table = pd.DataFrame(rows, columns=["task", "true", "recommended", "reason"])
    told = table.dropna()
    error = (told["recommended"].astype(int) - told["true"]).abs()
    print(
        f"{len(told)} of {len(table)} tasks get a number; mean absolute error {error.mean():.2f}, "
        f"exact {(error == 0).mean():.0%}, within one {(error <= 1).mean():.0%}"
    )


def drawn_documents(folder: Path, n: int) -> DocumentTermMatrix:
    texts = pd.concat(
        pd.read_json(folder / name / "articles.jsonl.gz", lines=True)["text"] for name in SETS
    )
    texts = texts.reset_index(drop=True)
    drawn = part(
        kb.document_term_matrix(kb.tokenize(texts)),
        np.random.default_rng(0).integers(0, len(texts), n),
    )
    return replace(drawn, document_ids=pd.RangeIndex(n))


def beside_k_means(drawn: DocumentTermMatrix, k: int = 20) -> dict:
    weights = tfidf_weights(usable_documents(drawn)[0].counts)
    ours = cpu(lambda: kb.cluster_documents(drawn, k))
    peer = cpu(lambda: KMeans(k, n_init=1, random_state=0).fit(weights))
    return {"job": f"{k} topics", "method": "one k-means", "cpu_s": ours, "cpu_ratio": ours / peer}


def cost(folder: Path) -> None:
    drawn = drawn_documents(folder, 60_000)
    row = beside_k_means(drawn)
    print("{job} of 60,000: {cpu_s:.1f} s of CPU; ratio to {method} {cpu_ratio:.2f}".format(**row))
    fewer = part(drawn, np.arange(15_000))
    choice = cpu(lambda: kb.choose_n_clusters(fewer, range(2, 31)))
    print(f"choice over 2 to 30 at {len(fewer.document_ids):,} documents: {choice:.0f} s of CPU")


def cpu(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def main() -> None:
    folder = Path(sys.argv[2]) if len(sys.argv) > 2 else DATA
    verbs = {"quality": quality, "steps": steps, "number": number, "cost": cost}
    with threadpool_limits(1):
        verbs[sys.argv[1]](folder)


if __name__ == "__main__":
    main()
