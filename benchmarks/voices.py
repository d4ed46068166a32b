"""How well speech and its speakers are found, what discovery finds, and how fast.

    python benchmarks/voices.py [SHARED_FOLDER]

Gold: quotations and reported speech in articles annotated by hand. The rules were written on the
articles that stand at even places of the sorted names; both halves are told. A direct quotation is
found if the overlap is four fifths of the longer span; reported speech is scored by sentences; a
speaker is right if the actor is, or for one whom the ledger lacks, if the words naming them are.
ANERcorp: names of people and bodies that occur at least three times in its developer part, among
the suggestions of an empty ledger; precision of the first hundred by its names of either kind.
"""

import json
import sys
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import khabar as kb
from khabar.actors.laid_out import sentence_ends
from khabar.language.orthography import name_key

SHARED = Path(__file__).parents[2] / "shared"
# What the gold calls actors that the ledger calls otherwise.
IDS = {
    "russian_mfa": "russia_foreign_ministry", "syrian_government": "syria_government",
    "syrian_army": "syria_army", "russian_military": "russia_army",
    "russian_mod": "russia_defence_ministry", "french_presidency": "france_presidency",
    "french_embassy": "france_embassy", "us_state_department": "usa_foreign_ministry",
}  # fmt: skip


class Passage(NamedTuple):
    """A passage of the gold: who speaks, as ids and as the words that name them."""

    start: int
    end: int
    speakers: frozenset[str]
    surfaces: frozenset[str]


def gold(shared: Path) -> tuple[pd.Series, dict[str, tuple[int, list, list]]]:
    """Return the annotated texts, and for each its half, direct and indirect passages."""
    texts, passages = {}, {}
    quotes = json.loads((shared / "gold/quotes_syria2018.json").read_text(encoding="utf-8"))
    facts = json.loads((shared / "gold/facts_seeds.json").read_text(encoding="utf-8"))
    sets = (
        (quotes, "gold/texts", "direct", "indirect"),
        (facts, "seeds", "direct_quotations", "indirect_speech"),
    )
    for rows, folder, direct, indirect in sets:
        for place, (name, told) in enumerate(sorted(rows.items())):
            file = shared / folder / name
            texts[name] = file.read_bytes().decode("utf-8")
            surfaces = _surfaces([*told[direct], *told[indirect]])
            passages[name] = (
                place % 2,
                [_passage(row, surfaces) for row in told[direct]],
                [_passage(row, surfaces) for row in told[indirect]],
            )
    return pd.Series(texts), passages


def _speakers(row: dict) -> list[str]:
    return row["speakers"] if "speakers" in row else row["speaker"].split("+")


def _surfaces(rows: list[dict]) -> dict[str, set[str]]:
    """Return all the ways in which an article names each of its speakers."""
    surfaces = defaultdict(set)
    for row in rows:
        for speaker in _speakers(row):
            if row.get("speaker_surface"):
                surfaces[speaker].add(row["speaker_surface"])
    return surfaces


def _passage(row: dict, surfaces: dict[str, set[str]]) -> Passage:
    speakers = _speakers(row)
    named = frozenset(surface for speaker in speakers for surface in surfaces[speaker])
    ids = frozenset(IDS.get(speaker, speaker) for speaker in speakers)
    return Passage(row["start"], row["end"], ids, named)


def is_right(rows: list, passage: Passage) -> bool:
    """Whether one of the rows has a speaker of the passage."""
    if passage.speakers & {row.speaker for row in rows}:
        return True
    said = [_bare(row.speaker_surface) for row in rows if isinstance(row.speaker_surface, str)]
    wanted = [_bare(surface) for surface in passage.surfaces]
    return any(s in w or w in s for s in said for w in wanted) or (
        passage.speakers == {""} and not wanted
    )


def _bare(surface: str) -> str:
    return " ".join(surface.replace("_", " ").replace('"', "").replace("#", "").split())


def score_direct(passages: list[Passage], rows: list) -> Counter:
    """Count found, missed and invented quotations, and the speakers right."""
    score, used = Counter(), set()
    for passage in passages:
        start, end = passage[:2]
        hit = [
            row
            for row in rows
            if min(end, row.end) - max(start, row.start)
            >= 0.8 * max(end - start, row.end - row.start)
        ]
        used.update((row.start, row.end) for row in hit)
        score["found" if hit else "missed"] += 1
        score["speaker"] += bool(hit) and is_right(hit, passage)
    score["invented"] = len({(row.start, row.end) for row in rows} - used)
    return score


def score_indirect(
    passages: list[Passage], rows: list, text: str, direct: list[Passage]
) -> Counter:
    """Count sentences of reported speech, and of the passages found the speakers right."""
    score = Counter()
    ends = sentence_ends(text, [(q.start, q.end) for q in direct])
    wanted = {bisect_left(ends, passage.start) for passage in passages}
    given = {bisect_left(ends, row.start) for row in rows}
    score["found"] = len(wanted & given)
    score["missed"], score["invented"] = len(wanted - given), len(given - wanted)
    for passage in passages:
        hit = [row for row in rows if row.start < passage.end and passage.start < row.end]
        score["asked"] += bool(hit)
        score["speaker"] += bool(hit) and is_right(hit, passage)
    return score


def scores_of_gold(shared: Path, ledger: kb.Ledger) -> pd.DataFrame:
    """Return precision, recall and the share of speakers right, per half and kind."""
    texts, passages = gold(shared)
    dates = pd.Series(pd.NaT, texts.index, dtype="datetime64[ns]")
    mentions = kb.find_mentions(texts, ledger, dates=dates)
    quotations = kb.find_quotations(texts, mentions)
    totals = defaultdict(Counter)
    for name, (half, direct, indirect) in passages.items():
        rows = list(quotations[quotations["document_id"] == name].itertuples())
        spoken = [row for row in rows if row.kind == "direct"]
        retold = [row for row in rows if row.kind == "indirect"]
        totals["direct", half] += score_direct(direct, spoken)
        totals["indirect", half] += score_indirect(indirect, retold, texts[name], direct)
    rows = [
        (
            kind,
            ("written on", "other half")[half],
            c["found"] / (c["found"] + c["invented"]),
            c["found"] / (c["found"] + c["missed"]),
            2 * c["found"] / (2 * c["found"] + c["invented"] + c["missed"]),
            c["speaker"] / (c["asked"] or c["found"]),
        )
        for (kind, half), c in sorted(totals.items())
    ]
    return pd.DataFrame(rows, columns=["kind", "half", "precision", "recall", "f1", "speaker"])


def scores_of_discovery(shared: Path) -> pd.Series:
    """Return recall of people and bodies named three times, and precision of the first hundred."""
    file = shared / "data/ner-anercorp/train.spans.jsonl"
    rows = [json.loads(line) for line in file.open(encoding="utf-8")]
    named = defaultdict(Counter)
    for row in rows:
        for start, end, kind in row["spans"]:
            named[kind][_key(row["text"][start:end])] += 1
    # Fifteen sentences make a document, for the set does not tell where articles end.
    texts = pd.Series(
        ["\n".join(row["text"] for row in rows[i : i + 15]) for i in range(0, len(rows), 15)]
    )
    nothing = pd.DataFrame(columns=["document_id", "start", "end"])
    suggestions = kb.suggest_actors(texts, nothing)
    first = [_key(name) for name in suggestions["name"]]
    every = {*first, *(_key(a) for aliases in suggestions["aliases"] for a in aliases)}
    right = [k in _forms(named["PERS"]) | _forms(named["ORG"]) for k in first[:100]]
    return pd.Series(
        {
            "people, name or alias": _recall(named["PERS"], every),
            "people, name alone": _recall(named["PERS"], set(first)),
            "bodies, name or alias": _recall(named["ORG"], every),
            "first hundred right": sum(right) / len(right),
        }
    )


def _key(name: str) -> str:
    return name_key(name).replace(" ", "")


def _forms(names: Counter) -> set[str]:
    return {*names, *(name[1:] for name in names if name[0] in "ولبكف")}


def _recall(names: Counter, found: set[str]) -> float:
    wanted = [name for name, n in names.items() if n >= 3]
    return sum(name in found or name[1:] in found for name in wanted) / len(wanted)


def speeds(ledger: kb.Ledger, n_copies: int = 20) -> pd.Series:
    """Return seconds of CPU for 60,000 briefs, and how time grows with quotation marks."""
    documents = kb.load_corpus()
    texts = pd.concat([documents["text"]] * n_copies, ignore_index=True)
    mentions = kb.find_mentions(texts, ledger)
    per_60_000 = 60_000 / len(texts)
    found = {}
    for name, search in (("quotations", kb.find_quotations), ("suggestions", kb.suggest_actors)):
        started = time.process_time()
        search(texts, mentions)
        found[f"{name}, s per 60,000"] = (time.process_time() - started) * per_60_000
    spent = {}
    for n_marks in (5_000, 10_000):
        text = pd.Series(['قال لافروف "نعم" وأكد "لا" ثم '] * 1).str.repeat(n_marks // 4)
        named = kb.find_mentions(text, ledger)
        started = time.process_time()
        kb.find_quotations(text, named)
        spent[n_marks] = time.process_time() - started
    found["twice the marks, times as long"] = spent[10_000] / spent[5_000]
    return pd.Series(found)


def main() -> None:
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    ledger = kb.load_ledger()
    print(scores_of_gold(shared, ledger).to_string(index=False, float_format="{:.3f}".format))
    print(scores_of_discovery(shared).to_string(float_format="{:.3f}".format))
    print(speeds(ledger).to_string(float_format="{:.1f}".format))


if __name__ == "__main__":
    main()
