"""The words of speech: which word reports what somebody said, and what must follow it.

Every reporting verb is given by three forms, from which the rest is made: the third person of the
perfect and of the imperfect, and the active participle. What it `needs` tells speech from the
other meanings of the verb: أشار reports before إلى, أقر before ب or أن, كتب only before a
quotation. An opening quotation mark or a colon serves wherever a complement does.
"""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from khabar.language.orthography import counting_key


class Cue(NamedTuple):
    """A word that reports speech."""

    verb: str  # the headword, by which uses are counted
    sort: str  # verb, participle, noun, source, relay, published, paper or passive
    gender: str  # of the speaker: m, f or "" where the form does not tell
    number: str  # of the speaker: s (one), d (two) or p (several)
    needs: tuple[str, ...]
    has_object: bool = False  # a pronoun is attached: وصفها


# Perfect, imperfect, participle, and the words of which one must follow.
_SAYING = """
قال يقول قائل
أضاف يضيف مضيف أن
تابع يتابع متابع أن
أردف يردف مردف
استطرد يستطرد مستطرد
استدرك يستدرك مستدرك
واصل يواصل - قائلا
صرح يصرح مصرح
أعلن يعلن معلن
أكد يؤكد مؤكد
أوضح يوضح موضح
ذكر يذكر ذاكر أن ب
أفاد يفيد مفيد*
كتب يكتب - أن
غرد يغرد مغرد
تساءل يتساءل متسائل
أجاب يجيب مجيب
علق يعلق معلق قائلا
عقب يعقب معقب قائلا
رد يرد - قائلا
اختتم يختتم مختتم قائلا
"""
_OTHER = """
زعم يزعم زاعم
ادعى يدعي مدعي أن
نوه ينوه منوه ب إلى أن
نبه ينبه منبه إلى من أن
لفت يلفت لافت إلى أن
أشار يشير مشير إلى ب
ألمح يلمح ملمح إلى ب أن
شدد يشدد مشدد على أن
أصر يصر مصر على أن
اعتبر يعتبر معتبر أن
رأى يرى - أن
اعتقد - - أن
اعترف يعترف معترف ب أن
أقر يقر مقر ب أن
جزم يجزم جازم ب أن
كشف يكشف كاشف عن أن تفاصيل عدد أسباب حقيقة
روى يروي - أن كيف تفاصيل قصة الطريقة
حذر يحذر محذر
دعا يدعو داعي إلى ل أن
طالب يطالب مطالب ب أن ل
ناشد يناشد مناشد
حث يحث -
حض يحض - على
نصح ينصح ناصح
أوصى يوصي موصي ب
اقترح يقترح -
نفى ينفي نافي
كذب يكذب مكذب
اتهم يتهم متهم*
حمل يحمل محمل مسؤولية المسؤولية
ندد يندد مندد
استنكر يستنكر مستنكر
استهجن يستهجن مستهجن
أدان يدين -
انتقد ينتقد منتقد
هاجم يهاجم مهاجم قائلا
هدد يهدد - ب أن
توعد يتوعد متوعد
لوح يلوح ملوح ب
تعهد يتعهد متعهد
وعد - - ب أن
هنأ يهنئ مهنئ
عزى يعزي معزي
شكر يشكر شاكر
أشاد يشيد مشيد ب
أثنى يثني مثني على
رحب يرحب مرحب
أعرب يعرب معرب
عبر يعبر معبر عن
أبدى يبدي مبدي
وصف يصف واصف
جدد يجدد مجدد تأكيد تأكيده التأكيد دعوة دعوته الدعوة دعوتها تأكيدها موقف رفض رفضه رفضها تمسك
كرر يكرر مكرر
شكك يشكك مشكك
تحدث يتحدث متحدث* عن
أبلغ - - ب أن عن
أخبر يخبر مخبر
أطلع يطلع مطلع على
طمأن يطمئن مطمئن
بين* يبين مبين أن
وضح يوضح موضح
أورد يورد مورد أن
توقع يتوقع متوقع* أن
تمنى يتمنى متمني
أمل* يأمل آمل أن في ب
رجح يرجح مرجح أن وقوع
استبعد يستبعد مستبعد
قدر يقدر - أن ب
تنبأ يتنبأ متنبئ
استغرب يستغرب مستغرب
أعاد يعيد معيد الأذهان
برر يبرر - ب أن
عزا يعزو - إلى
أرجع يرجع -  إلى
"""
# Nouns that report only where the one who speaks stands right after them.
_NOUNS = {
    "قال": ["قول"],
    "أعلن": ["إعلان"],
    "صرح": ["تصريح", "تصريحات"],
    "أكد": ["تأكيد", "تأكيدات"],
    "حذر": ["تحذير", "تحذيرات"],
    "اتهم": ["اتهام", "اتهامات"],
    "دعا": ["دعوة"],
    "طالب": ["مطالبة"],
    "اعترف": ["اعتراف"],
    "أعرب": ["إعراب"],
    "نفى": ["نفي"],
}
_SOURCES = {"بحسب": "بحسب", "حسب": "بحسب", "وفق": "وفقا", "وفقا": "وفقا", "طبقا": "وفقا"}
_PRONOUNS = ("ه", "ها", "هم", "هما")
# Said of a passage that follows ما or حسبما: "وفق ما نشرته الصحيفة".
_PUBLISHED = "نشر تداول بث أورد"
# Before pronouns these are nouns: "ردها", "شكره", "قدره".
_NOUNS_BEFORE_PRONOUNS = frozenset(("رد", "شكر", "قدر", "حمل"))
# Forms spelt as a commoner word: "بين" is mostly "between", متهمة is accused.
_NOT_BARE = "*"
# In keys one with a word of speech: "here" with هنأ, "I think" with اعتقد, "in reply" with ردا.
_NO_SPEECH = frozenset(("هنا", "وهنا", "أعتقد", "وأعتقد", "ردا", "وردا"))


@cache
def cue_of(word: str) -> Cue | None:
    """Return the cue that a word is, with or without و, ف and the س of the future.

    Examples
    --------
    >>> cue_of("وأضافت").verb, cue_of("مشيراً").sort, cue_of("يطالبان").number
    ('أضاف', 'participle', 'd')
    >>> cue_of("المستشفى") is None
    True
    """
    if word in _NO_SPEECH:
        return None
    key = counting_key(word)
    forms = _forms()
    for rest in (key, *(key[1:] for letter in "وف" if key.startswith(letter))):
        if rest in forms:
            return forms[rest]
        if rest[:2] in {"سي", "ست"} and rest[1:] in forms:
            return forms[rest[1:]]
    return None


def is_saying(cue: Cue) -> bool:
    """Whether the verb can stand before words as they were spoken, with nothing between."""
    return cue.verb in _saying_verbs() or cue.sort in {"source", "passive", "relay"}


@cache
def _saying_verbs() -> frozenset[str]:
    return frozenset(row.split()[0] for row in _SAYING.strip().splitlines())


@cache
def _forms() -> dict[str, Cue]:
    """Every form of every cue, by its counting key; what is named first wins."""
    forms: dict[str, Cue] = {}

    def add(form: str, *rest: object) -> None:
        forms.setdefault(counting_key(form), Cue(*rest))

    for row in (_SAYING + _OTHER).strip().splitlines():
        for form, *rest in _forms_of_verb(row):
            add(form, *rest)
    for verb, nouns in _NOUNS.items():
        for noun in nouns:
            add(noun, verb, "noun", "", "s", ())
        for pronoun, gender in zip(_PRONOUNS, ("m", "f", "", ""), strict=True):
            add(nouns[0].replace("ة", "ت") + pronoun, verb, "participle", gender, "s", ("ان",))
    for word, verb in _SOURCES.items():
        add(word, verb, "source", "", "s", ())
    for form, gender in (("نقل", "m"), ("نقلت", "f"), ("تنقل", "f"), ("ينقل", "m")):
        add(form, "نقل", "relay", gender, "s", (counting_key("عن"),))
    for form in _before_pronouns([("نقل", "m", "s"), ("نقلت", "f", "s")]):
        add(form[0], "نقل", "published", *form[1:], ())
    for verb in _PUBLISHED.split():
        spoken = _perfect(verb)
        for form in [*spoken, *_before_pronouns(spoken)]:
            add(form[0], verb, "published", *form[1:], ())
    for form, gender in (("جاء", "m"), ("وجاء", "m")):
        add(form, "جاء", "paper", gender, "s", ("في",))
    for form in ("وبين", "فبين"):
        add(form, "بين", "verb", "m", "s", (counting_key("أن"),))
    add("قيل", "قال", "passive", "", "s", ())
    return forms


def _forms_of_verb(row: str) -> Iterator[tuple]:
    """Yield for each form of a verb in the tables what makes its cue."""
    if not row.strip():
        return
    perfect, imperfect, participle, *needs = row.split()
    verb, told = perfect.removesuffix(_NOT_BARE), tuple(map(counting_key, needs))
    spoken = _perfect(verb)
    with_object = list(_before_pronouns(spoken))
    if perfect.endswith(_NOT_BARE):
        spoken, with_object = spoken[1:], []
    if verb in _NOUNS_BEFORE_PRONOUNS:
        with_object = []
    if imperfect != "-":
        spoken += _imperfect(imperfect)
        with_object += _before_pronouns(_imperfect(imperfect))
    for form in spoken:
        yield form[0], verb, "verb", *form[1:], told
    if participle != "-":
        adverbial = _participle(participle.removesuffix(_NOT_BARE))
        if participle.endswith(_NOT_BARE):
            del adverbial[1]
        for form in adverbial:
            yield form[0], verb, "participle", *form[1:], told
    for form in with_object:
        yield form[0], verb, "verb", *form[1:], told, True


def _perfect(verb: str) -> list[tuple[str, str, str]]:
    """Return the forms of the perfect, with gender and number.

    >>> [form for form, _, _ in _perfect("نفى")]
    ['نفى', 'نفت', 'نفيا', 'نفتا', 'نفوا']
    """
    stem = verb[:-1] if verb[-1] in "اى" else verb
    dual = {"ا": "وا", "ى": "يا"}.get(verb[-1], "ا")
    return [
        (verb, "m", "s"),
        (stem + "ت", "f", "s"),
        (stem + dual, "", "d"),
        (stem + "تا", "f", "d"),
        (stem + "وا", "m", "p"),
    ]


def _imperfect(verb: str) -> list[tuple[str, str, str]]:
    """Return the forms of the imperfect, with gender and number.

    >>> [form for form, _, _ in _imperfect("يدعو")]
    ['يدعو', 'تدعو', 'يدعوان', 'تدعوان', 'يدعون']
    """
    base = verb[1:]
    long = base.removesuffix("ى") + ("ي" if base.endswith("ى") else "")
    plural = base[:-1] if base[-1] in "وىي" else base
    return [
        ("ي" + base, "m", "s"),
        ("ت" + base, "f", "s"),
        ("ي" + long + "ان", "", "d"),
        ("ت" + long + "ان", "f", "d"),
        ("ي" + plural + "ون", "m", "p"),
    ]


def _before_pronouns(forms: list[tuple[str, str, str]]) -> Iterator[tuple[str, str, str]]:
    """Yield the forms of one and of several speakers before a pronoun that is their object.

    >>> [form for form, _, _ in _before_pronouns([("وصفوا", "m", "p"), ("نفى", "m", "s")])][::4]
    ['وصفوه', 'نفاه']
    """
    for form, gender, number in forms:
        if number != "d":
            stem = form[:-1] + "ا" if form[-1] == "ى" else form
            stem = stem[:-1] if form.endswith("وا") else stem
            for pronoun in _PRONOUNS:
                yield stem + pronoun, gender, number


def _participle(word: str) -> list[tuple[str, str, str]]:
    """The forms that stand beside a verb: مشيرا, مشيرة, مشيرين."""
    return [
        (word + "ا", "m", "s"),
        (word + "ة", "f", "s"),
        (word + "ين", "m", "p"),
        (word + "تين", "f", "d"),
    ]
