"""What in a ledger cannot be right, with file and line."""

import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.language.orthography import counting_key, name_key
from khabar.language.stopwords import stop_words

_COLUMNS = ["problem", "detail", "file", "line"]


def check_ledger(ledger: Ledger) -> pd.DataFrame:
    """Tell what in a ledger cannot be right.

    Returns
    -------
    DataFrame
        `problem`, `detail`, `file` and `line`: aliases that name two actors, aliases that are
        common words, terms of one office that overlap. Empty if all is well.
    """
    problems = [*_shared_aliases(ledger), *_common_words(ledger), *_overlapping_terms(ledger)]
    table = pd.DataFrame(problems, columns=["problem", "detail", "actor"])
    written = ledger.actors[["file", "line"]].reindex(table["actor"])
    table = table.assign(file=written["file"].to_numpy(), line=written["line"].to_numpy())
    return table[_COLUMNS].astype({"line": "Int64"})


def _shared_aliases(ledger: Ledger) -> list[tuple]:
    """Aliases of two; a weak one may be shared, for it counts for the one named in full."""
    names = ledger.aliases[ledger.aliases["needs"].isna() & ~ledger.aliases["weak"]]
    shared = names.assign(key=names["alias"].map(name_key)).drop_duplicates(["key", "actor"])
    shared = shared[shared["key"].duplicated(keep=False)]
    return [
        (
            "alias of two actors",
            f"{group['alias'].iloc[0]}: {', '.join(sorted(group['actor']))}",
            group["actor"].iloc[-1],
        )
        for _, group in shared.groupby("key")
    ]


def _common_words(ledger: Ledger) -> list[tuple]:
    """Unconditional aliases that every article could hold as a plain word."""
    firm = ledger.aliases[ledger.aliases["needs"].isna() & ~ledger.aliases["weak"]]
    firm = firm[~firm["alias"].isin(ledger.rules["needs"])]
    common = set(stop_words()["key"]) | set(ledger.heads["alias"].map(counting_key))
    firm = firm[firm["actor"].map(ledger.actors["kind"]) != "media"]
    rows = firm[firm["alias"].map(counting_key).isin(common)]
    return [
        ("alias is a common word", f"{row.alias}: {row.actor}; list it under weak", row.actor)
        for row in rows.itertuples()
    ]


def _overlapping_terms(ledger: Ledger) -> list[tuple]:
    single = ledger.offices[ledger.offices["single"].astype(bool)]
    problems = []
    for office, terms in single.sort_values("start").groupby("office"):
        ends = terms["end"].fillna(pd.Timestamp.max.floor("D"))
        late = terms["start"].to_numpy()[1:] < ends.to_numpy()[:-1] - pd.Timedelta(days=3)
        pairs = zip(terms["actor"][:-1], terms["actor"][1:], late, strict=True)
        problems += [
            ("terms of office overlap", f"{office}: {a}, {b}", b) for a, b, bad in pairs if bad
        ]
    return problems
