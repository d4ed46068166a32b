"""Check an answer to an exercise of the notebooks."""

from collections.abc import Callable

from khabar.charts.wording import say
from khabar.errors import KhabarError
from khabar.teaching import actors, groups, scale, texts
from khabar.teaching.answers import Misfit
from khabar.teaching.verdicts import Verdict, not_yet

# Notebook and number of each exercise: what is right on the sample, and who judges.
EXERCISES: dict[str, tuple[Callable[[], object], Callable[..., Verdict]]] = {
    "01.1": (texts.lost_to_cleaning, texts.judge_lost_to_cleaning),
    "01.2": (texts.reprints, texts.judge_reprints),
    "01.3": (texts.days_of_undated, texts.judge_days_of_undated),
    "02.1": (texts.missed_as_written, texts.judge_missed_as_written),
    "02.2": (texts.unevenly_spread, texts.judge_unevenly_spread),
    "02.3": (texts.spellings_apart, texts.judge_spellings_apart),
    "03.1": (groups.together_again, groups.judge_together_again),
    "03.2": (groups.main_outlet, groups.judge_main_outlet),
    "03.3": (groups.defensible_numbers, groups.judge_defensible_numbers),
    "04.1": (actors.places_of_syria, actors.judge_places_of_syria),
    "04.2": (actors.typical_actors, actors.judge_typical_actors),
    "04.3": (actors.persons_in_time, actors.judge_persons_in_time),
    "05.1": (groups.first_by_log_ratio, groups.judge_first_by_log_ratio),
    "05.2": (groups.marks_against_each, groups.judge_marks_against_each),
    "05.3": (groups.marks_within_subject, groups.judge_marks_within_subject),
    "06.1": (actors.known_speakers, actors.judge_known_speakers),
    "06.2": (actors.heard_by_kind, actors.judge_heard_by_kind),
    "06.3": (actors.little_heard, actors.judge_little_heard),
    "07.1": (actors.lost_by_three, actors.judge_lost_by_three),
    "07.2": (actors.suggested_speakers, actors.judge_suggested_speakers),
    "07.3": (actors.acceptable, actors.judge_acceptable),
    "08.1": (scale.bytes_of_text, scale.judge_bytes_of_text),
    "08.2": (scale.columns_that_add_up, scale.judge_columns_that_add_up),
    "08.3": (scale.hours_of_counting, scale.judge_hours_of_counting),
}


def check_answer(exercise: str, answer: object, *, corpus: object = None) -> Verdict:
    """Say kindly whether an answer to an exercise of the notebooks is right.

    Parameters
    ----------
    exercise : str
        Notebook and number, such as `"04.2"`.
    answer : object
        A number, a name, a list of them, a Series, dict or DataFrame, as the exercise asks for;
        `...` while there is none. Spellings of hamza do not matter, nor does the order of a list.
    corpus : optional
        The `corpus` of the notebook's parameters. Only the bundled sample, None, can be checked.

    Returns
    -------
    Verdict
        `grade` (right, nearly, not yet, not answered or sample only) and `told`, in the language
        of KHABAR_LANG; a notebook shows it in a box.

    Raises
    ------
    KhabarError
        If there is no such exercise. An answer of the wrong form is no error: the verdict says
        what is asked for.

    Notes
    -----
    What is right is computed from the sample on the spot, by the functions the notebooks use.

    See Also
    --------
    expected_answer : what is right or defensible, for instructors.

    Examples
    --------
    >>> check_answer("01.1", ...)
    <Not answered yet. Put your answer in place of the three dots, and run the cell again.>
    >>> check_answer("02.1", [1, 2]).grade
    'not yet'
    """
    expected, judge = _exercise(exercise)
    if corpus is not None:
        told = say("This check does not know your articles: read their lines.")
        return Verdict("sample only", told)
    if answer is ...:
        told = say("Put your answer in place of the three dots, and run the cell again.")
        return Verdict("not answered", told)
    try:
        return judge(answer, expected())
    except Misfit as misfit:
        return not_yet(str(misfit))


def expected_answer(exercise: str) -> object:
    """Compute what is right, or defensible, on the bundled sample: for instructors.

    Parameters
    ----------
    exercise : str
        Notebook and number, such as `"04.2"`.

    Returns
    -------
    list, Series or DataFrame
        What `check_answer` compares an answer with; of an open question, all that is accepted or
        the figures that decide.

    Raises
    ------
    KhabarError
        If there is no such exercise.
    """
    return _exercise(exercise)[0]()


def _exercise(number: str) -> tuple[Callable[[], object], Callable[..., Verdict]]:
    if number not in EXERCISES:
        raise KhabarError(f"exercise must be one of {', '.join(EXERCISES)}; not {number!r}")
    return EXERCISES[number]
