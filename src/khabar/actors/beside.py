"""What stands beside a title: the name it belongs to, another's title, a stranger, or nothing."""

import re

import numpy as np
import pandas as pd

from khabar.actors.held import Held
from khabar.actors.lexicon import Lexicon
from khabar.actors.reading import SPACE, GapTest, Reading
from khabar.actors.support import SAYING
from khabar.actors.word_sets import words

# Between a title and the name: punctuation, but no colon after a title, for then the name speaks.
_BESIDE = GapTest(re.compile(r"[\s،,\-–()«»\"“”#]{1,4}"))
_COMMA = re.compile(r"[،,(\-–]")

_ADDRESS = words(
    """
    السيد السيدة الملك الأمير الشيخ الدكتور الرئيس الوزير السفير الفريق اللواء الجنرال العماد
    السلطان المشير العقيد العميد الأستاذ آية المهندس
    """
)
_DEPUTIES = words(
    """
    نائب نائبة ممثل ممثلة مبعوث مبعوثة مستشار مستشارة مساعد مساعدة معاون وكيل مستشاري نواب موفد
    نائبي ولي سفير سفيرة سفارة نائبا ممثلا مبعوثا مستشارا سفيرا مساعدا وكيلا معاونا
    """,
    ("", "ال", "وال", "و", "ل", "لل", "ب"),
)
FORMER = words(
    """
    السابق السابقة الأسبق الراحل الراحلة المخلوع المعزول السابقين المنتخب المنتخبة
    """
)
# Between a title and the name of the one who holds it.
_QUALITIES = words(
    """
    الجديد الجديدة المؤقت المؤقتة المكلف المكلفة الانتقالي المستقيل المستقيلة الحالي الحالية
    بالإنابة بالنيابة المعين المعينة
    """
)
# Things that are called after a ruler, or after whoever rules: كأس ولي العهد.
_CALLED_AFTER = words(
    """
    كأس بطولة جائزة دوري منتدى مهرجان مستشفى مشفى جامعة مدينة شارع مطار مسابقة مركز حديقة ميدان
    جسر ملعب استاد مسجد جامع مدرسة كلية معهد قاعة سباق وسام طريق سد مؤسسة مكتبة برج قاعدة
    """,
    ("", "و", "ب", "ل", "ف"),
)
# What may follow a title that stands alone: it is no longer title, and no name unknown to us.
_GOES_ON = words(
    """
    إن أن إنه أنه إنها أنها في على من إلى عن مع خلال بعد قبل الذي التي الذين كان كانت قد لم لا
    لن ما كما حيث بأن بأنه لدى عند حول أمام أمس اليوم هو هي هنا ثم أو بين ضد منذ حتى سوف أي كل
    هذا هذه وقال وأضاف وأكد قال أكد أضاف أعلن الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت
    الأحد قائلا كذلك أيضا معا بدوره بدورها حينها مساء صباح هناك عقب فور إزاء أثناء ضرورة أهمية
    أنهما إنهما كلا كان قائلة مؤكدا مشيرا موضحا بشأن بشكل عبر خارج داخل نحو ليس ليست يريد يقول
    تقول لكن بينما فيما رغم وفق بموجب بسبب لأن لأنه إذ إذا عندما حين دون غير أيضا أمامه أمامها
    التقى استقبل زار وصل غادر بحث دعا شدد ذكر تابع اعتبر لفت رأى حذر كشف نفى وصف اتهم طالب عبر
    أعرب جدد نوه كتب تعهد وعد هدد رفض أبلغ أجرى ألقى قدم وقع طلب استدعى عين أقال قرر أصدر سلم
    تسلم تولى عاد غاب حضر شارك ترأس افتتح اختتم التزم سعى نقل أطلع بدأ أنهى واصل خاطب وجه أرسل
    تلقى منح كلف رد أجاب علق سأل حمل بعث استقال تنحى توفي قتل أصيب نجا أيد عارض انتقد ندد أدان
    رحب أشاد هنأ عزى ودع تحدث صرح أوضح أشار بين اتفق اختلف توصل قام أخذ جاء خرج دخل ظهر سافر
    توجه انتقل عقد أمر سمح منع أوقف أعاد رفع فاز خسر حصل نال يرى يقود يرأس يزور يلتقي يستقبل
    يبحث يعتزم ينوي يسعى يواجه يرفض يدعو يطالب يؤكد يشارك يحضر يصل يتولى يعود يلقي يقدم يوقع
    """
)


def persons_beside(
    titles: pd.DataFrame, names: pd.DataFrame, reading: Reading, held: Held
) -> np.ndarray:
    """Return for each title the row, among the persons of `names`, that it stands beside, or -1."""
    people = names[names["kind"] == "person"]
    begins, ends = {}, {}
    spans = zip(people["first"], people["last"], people["clitic"], strict=True)
    for row, (first, last, clitic) in enumerate(spans):
        begins.setdefault(first, row if clitic == "" else -1)
        ends.setdefault(last, row)
    actors = people["actor"].tolist()
    sure = reading.among(_ADDRESS | FORMER)[reading.tokens.codes]
    between = sure | _may_stand_between(reading)
    behind = _words_behind_places(titles, names, reading)
    beside = np.full(len(titles), -1)
    for number, (title, further) in enumerate(zip(titles.itertuples(), behind, strict=True)):
        after = title.last + 1
        stop = min(after + _MOST_BETWEEN, len(reading) - 1)
        while after not in begins and after < stop and between[after]:
            after += 1
        told = bool(after > title.last + 1 and sure[after - 1])
        before = ends.get(title.first - 1, -1) if title.clitic == "" else -1
        for row, first, last, fits in (
            (begins.get(after, -1), title.last, after, told),
            (begins.get(further, -1), title.last, further, False),
            (before, title.first - 1, title.first, False),
        ):
            fits = row >= 0 and (fits or _fits(title, actors[row], held))
            if row >= 0 and _belong(reading, first, last, fits=fits):
                beside[number] = row
                break
    return beside


def _words_behind_places(titles: pd.DataFrame, names: pd.DataFrame, reading: Reading) -> list[int]:
    """Return for each title of a state the word behind where it serves: السفير في الأردن ..."""
    others = names[names["kind"] != "person"]
    last_of = dict(zip(others["first"].tolist(), others["last"].tolist(), strict=True))
    document, last = titles["document"].to_numpy(), titles["last"].to_numpy()
    serves = reading.are(last + 1, _WHERE, document) & titles["state"].notna().to_numpy()
    where = np.minimum(last + 2, len(reading) - 1).tolist()
    return [
        last_of.get(word, word + _TWO_WORDS - 1) + 1 if is_there else -1
        for word, is_there in zip(where, serves.tolist(), strict=True)
    ]


_MOST_BETWEEN = 2  # words
_WHERE = words("في لدى إلى")
_TWO_WORDS = 2  # المنظمة الدولية, العاصمة الروسية: a body or town not in the ledger


def _may_stand_between(reading: Reading) -> np.ndarray:
    """Tell which tokens may stand between a title and its holder's name."""
    # The envoy of two: المبعوث الدولي والعربي الأخضر الإبراهيمي.
    further = np.array([key.startswith("وال") and key.endswith("ي") for key in reading.keys], bool)
    return (reading.among(_QUALITIES) | further)[reading.tokens.codes]


def _belong(reading: Reading, first: int, last: int, *, fits: bool) -> bool:
    """Whether title and name touch; without a comma the name must be the title's own."""
    if first < 0 or reading.document[first] != reading.document[last]:
        return False
    gaps = reading.gaps(np.arange(first, last))
    return all(_BESIDE[gap] for gap in gaps) and (fits or bool(_COMMA.search(gaps[0])))


def _fits(title: tuple, person: str, held: Held) -> bool:
    """Whether a name without a comma is the title's own, or the next part of the sentence."""
    offices = held.by_person.get(person)
    if not offices:
        return True
    if title.is_head:
        return True
    if isinstance(title.state, str):
        return any(state == title.state for state, _ in offices)
    terms = held.terms.get(title.actor)
    return terms is None or any(person == actor for actor, *_ in terms)


def inside_another_title(titles: pd.DataFrame, reading: Reading) -> np.ndarray:
    """Tell which offices are part of somebody else's title: "الممثل الخاص للرئيس الروسي"."""
    first, document = titles["first"].to_numpy(), titles["document"].to_numpy()
    result = np.zeros(len(titles), bool)
    near = reading.are(first - 1, _DEPUTIES, document)
    far = reading.are(first - 2, _DEPUTIES, document) & ~near
    near |= reading.are(first - 1, _CALLED_AFTER, document)
    for rows, distance in ((np.flatnonzero(near), 1), (np.flatnonzero(far), 2)):
        touching = np.ones(len(rows), bool)
        for step in range(distance):
            touching &= reading.gaps_match(first[rows] - 1 - step, SPACE)
        result[rows] |= touching
    return result


def strangers_after(titles: pd.DataFrame, reading: Reading, lexicon: Lexicon) -> list[str]:
    """Return the first name, known as one, that follows a title without being an actor's here."""
    last, document = titles["last"].to_numpy(), titles["document"].to_numpy()
    named = reading.are(last + 1, lexicon.given_names - _ADDRESS - SAYING - _GOES_ON, document)
    near = [bool(_BESIDE[gap]) for gap in reading.gaps(last)]
    keys = reading.keys_at(last + 1, document)
    return [
        key if is_name and gap else "" for key, is_name, gap in zip(keys, named, near, strict=True)
    ]


def stand_alone(
    last: np.ndarray, document: np.ndarray, reading: Reading, lexicon: Lexicon
) -> list[bool]:
    """Tell which titles are followed by no name: by punctuation, a particle, a verb or the end."""
    tied = reading.gaps_match(last, SPACE)
    goes_on = reading.are(last + 1, _GOES_ON | SAYING, document)
    following = reading.keys_at(last + 1, document)
    verbs = [_looks_like_a_verb(key) and key not in lexicon.given_names for key in following]
    # A comma may stand before the name: رئيس الوزراء، راجيف غاندي.
    comma = ["،" in gap or "," in gap for gap in reading.gaps(last)]
    return [
        bool(goes) or verb or not (is_tied or has_comma)
        for is_tied, goes, verb, has_comma in zip(tied, goes_on, verbs, comma, strict=True)
    ]


def _looks_like_a_verb(key: str) -> bool:
    """Words with a conjunction or preposition, duals and futures of verbs carry the sentence on."""
    dual = key.removesuffix("ا").removesuffix("ت")
    future = key.startswith(_FUTURE) and len(key) > _SHORTEST_FUTURE
    return key.startswith(_ONWARD) or future or (key.endswith("ا") and dual in _GOES_ON)


_ONWARD = ("وال", "بال", "لل", "فال", "وا", "وق", "وي", "وت", "وو", "وب", "وم", "ون")
_FUTURE, _SHORTEST_FUTURE = ("سي", "ست", "وسي", "وست"), 4  # letters
