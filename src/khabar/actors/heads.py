"""Which state a head without one belongs to: الحكومة, الجيش, المعارضة."""

from collections import Counter

import numpy as np
import pandas as pd

from khabar.actors.reading import SPACE, Reading
from khabar.actors.support import SAYING
from khabar.actors.told import REGIMES, Document
from khabar.actors.word_sets import PREPOSITIONS, words

_MANY = 1.5  # times as often as the next state
# Heads whose state is seldom the one that a document is about.
_ACT_ABROAD = frozenset(
    "foreign_ministry presidency foreign_minister deputy_foreign_minister embassy defence_ministry"
    " defence_minister".split()
)
_IN = words("في")
_NEAR, _BESIDE_A_PLACE = 12, 6  # words
_OF_POLITICS = frozenset({"government", "opposition", "army"})
# Said of those who rule wherever something happens.
_LOCAL = words("السلطات")


def with_heads(
    names: pd.DataFrame,
    documents: dict[int, Document],
    reading: Reading,
    office_of: dict[tuple[str, str], str],
) -> pd.DataFrame:
    """Give heads without a state that of the state the document is about."""
    is_head = names["is_head"].to_numpy()
    if not is_head.any():
        return names
    heads = names[is_head]
    heads = heads[~_qualified(heads, reading)]
    is_in = reading.are(heads["last"].to_numpy() + 1, _IN, heads["document"].to_numpy())
    actors, rules = [], []
    for head, inside in zip(heads.itertuples(), is_in.tolist(), strict=True):
        document = documents[head.document]
        state, why = state_of_head(head, document, strict=head.key in REGIMES)
        if inside and head.last + 2 in document.located:
            state, why = document.located[head.last + 2], "of the place named just after"
        actors.append(office_of.get((state, _ministry(head, documents)) if state else None))
        rules.append(f"{head.rule} without its state; {why}")
    heads = heads.assign(actor=actors, rule=rules)
    return pd.concat([names[~is_head], heads[heads["actor"].notna()]])


def _ministry(head: tuple, documents: dict[int, Document]) -> str:
    """The ministry (الوزارة) is the one named last."""
    if head.office != "ministry":
        return head.office
    before = [o for at, _, o in documents[head.document].institutions
              if at < head.first and o.endswith("_ministry")]  # fmt: skip
    return before[-1] if before else ""


def state_of_head(head: tuple, document: Document, *, strict: bool) -> tuple[str, str]:
    """Return the state whose head this is, and why; nothing if it is not clear."""
    office = head.office
    same = [(at, state) for at, state, what in document.institutions
            if what == office or (office == "ministry" and what.endswith("_ministry"))]  # fmt: skip
    if office == "ministry":
        before = [state for at, state in same if at < head.first]
        return (before[-1], "the ministry named before") if before else ("", "")
    votes = Counter(state for _, state in same)
    if office in _ACT_ABROAD and not votes:
        near = [state for at, state in document.adjectives if 0 < head.first - at <= _NEAR]
        return (near[-1], "the nationality named just before") if near else ("", "")
    here = [state for at, state in document.places if 0 < head.first - at <= _BESIDE_A_PLACE]
    if here and not votes:
        return here[-1], "of the place named just before"
    score = Counter(document.states)
    for state, n in votes.items():
        score[state] += 3 * n
    related = {state for _, state, what in document.institutions
               if what in _OF_POLITICS}  # fmt: skip
    best = score.most_common(2)
    political = related or document.heads & _OF_POLITICS
    if not best or (strict and not political):
        return "", ""
    if len(best) == 1 or best[0][1] >= max(2, _MANY * best[1][1]):
        named = best[0][0] in votes
        return best[0][0], "as of the state named with it here" if named else (
            "of the state this document is about"
        )
    if office in _OF_POLITICS and head.key not in _LOCAL and len(related) == 1:
        return related.pop(), "as of the state whose government, army or opposition is named here"
    before = [state for at, state in same if at < head.first and head.first - at < 60]
    if before:
        return before[-1], "as of the state named with it before"
    return "", ""


def _qualified(heads: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Heads that a further word makes another thing, or that are adjectives themselves."""
    first, last = heads["first"].to_numpy(), heads["last"].to_numpy()
    document = heads["document"].to_numpy()
    keys = heads["key"].tolist()
    following = reading.keys_at(last + 1, document)
    preceding = reading.keys_at(first - 1, document)
    linked = reading.gaps_match(last, SPACE)
    linked_before = np.zeros(len(heads), bool)
    inside = first > 0
    linked_before[inside] = reading.gaps_match(first[inside] - 1, SPACE)
    clitics = heads["clitic"].tolist()
    result = []
    for key, after, before, tied, tied_before, clitic in zip(
        keys, following, preceding, linked, linked_before, clitics, strict=True
    ):
        head = key.split()[0]
        definite = tied and after.startswith("ال") and after not in _NOT_ADJECTIVES
        if head in REGIMES:
            other = definite
        elif head.endswith(("ة", "ات")):
            other = definite and after.endswith("ة") and after not in _STILL_THE_SAME
        else:
            other = definite and (after.endswith("ي") or after in _OF_ANOTHER_KIND)
            other = other and after not in _STILL_THE_SAME
        # القوى المعارضة, التدخلات الخارجية: an adjective of the definite noun before it.
        adjective = (
            key in _ADJECTIVES_TOO
            and clitic == ""
            and tied_before
            and before.lstrip("وفبلك").startswith(("ال", "ل"))
            and len(before) > 4
            and before not in _NOT_NOUNS
        )
        result.append(
            other or adjective or (key in _ONLY_WHEN_SPEAKING and before not in _SPEAKING)
        )
    return np.array(result, bool)


_OF_ANOTHER_KIND = words("الأول الثاني الثالث الرابع الخامس الحر الأحمر الأبيض الموحد")
_ONLY_WHEN_SPEAKING = words("الرئاسة الداخلية")
_SPEAKING = SAYING | words("بيان بيانات تصريح مصدر مصادر متحدث ناطق باسم", PREPOSITIONS)
_NOT_ADJECTIVES = words(
    """
    الذي التي الذين الآن اليوم الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت التقى الى
    """
)
_STILL_THE_SAME = words(
    """
    الحالية الحالي الجديدة الجديد الحاكمة الرسمية القائمة السابقة المؤقتة الانتقالية المقبلة
    """
)
_ADJECTIVES_TOO = words("الخارجية الداخلية المعارضة الرئاسة")
_NOT_NOUNS = words("التي الذي التقت الى اليها لها له لهم")
