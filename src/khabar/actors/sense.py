"""Place or power: "في موسكو" is a place, "موسكو تدعو" is Russia."""

import pandas as pd

from khabar.language.orthography import name_key
from khabar.language.tokens import Tokens

# After these words a state or capital is where something is, goes to or is about.
_BEFORE_A_PLACE = frozenset(
    name_key(word)
    for word in [
        "في",
        "وفي",
        "إلى",
        "وإلى",
        "داخل",
        "خارج",
        "حول",
        "بشأن",
        "عبر",
        "نحو",
        "باتجاه",
        "أنحاء",
        "أرجاء",
        "أراضي",
        "ضواحي",
        "ريف",
        "غوطة",
        "مدينة",
        "العاصمة",
        "بالعاصمة",
        "شمال",
        "شمالي",
        "جنوب",
        "جنوبي",
        "شرق",
        "شرقي",
        "غرب",
        "غربي",
        "وسط",
        "قرب",
        "حدود",
        "منطقة",
        "محافظة",
        "مطار",
        "سفير",
        "سفيرة",
        "سفارة",
        "زيارة",
        "لقاءات",
        "مباحثات",
        "محادثات",
        "مفاوضات",
        "مؤتمر",
        "اتفاق",
        "اتفاقات",
        "لشمال",
        "بشمال",
        "لجنوب",
        "بجنوب",
        "لشرق",
        "بشرق",
        "لغرب",
        "بغرب",
        "بمدينة",
        "لمدينة",
        "بمنطقة",
        "بريف",
        "بضواحي",
        "استقرار",
        "وحدة",
    ]
)


def place_or_actor(found: pd.DataFrame, tokens: Tokens) -> list[str]:
    """Tell for each mention whether it names a place or one who acts.

    Parameters
    ----------
    found : DataFrame
        Mentions in order of document and position: `document`, `first` and `last` (tokens),
        `kind`, `form`, `rule`, `clitic` (its letters).
    tokens : Tokens
        In which they were found.

    Returns
    -------
    list of {'actor', 'place'}
        Only states and their capitals can be places: after a preposition of place (في, إلى, or an
        attached ب) or a noun of place, and joined by و to one that is. All else acts.
    """
    keys = [name_key(form) for form in tokens.vocabulary]
    document = tokens.document_positions
    senses: list[str] = []
    previous = None
    for row in found.itertuples():
        senses.append(_sense(row, keys, document, tokens, previous, senses))
        previous = row
    return senses


def _sense(
    row: tuple,
    keys: list[str],
    document: object,
    tokens: Tokens,
    previous: tuple,
    senses: list[str],
) -> str:
    if (
        row.kind != "state"
        or row.form not in {"name", "metonym"}
        or row.actor.endswith("_government")
    ):
        return "actor"
    clitic = row.rule.partition(" after ")[2]
    if clitic.endswith("ب"):
        return "place"
    if clitic == "و":
        follows = previous is not None and previous.last + 1 == row.first
        return senses[-1] if follows and previous.document == row.document else "actor"
    before = row.first - 1
    if clitic or before < 0 or document[before] != row.document:
        return "actor"
    return "place" if keys[tokens.codes[before]] in _BEFORE_A_PLACE else "actor"
