"""How often `citation_form` finds the clitic-free form, on treebanks and on names of the news.

    python benchmarks/citation_quality.py [DATA_FOLDER]

A distinct (word, reading) pair counts once. An answer is right when it is the clitic-free form or
the lemma of the gold; the article, hamzas and a final ة or ت make no difference. The second names
are second and later words of persons' names, which carry no clitic; some in the data sets do.
"""

import csv
import re
import sys
from collections.abc import Callable, Iterable
from itertools import product
from pathlib import Path
from zlib import crc32

import pandas as pd

from khabar.language.citation import citation_form
from khabar.language.orthography import normalize, normalize_alef

DATA = Path(__file__).parents[2] / "shared" / "data"

# Names that begin with a letter that could be a clitic: persons, places, firms, newspapers.
NAMES = """
بوتين بايدن بلينكن بوش بلير باراك بومبيو بولتون برلسكوني بولسونارو بينيت باقري برادلي بيلوسي بشار
باشاغا بوتفليقة بلحاج بنكيران برلين بروكسل باريس بغداد بيروت بنغازي بكين بوسطن بولندا بلجيكا
بلغاريا بريطانيا بنغلادش بوركينا بوغوتا برشلونة بلومبرغ بوينغ بيونغيانغ بنسلفانيا بوكيتينو بنزيما
لندن لبنان ليبيا لاهاي لافروف لوكاشينكو لولا لاغارد لودريان ليبرمان لابيد لويزيانا لوكسمبورغ
ليفربول لوفتهانزا لاريجاني ليما لاغوس لشبونة لوبان لينين لوموند لبيد لينوفو لوزان لوكربي كلينتون
كيري كاميرون كارتر كوشنر كابل كييف كندا كوريا كوبا كينيا كولومبيا كاليفورنيا كازاخستان كركوك كوهين
كيسنجر كاسترو كابيلا كاغامي كراتشي كوبنهاغن كرواتيا كمبوديا كردستان كونتي كوالالمبور كشمير فيدان
فيينا فرنسا فنزويلا فلسطين فيسبوك فنلندا فيتنام فاغنر فالنسيا فرانكفورت فولكسفاغن فلوريدا
فيلادلفيا فولودين فيون فالس فلاديمير فرنجية فيصل فهد فاروق فتحي فضل فيرغسون فيفا فودافون فوكوشيما
وليد واشنطن وارسو ولينغتون وائل وهران ويلز ويلسون ويكيبيديا ويكيليكس وزيرستان وايت ورزازات ولد
وستمنستر سليماني سوريا ستارمر ستولتنبرغ ستيفاني ساركوزي سامسونغ سنغافورة سلوفاكيا سيدني سيول سوتشي
سعيد سلطان سيناء هادي هولاند هنية هاريس هلسنكي هونغ ياسر ينبع تبون تونس نتنياهو نيويورك ناغورني
ألمانيا ألبانيا ألاسكا ألكسندر إلياس إلهام آلان ألستوم ألونسو إلينوي
"""
TRAP_NAMES = NAMES.split()

# Written after the rule and its thresholds were fixed; a fifth are newer than the frequency list.
LATER = """
بوريل بلاتر بيكهام بيلينغهام بنعطية بودابست بوخارست بريتوريا باكو بيشاور براغ بازل بوروندي بيرو
بوليفيا بنما برناردو بيريز بيلاروسيا بيونسيه بيربوك باشينيان لاتفيا ليتوانيا لوغانسك لاباز
لامبورغيني لوريال لوكهيد ليفاندوفسكي لومومباشي لبيب ليلى لمياء لوس لاغوس لاتسيو ليون ليستر كانتي
كروس كامالا كيشيدا كوستاريكا كيغالي كانساس كولورادو كازان كريستيانو كاراباخ كاتالونيا كرزاي كارلوس
كلوب كييف كينيدي كيغان فوتشيتش فيتزو فولودومير فيراري فورد فايزر فوكس فينيسيوس فرانشيسكو فالنسيا
فاران فيليب فريدمان فاتو فادي فارس فؤاد فهمي فيسبادن والس وودوارد ويتكوف واتساب والمارت وارن
واغادوغو وولف ويست وسام وجدي ورد وفيق وائل سولكير سوناك سالفيني سانشيز ستارلينك سيسكو سعد سامي
سوليفان سينغ الأسد الحريري السيسي البشير الغنوشي المشري الدبيبة
"""
LATER_NAMES = LATER.split()

PRONOUNS = {"ه", "ها", "هم", "هن", "هما", "كم", "نا", "ك", "ني"}
HAMZA_SEATS = str.maketrans("ؤئ", "ءء")


def fold(form: str) -> str:
    """Fold what makes no difference to the score."""
    form = normalize(form)
    form = form.removeprefix("ال") if len(form) > 3 else form
    return re.sub("ة$", "ت", re.sub("ى$", "ي", normalize_alef(form).translate(HAMZA_SEATS)))


def half(name: str) -> str:
    """Deal sentences and names into two halves that stay the same from run to run."""
    return "AB"[crc32(name.encode()) % 2]


def rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def gold_pud(folder: Path) -> pd.DataFrame:
    found = []
    for row in rows(folder / "ud-arabic-pud" / "pud-words.tsv"):
        tags = row["upos"].split("+")
        segments, lemmas = row["segments"].split("+"), row["lemmas"].split("+")
        cores = [i for i, tag in enumerate(tags) if tag in {"NOUN", "ADJ", "VERB", "PROPN"}]
        if len(cores) != 1 or len(segments) != len(tags):
            continue
        (core,) = cores
        form = segments[core]
        # The treebank cuts للشخص as ل + لشخص: the second ل is the article.
        if core and segments[core - 1] == "ل" and form.startswith("ل") and "لل" in row["word"]:
            answers = {form, form[1:], lemmas[core]}
        else:
            answers = {form, lemmas[core]}
        name, proclitic, pronoun = tags[core] == "PROPN", core > 0, core + 1 < len(tags)
        found.append((row["word"], answers, name, proclitic, pronoun, half(row["sent_id"])))
    return gold(found)


def gold_padt(folder: Path) -> pd.DataFrame:
    found = []
    for row in rows(folder / "ud-arabic-padt" / "padt-words.tsv"):
        tags = [set(tag.split(";")) for tag in row["unimorph"].split("|")]
        segments, lemmas = row["segments"].split("+"), row["lemmas"].split("+")
        cores = [i for i, tag in enumerate(tags) if tag & {"N", "ADJ", "V", "PROPN", "_"}]
        if len(cores) != 1 or not re.fullmatch("[ء-ي]+", normalize(row["word"])):
            continue
        (core,) = cores
        answers = {segments[core], lemmas[core]}
        name, proclitic = bool(tags[core] & {"_", "PROPN"}), core > 0
        pronoun = core + 1 < len(tags)
        found.append((row["word"], answers, name, proclitic, pronoun, half(row["sent_id"])))
    return gold(found)


def gold_wikinews(folder: Path) -> pd.DataFrame:
    proclitics = {"CONJ", "PREP", "FUT_PART"}
    found = []
    for row in rows(folder / "wikinews-farasa" / "words.tsv"):
        tags, segments = row["pos"].split("+"), row["segments"].split("+")
        if len(tags) != len(segments) or not {"NOUN", "ADJ", "V"} & set(tags):
            continue
        stem = next(i for i, tag in enumerate(tags) if tag in {"NOUN", "ADJ", "V"})
        endings = list(zip(tags[stem:], segments[stem:], strict=True))
        # The subject endings of verbs carry the same tag as object and possessive pronouns.
        pronoun = endings[-1][0] == "PRON" and endings[-1][1] in PRONOUNS
        form = "".join(segment for _, segment in endings[: -1 if pronoun else None])
        proclitic = bool(proclitics & set(tags[:stem]))
        sentence = half(row["section"] + row["line"])
        found.append((row["word"], {form}, False, proclitic, pronoun, sentence))
    return gold(found)


def gold_names(names: Iterable[str], proclitics: Iterable[str]) -> pd.DataFrame:
    return gold(
        (re.sub("^لال", "لل", proclitic + name), {name}, True, proclitic != "", False, half(name))
        for name, proclitic in product(names, proclitics)
    )


def gold_territories(folder: Path) -> pd.DataFrame:
    """One-word territory names of Unicode CLDR, bare and behind every chain of proclitics."""
    names = [
        row["name"]
        for row in rows(folder / "countries-newsmap-cldr-ar" / "cldr-ar-territories.tsv")
    ]
    names = [name for name in names if re.fullmatch("[ء-ي]{3,}", name)]
    return gold_names(names, ("", "و", "ف", "ب", "ل", "ك", "وب", "ول"))


def gold_second_names(folder: Path) -> pd.DataFrame:
    """Second and later words of persons' names in three entity sets, to be left whole."""
    words = {
        word
        for path in sorted(folder.glob("ner-*/*.bio.txt"))
        for word, *tags in map(str.split, filter(str.strip, path.open(encoding="utf-8")))
        if tags[0] in {"I-PER", "I-PERS"} and re.fullmatch("[وفبلكس][ء-ي]{2,}", word)
    }
    return gold((word, {word}, True, False, False, half(word)) for word in sorted(words))


def gold(found: Iterable[tuple]) -> pd.DataFrame:
    columns = ["word", "answers", "name", "proclitic", "pronoun", "half"]
    table = pd.DataFrame(found, columns=columns)
    table["word"] = table["word"].map(normalize)
    table["answers"] = [frozenset(map(fold, answers)) for answers in table["answers"]]
    return table.drop_duplicates(["word", "answers"]).reset_index(drop=True)


def gold_sets(folder: Path) -> dict[str, pd.DataFrame]:
    return {
        "UD PUD": gold_pud(folder),
        "UD PADT": gold_padt(folder),
        "Wikinews": gold_wikinews(folder),
        "trap names": gold_names(TRAP_NAMES, ("", "و", "ب", "ل")),
        "later names": gold_names(LATER_NAMES, ("", "و", "ب", "ل")),
        "territories": gold_territories(folder),
        "second names": gold_second_names(folder),
    }


def score(table: pd.DataFrame) -> pd.DataFrame:
    """Share right per kind of word: all, in the half the thresholds were set on, in the other."""
    kind = table["name"].map({True: "name ", False: "word "}) + table["proclitic"].map(
        {True: "with proclitic", False: "bare"}
    ).mask(table["pronoun"] & ~table["proclitic"], "with pronoun")
    table = table.assign(kind=kind, right=is_right(table, citation_form), left=is_right(table, str))
    both = pd.concat([table.assign(kind="all"), table])
    halves = both.pivot_table(index="kind", columns="half", values="right", aggfunc="mean")
    whole = both.groupby("kind").agg(
        types=("right", "size"), right=("right", "mean"), as_written=("left", "mean")
    )
    return whole.join(halves.rename(columns={"A": "half set on", "B": "other half"}))


def is_right(table: pd.DataFrame, rule: Callable[[str], str]) -> list[bool]:
    answers = [fold(rule(word)) for word in table["word"]]
    return [answer in accepted for answer, accepted in zip(answers, table["answers"], strict=True)]


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    scores = {name: score(table) for name, table in gold_sets(folder).items()}
    print(pd.concat(scores).to_string(float_format="{:.3f}".format))


if __name__ == "__main__":
    main()
