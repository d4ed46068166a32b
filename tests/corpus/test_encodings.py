import codecs
import gzip
import json

import pytest

from khabar.corpus.encodings import decode, repair_mojibake

ARABIC = "قال لافروف في موسكو إن المحادثات مستمرة، وأضاف: «لا بديل عنها»؟"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1256"],
)
def test_arabic_reads_back_from_every_usual_encoding(encoding):
    assert decode(ARABIC.encode(encoding)) == ARABIC


def test_big_endian_utf16_with_a_mark_is_read():
    assert decode(codecs.BOM_UTF16_BE + ARABIC.encode("utf-16-be")) == ARABIC


def test_iso_8859_6_is_told_from_windows_1256():
    text = "قال لافروف في موسكو إن المحادثات مستمرة، أليس كذلك؟"
    assert decode(text.encode("iso8859_6")) == text


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("Le président a été reçu hier à Tunis, où il a évoqué la coopération", "cp1252"),
        ("Президент России провёл переговоры в Москве", "cp1251"),
        ("The minister arrived in Moscow", "ascii"),
        ("部長は昨日モスクワに到着した", "utf-8"),
    ],
)
def test_text_in_other_languages_is_read_too(text, encoding):
    assert decode(text.encode(encoding)) == text


def test_utf8_with_a_broken_byte_stays_utf8():
    data = ARABIC.encode() + b"\xff" + ARABIC.encode()
    assert decode(data) == ARABIC + "\ufffd" + ARABIC


def test_a_false_declaration_does_not_spoil_utf8():
    assert decode(ARABIC.encode(), declared="windows-1256") == ARABIC


def test_a_declared_encoding_is_believed_where_the_bytes_fit():
    text = "Президент России"
    assert decode(text.encode("koi8_r"), declared="koi8-r") == text


@pytest.mark.parametrize("data", [b"%PDF\0\1\2", bytes(range(128, 256)) * 20, b"\1\2\3\4\5\6abc"])
def test_binary_data_is_no_text(data):
    with pytest.raises(ValueError, match=r"binary data|neither UTF-8"):
        decode(data)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("utf-8", "latin-1"),
        ("utf-8", "cp1256"),
        ("cp1256", "cp1252"),
        ("cp1256", "latin-1"),
        ("iso8859_6", "latin-1"),
    ],
)
def test_arabic_read_in_the_wrong_encoding_is_repaired(right, wrong):
    text = "قال الوزير الروسي في موسكو إن المحادثات بين البلدين مستمرة"
    assert repair_mojibake(text.encode(right).decode(wrong)) == text


def test_only_the_broken_line_of_a_text_is_repaired():
    broken = ARABIC.encode().decode("cp1256")
    assert repair_mojibake(f"سطر سليم à Paris\n{broken}\nآخر") == (
        f"سطر سليم à Paris\n{ARABIC}\nآخر"
    )


@pytest.mark.parametrize(
    "clean",
    [
        "Ça a été créé à Genève, où l'été naïf s'achève",
        "ÜBERGRÖSSE IN ÖSTERREICH: ÄÖÜ ÄÖÜß",
        "وسط، ووسط، محظ؛ ظ§",
        "São Paulo و Türkiye و Øresund و Ångström",
        "ÇA VA? ÇÁ",
        "٪ ﷺ ﻻ",
    ],
)
def test_clean_text_with_rare_letters_is_not_touched(clean):
    assert repair_mojibake(clean) == clean


def test_every_file_of_the_gold_set_reads_back_exactly(shared):
    folder = shared("data/encodings")
    files = sorted(folder.glob("JA-*.bin"))
    wrong = [
        file.name
        for file in files
        if decode(file.read_bytes())
        != (folder / f"{file.name.split('.')[0]}.utf8.txt").read_bytes().decode()
    ]
    assert len(files) == 30
    assert wrong == []


def test_the_same_text_in_three_encodings_of_others_reads_the_same(shared):
    folder = shared("data/encodings")
    cp1256 = decode((folder / "uchardet-windows-1256.txt.bin").read_bytes())
    iso = decode((folder / "uchardet-iso-8859-6.txt.bin").read_bytes())
    assert cp1256[:30] == iso[:30] == "ويندوز-1256 هي صفحة كود تستخدم"


def test_95_in_100_broken_headlines_are_repaired_and_no_original_is_touched(shared):
    lines = (shared("data/encodings") / "mojibake.jsonl").read_text(encoding="utf-8")
    pairs = [json.loads(line) for line in lines.split("\n") if line]
    repaired = sum(repair_mojibake(pair["broken"]) == pair["original"] for pair in pairs)
    touched = [pair for pair in pairs if repair_mojibake(pair["original"]) != pair["original"]]
    assert touched == []
    assert repaired >= 0.95 * len(pairs)


def test_thousands_of_clean_articles_come_back_as_they_are(shared):
    with gzip.open(shared("data/ant-news-2018") / "articles.jsonl.gz", "rt") as lines:
        articles = [json.loads(line) for line in lines]
    touched = [
        article["id"]
        for article in articles
        for text in (article["title"], article["text"])
        if repair_mojibake(text) != text
    ]
    assert len(articles) > 5000
    assert touched == []
