"""Nouns before names: offices and callings of people, and what organisations call themselves."""

from khabar.actors.particles import keys_of

# With one of these begins what a person is called by; feminine and plural are made from them.
_PEOPLE = """
رئيس وزير سفير مندوب مبعوث ممثل نائب مستشار متحدث ناطق مدير قائد أمين زعيم مسؤول مسئول ملك أمير
شيخ سلطان إمام بابا بطريرك مطران أسقف قس حاخام مفتي مرشد قاض قاضي محافظ عمدة حاكم والي مفوض منسق
مراسل صحفي صحافي كاتب محلل خبير باحث محام محامي طبيب دكتور أستاذ بروفيسور مهندس عالم مؤرخ شاعر
روائي أديب فنان مخرج مطرب مغني منتج لاعب مدرب حارس مهاجم مدافع لواء عميد عقيد فريق جنرال مقدم
رائد نقيب ملازم مشير عماد أدميرال مارشال ضابط جندي طيار سيناتور عضو وكيل مساعد معاون سكرتير مرشح
ولي لفتنانت كولونيل ميجور
منافس معارض ناشط مدون داعية رجل سيد آنسة لورد سير دبلوماسي مصدر شاهد خليفة إمبراطور قيصر مستشارة
عاهل مصرفي اقتصادي ناخب حكم بطل نجم متسابق عداء سباح ملاكم مؤسس صاحب سياسي نظير زميل خلف سلف
"""
_FEMININE_ONLY = "عقيلة زوجة أرملة ابنة والدة شقيقة ملكة أميرة"
_MASCULINE_ONLY = "نجل ابن والد شقيق زوج"
_BROKEN_PLURALS = """
رؤساء وزراء سفراء مندوبون مبعوثون نواب مستشارون قادة أمناء زعماء ملوك أمراء شيوخ خبراء محللون
باحثون محامون أطباء علماء نشطاء ناشطون مصادر شهود أعضاء ضباط جنود سكان أهالي مواطنون معارضون
صحفيون صحافيون دبلوماسيون مستخدمون مراقبون مسؤولون مسئولون متحدثون ناطقون مصدران مسؤولان
متظاهرون مسلحون
"""
_BODIES = """
وزارة حكومة رئاسة سفارة برلمان مجلس لجنة هيئة منظمة مؤسسة جمعية اتحاد رابطة نقابة حزب حركة جبهة
تنظيم جماعة تيار ائتلاف تحالف كتلة فصيل ميليشيا كتيبة كتائب لواء جيش فيلق شركة مجموعة بنك مصرف
صندوق وكالة صحيفة قناة إذاعة تلفزيون موقع مجلة شبكة جامعة كلية معهد مركز مرصد محكمة شرطة جهاز
إدارة مديرية بلدية محافظة مكتب قيادة أركان بعثة وفد أمانة مفوضية دائرة نادي منتخب حملة مبادرة
منصة غرفة سلطة سلطات مصلحة ديوان حرس قوات استخبارات مخابرات خارجية داخلية دفاع دار مستشفى بيان
تقرير مصادر
"""
# Before these a noun is definite for good, and refers back: "وقال الوزير", "وأضاف البيان".
_PRONOUN_LIKE_PEOPLE = """
وزير رئيس متحدث ناطق مسؤول مسئول دبلوماسي زعيم سفير مبعوث مندوب ممثل نائب قائد مدير أمين ملك أمير
شيخ خبير محلل باحث كاتب ناشط سيناتور جنرال سيد مصدر مستشار نقيب عضو لاعب مدرب رجل
"""
# Said of whomever was named last; other titles only of one who was called by them before.
_ANYBODY = "وزير رئيس متحدث ناطق مسؤول مسئول دبلوماسي زعيم سيناتور جنرال"
_SEVERAL = "جانبان طرفان وزيران رئيسان زعيمان مسؤولان مسئولان بلدان دبلوماسيان"
_PAPERS = "بيان تقرير"

# Bodies in the plural, and what else speaks: "أشارت منظمات حقوقية", "أظهرت دراسة".
_ALSO_SPEAK = """
منظمات جماعات حركات أحزاب وسائل صحف قنوات شركات دول جهات وكالات فصائل مؤسسات هيئات دراسة بحث صفحة
حساب حسابات مواقع نظام إدارات حكومات محققون ناخبون نيابة ادعاء قضاء أولياء عائلات أسر
"""
_HONORIFICS = "سمو جلالة فخامة معالي سعادة فضيلة سماحة"
_WITH_HONOUR = "سموه سموها جلالته فخامته معاليه سعادته فضيلته سماحته سيادته"

# "ندد عدد من الدول": words of number are subjects too.
_SOME = """
عدد عددا بعض أحد إحدى عشرات مئات آلاف اثنان ثلاثة أربعة خمسة خمس ست سبع ثلاث أربع كثيرون آخر آخرون
"""

# Adverbs that may stand between a verb and the one who speaks.
_ADVERBS = """
اليوم أمس الأحد الاثنين الإثنين الثلاثاء الأربعاء الخميس الجمعة السبت أيضا كذلك بدوره بدورها
بدورهم مجددا مؤخرا لاحقا مساء صباح ظهر فجر يوم قد هنا آنفا علنا رسميا مرارا حينها وقتها سابقا
مرة أخرى بانتظام بوضوح بصراحة بشدة بحزم
"""


def _with_feminine(nouns: str) -> str:
    return " ".join(f"{noun} {noun}ة" for noun in nouns.split())


def _definite(nouns: str) -> str:
    return " ".join(f"ال{noun}" for noun in nouns.split())


_ALL_PEOPLE = f"{_with_feminine(_PEOPLE)} {_FEMININE_ONLY} {_MASCULINE_ONLY} {_BROKEN_PLURALS}"

# Heads of what is no body that acts: "بيان صادر", "القوات الموالية".
_PAPERS_AND_PARTS = """
بيان تقرير مصادر موقع مبادرة حملة سلطة سلطات دفاع خارجية داخلية قوات قيادة أركان إدارة محافظة شبكة
"""

TITLES = keys_of(f"{_ALL_PEOPLE} {_definite(_ALL_PEOPLE)}")
BODIES = keys_of(f"{_BODIES} {_definite(_BODIES)}")
ORGANISATIONS = BODIES - keys_of(f"{_PAPERS_AND_PARTS} {_definite(_PAPERS_AND_PARTS)}")
REFERS_TO_PERSON = keys_of(f"{_definite(_with_feminine(_PRONOUN_LIKE_PEOPLE))} {_WITH_HONOUR}")
REFERS_TO_BODY = keys_of(_definite(_BODIES))
REFERS_TO_SEVERAL = keys_of(f"{_definite(_SEVERAL)} {_definite(_SEVERAL).replace('ان', 'ين')}")
REFERS_TO_ANYBODY = keys_of(f"{_definite(_with_feminine(_ANYBODY))} {_WITH_HONOUR}")
SOME = keys_of(_SOME)
PAPERS = keys_of(_definite(_PAPERS))
ADVERBS = keys_of(_ADVERBS)


_PLURALS = " ".join(f"{word}ون" for word in _PEOPLE.split())
_OWN = " ".join(
    word.replace("ة", "ت") + pronoun
    for word in f"{_with_feminine(_PEOPLE)} {_FEMININE_ONLY} {_MASCULINE_ONLY}".split()
    for pronoun in ("ه", "ها", "هم")
)
OWN = keys_of(_OWN)  # "مدربه", "زوجته"
_HEADS = (
    TITLES
    | BODIES
    | keys_of(f"{_ALSO_SPEAK} {_PLURALS} {_HONORIFICS} {_WITH_HONOUR}")
    | OWN
    | keys_of(_definite(f"{_ALSO_SPEAK} {_PLURALS}"))
)


def heads_title(key: str) -> bool:
    """Whether the word begins what somebody is called who may speak: a title, a kind of body."""
    return bare_title(key) in _HEADS


def bare_title(key: str) -> str:
    """Return the noun of a title without the conjunction before it."""
    return key[1:] if key[:1] in "وف" and key[1:] in TITLES | BODIES else key
