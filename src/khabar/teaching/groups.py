"""Exercises of notebooks 03 and 05: topics, and what sets one outlet apart.

As in `texts`, a function computes what is right or defensible on the sample, and another judges.
"""

import pandas as pd

from khabar.charts.wording import say
from khabar.language.matrix import DocumentTermMatrix, document_term_matrix
from khabar.language.orthography import counting_key, counting_keys
from khabar.measures.keyness import keyness
from khabar.teaching import sample
from khabar.teaching.answers import (
    Misfit,
    as_list,
    as_name,
    as_number,
    judge_list,
    judge_number,
)
from khabar.teaching.verdicts import Verdict, code, nearly, not_yet, percent, quoted, right

_BEST = 15  # terms on each side of the charts of notebook 05
_WHOLE = 0.9  # of a topic's documents, together again elsewhere


# 03.1: which topics come back from another start?
def together_again() -> pd.Series:
    """Return, for each topic, the share of its documents that one topic of another start holds."""
    first, second = sample.topics().labels, sample.topics(random_state=1).labels
    return pd.crosstab(first, second, normalize="index").max(axis=1).rename("together")


def judge_together_again(answer: object, together: pd.Series) -> Verdict:
    """Judge the numbers of the topics."""
    whole = together.index[together >= _WHOLE]
    hint = say(
        "Cross the labels of both runs: a row of which nearly all stands in one column is a topic "
        "that came back."
    )
    learnt = say(
        "{n} of {all} come back. The others are one large subject that was cut somewhere, and "
        "another start cuts it elsewhere: do not build on such a border.",
        n=len(whole),
        all=len(together),
    )
    given = [int(as_number(value)) for value in as_list(answer)]
    return judge_list(given, whole, hint=hint, learnt=learnt)


# 03.2: which topic is above all one outlet's?
def main_outlet() -> pd.DataFrame:
    """Return the main outlet of each topic: `outlet`, `share` of the topic's documents."""
    labels = sample.topics().labels
    shares = pd.crosstab(
        labels, sample.stories()["outlet"].reindex(labels.index), normalize="index"
    )
    return pd.DataFrame({"outlet": shares.idxmax(axis=1), "share": shares.max(axis=1)})


def judge_main_outlet(answer: object, table: pd.DataFrame) -> Verdict:
    """Judge the number of the topic."""
    given = as_number(answer)
    ranked = table.sort_values("share", ascending=False)
    hint = say(
        "Join {topics} with {outlet}, and divide the counts of each topic by its size, not by that "
        "of the outlet.",
        topics=code("topics.labels"),
        outlet=code('once["outlet"]'),
    )
    if given == ranked.index[0]:
        told = say(
            "{share} of its documents are from {outlet}. A topic may be the beat of one "
            "newsroom: ask whether you found a subject or a writer.",
            share=percent(ranked["share"].iloc[0]),
            outlet=quoted(ranked["outlet"].iloc[0]),
        )
        return right(told)
    return nearly(hint) if given == ranked.index[1] else not_yet(hint)


# 03.3: which number of topics would you defend?
def defensible_numbers() -> pd.DataFrame:
    """Return how many topics of each number are unstable, and whether these are under half."""
    table = sample.choices().set_index("n_clusters")[["silhouette", "jaccard", "unstable"]]
    return table.assign(defensible=table["unstable"] < table.index / 2)


def judge_defensible_numbers(answer: object, table: pd.DataFrame) -> Verdict:
    """Judge a number of topics, 0 for none."""
    given = as_number(answer)
    if given == 0:
        return right(
            say(
                "No number is an honest answer here: from three topics on, no cut of the sample"
                " comes back whole. Then report single topics, each with its stability."
            )
        )
    if given not in table.index:
        raise Misfit(
            say(
                "A number from {first} to {last}, or 0.", first=table.index[0], last=table.index[-1]
            )
        )
    row = table.loc[given]
    counts = say(
        "Of {n} topics, {unstable} are unstable.", n=int(given), unstable=int(row["unstable"])
    )
    if not row["defensible"]:
        told = say(
            "The silhouette climbs with the number; but would you defend a cut of which half or"
            " more does not come back?"
        )
        return not_yet(f"{counts} {told}")
    if given == 2:
        told = say("It comes back, but says little: one subject, and all the rest.")
        return nearly(f"{counts} {told}")
    told = say("Defensible, if you say so beside the chart and name the topics that hold.")
    return right(f"{counts} {told}")


# 05.1: in how many documents stands the first mark by log ratio?
def first_by_log_ratio() -> pd.Series:
    """Return the mark of the largest outlet with the highest log ratio, with its documents."""
    marks = _against()
    first = marks.sort_values("log_ratio", ascending=False, kind="stable").iloc[0]
    size = (sample.stories()["outlet"] == first["outlet"]).sum()
    documents = round(first["share"] * size)
    return pd.Series({"documents": documents, "of": size}, name=first["term"])


def judge_first_by_log_ratio(answer: object, first: pd.Series) -> Verdict:
    """Judge the number of documents."""
    hint = say(
        "Sort the marks by {column}; {share} of the first, times the documents of the outlet, is "
        "their number.",
        column=code("log_ratio"),
        share=code("share"),
    )
    learnt = say(
        "{word} stands in {n} of {all} documents. The largest differences are those of rare words; "
        "that is why the chart goes by z.",
        word=quoted(first.name),
        n=first["documents"],
        all=first["of"],
    )
    return judge_number(answer, first["documents"], hint=hint, learnt=learnt)


# 05.2: which words mark the outlet against each of the others?
def marks_against_each() -> list[str]:
    """Return the words among the best marks of the largest outlet against every other one."""
    _target, *others = sample.stories()["outlet"].value_counts().index
    best = [set(_against(other)["term"].head(_BEST)) for other in others]
    return sorted(set.intersection(*best))


def judge_marks_against_each(answer: object, words: list[str]) -> Verdict:
    """Judge the list of words."""
    hint = say(
        "Take the first {n} words of the comparison with each other outlet, and keep those that "
        "stand in all the lists.",
        n=_BEST,
    )
    learnt = say(
        "These mark the outlet itself. What stands in one of the lists alone is rather a mark "
        "of the other side."
    )
    return judge_list(answer, words, hint=hint, learnt=learnt)


# 05.3: which word marks the outlet even within one subject?
def marks_within_subject() -> list[str]:
    """Return the words that mark the largest outlet in all documents and in those on Syria."""
    naming = sample.mentions().query("actor == 'syria'")["document_id"]
    naming = sample.stories().index.intersection(naming)
    within = document_term_matrix(sample.story_tokens().subset(naming))
    both = [_against(), _compared(within)]
    sure = [set(_sure(marks)) for marks in both]
    return sorted(set.intersection(*sure))


def judge_marks_within_subject(answer: object, words: list[str]) -> Verdict:
    """Judge one word."""
    given = counting_key(as_name(answer))
    if given in counting_keys(words):
        return right(
            say(
                "It marks the outlet within one subject, too. Is it subject, spelling or naming? "
                "Its lines decide."
            )
        )
    if given in counting_keys(_sure(_against())):
        return nearly(
            say(
                "It marks the outlet among all documents, but within the subject {q} is no longer "
                "below 0.05: it came with the subject, or there is too little left to tell.",
                q=code("q"),
            )
        )
    return not_yet(
        say(
            "Keep the documents that name Syria, compare again, and look for a word with {q} below "
            "0.05 in both tables.",
            q=code("q"),
        )
    )


def _against(other: str | None = None) -> pd.DataFrame:
    """Compare the largest outlet with another one, or with all, as notebook 05 does."""
    return _compared(sample.story_matrix().trim(min_df=2), other)


def _compared(dtm: DocumentTermMatrix, other: str | None = None) -> pd.DataFrame:
    outlets = sample.stories()["outlet"]
    return keyness(dtm, by=outlets, target=outlets.value_counts().index[0], reference=other)


def _sure(marks: pd.DataFrame) -> list[str]:
    return marks["term"][(marks["z"] > 0) & (marks["q"] < 0.05)].tolist()
