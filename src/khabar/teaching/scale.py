"""Exercises of notebook 08: what a corpus too large for one computer takes.

As in `texts`, a function computes what is right or defensible, and another judges.
"""

import pandas as pd

from khabar.charts.wording import say
from khabar.measures.frequency import term_frequency
from khabar.teaching import sample
from khabar.teaching.answers import Misfit, as_list, as_number, judge_list, judge_number
from khabar.teaching.verdicts import Verdict, code, nearly, not_yet, right

_MILLIONS = 50  # documents that notebook 08 reckons with
_CPU_SECONDS = 1_800  # that a million documents take to be counted, as the notebook says
_NIGHT = 8  # hours within which the work is to be done


# 08.1: how many bytes does a text take?
def bytes_of_text() -> pd.Series:
    """Return the mean length of a text of the sample: `characters`, and `bytes` in UTF-8."""
    texts = sample.documents()["text"]
    in_bytes = texts.str.encode("utf-8").str.len()
    return pd.Series({"characters": texts.str.len().mean(), "bytes": in_bytes.mean()})


def judge_bytes_of_text(answer: object, means: pd.Series) -> Verdict:
    """Judge the mean number of bytes."""
    encoding = code("UTF-8")
    if abs(as_number(answer) - means["characters"]) <= 1:
        return nearly(say("These are characters; how many bytes does an Arabic letter take?"))
    hint = say(
        "Encode {column} in {encoding}, count the bytes of each text, and take the mean.",
        column=code("text"),
        encoding=encoding,
    )
    learnt = say(
        "{bytes} bytes for {characters} characters: an Arabic letter takes two in {encoding}. On "
        "the disk it is less, for the table is compressed.",
        bytes=f"{means['bytes']:,.0f}",
        characters=f"{means['characters']:,.0f}",
        encoding=encoding,
    )
    return judge_number(answer, means["bytes"], hint=hint, learnt=learnt, tolerance=1)


# 08.2: which columns of a table of words are the sums of those of its parts?
def columns_that_add_up() -> list[str]:
    """Return the columns of `term_frequency` that are the sums of those of two halves."""
    tokens = sample.tokens()
    part = pd.Series(range(len(tokens.document_ids)), tokens.document_ids, name="part") % 2
    whole = term_frequency(tokens).set_index("term")
    summed = term_frequency(tokens, by=part).drop(columns="part").groupby("term").sum()
    difference = (summed - whole).abs().max()
    return difference.index[difference < 1e-9].tolist()


def judge_columns_that_add_up(answer: object, columns: list[str]) -> Verdict:
    """Judge the names of the columns."""
    hint = say("Add up each column over both parts, and compare with the table of all documents.")
    learnt = say(
        "Counts add up; rates, shares and intervals are computed anew from the sums. So each part "
        "is counted where it is, and only sums travel."
    )
    return judge_list(answer, columns, hint=hint, learnt=learnt)


# 08.3: how many cores would you ask for, and for how many hours?
def hours_of_counting() -> pd.Series:
    """Return the hours that one core takes to count the words of fifty million documents."""
    return pd.Series({"cpu_hours": _CPU_SECONDS * _MILLIONS / 3600})


def judge_hours_of_counting(answer: object, expected: pd.Series) -> Verdict:
    """Judge a number of cores and one of hours: enough, in a night, and at most half idle."""
    given = [as_number(value) for value in as_list(answer)]
    if len(given) != 2 or min(given) <= 0:
        raise Misfit(say("The answer is a list of two numbers: cores and hours."))
    (cores, hours), needed = given, expected["cpu_hours"]
    if hours > _NIGHT:
        return not_yet(say("That is longer than the night: take more cores."))
    reckoned = say(
        "{cores} cores for {hours} hours are {given} hours of processor time; the words take "
        "{needed}.",
        cores=f"{cores:g}",
        hours=f"{hours:g}",
        given=f"{cores * hours:,.1f}",
        needed=f"{needed:,.1f}",
    )
    if cores * hours < needed:
        return not_yet(reckoned)
    if cores * hours > 2 * needed:
        told = say("It is enough, but more than half of it would lie idle.")
        return nearly(f"{reckoned} {told}")
    told = say(
        "Enough, with room for a slow network. Twice the cores halve the hours, never what it"
        " takes in all."
    )
    return right(f"{reckoned} {told}")
