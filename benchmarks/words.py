"""Counting, comparing and searching words: agreement with peers, and time beside theirs.

    python benchmarks/words.py [--data ../shared/data] [--documents 60000] [--rounds 3]

nltk and scattertext are peers where they are installed; they are no dependencies of khabar. One
thread, imports and encoding outside the clock, the methods in turn. Texts are repeated under new
ids until there are enough. Quote the ratios: seconds belong to one machine on one day.

keyness      one outlet in three against the rest. sklearn: chi2 of the matrix it counted
collocation  all adjacent pairs with G2. nltk: BigramCollocationFinder over the list of words
concordance  all lines of a frequent word. nltk: the index of a Text, and its lines
"""

import argparse
import gzip
import json
import os
import warnings
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from time import process_time

os.environ |= dict.fromkeys(["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"], "1")

import numpy as np
import pandas as pd

import khabar as kb
from khabar.measures.association import signed_g2, weighted_log_odds

SETS = ("sanad-alkhaleej", "ant-news-2018", "ant-jawhara", "ant-syria-diplomacy-2018")
WORD = "سوريا"


def texts_of(data: Path, n_documents: int) -> pd.Series:
    texts = []
    for name in SETS:
        with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as file:
            texts += [json.loads(line)["text"] for line in file]
    texts *= -(-n_documents // len(texts))
    ids = [f"d{i}" for i in range(n_documents)]
    return pd.Series(texts[:n_documents], ids, dtype="str").rename_axis("document_id")


def worst(ours: np.ndarray, theirs: np.ndarray) -> str:
    apart = np.abs(np.asarray(ours) - np.asarray(theirs)) / np.maximum(np.abs(theirs), 1)
    return f"largest difference {apart.max():.1e} of {len(apart):,}"


def agree_with_nltk(tokens: kb.Tokens) -> None:
    from nltk.metrics import BigramAssocMeasures

    pairs = kb.word_pairs(tokens)
    n = len(tokens)
    cells = list(zip(pairs["together"], pairs["node_frequency"], pairs["frequency"], strict=True))
    g2 = [BigramAssocMeasures.likelihood_ratio(a, (b, c), n) for a, b, c in cells]
    pmi = [BigramAssocMeasures.pmi(a, (b, c), n) for a, b, c in cells]
    print("nltk G2         ", worst(pairs["g2"].abs(), g2))
    print("nltk PMI        ", worst(pairs["pmi"], pmi))


def agree_with_scattertext(tokens: kb.Tokens) -> None:
    from scattertext.dispersion.dispersion import Dispersion
    from scattertext.termsignificance.LogOddsRatioInformativeDirichletPiror import (
        LogOddsRatioInformativeDirichletPrior,
    )
    from scipy.sparse import csr_matrix

    dtm = kb.document_term_matrix(tokens, stop_words=None, terms="surface").trim(min_df=3)
    # scattertext's words of a document are the terms of its row.
    dtm = kb.DocumentTermMatrix(
        dtm.counts, dtm.terms, dtm.document_ids, np.asarray(dtm.counts.sum(axis=1)).ravel()
    )
    ours = kb.dispersion(dtm).set_index("term").loc[dtm.terms]
    theirs = Dispersion(term_doc_mat=csr_matrix(dtm.counts.astype(float)))
    for name, method in (("juilland_d", "jullands_d"), ("dp", "dp"), ("dp_norm", "dp_norm")):
        values = np.asarray(getattr(theirs, method)()).ravel()
        print(f"scattertext {name:10s}", worst(ours[name], values))

    half = len(dtm.document_ids) // 2
    a, b = (np.asarray(part.sum(axis=0)) for part in (dtm.counts[:half], dtm.counts[half:]))
    prior = (a + b) / 10
    scorer = LogOddsRatioInformativeDirichletPrior(prior)
    _, z = weighted_log_odds(a, a.sum(), b, b.sum(), prior=prior, n_prior=prior.sum())
    print("scattertext z   ", worst(z, scorer.get_scores(a, b)))


def agree_with_scipy() -> None:
    from scipy.stats import chi2_contingency

    rng = np.random.default_rng(0)
    inside, elsewhere = rng.integers(0, 300, 2000), rng.integers(1, 300, 2000)
    theirs = [
        chi2_contingency(
            [[a, 10_000 - a], [b, 30_000 - b]], correction=False, lambda_="log-likelihood"
        ).statistic
        for a, b in zip(inside, elsewhere, strict=True)
    ]
    ours = signed_g2(inside, 10_000, elsewhere, 30_000)
    print("scipy G2        ", worst(np.abs(ours), theirs))


def timed(job) -> float:
    started = process_time()
    job()
    return process_time() - started


def compare(name: str, ours, theirs: dict, rounds: int) -> Iterator[dict]:
    jobs = {"khabar": ours} | theirs
    times = {method: [] for method in jobs}
    for _ in range(rounds):
        for method, job in jobs.items():
            times[method].append(timed(job))
    for method, seconds in times.items():
        pairs = zip(times["khabar"], seconds, strict=True)
        ratio = median(a / b for a, b in pairs)
        yield {"job": name, "method": method, "cpu_s": median(seconds), "cpu_ratio": ratio}


def sklearn_keyness(texts: pd.Series, by: pd.Series):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.feature_selection import chi2

    from khabar.language.orthography import LETTERS

    counts = CountVectorizer(token_pattern=rf"[{LETTERS}]+").fit_transform(texts)
    return lambda: chi2(counts, (by == "x").to_numpy())


def measure(data: Path, n_documents: int, rounds: int) -> Iterator[dict]:
    """Yield a row per job and method: CPU, and the ratio of khabar's to it."""
    texts = texts_of(data, n_documents)
    by = pd.Series(np.array(list("xyz"))[np.arange(len(texts)) % 3], texts.index, name="outlet")
    tokens = kb.tokenize(texts)
    dtm = kb.document_term_matrix(tokens)
    yield from compare(
        "keyness",
        lambda: kb.keyness(dtm, by=by, target="x"),
        {"sklearn": sklearn_keyness(texts, by)},
        rounds,
    )
    yield from compare("collocates", lambda: kb.collocations(tokens, WORD), {}, rounds)
    try:
        import nltk
        from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
    except ImportError:
        yield {"job": "pairs, concordance", "method": "nltk", "note": "not installed"}
        return
    words = list(tokens.vocabulary.to_numpy()[tokens.codes])

    def nltk_pairs():
        finder = BigramCollocationFinder.from_words(words)
        finder.apply_freq_filter(3)
        finder.score_ngrams(BigramAssocMeasures.likelihood_ratio)

    yield from compare("pairs", lambda: kb.word_pairs(tokens), {"nltk": nltk_pairs}, 1)
    lines = len(kb.concordance(tokens, WORD))
    yield from compare(
        "concordance",
        lambda: kb.concordance(tokens, WORD),
        {"nltk": lambda: nltk.Text(words).concordance_list(WORD, lines=lines)},
        1,
    )


def main() -> None:
    warnings.simplefilter("ignore")
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    default = Path(__file__).parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=default)
    parser.add_argument("--documents", type=int, default=60_000)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()

    agree_with_scipy()
    some = kb.tokenize(texts_of(arguments.data, 1500))
    for agree in (agree_with_nltk, agree_with_scattertext):
        try:
            agree(some)
        except ImportError as error:
            print(f"{agree.__name__}: not installed ({error})")

    texts = texts_of(arguments.data, arguments.documents)
    tokens = kb.tokenize(texts)
    print(tokens)
    print(f"encoding     {timed(lambda: kb.tokenize(texts)):7.2f} CPU s")
    print(f"types, once  {timed(lambda: kb.document_term_matrix(tokens)):7.2f} CPU s")
    print(f"sentences    {timed(lambda: tokens.sentences):7.2f} CPU s")
    rows = measure(arguments.data, arguments.documents, arguments.rounds)
    print(pd.DataFrame(rows).to_string(index=False, float_format="{:.3f}".format))


if __name__ == "__main__":
    main()
