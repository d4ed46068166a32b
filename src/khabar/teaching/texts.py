"""Exercises of notebooks 01 and 02: what is in the corpus, and which words.

For each, a function computes what is right on the sample, or what is defensible where several
answers are, and another judges an answer against it.
"""

from difflib import SequenceMatcher
from itertools import combinations

import pandas as pd

from khabar.actors.ledger import load_ledger
from khabar.charts.wording import say
from khabar.language.orthography import counting_key, counting_keys
from khabar.measures.dispersion import dispersion
from khabar.measures.frequency import term_frequency
from khabar.measures.queries import query_counts
from khabar.teaching import sample
from khabar.teaching.answers import (
    Misfit,
    as_list,
    as_name,
    as_number,
    as_series,
    judge_number,
    judge_series,
)
from khabar.teaching.verdicts import (
    Verdict,
    code,
    listed,
    nearly,
    not_yet,
    percent,
    quoted,
    right,
)

_TOP = 20  # terms in the charts of notebook 02
_ALIKE = 0.7  # share of letters in common from which two words are spellings of one
_FEWEST = 3  # documents on which a habit of spelling rests at least


# 01.1: which outlet loses the largest share of its text to cleaning?
def lost_to_cleaning() -> pd.Series:
    """Return the share of each outlet's characters that cleaning takes away."""
    before, after = (
        found["text"].str.len().groupby(found["outlet"]).sum()
        for found in (sample.documents(clean=False), sample.documents())
    )
    return (1 - after / before).sort_values(ascending=False).rename("share")


def judge_lost_to_cleaning(answer: object, lost: pd.Series) -> Verdict:
    """Judge the name of the outlet."""
    given = as_name(answer)
    hint = say(
        "Add up the characters of {column} for each outlet, with cleaning and without, and "
        "compare the share that is gone.",
        column=code("text"),
    )
    if given == lost.index[0]:
        told = say(
            "Of the text of {outlet}, {share} is not news: badges, and links between the "
            "paragraphs. Left in, they would enter every count of its words.",
            outlet=quoted(given),
            share=percent(lost.iloc[0]),
        )
        return right(told)
    return nearly(hint) if given == lost.index[1] else not_yet(hint)


# 01.2: how many of each outlet's documents share a story with the agency?
def reprints() -> pd.Series:
    """Return, for each outlet but the agency, the documents that share a story with it."""
    documents = sample.documents()
    copied = documents[documents["story_id"].duplicated(keep=False)]
    (agency,) = set.intersection(*copied.groupby("story_id")["outlet"].agg(set))
    return copied["outlet"].value_counts().drop(agency).rename("documents")


def judge_reprints(answer: object, expected: pd.Series) -> Verdict:
    """Judge the number of each outlet."""
    hint = say(
        "One outlet has a part in every copied story: that is the agency. Keep the copied stories, "
        "and count the documents of the other outlets."
    )
    learnt = say(
        "{n} reports came out twice. A count of documents counts them twice, a count of stories"
        " once.",
        n=expected.sum(),
    )
    return judge_series(answer, expected, hint=hint, learnt=learnt)


# 01.3: on which day was an undated article published?
def days_of_undated() -> pd.Series:
    """Return the true day of each document that has none."""
    undated = sample.documents().index[sample.documents()["published"].isna()]
    return sample.true_days().reindex(undated)


def judge_days_of_undated(answer: object, expected: pd.Series) -> Verdict:
    """Judge one or more days, each for its document."""
    given = as_series(answer)
    if others := [name for name in given.index if name not in expected.index]:
        raise Misfit(say("No document without a date: {names}.", names=listed(others)))
    days = pd.to_datetime(given, errors="coerce")
    if days.isna().any() or days.empty:
        raise Misfit(say("Write a day as in {example}.", example=code('"2015-04-23"')))
    true = expected.reindex(days.index)
    if (days == true).all():
        return right(
            say(
                "That is the day. You used what the rules do not have: you know the event. The "
                "text alone does not settle it, so the document stays undated."
            )
        )
    if (days.dt.year == true.dt.year).all():
        return nearly(say("The year is right; day and month stand in the text."))
    return not_yet(
        say(
            "{reason} tells which years fit. Which event is it, and when did it happen?",
            reason=code("published_reason"),
        )
    )


# 02.1: how many occurrences of the second term does counting as written miss?
def missed_as_written() -> pd.Series:
    """Return the count of the second term, as it is written and in all forms."""
    term = term_frequency(sample.tokens())["term"].iloc[1]
    counts = {
        match: int(query_counts(sample.tokens(), term, match=match)["frequency"].iloc[0])
        for match in ("surface", "citation")
    }
    return pd.Series(counts, name=term)


def judge_missed_as_written(answer: object, counts: pd.Series) -> Verdict:
    """Judge the difference of the two counts."""
    hint = say(
        "Count the word twice, with {match} and without, and subtract.",
        match=code('match="surface"'),
    )
    if as_number(answer) in counts.to_numpy():
        return nearly(hint)
    missed = counts["citation"] - counts["surface"]
    learnt = say(
        "{missed} of {all} occurrences of {word} look different: without the article, or with a"
        " particle joined to them. A plain search for the word misses these.",
        missed=missed,
        all=counts["citation"],
        word=quoted(counts.name),
    )
    return judge_number(answer, missed, hint=hint, learnt=learnt)


# 02.2: which of the twenty commonest terms is spread least evenly?
def unevenly_spread() -> pd.DataFrame:
    """Return `document_frequency` and `dp_norm` of the commonest terms, the least even first."""
    terms = term_frequency(sample.tokens()).head(_TOP)
    spread = terms.merge(dispersion(sample.tokens()), on="term")
    spread = spread.set_index("term")[["document_frequency", "dp_norm"]]
    return spread.sort_values("dp_norm", ascending=False)


def judge_unevenly_spread(answer: object, spread: pd.DataFrame) -> Verdict:
    """Judge the word."""
    given = counting_key(as_name(answer))
    places = [counting_key(term) for term in spread.index]
    hint = say(
        "Keep the {n} most frequent terms, join the two tables on {term}, and sort by {column}.",
        n=_TOP,
        term=code("term"),
        column=code("dp_norm"),
    )
    if given == places[0]:
        return right(
            say(
                "{word} is among the most frequent words, yet stands in {n} of {all} documents: "
                "those that have it repeat it. Read its lines before you call it a mark of the "
                "collection.",
                word=quoted(spread.index[0]),
                n=spread["document_frequency"].iloc[0],
                all=len(sample.documents()),
            )
        )
    return nearly(hint) if given in places[1:3] else not_yet(hint)


# 02.3: which two spellings of one name tell the outlets apart?
def spellings_apart() -> pd.DataFrame:
    """Return names that outlets spell each in its way: `spelling`, `other_spelling`."""
    aliases = load_ledger().aliases
    written = set(counting_keys(sample.tokens().vocabulary))
    single = aliases[aliases["alias"].map(counting_key).isin(written)]
    pairs = [
        pair
        for _, words in single.groupby("actor")["alias"]
        for pair in combinations(sorted(words.unique()), 2)
        if _are_spellings(*pair) and _habits(*pair) is not None
    ]
    return pd.DataFrame(sorted(set(pairs)), columns=["spelling", "other_spelling"])


def judge_spellings_apart(answer: object, _: pd.DataFrame) -> Verdict:
    """Judge two words: attested, alike, and each at home with other outlets."""
    words = as_list(answer)
    if len(words) != 2 or not all(isinstance(word, str) and word.strip() for word in words):
        raise Misfit(say("The answer is a list of two words."))
    counts = query_counts(sample.tokens(), words, match="clitics")
    absent = counts["query"][counts["frequency"] == 0]
    if len(absent):
        return not_yet(say("Not in the sample: {names}.", names=listed(absent)))
    if counting_key(words[0]) == counting_key(words[1]):
        return nearly(
            say(
                "They differ in hamza, kashida or marks alone, and khabar counts them as one. Look "
                "for a pair that differs in a letter."
            )
        )
    if not _are_spellings(*words):
        return not_yet(
            say("These are two words, not two spellings of one: they differ in too many letters.")
        )
    homes = _habits(*words)
    if homes is None:
        return nearly(
            say(
                "Both occur, but too rarely, or with the same outlets: the intervals of {low} and "
                "{high} overlap.",
                low=code("rate_low"),
                high=code("rate_high"),
            )
        )
    told = " · ".join(
        f"{quoted(word)}: {listed(outlets)}" for word, outlets in zip(words, homes, strict=True)
    )
    rule = say("This is a house rule, not an opinion; and a search for one misses the other.")
    return right(f"{told}. {rule}")


def _are_spellings(first: str, second: str) -> bool:
    one, other = counting_key(first), counting_key(second)
    inflected = one.startswith(other) or other.startswith(one)
    return not inflected and SequenceMatcher(None, one, other).ratio() >= _ALIKE


def _habits(first: str, second: str) -> tuple[list[str], list[str]] | None:
    """Return the outlets that clearly prefer each word, if there are such of both."""
    outlets = sample.documents()["outlet"]
    counts = query_counts(sample.tokens(), [first, second], match="clitics", by=outlets)
    one, other = (counts[counts["query"] == word].set_index("outlet") for word in (first, second))
    homes = []
    for here, there in ((one, other), (other, one)):
        prefer = here["rate_low"] > there["rate_high"].fillna(0)
        if here["document_frequency"][prefer].sum() < _FEWEST:
            return None
        homes.append(here.index[prefer].tolist())
    return homes[0], homes[1]
