"""Whom a title stands for, and which state a head without one belongs to.

A title beside a name is part of that mention. A title alone names the holder of the office on the
document's day. A title without its state (الوزير), or without its office (الدبلوماسي الروسي),
stands for the person named before it who has it; a head without its state (الحكومة) for that of the
state whose own is named here, or whom the document is about.
"""

import pandas as pd

from khabar.actors.beside import inside_another_title, persons_beside
from khabar.actors.heads import with_heads
from khabar.actors.held import held_in
from khabar.actors.holders import with_holders
from khabar.actors.ledger import Ledger
from khabar.actors.lexicon import Lexicon
from khabar.actors.reading import Reading
from khabar.actors.several_states import said_of_another_state, with_second
from khabar.actors.support import SAYING
from khabar.actors.told import read_documents


def resolve(
    names: pd.DataFrame,
    titles: pd.DataFrame,
    reading: Reading,
    ledger: Ledger,
    lexicon: Lexicon,
    dates: pd.Series | None,
) -> pd.DataFrame:
    """Say for every title and head whom it names; drop those that name nobody we know.

    Parameters
    ----------
    names, titles : DataFrame
        The matches that count, by position: names and institutions; titles of persons.
    reading : Reading
    ledger : Ledger
    lexicon : Lexicon
    dates : Series of datetime, optional
        The day of each document, in their order.

    Returns
    -------
    DataFrame
        All of them, with `actor`, `form` and `rule` filled in.
    """
    held, office_of = held_in(ledger), lexicon.offices
    beside = persons_beside(titles, names, reading, held)
    embedded = inside_another_title(titles, reading)
    spoken = reading.are(titles["first"].to_numpy() - 1, SAYING, titles["document"].to_numpy())
    titles = titles.assign(spoken=spoken)
    days = [pd.NaT] * len(reading.tokens.texts) if dates is None else dates.tolist()
    documents = read_documents(names, titles, beside, reading, ledger, held, days)
    second = said_of_another_state(titles, names, reading, ledger, office_of)
    alone = (beside < 0) & ~embedded
    second = second[second["at"].isin(titles.index[alone])]
    titles = with_second(titles[alone], second)
    names = with_second(names, said_of_another_state(names, names, reading, ledger, office_of))
    return pd.concat([
        with_heads(names, documents, reading, office_of),
        with_holders(titles, documents, reading, ledger, lexicon, held, days),
    ])  # fmt: skip
