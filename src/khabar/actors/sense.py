"""Place or power: "في موسكو" is a place, "موسكو تدعو" is Russia."""

import re

import numpy as np
import pandas as pd

from khabar.actors.reading import SPACE_OR_OPENING, GapTest, Reading
from khabar.actors.word_sets import CONJUNCTIONS, with_clitics, words

_PAUSE = GapTest(re.compile(r"\s*[،,\-–]?\s*[\"“«#]*"))
_COLON = GapTest(re.compile(r" ?:.*", re.DOTALL))
_DATELINE = GapTest(re.compile(r"\s*[(/\-–—].*|\s*[،,]\s*", re.DOTALL))
_BRACKET = GapTest(re.compile(r"\s*\([^)]*|\s*--+.*", re.DOTALL))
_DOTS = GapTest(re.compile(r"\s*(?:\.\.|…).*", re.DOTALL))
_LINE_END = re.compile(r"[\n.!?؟]")


# After these a state or capital is where something is, goes to or is about.
_PREPOSITIONS = words(
    """
    في إلى داخل خارج حول بشأن عبر نحو باتجاه صوب قرب قبالة خلال لدى ضمن فوق تحت
    """,
    CONJUNCTIONS,
)
# A noun before it that has to do with land, people or life there, or with a subject talked about.
NOUNS_OF_PLACE = with_clitics(
    """
    أنحاء أرجاء أراضي الأراضي ضواحي ضاحية ريف غوطة قوطة مدينة مدن العاصمة عاصمة شمال شمالي
    شمالا جنوب جنوبي شرق شرقي غرب غربي وسط قلب حدود الحدود منطقة مناطق محافظة محافظات إقليم
    أقاليم ولاية ولايات مقاطعة مطار مطارات ميناء موانئ مرفأ معبر معابر طريق طرق شارع شوارع ساحة
    ساحات ميدان ميادين حي أحياء بلدة بلدات قرية قرى سكان أهالي سماء أجواء مياه سواحل ساحل شواطئ
    جزيرة جزر جبال جبل صحراء نهر بحر خليج تراب مساحة مساحات جغرافيا خريطة خارطة مسرح متحف فندق
    مستشفى مستشفيات سجن سجون سوق أسواق بورصة مساجد مسجد كنائس كنيسة مدارس جامعات جامعة ملعب
    استاد مونديال دورة أولمبياد ألعاب أطراف مشارف مشرق شرطة بلدية حديقة مجلة سيرك مترو دوري كأس
    بطولة مهرجان معرض قمة أزمة الأزمة حرب ملف قضية مستقبل تاريخ استقرار وحدة سيادة أمن سلامة
    تقسيم إعمار شعب أبناء نساء أطفال لاجئي نازحي مسلمي مسيحيي أكراد يهود دروز شيعة سنة شباب
    مواطني عشائر قبائل ثورة تفتيت بورصات سوقا أهل نصف ثلث ربع كل جميع عموم كامل غالبية بقية
    معظم بطل زيارة جولة رحلة رحلات سفر مغادرة دخول بلوغ اقتحام تحرير احتلال غزو اجتياح قصف ضرب
    هجمات هجوم تفجير تفجيرات أحداث مجزرة معركة معارك اشتباكات احتجاجات مظاهرات تظاهرات كارثة
    زلزال حصار توقيت طقس مناخ معسكر حدائق أنهار شعوب
    """
)
# Meetings and documents are called after capitals: لقاءات موسكو, إعلان الدوحة.
_NAMED_AFTER_CAPITALS = with_clitics(
    """
    لقاءات لقاء محادثات مباحثات مفاوضات مؤتمر اتفاق اتفاقات اتفاقية بيان إعلان بروتوكول معاهدة
    مسار عملية منصة قمة اجتماع اجتماعات
    """
)
# Offices: the state is part of a person's title.
_TITLES = with_clitics(
    """
    رئيس رئيسة رئيسا رئيسي وزراء حكومة ملك أمير سلطان سفير سفيرة سفيرا سفيري سفراء مندوب مندوبة
    مندوبا ممثل ممثلة ممثلي ممثلا سفارة سفارات قنصل قنصلية قنصليات خارجية دفاع داخلية بعثة
    مبعوث مبعوثة رؤساء زعماء زعيم زعيمة بابا قادة مفتي بطريرك حاكم محافظ عمدة رئيسا ملكة
    أميرة إمبراطور ملوك عهد سلطانة مرشد
    """
)
_NOT_IN_A_TITLE = words("حكومة بحكومة لحكومة وحكومة")
# Verbs and verbal nouns whose object is a place one goes to or lives in.
_MOVING = words(
    """
    زار تزور يزور زارت سيزور ستزور وصل وصلت يصل تصل سيصل غادر غادرت يغادر تغادر دخل دخلت يدخل
    اجتاح اجتاحت ضرب ضربت يضرب هز هزت تهز شهد شهدت تشهد يشهد دخلوا غادروا وصلوا زاروا مغادرا
    مغادرة زائرا قادما تحد يحد بلغ بلغت ستشهد تستضيف يربط تربط ربط تجتاح يجتاح سكن يسكن مقره
    مقرها مقرهما مقرهم تشهده شهدته تشهدها شهدتها
    """,
    CONJUNCTIONS,
)
# Before من: what comes out of a place.
_COMING = with_clitics(
    """
    عاد عادت يعود عودة عائدا خرج خرجت خروج غادر فر فروا فرار هرب هربوا هروب نزح نزحوا نازحين
    لاجئين اللاجئين النازحين قادم قادما قادمة قادمين القادمة القادم القادمين انطلق انطلقت تنطلق
    البدء بدءا انسحاب سحب انسحب انسحبت طرد إجلاء إخراج مناطق أجزاء أنحاء تقارير مراسل أقلع
    أقلعت وصل وصلت وصول جاء جاؤوا رحلة صور مشاهد مباشر واردات صادرات استيراد بالقرب مقربة كثير
    أطلق أطلقت إطلاق قرب بث هاجر ترحيل وصوله عودته وصولها عودتها خروجه خروجها انسحابها انسحابه
    هروبه فراره عودتهم مرحلين أي عدد طائرة شحنة القوات قواتها قواته جنوبا شمالا شرقا غربا
    """
)
# Before مع: a border.
_BORDERS = words(
    """الحدود الحدودي الحدودية حدودها حدوده حدود المعبر معبر المتاخمة الحدوديين بالحدود
        للحدود"""
)
# Before an attached ب: what one does to a power, not in a place.
_TO_A_POWER = with_clitics(
    """
    صلات صلاته صلاتها
    علاقة علاقات علاقته علاقتها علاقاته علاقاتها العلاقات العلاقة رحب رحبت
    ندد نددت تندد
    التنديد أشاد أشادت يشيد ثقة الثقة اعترف اعترفت اعتراف الاعتراف اتصل اتصال الاتصال مقارنة
    بدءا يتعلق تتعلق متعلقة المتعلقة صلة مرتبط مرتبطة يرتبط ارتباط استعان استعانت طالب تمسك
    ألحق ألحقت أضر أضرت الإضرار الإطاحة ملتزم دفع دفعت يدفع تدفع حدا فاز ممثلة ممثلا تستعين يثق
    خاص خاصة الخاصة الخاص أسوة مرورا إيمان أطاح تهديد هدد منوط
    """
)
_ALL_OF = words("كل كلا")
_OF = words("من")
_BETWEEN = words("بين وبين")
_WITH = words("مع")

ACTOR, PLACE = "actor", "place"
IN_A_TITLE = "in a title"
AT_A_BORDER = "at a border"
ALWAYS_ACTS = "only states and capitals can be places"


def place_or_actor(found: pd.DataFrame, reading: Reading) -> tuple[list[str], list[str]]:
    """Tell for each mention whether it names a place or one who acts, and by which rule.

    Parameters
    ----------
    found : DataFrame
        Mentions in order of document and position: `document`, `first` and `last` (tokens),
        `kind`, `form`, `office`, `clitic` (its letters).
    reading : Reading
        In which they were found.

    Returns
    -------
    sense : list of {'actor', 'place'}
        Only states and their capitals can be places. One that is joined to another by و or a comma
        has the sense of that one. What no rule tells to be a place acts.
    rule : list of str
    """
    n = len(found)
    sense = np.full(n, ACTOR, dtype=object)
    rule = np.full(n, ALWAYS_ACTS, dtype=object)
    asked = ((found["kind"] == "state") & found["office"].isna()
             & found["form"].isin(["name", "metonym"])).to_numpy()  # fmt: skip
    rows = np.flatnonzero(asked)
    if len(rows):
        states = found.iloc[rows]
        why = _reasons(states, reading)
        why = _like_the_one_before(why, states, reading)
        told = np.array([text[0] for text in why], dtype=object)
        sense[rows] = told
        rule[rows] = [text[1] for text in why]
    return sense.tolist(), rule.tolist()


def _reasons(states: pd.DataFrame, reading: Reading) -> list[tuple[str, str] | None]:
    """Apply the rules in order; the first that holds decides."""
    first, document = states["first"].to_numpy(), states["document"].to_numpy()
    clitic = states["clitic"].to_numpy()
    bare = clitic == ""
    # كل من, وكالة: what stands before "each of" governs both states.
    before = first - 1
    of = reading.are(before, _OF, document) & reading.are(before - 1, _ALL_OF, document)
    before = np.where(of, before - 2, before)
    linked = _linked(before, first, of, reading, document)

    def preceded(words: frozenset[str], by: int = 0) -> np.ndarray:
        return bare & linked & reading.are(before - by, words, document)

    def within(words: frozenset[str], reach: int) -> np.ndarray:
        return np.any(
            [reading.are(first - d, words, document) for d in range(1, reach + 1)], axis=0
        )

    at_line = _begins_a_line(first, document, reading)
    ends_at = states["last"].to_numpy()
    ranging = bare & linked & reading.are(before, _OF, document)
    ranging &= reading.are(ends_at + 1, _UP_TO, document)
    object_of_going = (
        bare & linked & within(_GOING, 4) & ~reading.are(first - 1, _NO_OBJECT, document)
    )
    is_capital = (states["form"] == "metonym").to_numpy()
    dated = (at_line | _after_a_source(first, document, at_line, reading)) & bare
    dateline = reading.gaps_match(ends_at, _DATELINE) & is_capital
    dateline |= reading.gaps_match(ends_at, _BRACKET)
    headline = reading.gaps_match(ends_at, _COLON) | reading.gaps_match(ends_at, _DOTS)
    dateline |= ~at_line & reading.gaps_match(ends_at, _COLON) & is_capital
    # صلات بالسعودية, صلات وثيقة بالسعودية
    to_a_power = reading.are(first - 1, _TO_A_POWER, document)
    qualified = [key.endswith("ة") for key in reading.keys_at(first - 1, document)]
    to_a_power |= reading.are(first - 2, _TO_A_POWER, document) & np.array(qualified, bool)
    parts = preceded(_OF) & ~reading.are(before - 1, _SENT, document)
    parts &= within(_PARTS_AND_DEEDS, 5)
    reasons: list[tuple[np.ndarray, str, str]] = [
        ((clitic_ends(clitic, "ب")) & to_a_power, ACTOR,
         "after a verb or noun that takes ب with a power"),
        (clitic_ends(clitic, "ب"), PLACE, "after ب, in"),
        (clitic_ends(clitic, "ل") & within(_NOUNS_OF_VISIT, 3), PLACE, "a visit to it"),
        (clitic_ends(clitic, "ل") & within(_ENVOYS, 4), PLACE, IN_A_TITLE),
        (ranging, PLACE, "from here to there"),
        (preceded(_OF) & reading.are(before - 1, _COMING, document), PLACE, "what comes from it"),
        (parts, PLACE, "what comes from it"),
        (preceded(_PREPOSITIONS) & ~_to_a_power(before, document, reading), PLACE,
         "after a preposition of place or subject"),
        (preceded(_NOT_IN_A_TITLE), PLACE, "in the name of its government"),
        (preceded(_TITLES), PLACE, IN_A_TITLE),
        (preceded(NOUNS_OF_PLACE), PLACE, "after a noun of place or subject"),
        (preceded(_NAMED_AFTER_CAPITALS) & (states["form"] == "metonym").to_numpy(), PLACE,
         "in the name of a meeting or document"),
        (preceded(_MOVING), PLACE, "after a verb of going or being there"),
        (preceded(_WITH) & within(_BORDERS, 4), PLACE, AT_A_BORDER),
        (preceded(_BETWEEN) & within(_BORDERS_BEFORE, 6), PLACE, AT_A_BORDER),
        (bare & within(_JOINING, 2), PLACE, AT_A_BORDER),
        (object_of_going, PLACE, "after a verb of going or being there"),
        (bare & within(_CAPITAL, 2) & is_capital, PLACE, "called a capital"),
        (at_line & ~is_capital & bare & headline, PLACE, "a heading before a colon or dots"),
        (preceded(_OF) & is_capital & reading.gaps_match(ends_at, _COLON), PLACE,
         "spoken from there"),
        (dated & dateline, PLACE, "a dateline"),
    ]  # fmt: skip
    result: list[tuple[str, str] | None] = [None] * len(states)
    open_ = np.ones(len(states), bool)
    for holds, sense, why in reasons:
        for row in np.flatnonzero(holds & open_).tolist():
            result[row] = (sense, why)
        open_ &= ~holds
    return result


_NOUNS_OF_VISIT = with_clitics(
    """
    زيارة زيارته زيارتها زيارات الزيارة سفره وصوله وصولها مغادرته مغادرتها رحلة عودة العودة
    العائدين عودته عودتها عودتهم الوصول وصول السفر سفر
    """
)
# What is sent, given or asked by a power, before من.
_SENT = with_clitics(
    """
    كل دعوة دعم دعما بدعم طلب طلبا ضغط ضغوط ضغوطا موافقة مبادرة قرار أمر بيان مقترح تمويل
    مساعدة مساعدات رسالة موقف كلا أي مطلب تحذير إدانة تأييد تأكيد مدعوم مدعومة مدعومين
    المدعوم المدعومة المدعومين مقرب مقربة المقرب المقربة قريب قريبة بدلا أكثر أقل سماح تهديد
    """
)
# Parts of a land, and deeds that are done from it: قطاعات واسعة من سوريا, تبدأ من بريطانيا.
_PARTS_AND_DEEDS = with_clitics(
    """
    قطاعات مساحات جزء جزءا أجزاء مناطق المناطق أراض الشمال الجنوب الشرق الغرب بقعة بقاع مدن دبرت
    دبر تبدأ بدأت يبدأ تنطلق انطلقت ينطلق أطلقت تطلق نقل نقلت ينقل تنقل أدخل إدخال تهريب هرب
    مهربة تسلل تسللوا عبر عبروا فارين الفارين هاربين العائدين عائدين المهاجرين مهاجرين لاجئون
    هاجروا قدم قدموا جلب استيراد تصدير المستوردة مستوردة مبعدين أجلي أجلت إجلاء رحل رحلوا
    ينحدر ينحدرون تنحدر المنحدرين المنحدر المنحدرة يتحدر يتحدرون سحب انسحاب الانسحاب انسحبت خروج
    الخروج إخراج إخلاء طرد عودة العودة نزوح نزحوا النازحين لجوء اللاجئين فرار فروا فر هروب
    """
)
_ENVOYS = with_clitics(
    """
    مبعوثا مبعوث المبعوث موفدا موفد منسقا سفيرا ممثلا رئيسا رئيس سفير
    """
)
_BORDERS_BEFORE = with_clitics(
    """
    معبر المعبر الحدود حدود الحدودي الحدودية طريق الطريق رحلات يربط تربط المسافة
    """
)
_JOINING = words("يربط تربط ويربط وتربط يفصل تفصل")
_GOING = words(
    """
    زار يزور سيزور زارت تزور وصل وصلت يصل تصل غادر غادرت يغادر دخل دخلت
    """,
    CONJUNCTIONS,
)
_NO_OBJECT = words(
    """
    في إلى من مع على عن أن إن أو بين بعد قبل قال أكد حيث إلا قالت التي الذي
    """,
    CONJUNCTIONS,
)
_OR = words("أو او")
_UP_TO = words("إلى حتى الى")
_CAPITAL = with_clitics("العاصمة")
_GIVING = with_clitics(
    """
    انتقلت انتقل اتهامات الاتهامات اتهام وجه وجهت توجيه رسالة رسائل نداء دعوة دعوات طلب طلبا
    انضم انضمت انضمام إضافة بالإضافة نسبة بالنسبة استنادا أشار أشارت يشير انحاز لجأ لجأت تحول
    تحولت تنتمي ينتمي تسليم سلم سلمت تسليمه باع بيع أسلحة السلاح انتقادات الانتقادات تحذيرا
    تحذيرات تحذير تهديدات عادت أقرب قريبا قريب قريبة مقرب مقربا مقربة مقربين يسلم تسلم
    الرئاسة الانضمام
    """
)
_TOWARDS = words("إلى وإلى نحو تجاه")


def _to_a_power(before: np.ndarray, document: np.ndarray, reading: Reading) -> np.ndarray:
    """إلى after what is given or said to a power: انتقلت الرئاسة إلى سوريا."""
    to = reading.are(before, _TOWARDS, document)
    near = [reading.are(before - distance, _GIVING, document) for distance in (1, 2)]
    return to & np.any(near, axis=0)


def clitic_ends(clitics: np.ndarray, letter: str) -> np.ndarray:
    """Tell which proclitics end in a preposition."""
    return np.fromiter((c.endswith(letter) for c in clitics), bool, len(clitics))


def _linked(
    before: np.ndarray, first: np.ndarray, of: np.ndarray, reading: Reading, document: np.ndarray
) -> np.ndarray:
    inside = before >= 0
    result = np.zeros(len(first), bool)
    at = np.where(of, first - 1, before)[inside]
    result[inside] = reading.gaps_match(at, SPACE_OR_OPENING)
    return result


def _begins_a_line(first: np.ndarray, document: np.ndarray, reading: Reading) -> np.ndarray:
    result = np.ones(len(first), bool)
    inside = np.flatnonzero(first > 0)
    gaps = reading.gaps(first[inside] - 1)
    result[inside] = [bool(_LINE_END.search(gap)) or ":" in gap for gap in gaps]
    return result


def _after_a_source(
    first: np.ndarray, document: np.ndarray, at_line: np.ndarray, reading: Reading
) -> np.ndarray:
    """Tell which tokens follow a source that opens the line: سبق - الرياض."""
    result = np.zeros(len(first), bool)
    for distance in (1, 2, 3):
        at = first - distance
        inside = (at >= 0) & ~result
        rows = np.flatnonzero(inside)
        if not len(rows):
            break
        begins = _begins_a_line(at[rows], document[rows], reading)
        gaps = reading.gaps(first[rows] - 1)
        dashed = [any(mark in gap for mark in "-–/،)|") for gap in gaps]
        result[rows] = begins & np.array(dashed, bool)
    return result


def _like_the_one_before(
    why: list[tuple[str, str] | None], states: pd.DataFrame, reading: Reading
) -> list[tuple[str, str]]:
    """Give a state joined to the one before it the sense of that one."""
    first, last = states["first"].tolist(), states["last"].tolist()
    clitics = states["clitic"].tolist()
    gaps = reading.gaps(states["last"].to_numpy())
    document = states["document"].to_numpy()
    either = reading.are(states["first"].to_numpy() - 1, _OR, document).tolist()
    # The one before the first of a document is of another.
    goes_on = [False, *(document[1:] == document[:-1]).tolist()]
    result: list[tuple[str, str]] = []
    for row, told in enumerate(why):
        may_join = told is None and goes_on[row]
        if may_join and last[row - 1] + 2 == first[row] and either[row]:
            told = (result[-1][0], "joined to the one before")
        elif may_join and last[row - 1] + 1 == first[row] and _PAUSE[gaps[row - 1]]:
            between = gaps[row - 1].strip()
            joined = clitics[row] == "و" or (clitics[row] == "" and between in _COMMAS)
            joined &= between != "" or result[-1][1] != IN_A_TITLE or clitics[row] == "و"
            told = (result[-1][0], "joined to the one before") if joined else None
        result.append(told or (ACTOR, "no sign of a place"))
    return result


_COMMAS = {"", "،", ",", "-", "–"}
