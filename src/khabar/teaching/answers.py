"""Read what a learner gives, in whatever form it comes, and compare it with what is expected."""

from collections.abc import Iterable
from numbers import Real

import numpy as np
import pandas as pd

from khabar.charts.wording import say
from khabar.language.orthography import name_key
from khabar.teaching.verdicts import Verdict, code, listed, nearly, not_yet, right


class Misfit(ValueError):
    """An answer of another form than the question asks for; the message tells the learner."""


def as_number(answer: object) -> float:
    """Read one number: a number, a table of one cell, or digits in quotation marks."""
    value = _only(answer)
    try:
        number = float(value) if isinstance(value, Real | str) else np.nan
    except ValueError:
        number = np.nan
    if not np.isfinite(number):
        raise Misfit(say("The answer is one number; this is a {type}.", type=_type(answer)))
    return number


def as_name(answer: object) -> str:
    """Read one name or word."""
    value = _only(answer)
    if not isinstance(value, str):
        raise Misfit(
            say("The answer is one name in quotation marks; this is a {type}.", type=_type(answer))
        )
    return value.strip()


def as_list(answer: object) -> list:
    """Read several names or numbers: a list, a Series, a table of one column, or a single one."""
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 1:
        answer = answer.iloc[:, 0]
    if isinstance(answer, str | Real):
        return [answer]
    if isinstance(answer, dict | pd.DataFrame) or not isinstance(answer, Iterable):
        raise Misfit(say("The answer is a list; this is a {type}.", type=_type(answer)))
    return list(answer)


def as_series(answer: object) -> pd.Series:
    """Read one value for each name: a dict, a Series, or a table of two columns or one."""
    if isinstance(answer, dict):
        return pd.Series(answer, dtype=object)
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 2:
        answer = answer.set_index(answer.columns[0])
    if isinstance(answer, pd.DataFrame) and answer.shape[1] == 1:
        answer = answer.iloc[:, 0]
    if not isinstance(answer, pd.Series):
        told = say(
            "The answer has one value for each name, as a Series or a dict has; this is a {type}.",
            type=_type(answer),
        )
        raise Misfit(told)
    return answer


def _only(answer: object) -> object:
    """Take the one value out of a table or list that holds no other."""
    if isinstance(answer, pd.DataFrame | pd.Series | np.ndarray) and answer.size == 1:
        return np.asarray(answer, dtype=object).ravel()[0]
    if isinstance(answer, list | tuple | set) and len(answer) == 1:
        return next(iter(answer))
    return answer


def _type(answer: object) -> str:
    return code(type(answer).__name__)


def judge_number(
    answer: object, expected: float, *, hint: str, learnt: str, tolerance: float = 0.0
) -> Verdict:
    """Judge one number; a tenth more or less is near, and so is a percentage for a share."""
    given = as_number(answer)
    if abs(given - expected) <= tolerance:
        return right(learnt)
    if 0 < expected < 1 < given and abs(given / 100 - expected) <= tolerance:
        return nearly(say("Write it as a share, between 0 and 1."))
    near = abs(given - expected) <= abs(expected) / 10
    return nearly(hint) if near else not_yet(hint)


def judge_list(answer: object, expected: Iterable, *, hint: str, learnt: str) -> Verdict:
    """Judge a list without regard to its order; half of it right, and as little else, is near."""
    given = {_key(value) for value in as_list(answer)}
    wanted = {_key(value) for value in expected}
    if given == wanted:
        return right(learnt)
    found, more = len(given & wanted), len(given - wanted)
    told = say(
        "Of {all} to find, {found} are in your list, and {more} that do not belong.",
        all=len(wanted),
        found=found,
        more=more,
    )
    near = found >= len(wanted) / 2 and more <= len(wanted) / 2
    return nearly(f"{told} {hint}") if near else not_yet(hint)


def judge_series(
    answer: object, expected: pd.Series, *, hint: str, learnt: str, tolerance: float = 0.0
) -> Verdict:
    """Judge a number for each name; half of them right is near."""
    given = as_series(answer)
    given = pd.to_numeric(given, errors="coerce").set_axis(given.index.map(_key))
    given = given[~given.index.duplicated()].reindex(expected.index.map(_key))
    agrees = (given.to_numpy() - expected.to_numpy() <= tolerance) & (
        expected.to_numpy() - given.to_numpy() <= tolerance
    )
    if agrees.all():
        return right(learnt)
    if agrees.sum() < len(expected) / 2:
        return not_yet(hint)
    others = listed(expected.index[~agrees])
    return nearly(f"{say('Look again at: {names}.', names=others)} {hint}")


def _key(value: object) -> object:
    return value if isinstance(value, Real) else name_key(str(value).strip())
