"""Whether an ambiguous name is believed, and by what in its document."""

from functools import lru_cache
from typing import NamedTuple

import numpy as np
import pandas as pd

from khabar.actors.ledger import Ledger
from khabar.actors.lexicon import Lexicon
from khabar.actors.matching import cut_aliases
from khabar.actors.reading import SPACE_OR_OPENING, Reading, name_keys, plain
from khabar.actors.sense import NOUNS_OF_PLACE
from khabar.actors.word_sets import CONJUNCTIONS, PREPOSITIONS, with_clitics, words

_FORMS_OF_ADDRESS = words(
    """
    السيد السيدة الرئيس الرئيسة الوزير الوزيرة السفير السفيرة المبعوث المبعوثة الأمير الشيخ
    الملك الجنرال اللواء العميد العقيد الفريق العماد الدكتور النائب السيناتور المستشار
    المستشارة المرشد القائد الزعيم البابا الأمين العام
    """
)
# Before the name of a group: its people, its parts, and what belongs to it (تابعة للقاعدة).
_WORDS_FOR_A_GROUP = words(
    """
    تنظيم تنظيمي حركة جماعة حزب ميليشيا قوات عناصر عنصر مقاتلو مقاتلي مسلحو مسلحي زعيم زعماء قائد
    قادة قيادي قيادات فرع ذراع جناح خلية خلايا معقل معاقل مبايعة نفوذ فلول أمير تابع تابعة تابعين
    التابع التابعة التابعين مرتبط مرتبطة مرتبطين المرتبط المرتبطة المرتبطين موال موالية موالين
    الموالي الموالية الموالين صلة صلات علاقة ارتباط ارتباطات انتماء الانتماء منتم منتمية منتمين
    """,
    PREPOSITIONS,
)
_SAYING = """
    قال أضاف أكد أعلن صرح أشار أوضح شدد ذكر تابع اعتبر لفت رأى حذر دعا كشف نفى وصف اتهم طالب
    عبر أعرب جدد نوه بحث التقى استقبل زار وصل غادر كتب غرد تعهد وعد هدد رفض أبلغ أجرى
    """
SAYING = (
    words(_SAYING, CONJUNCTIONS)
    | frozenset(masculine + "ت" for masculine in words(_SAYING, CONJUNCTIONS))
    | words("دعت نفت رأت يقول تقول يرى ترى يؤكد تؤكد وقالت ودعت ويقول ويرى يدعو تدعو")
)


def supported(
    names: pd.DataFrame, titles: pd.DataFrame, reading: Reading, ledger: Ledger, lexicon: Lexicon
) -> pd.DataFrame:
    """Keep the names that mean their actor here, and write what supports them into `rule`."""
    names = names[~names["is_other"] & ~_in_another_sense(names, reading, ledger)]
    names = names[~_is_adjective(names, reading, ledger)]
    names = names[~_called_after_it(names, reading)]
    names = names[~_of_another_person(names, reading, lexicon)].reset_index(drop=True)
    sure = (~names["weak"] & names["needs"].isna() & ~names["is_head"]).to_numpy()
    named = _Named(names[sure], reading, ledger)
    support = np.full(len(names), "", dtype=object)
    support[names["is_head"].to_numpy()] = "head"
    asked = np.flatnonzero(~sure & ~names["is_head"].to_numpy())
    before = list(zip(*_words_before(names, titles, reading), strict=True))
    columns = ["document", "actor", "kind", "weak", "needs"]
    for row, told in zip(asked, plain(names.loc[asked, columns]).itertuples(), strict=True):
        support[row] = _support(told, named, _Before(*before[row]))
    kept = (sure | (support != "")) & ~_said_of_one_named(names, support)
    added = np.where(sure | (support == "head"), "", "; " + support)
    return names.assign(rule=names["rule"] + added)[kept].reset_index(drop=True)


def _said_of_one_named(names: pd.DataFrame, support: np.ndarray) -> np.ndarray:
    """Of several who share a surname, those who are not the one named in full."""
    named = support == _IN_FULL
    spans = pd.Series(list(zip(names["first"], names["last"], strict=True)))
    return spans.isin(spans[named]).to_numpy() & ~named & (support != "")


_IN_FULL = "in full elsewhere here"


class _Before(NamedTuple):
    """What stands right before a name, or round it."""

    own_title: bool
    address: bool
    saying: bool
    word_for_a_group: bool
    in_it: bool
    in_quotation_marks: bool


def _words_before(
    names: pd.DataFrame, titles: pd.DataFrame, reading: Reading
) -> tuple[np.ndarray, ...]:
    """Tell for each name what stands right before it, in the order of `_Before`."""
    before, document = names["first"].to_numpy() - 1, names["document"].to_numpy()
    return (
        _after_own_title(names, titles, reading),
        _addressed(names, reading),
        reading.are(before, SAYING, document),
        reading.are(before, _WORDS_FOR_A_GROUP, document),
        reading.are(before, _IN, document),
        _quoted(names, reading),
    )


_IN = words("في", CONJUNCTIONS)


def _support(told: tuple, named: "_Named", before: _Before) -> str:
    if not told.weak:
        by = told.needs
        return f"{by} named here too" if named.part_of(told.document, by) else ""
    if named.fully(told.document, told.actor):
        return _IN_FULL
    if before.own_title:
        return "after the title of an office held"
    if (before.address or before.saying) and named.state_of(told.document, told.actor):
        return "after a title or a verb of saying, the state served is named here"
    if before.word_for_a_group and told.kind == "group":
        return "after the word for a group"
    if before.in_quotation_marks and told.kind == "media":
        return "in quotation marks"
    if before.in_it and told.kind == "state":
        return "after the word for in"
    return ""


class _Named:
    """Who is named in which document by a name that needs no support."""

    def __init__(self, sure: pd.DataFrame, reading: Reading, ledger: Ledger) -> None:
        self._full = set(zip(sure["document"], sure["actor"], strict=True))
        self._states = set(zip(sure["document"], sure["state"], strict=True))
        _, documents, states = nationality_tokens(reading, ledger)
        self._states |= set(zip(documents, states, strict=True))
        self._serves = _states_served(ledger)

    def fully(self, document: int, actor: str) -> bool:
        return (document, actor) in self._full

    def part_of(self, document: int, actor: str) -> bool:
        """An actor is named also by its institutions, a state by its adjective."""
        return (document, actor) in self._full or (document, actor) in self._states

    def state_of(self, document: int, actor: str) -> bool:
        states = self._serves.get(actor, ())
        return any((document, state) in self._states for state in states)


def nationality_tokens(reading: Reading, ledger: Ledger) -> tuple[list[int], list[int], list[str]]:
    """Return token, document and state of each adjective of nationality."""
    state_of_type = reading.told_of(_nationality_forms(ledger))
    code = state_of_type[reading.tokens.codes]
    where = np.flatnonzero(code >= 0)
    states = np.array([*dict.fromkeys(ledger.nationalities), ""], dtype=object)
    return where.tolist(), reading.document[where].tolist(), states[code[where]].tolist()


@lru_cache(maxsize=4)
def _nationality_forms(ledger: Ledger) -> dict[str, int]:
    """Return the position of the state, among those with a nationality, of each form of it."""
    codes = {state: code for code, state in enumerate(dict.fromkeys(ledger.nationalities))}
    is_name = ledger.aliases["form"] == "name"
    states = set(name_keys(ledger.aliases.loc[is_name, "alias"].tolist()))
    forms: dict[str, int] = {}
    words = name_keys(ledger.nationalities.index)
    for word, state in zip(words, ledger.nationalities, strict=True):
        bare = word.removeprefix("ال")
        for form in (word, "و" + word, "ب" + word, "لل" + bare, "ولل" + bare, bare, "و" + bare):
            if form not in states:
                forms[form] = codes[state]
    return forms


@lru_cache(maxsize=4)
def _states_served(ledger: Ledger) -> dict[str, set[str]]:
    """Return the states of which each person has held an office."""
    state = ledger.offices["office"].map(ledger.generated["state"])
    held = ledger.offices.assign(state=state).dropna(subset="state")
    return held.groupby("actor")["state"].agg(set).to_dict()


def _in_another_sense(names: pd.DataFrame, reading: Reading, ledger: Ledger) -> np.ndarray:
    """Names whose neighbour shows that they are the common word."""
    wrong = np.zeros(len(names), bool)
    document = names["document"].to_numpy()
    for field, column, step in (("not_after", "first", -1), ("not_before", "last", 1)):
        for name, neighbours in ledger.rules[field].items():
            if name == "line":
                continue
            key = " ".join(cut_aliases([name])[0])
            rows = (names["key"] == key).to_numpy()
            if key in _OFTEN_ADJECTIVES:
                # السياسة الخارجية القطرية, انتخابات الرئاسة الأمريكية
                of_state = names["office"].notna() & names["key"].str.startswith(key)
                rows = rows | of_state.to_numpy()
            at = names[column].to_numpy()[rows] + step
            wrong[rows] |= reading.are(at, with_clitics(" ".join(neighbours)), document[rows])
    return wrong


_OFTEN_ADJECTIVES = words("الخارجية الداخلية الرئاسة")


def _is_adjective(names: pd.DataFrame, reading: Reading, ledger: Ledger) -> np.ndarray:
    """Names of states that are an adjective here: دبلوماسيا روسيا, 24 روسيا, قاعدة جوية سورية."""
    groups = _after_a_noun_of_its_people(names, reading)
    feminine = {key for key in name_keys(ledger.nationalities.index) if key.endswith("ة")}
    indefinite = {key.removeprefix("ال") for key in feminine}
    accusative = {key.removeprefix("ال")[:-1] + "ا" for key in feminine}
    first, document = names["first"].to_numpy(), names["document"].to_numpy()
    elsewhere = _spelt_otherwise(names)
    single = ((names["clitic"] == "") & (names["n_words"] == 1)).to_numpy()
    bare = single & ~_right_after(names, names, reading)
    rows = np.flatnonzero(bare & names["key"].isin(feminine | indefinite | accusative).to_numpy())
    rows = rows[reading.gaps_match(first[rows] - 1, SPACE_OR_OPENING)] if len(rows) else rows
    result = np.zeros(len(names), bool)
    keys = names["key"].to_numpy()[rows]
    before = reading.keys_at(first[rows] - 1, document[rows])
    for row, key, noun in zip(rows.tolist(), keys.tolist(), before, strict=True):
        if noun in SAYING or noun in _NO_NOUNS:
            continue
        if key in accusative:
            people = noun.endswith(("يا", "ين", "را", "دا", "نا", "لا", "سا", "با"))
            result[row] = _takes_accusative(noun) or (people and len(noun) > 4)
        elif key in indefinite:
            result[row] = noun.endswith(("ة", "ات", "ية")) and not noun.startswith("ال")
            result[row] |= elsewhere[row] and not _governs_a_name(noun)
        elif reading.are(np.array([first[row] - 2]), _TOWNS, document[row : row + 1])[0]:
            result[row] = True
        else:
            result[row] = noun.lstrip("وفبك").startswith(("ال", "لل")) and len(noun) > 4
    return result | groups


def _spelt_otherwise(names: pd.DataFrame) -> np.ndarray:
    """Tell which names a document writes in another way too: سورية where it writes سوريا."""
    single = names[(names["n_words"] == 1) & (names["kind"] == "state") & (names["form"] == "name")]
    ways = single.groupby(["document", "actor"])["key"].nunique()
    told = pd.MultiIndex.from_frame(names[["document", "actor"]])
    return (ways.reindex(told).fillna(1) > 1).to_numpy()


def _governs_a_name(word: str) -> bool:
    """Particles, verbs, verbal nouns and parts of a land go before the name: جنوب سورية."""
    return word in _BEFORE_A_NAME or word in NOUNS_OF_PLACE or word.startswith(("ي", "ت", "ل"))


_BEFORE_A_NAME = words(
    "في من إلى على عن داخل خارج حول نحو بين ضد لدى خلال عبر أن إن لأن لكن التي أو كل مع",
    CONJUNCTIONS,
)


def _takes_accusative(number: str) -> bool:
    """What is counted stands in the accusative after 11 to 99."""
    return number.isdecimal() and int(number) % 100 > 10 and len(number) < _YEAR


_YEAR = 4  # digits


# جدة السعودية after the word for a town is the town in that state.
_TOWNS = words("مدينة بلدة محافظة منطقة قرية ولاية مدينتي جزيرة", PREPOSITIONS)


def _after_a_noun_of_its_people(names: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Groups said as an adjective of the person before: القيادي الحوثي."""
    first, document = names["first"].to_numpy(), names["document"].to_numpy()
    result = np.zeros(len(names), bool)
    adjective = names["key"].str.match("^ال.*(?:ي|ية)$").to_numpy(dtype=bool)
    single = (names["n_words"] == 1).to_numpy() & (names["clitic"] == "").to_numpy()
    rows = np.flatnonzero((names["kind"] == "group").to_numpy() & adjective & single)
    if len(rows):
        rows = rows[reading.gaps_match(first[rows] - 1, SPACE_OR_OPENING)]
        before = reading.keys_at(first[rows] - 1, document[rows])
        result[rows] = [key.startswith("ال") and key not in SAYING for key in before]
    return result


def _called_after_it(names: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Houses that are called after a person, clubs and newspapers that are after a capital.

    مشفى الأسد, جامعة الملك سعود, فريق روما; a capital in quotation marks is a newspaper: «الرياض».
    """
    first, document = names["first"].to_numpy(), names["document"].to_numpy()
    bare = (names["clitic"] == "").to_numpy()
    person = (names["kind"] == "person").to_numpy() & bare
    capital = (names["form"] == "metonym").to_numpy()
    linked = _follows_a_space(first, reading)
    house = reading.are(first - 1, _HOUSES, document) & linked
    rulers = reading.are(first - 1, _RULERS, document) & linked
    house |= rulers & reading.are(first - 2, _HOUSES, document)
    result = person & house
    result |= capital & bare & linked & reading.are(first - 1, _CLUBS_AND_PAPERS, document)
    result |= capital & bare & linked & reading.are(first - 1, _WINNING, document)
    return result | (capital & _quoted(names, reading))


def _quoted(names: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Tell which names stand in quotation marks, and nothing else with them."""
    first, last = names["first"].to_numpy(), names["last"].to_numpy()
    result = first > 0
    rows = np.flatnonzero(result)
    gaps = zip(reading.gaps(first[rows] - 1), reading.gaps(last[rows]), strict=True)
    result[rows] = [a[-1:] in _OPENING and b[:1] in _CLOSING for a, b in gaps]
    return result


def _follows_a_space(first: np.ndarray, reading: Reading) -> np.ndarray:
    result = np.zeros(len(first), bool)
    inside = first > 0
    result[inside] = reading.gaps_match(first[inside] - 1, SPACE_OR_OPENING)
    return result


_OPENING, _CLOSING = frozenset('«"“'), frozenset('»"”')


_HOUSES = words(
    """
    جامعة مستشفى مشفى مطار شارع جسر ميدان ملعب استاد مدرسة مسجد جامع قاعة كأس جائزة سد بحيرة
    معهد كلية مكتبة حديقة مجمع برج ميناء كورنيش بطولة دوري وسام
    """,
    PREPOSITIONS,
)
# Before the name of a club.
_WINNING = words("فاز تعادل تغلب هزم سحق اكتسح تأهل", CONJUNCTIONS)
_RULERS = words("الملك الملكة السلطان الأمير الأميرة الشيخ الرئيس القائد")
_CLUBS_AND_PAPERS = words(
    "جامعة نادي فريق صحيفة جريدة مجلة إذاعة قناة فندق مصرف بنك ديربي لاعب لاعبي مدرب",
    PREPOSITIONS,
)
_NO_NOUNS = words(
    """
    التي الذي الذين إلى الى على حتى بين عندما بينما حينما طالما لطالما كلما مهما لاسيما سيما
    لما خلافا وفقا طبقا نظرا إلا ألا أولا مثلا فعلا أيضا حاليا رسميا تجاهلا متهما داعيا مطالبا
    محملا مناشدا معتبرا جمهورية حكومة رئاسة عضوية زيارة قضية أزمة وحدة سيادة دولة وزارة سفارة
    عاصمة مدينة قيادة مشاركة عودة موافقة مساعدة حماية مصلحة لمصلحة سياسة إدانة دعوة مطالبة
    سفيرا وزيرا رئيسا ممثلا مندوبا وفدا
    """
)


def _of_another_person(names: pd.DataFrame, reading: Reading, lexicon: Lexicon) -> np.ndarray:
    """Surnames after a first name with which they are not in the ledger: محمد الأسد."""
    first, document = names["first"].to_numpy(), names["document"].to_numpy()
    one_word = (names["kind"] == "person") & (names["n_words"] == 1) & (names["clitic"] == "")
    given = lexicon.given_names - SAYING - _FORMS_OF_ADDRESS - _NO_FIRST_NAMES
    after = np.flatnonzero(one_word)
    after = after[reading.are(first[after] - 1, given, document[after])]
    after = after[reading.gaps_match(first[after] - 1, SPACE_OR_OPENING)]
    other = np.zeros(len(names), bool)
    other[after] = True
    other |= _goes_on_with_another_father(names, reading)
    # The word before may be another actor's name in its own right.
    return other & ~_right_after(names, names, reading)


def _goes_on_with_another_father(names: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Names to which بن and a family are added: فهد بن عبدالعزيز بن معمر."""
    last, document = names["last"].to_numpy(), names["document"].to_numpy()
    result = (names["kind"] == "person").to_numpy() & reading.are(last + 1, _SON, document)
    return result & ~reading.are(last + 2, _ROYAL_FATHERS, document)


_SON = words("بن")
_ROYAL_FATHERS = words(
    """
    عبدالعزيز عبد عبدالله سلمان فيصل سعود نايف سلطان فهد خالد زايد خليفة راشد سعيد حمد جاسم
    عيسى علي ثاني طلال الحسين حسين جابر صباح الأحمد أحمد سالم تيمور محمد الحسن يوسف تركي بندر
    مشعل مكتوم ناصر
    """
)
_NO_FIRST_NAMES = words(
    """
    الرئيس الملك الأمير الشيخ السيد وزير رئيس أمير ملك البابا إن أن في على من عن مع دي بن أبو
    ابن بين كل لا ما أي هو
    """
)


def _addressed(names: pd.DataFrame, reading: Reading) -> np.ndarray:
    first, document = names["first"].to_numpy(), names["document"].to_numpy()
    result = (names["clitic"] == "").to_numpy(copy=True)
    rows = np.flatnonzero(result)
    titled = reading.are(first[rows] - 1, _FORMS_OF_ADDRESS, document[rows])
    result[rows] = titled
    rows = rows[titled]
    result[rows] = reading.gaps_match(first[rows] - 1, SPACE_OR_OPENING)
    return result


def _after_own_title(names: pd.DataFrame, titles: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Names right after a title: which office it is `resolve` will see."""
    titles = titles[~titles["is_head"]]
    return _right_after(names, titles, reading) & (names["clitic"] == "").to_numpy()


def _right_after(names: pd.DataFrame, others: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Tell which names have one of the others right before them, in the same document."""
    ends = np.zeros(len(reading) + 1, bool)
    ends[others["last"].to_numpy()] = True
    before = names["first"].to_numpy() - 1
    return ends[before] & (reading.document[before] == names["document"].to_numpy())
