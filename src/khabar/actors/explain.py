"""Why a mention was counted, in a sentence."""

import re

import pandas as pd

from khabar.errors import KhabarError

_FORMS = {
    "en": {
        "name": "names {actor}",
        "metonym": "is the capital that stands for {actor}",
        "role": "is a title that stands for {actor}",
        "adjective": "names {actor} by its adjective",
    },
    "ar": {
        "name": "اسم يدل على {actor}",
        "metonym": "عاصمة تدل على {actor}",
        "role": "منصب يدل على {actor}",
        "adjective": "صفة تدل على {actor}",
    },
}
# What a rule says, in English and Arabic; the English pattern is that of `rule` itself.
_REASONS = [
    (r"after (و|ف|(?:[وف]?(?:[بلك]|لل)))(?=;| |$)", "with {0} written onto it", "اتصلت به {0}"),
    (r"in full elsewhere here", "the full name stands elsewhere in the document",
     "ورد الاسم كاملا في موضع آخر من النص"),
    (r"(\S+) named here too", "{0} is named in the document too", "ورد ذكر {0} في النص أيضا"),
    (r"after the title of an office held", "it follows a title of an office held",
     "يسبقه لقب منصب يشغله"),
    (r"after a title or a verb of saying, the state served is named here",
     "it follows a title or a verb of saying, and the state served is named in the document",
     "يسبقه لقب أو فعل قول، وورد ذكر دولته في النص"),
    (r"after the word for a group", "it follows the word for a group", "تسبقه كلمة تدل على جماعة"),
    (r"in quotation marks", "it stands in quotation marks", "ورد بين علامتي تنصيص"),
    (r"after the word for in", "it follows the word for in", "يسبقه حرف الجر في"),
    (r"office held on (\S+)", "that person held the office on {0}", "شغل المنصب في {0}"),
    (r"office, its holder named in the document", "the holder is named in the document",
     "ورد اسم شاغل المنصب في النص"),
    (r"office, holder not in the ledger", "the ledger knows no holder, so the office counts",
     "لا يعرف السجل شاغل المنصب، فيعد المنصب نفسه"),
    (r"office, holder not certain", "the holder is not certain, so the office counts",
     "شاغل المنصب غير مؤكد، فيعد المنصب نفسه"),
    (r"office of a person who is not in the ledger",
     "it belongs to a person who is not in the ledger, so the office counts",
     "صاحب المنصب ليس في السجل، فيعد المنصب نفسه"),
    (r"a former holder named in the document", "a former holder is named in the document",
     "ورد اسم شاغل سابق للمنصب في النص"),
    (r"named with this title in the document", "the document gives that person this title",
     "حمل هذا الشخص المنصب نفسه في النص"),
    (r"title of the one who was speaking", "that person, who has this title, was speaking before",
     "صاحب هذا اللقب هو المتحدث قبله"),
    (r"title of the one named before", "that person, who has this title, was named before",
     "ورد اسم صاحب هذا اللقب قبله"),
    (r"title of the two named (?:together )?before",
     "the two who have this title were named before",
     "ورد اسما صاحبي هذا اللقب قبله"),
    (r"one head said of several states", "one word is said of several states",
     "كلمة واحدة تعود على أكثر من دولة"),
    (r"as of the state named with it (?:here|before)|as named before",
     "its state is named with it in the document", "ذكرت دولته معه في النص"),
    (r"as of the state whose government, army or opposition is named here",
     "the government, army or opposition of its state is named in the document",
     "ورد ذكر حكومة دولته أو جيشها أو معارضتها في النص"),
    (r"of the state this document is about", "its state is the one the document is about",
     "دولته هي التي يدور عليها النص"),
    (r"of the place named just before", "its state is the place named just before",
     "دولته هي المكان المذكور قبله"),
    (r"of the place named just after", "its state is the place named just after",
     "دولته هي المكان المذكور بعده"),
    (r"the nationality named just before", "its state is the nationality named just before",
     "دولته هي الجنسية المذكورة قبله"),
    (r"the ministry named before", "the ministry was named before", "ذكرت الوزارة قبله"),
]  # fmt: skip
_SENSES = {
    "en": {"place": "Counted as a place: {rule}.", "actor": "Counted as one who acts: {rule}."},
    "ar": {"place": "عد مكانا: {rule}.", "actor": "عد فاعلا: {rule}."},
}
_SENSE_RULES = {
    "no sign of a place": "لا علامة على المكان",
    "joined to the one before": "معطوف على ما قبله",
    "after ب, in": "بعد الباء بمعنى في",
    "after a verb or noun that takes ب with a power": "بعد ما يتعدى بالباء إلى دولة",
    "a visit to it": "زيارة إليه",
    "from here to there": "من مكان إلى مكان",
    "what comes from it": "ما يأتي منه",
    "after a preposition of place or subject": "بعد حرف جر للمكان أو الموضوع",
    "in the name of its government": "في اسم حكومته",
    "in a title": "في لقب",
    "after a noun of place or subject": "بعد اسم للمكان أو الموضوع",
    "in the name of a meeting or document": "في اسم اجتماع أو وثيقة",
    "after a verb of going or being there": "بعد فعل ذهاب أو إقامة",
    "at a border": "عند حدود",
    "called a capital": "موصوف بالعاصمة",
    "a heading before a colon or dots": "عنوان قبل نقطتين",
    "spoken from there": "كلام يقال منه",
    "a dateline": "مكان كتابة الخبر",
}


def explain(mention: pd.Series, *, language: str = "en", names: pd.Series | None = None) -> str:
    """Say in a sentence why a mention was counted.

    Parameters
    ----------
    mention : Series
        A row of what `find_mentions` returns.
    language : {'en', 'ar'}
        English or Arabic.
    names : Series, optional
        What to call each actor, such as `ledger.names("en")`; ids otherwise.

    Examples
    --------
    >>> row = pd.Series({"surface": "لافروف", "actor": "lavrov", "kind": "person", "form": "name",
    ...                  "sense": "actor", "rule": "name after و", "sense_rule": ""})
    >>> explain(row)
    '“لافروف” names lavrov: with و written onto it.'
    """
    if language not in _FORMS:
        raise KhabarError(f"language must be 'en' or 'ar', not {language!r}")
    actor = mention["actor"] if names is None else names.get(mention["actor"], mention["actor"])
    said = _FORMS[language][mention["form"]].format(actor=actor)
    reasons = [
        (english if language == "en" else arabic).format(*match.groups())
        for pattern, english, arabic in _REASONS
        if (match := re.search(pattern, mention["rule"]))
    ]
    surface = f"“{mention['surface']}”" if language == "en" else f"«{mention['surface']}»"
    comma = "; " if language == "en" else "؛ "
    sentence = f"{surface} {said}" + (f": {comma.join(reasons)}." if reasons else ".")
    if mention["kind"] == "state" and mention["form"] in {"name", "metonym"}:
        why = mention["sense_rule"]
        why = why if language == "en" else _SENSE_RULES.get(why, why)
        told = _SENSES[language][mention["sense"]].format(rule=why)
        sentence = f"{sentence} {told}"
    return sentence
