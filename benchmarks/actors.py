"""How well and how fast actors are found, beside other ways of counting them.

    python benchmarks/actors.py [DATA_FOLDER] [--speed] [--misses]

Against hand-annotated articles: a mention is right if its span overlaps the annotated one and the
actor is the same. The articles are reported in two halves (by position, sorted by name), but the
misses of both were read while rules were written: neither half is unseen. Lines that a careful
colleague might leave out cost nothing when missed.
"""

import argparse
import gzip
import json
import random
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

import khabar as kb
from khabar.actors.matching import find_aliases
from khabar.language.orthography import name_key

SHARED = Path(__file__).parents[2] / "shared"

# Annotated ids that the ledger calls otherwise.
SAME = {
    "russian_mfa": "russia_foreign_ministry",
    "syrian_government": "syria_government",
    "syrian_army": "syria_army",
    "russian_military": "russia_army",
    "russian_air_force": "russia_army",
    "russian_mod": "russia_defence_ministry",
    "russian_president": "russia_president",
    "russian_police": "russia_police",
    "french_presidency": "france_presidency",
    "french_embassy": "france_embassy",
    "saudi_embassy_us": "saudi_arabia_embassy",
    "us_consulate_st_petersburg": "usa_embassy",
    "russian_un_mission": "russia_delegation",
    "us_state_department": "usa_foreign_ministry",
    "syrian_delegation_cd": "syria_delegation",
    "hussam_ala": "syria_delegation_head",
    "uk_ambassador_cd": "uk_ambassador",
    "australia_ambassador_cd": "australia_ambassador",
    "france_ambassador_cd": "france_ambassador",
    "china_ambassador_cd": "china_ambassador",
    "bulgaria_representative_cd": "bulgaria_representative",
}
# Persons whose name is in the ledger, but who are annotated under a title too.
ALSO = {"hussam_ala": {"hussam_ala", "syria_delegation_head"}}


def gold() -> tuple[pd.Series, pd.DataFrame]:
    """Return the annotated texts, and one row per annotated mention."""
    rows = []
    for name, folder in (("mentions_seeds", "seeds"), ("mentions_syria2018", "gold/texts")):
        lines = (SHARED / f"gold/{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows += [json.loads(line) | {"folder": folder} for line in lines]
    table = pd.DataFrame(rows)
    folders = table.drop_duplicates("doc").set_index("doc")["folder"].sort_index()
    texts = {d: (SHARED / f / d).read_bytes().decode("utf-8") for d, f in folders.items()}
    optional = table["optional"].fillna(False).astype(bool)
    return pd.Series(texts), table.assign(optional=optional)


def same_actor(annotated: str, found: str) -> bool:
    wanted = ALSO.get(annotated, {SAME.get(annotated, annotated)})
    return found in wanted


def score(annotated: pd.DataFrame, mentions: pd.DataFrame) -> dict[str, float]:
    """Return precision, recall, F1, shares of right sense and form, and the count error."""
    found = {d: list(rows.itertuples()) for d, rows in mentions.groupby("document_id")}
    used, right, senses, forms, missed = set(), 0, 0, 0, []
    for row in annotated.itertuples():
        hits = [
            m for m in found.get(row.doc, [])
            if m.start < row.end and row.start < m.end and same_actor(row.actor, m.actor)
        ]  # fmt: skip
        if hits:
            used |= {hit.Index for hit in hits}
            best = max(hits, key=lambda m: min(m.end, row.end) - max(m.start, row.start))
            right += 1
            senses += best.sense == ("place" if row.kind == "place" else "actor")
            forms += best.form == row.form
        elif not row.optional:
            missed.append(row)
    extra = mentions[~mentions.index.isin(used)]
    precision, recall = right / (right + len(extra)), right / (right + len(missed))
    wanted = annotated[~annotated["optional"]]["actor"].map(lambda a: SAME.get(a, a)).value_counts()
    counted = mentions["actor"].value_counts()
    off = sum(abs(counted.get(actor, 0) - n) for actor, n in wanted.items()) / wanted.sum()
    return {
        "mentions": len(annotated),
        "precision": precision,
        "recall": recall,
        "f1": 2 * precision * recall / (precision + recall),
        "sense": senses / right,
        "form": forms / right,
        "count_error": off,
        "missed": missed,
        "extra": extra,
    }


def halves(documents: pd.Index) -> dict[str, list[str]]:
    ordered = sorted(documents)
    return {"even": ordered[::2], "odd": ordered[1::2], "all": ordered}


def quality(*, misses: bool = False) -> None:
    texts, annotated = gold()
    mentions = kb.find_mentions(texts, kb.load_ledger())
    for half, documents in halves(texts.index).items():
        rows = annotated[annotated["doc"].isin(documents)]
        scores = score(rows, mentions[mentions["document_id"].isin(documents)])
        told = " ".join(
            f"{name} {scores[name]:.3f}"
            for name in ("precision", "recall", "f1", "sense", "form", "count_error")
        )
        print(f"{half:<11} {len(documents)} articles {scores['mentions']} mentions: {told}")
    if misses:
        for row in scores["missed"]:
            print("  missed", row.doc[:16], row.text, row.actor, row.form)
        for row in scores["extra"].itertuples():
            print("  extra ", row.document_id[:16], row.surface, row.actor, row.form, row.rule)
    for name, off in count_errors(texts, annotated).items():
        print(f"{name:<26} count error {off:.3f}")


def count_errors(texts: pd.Series, annotated: pd.DataFrame) -> dict[str, float]:
    """Return how far other ways of counting are off, as a share of the annotated mentions."""
    wanted = annotated[~annotated["optional"]]["actor"].map(lambda a: SAME.get(a, a)).value_counts()
    return {
        name: sum(abs(counts.get(actor, 0) - n) for actor, n in wanted.items()) / wanted.sum()
        for name, counts in other_counts(texts).items()
    }


def other_counts(texts: pd.Series) -> dict[str, Counter]:
    """Count by substring, by exact tokens, and with a political actor dictionary."""
    ledger = kb.load_ledger()
    aliases = ledger.aliases.drop_duplicates(["alias", "actor"])
    keys = aliases["alias"].map(name_key)
    folded = [name_key(text) for text in texts]
    padded = [" " + " ".join(re.findall(r"\w+", text)) + " " for text in folded]
    substring, exact = Counter(), Counter()
    for key, actor in zip(keys, aliases["actor"], strict=True):
        substring[actor] += sum(text.count(key) for text in folded)
        exact[actor] += sum(text.count(f" {key} ") for text in padded)
    found = {"substrings": substring, "exact tokens": exact}
    dictionary = SHARED / "data/actors-petrarch-ar/actors.tsv"
    if dictionary.exists():
        names = pd.read_csv(dictionary, sep="\t", dtype=str).dropna(subset=["name"])
        known = {name_key(name.replace("_", " ")).strip() for name in names["name"]}
        petrarch: Counter = Counter()
        for key, actor in zip(keys, aliases["actor"], strict=True):
            if key in known:
                petrarch[actor] += sum(text.count(f" {key} ") for text in padded)
        found["Petrarch dictionary, tokens"] = petrarch
    return found


def recall_by_type(data: Path) -> None:
    """Share of the developer spans of ANERcorp that overlap a mention, by type."""
    path = data / "ner-anercorp" / "train.spans.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    # Sentences of the corpus follow one another; ten of them stand for an article.
    articles, spans = [], []
    for i in range(0, len(rows), 10):
        text = ""
        for row in rows[i : i + 10]:
            spans += [(str(i), s + len(text), e + len(text), t) for s, e, t in row["spans"]]
            text += row["text"] + "\n"
        articles.append(text)
    texts = pd.Series(articles, index=[str(i) for i in range(0, len(rows), 10)])
    mentions = kb.find_mentions(texts, kb.load_ledger())
    found = defaultdict(list)
    for row in mentions.itertuples():
        found[row.document_id].append((row.start, row.end))
    hit, total = Counter(), Counter()
    for document, start, end, kind in spans:
        total[kind] += 1
        hit[kind] += any(s < end and start < e for s, e in found[document])
    shares = ", ".join(f"{k} {hit[k] / total[k]:.3f} of {total[k]}" for k in sorted(total))
    print(f"ANERcorp developer spans named in the ledger: {shares}")


def speed(data: Path) -> Iterator[dict]:
    """Yield CPU of matching on codes, and its ratio to daachorse on the same normalised text."""
    texts = []
    for name in ("ant-news-2018", "sanad-alkhaleej", "saudinewsnet-2015"):
        with gzip.open(data / name / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
            texts += [json.loads(line)["text"] for line in lines]
    # Keys are made once more of the words cut out: in "الموسيقى_" the ى was not final before.
    cut = (" ".join(re.findall(r"[ء-غف-ي]+", name_key(text))) for text in texts)
    texts = pd.Series([name_key(words) for words in cut])
    tokens = kb.tokenize(texts)
    words = [w for w, n in Counter(tokens.vocabulary[tokens.codes]).items() if len(w) > 3 and n > 4]
    for n_actors in (60, 2000):
        chance = random.Random(n_actors)
        halves_ = (chance.sample(words, n_actors * 2) for _ in range(2))
        pairs = [" ".join(pair) for pair in zip(*halves_, strict=True)]
        aliases = chance.sample(words, n_actors * 3) + pairs
        actors = pd.Series(aliases, index=[f"a{i % n_actors}" for i in range(len(aliases))])
        started = time.process_time()
        found = find_aliases(tokens, actors)
        ours = time.process_time() - started
        row = {"job": f"match {n_actors:,} actors", "method": "daachorse", "cpu_s": ours}
        try:
            import daachorse
        except ImportError:
            yield row | {"note": "not installed"}
            continue
        theirs, note = _against_daachorse(daachorse, texts, actors, found)
        yield row | {"cpu_ratio": ours / theirs, "note": note}


def with_proclitics(word: str) -> list[str]:
    """Write a name out with every proclitic it may carry, as matchers of text need it."""
    both = [c + p for c in ("", "و", "ف") for p in ("", "ب", "ل", "ك")]
    if not word.startswith("ال"):
        return [clitic + word for clitic in both]
    # The article loses its alef: لل; a word that begins with ل gets no third one.
    # That of ألمانيا keeps it, and keys do not tell the two alefs apart.
    to = [f"{c}لل{word[2:].removeprefix('ل')}" for c in ("", "و", "ف")]
    return [clitic + word for clitic in both] + to


def _against_daachorse(
    daachorse: "object", texts: pd.Series, actors: pd.Series, found: pd.DataFrame
) -> tuple[float, str]:
    """Return its CPU seconds, and whether both counts are those of a naive search."""
    started = time.process_time()
    forms: dict[str, list[int]] = defaultdict(list)
    for number, alias in enumerate(actors):
        first, *rest = alias.split(" ")
        for form in with_proclitics(first):
            forms[" ".join([form, *rest])].append(number)
    patterns = list(forms)
    matcher = daachorse.CharwiseDoubleArrayAhoCorasick(patterns)
    counts: Counter = Counter()
    for number, text in enumerate(texts):
        length = len(text)
        for start, end, pattern in matcher.find_overlapping(text):
            if (start == 0 or text[start - 1] == " ") and (end == length or text[end] == " "):
                for alias in forms[patterns[pattern]]:
                    counts[number, actors.index[alias]] += 1
    theirs = time.process_time() - started
    mine = Counter(zip(found["document_id"], found["actor"], strict=True))
    same = "identical" if mine == counts else "different"
    naive = _naive(texts.head(100), actors)
    agree = all(mine[key] == n for key, n in naive.items()) and sum(
        n for (document, _), n in mine.items() if document < 100
    ) == sum(naive.values())
    naive = "identical" if agree else "different"
    return theirs, f"{same} counts; {naive} to a naive search of 100 documents"


def _naive(texts: pd.Series, actors: pd.Series) -> Counter:
    counts: Counter = Counter()
    for actor, alias in actors.items():
        first, *rest = alias.split(" ")
        for form in with_proclitics(first):
            wanted = f" {' '.join([form, *rest])} "
            for number, text in enumerate(texts):
                padded = f" {text} "
                at = padded.find(wanted)
                while at >= 0:
                    counts[number, actor] += 1
                    at = padded.find(wanted, at + 1)
    return counts


def whole_pipeline(data: Path) -> dict:
    """Return CPU of `find_mentions` with roles and senses on real articles."""
    with gzip.open(data / "ant-news-2018" / "articles.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    texts = pd.Series([row["text"] for row in rows])
    dates = pd.Series(pd.to_datetime([row["date"] for row in rows]))
    ledger = kb.load_ledger()
    kb.find_mentions(texts.head(1), ledger)
    started = time.process_time()
    mentions = kb.find_mentions(texts, ledger, dates=dates)
    seconds = time.process_time() - started
    each = seconds / len(texts) * 1e6
    note = f"{len(texts):,} documents, {len(mentions):,} mentions, {each:.0f} us each"
    return {"job": "find_mentions", "cpu_s": seconds, "note": note}


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("data", nargs="?", type=Path, default=SHARED / "data")
    parser.add_argument("--speed", action="store_true")
    parser.add_argument("--misses", action="store_true")
    options = parser.parse_args()
    if options.speed:
        rows = [*speed(options.data), whole_pipeline(options.data)]
        print(pd.DataFrame(rows).to_string(index=False, float_format="{:.2f}".format))
    else:
        quality(misses=options.misses)
        recall_by_type(options.data)
