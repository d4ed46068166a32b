import json
import zipfile
from collections import Counter
from importlib.resources import as_file, files

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import khabar as kb
from khabar.blocks import clean
from khabar.corpus.read import UniqueIds, taken


def same_as_in_memory(folder, store) -> kb.blocks.Table:
    with pytest.warns(kb.KhabarWarning) as in_memory:
        documents = kb.load_corpus(folder)
    with pytest.warns(kb.KhabarWarning) as in_blocks:
        corpus = kb.blocks.save_corpus(folder, store)
    pd.testing.assert_frame_equal(corpus.read(), documents, check_exact=True)
    assert [str(w.message) for w in in_blocks] == [str(w.message) for w in in_memory]
    articles, unreadable = kb.read_articles(folder)
    _, removed = kb.clean_articles(articles)
    kept = kb.blocks.open_table(store / "_removed").read()
    pd.testing.assert_frame_equal(kept, removed, check_exact=True)
    listed = kb.blocks.open_table(store / "_unreadable").read()
    pd.testing.assert_frame_equal(listed.astype({"row": "Int64"}), unreadable)
    assert sorted(path.name for path in store.iterdir() if path.is_dir()) == [
        "_removed",
        "_unreadable",
    ]
    return corpus


@pytest.fixture
def small_blocks(monkeypatch):
    """Make blocks of three documents, so that a small corpus has many."""
    monkeypatch.setattr(clean, "ROWS_AT_ONCE", 3)


BODY = (
    "وقال وزير الخارجية إن بلاده ترحب بالجهود التي تبذلها الأمم المتحدة من أجل التوصل إلى تسوية "
    "سياسية للأزمة وإنها ستواصل العمل مع الشركاء كافة في المرحلة المقبلة رقم {}."
)


@pytest.fixture
def awkward(tmp_path):
    """Return a folder in which everything that cleaning knows of a whole corpus matters."""
    folder = tmp_path / "articles"
    folder.mkdir()
    records = []
    for n in range(9):
        # A menu that recurs, a source of datelines, days of one order, a host, repeated ids.
        text = f"شاهد القناة\nعنوان الخبر {n}\nميناء - وكالة الضفة: {BODY.format(n)}\n\nتابعونا هنا"
        records.append(
            {"id": f"r{n % 4}", "text": text, "source": "الضفة", "date": f"{13 + n}/4/2015"}
        )
    records.append(
        {"id": "r0 (2)", "text": BODY.format("x"), "source": "الضفة", "date": "3/4/2015"}
    )
    for n in range(4):
        url = f"https://{'ar.daffa.com' if n else 'www.other.net'}/{n}"
        records.append({"text": BODY.format(n) + " نسخة أخرى", "url": url})
    records += [{"text": "  "}, {"text": BODY.format("d"), "source": "daffa"}]
    lines = [json.dumps(record, ensure_ascii=False) for record in records]
    (folder / "a.jsonl").write_text("\r\n".join([*lines[:7], "{broken", *lines[7:]]), "utf-8")
    (folder / "b.txt").write_bytes(BODY.format(0).replace(". ", ".\r\n").encode("utf-16"))
    with zipfile.ZipFile(folder / "c.zip", "w") as archive:
        for n in range(5):
            archive.writestr(f"خبر\\{n}.txt", f"الخميس 23 نيسان\n{BODY.format(n)}")
        archive.writestr("z.zip", "no")
    (folder / "d.pdf").write_bytes(b"x")
    return folder


def test_what_depends_on_the_whole_corpus_is_the_same_in_blocks(awkward, tmp_path, small_blocks):
    corpus = same_as_in_memory(awkward, tmp_path / "store")
    assert len(corpus.parts) > 5
    removed = kb.blocks.open_table(corpus.path / "_removed").read()
    assert {"recurs in the outlet", "dateline"} <= set(removed["rule"])
    assert {"r0 (2) (2)", "r0 (3)"} & set(corpus.read([]).index)
    assert corpus.read(["story_id"])["story_id"].nunique() < len(corpus)


def test_real_articles_are_the_same_in_blocks(shared, tmp_path, monkeypatch):
    monkeypatch.setattr(clean, "ROWS_AT_ONCE", 400)
    folder = tmp_path / "articles"
    folder.mkdir()
    for name in ("ant-syria-diplomacy-2018", "saudinewsnet-2015"):
        source = shared(f"data/{name}/articles.jsonl.gz")
        (folder / f"{name}.jsonl.gz").write_bytes(source.read_bytes())
    (folder / "seeds").symlink_to(shared("seeds"))  # a link to a folder: listed as not read
    same_as_in_memory(folder, tmp_path / "store")


def test_the_sample_is_the_same_in_blocks_of_few_characters(sample, tmp_path, monkeypatch):
    monkeypatch.setattr(clean, "_CHARACTERS_AT_ONCE", 60_000)
    articles = as_file(files("khabar.data") / "sample" / "articles")
    with articles as folder, pytest.warns(kb.KhabarWarning, match="18 of 207 documents"):
        corpus = kb.blocks.save_corpus(folder, tmp_path / "store")
    assert len(corpus.parts) > 3
    pd.testing.assert_frame_equal(corpus.read(), sample, check_exact=True)


def test_copies_need_not_be_sought(awkward, tmp_path, small_blocks):
    with pytest.warns(kb.KhabarWarning):
        corpus = kb.blocks.save_corpus(awkward, tmp_path / "store", copies=False)
    with pytest.warns(kb.KhabarWarning):
        documents = kb.load_corpus(awkward)
    expected = documents.assign(story_id=documents.index)
    pd.testing.assert_frame_equal(corpus.read(), expected, check_exact=True)


def test_a_store_inside_the_folder_of_articles_is_refused(awkward):
    with pytest.raises(kb.KhabarError, match="store must lie outside the folder of articles"):
        kb.blocks.save_corpus(awkward, awkward / "store")


def test_a_folder_in_which_nothing_can_be_read_says_why(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(b"x")
    with pytest.raises(kb.KhabarError, match=r"nothing in .* could be read.*unknown kind of file"):
        kb.blocks.save_corpus(tmp_path / "in", tmp_path / "store")


@given(st.lists(st.sampled_from(["a", "b", "a (2)", "a (3)", "a (2) (2)"]), max_size=8), st.data())
def test_repeated_ids_are_told_apart_alike_in_blocks(ids, data):
    cut = data.draw(st.integers(0, len(ids)))
    in_blocks = UniqueIds(taken(ids))
    told = in_blocks.of(ids[:cut]) + in_blocks.of(ids[cut:])
    assert told == UniqueIds(taken(ids)).of(ids)
    assert max(Counter(told).values(), default=1) == 1
    assert all(new == old for new, old in zip(told, ids, strict=True) if ids.count(old) == 1)
