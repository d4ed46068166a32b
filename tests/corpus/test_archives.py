import gzip
import io
import os
import struct
import zipfile

import pytest
import zstandard

import khabar as kb

ONE_GIGABYTE = 1_000_000_000


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def make_zip(path, members, **options):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members.items():
            archive.writestr(name, content)


@pytest.fixture
def folder(tmp_path):
    """Return a folder with one good article."""
    write(tmp_path / "corpus" / "good.txt", "خبر سليم")
    return tmp_path / "corpus"


def reasons(folder):
    articles, unreadable = kb.read_articles(folder)
    assert articles["raw"].tolist() == ["خبر سليم"]
    return dict(zip(unreadable["path"], unreadable["reason"], strict=True))


@pytest.mark.parametrize(
    ("suffix", "pack"), [(".gz", gzip.compress), (".zst", zstandard.ZstdCompressor().compress)]
)
def test_packed_files_are_opened(tmp_path, suffix, pack):
    (tmp_path / f"a.txt{suffix}").write_bytes(pack("خبر".encode()))
    (tmp_path / f"b.jsonl{suffix}").write_bytes(pack('{"text": "آخر"}'.encode()) * 1)
    articles, _ = kb.read_articles(tmp_path)
    assert articles["raw"].to_dict() == {f"a.txt{suffix}": "خبر", f"b.jsonl{suffix}:1": "آخر"}


def test_the_members_of_a_zip_are_read_with_their_folders_as_outlets(tmp_path):
    packed = gzip.compress('{"text": "ثالث"}'.encode())
    members = {"شرفة/1.txt": "أول", "2.txt": "ثان", "الرواق/3.jsonl.gz": packed}
    make_zip(tmp_path / "a.zip", members)
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles["raw"].to_dict() == {
        "a.zip/شرفة/1.txt": "أول",
        "a.zip/2.txt": "ثان",
        "a.zip/الرواق/3.jsonl.gz:1": "ثالث",
    }
    assert articles["outlet"].fillna("").tolist() == ["شرفة", "", "الرواق"]
    assert unreadable.empty


def test_a_zip_in_a_sub_folder_takes_that_for_the_outlet(tmp_path):
    (tmp_path / "شرفة").mkdir()
    make_zip(tmp_path / "شرفة" / "a.zip", {"2015/1.txt": "أول"})
    assert kb.read_articles(tmp_path)[0]["outlet"].tolist() == ["شرفة"]


def test_hidden_files_and_those_of_the_mac_are_passed_over(folder):
    write(folder / ".hidden.txt", "مخفي")
    write(folder / ".git" / "a.txt", "مخفي")
    write(folder / "__MACOSX" / "a.txt", "مخفي")
    make_zip(folder / "a.zip", {"__MACOSX/._1.txt": "x", ".DS_Store": "x", "empty/": ""})
    assert reasons(folder) == {}


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_file_that_was_cut_off_keeps_its_whole_lines_and_is_listed(tmp_path, suffix):
    pack = {".gz": gzip.compress, ".zst": zstandard.ZstdCompressor().compress}[suffix]
    text = "".join(f'{{"text": "خبر رقم {os.urandom(20).hex()}"}}\n' for _ in range(20_000))
    (tmp_path / f"a.jsonl{suffix}").write_bytes(pack(text.encode())[:-1000])
    articles, unreadable = kb.read_articles(tmp_path)
    assert 10_000 < len(articles) < 20_000
    assert unreadable["row"].isna().tolist() == [True]
    assert "damaged or cut off" in unreadable["reason"].iloc[0]


def test_a_text_that_was_cut_off_is_listed_and_not_read_in_part(folder):
    (folder / "a.txt.gz").write_bytes(gzip.compress("خبر ناقص".encode() * 100)[:-12])
    assert "damaged or cut off" in reasons(folder)["a.txt.gz"]


@pytest.mark.parametrize("kind", ["txt", "jsonl", "csv", "json", "html"])
@pytest.mark.parametrize("suffix", ["gz", "zst"])
def test_a_bomb_is_given_up_soon(folder, kind, suffix):
    target = folder / f"a.{kind}.{suffix}"
    if suffix == "gz":
        packed = gzip.GzipFile(target, "wb", compresslevel=1)
    else:
        packed = zstandard.ZstdCompressor().stream_writer(target.open("wb"))
    with packed:
        for _ in range(300):
            packed.write(b"x" * 1_000_000)
    reason = reasons(folder)[f"a.{kind}.{suffix}"]
    assert "unfolds to more than" in reason or "longer than 20 MB" in reason


def test_a_zip_bomb_is_given_up_by_the_sum_of_its_members(folder):
    bomb = (b'{"text": "' + b" " * 1_000_000 + b'"}\n') * 20
    make_zip(folder / "a.zip", {f"{n}.jsonl": bomb for n in range(5)})
    listed = reasons(folder)
    assert "unfolds to more than" in listed["a.zip/4.jsonl"]


def test_a_member_that_declares_ten_gigabytes_is_not_opened(folder):
    make_zip(folder / "a.zip", {"1.txt": "x" * 1000})
    data = bytearray((folder / "a.zip").read_bytes())
    directory = data.rindex(b"PK\x01\x02")
    struct.pack_into("<L", data, directory + 24, 4 * ONE_GIGABYTE)
    (folder / "a.zip").write_bytes(bytes(data))
    assert "declares 4,000 MB" in reasons(folder)["a.zip/1.txt"]


def test_ten_gigabytes_declared_in_the_long_form_are_not_opened_either(folder, monkeypatch):
    make_zip(folder / "a.zip", {"1.txt": "x"})
    infolist = zipfile.ZipFile.infolist

    def declaring(archive):
        for member in infolist(archive):
            member.file_size = 10 * ONE_GIGABYTE
        return infolist(archive)

    monkeypatch.setattr(zipfile.ZipFile, "infolist", declaring)
    assert "declares 10,000 MB" in reasons(folder)["a.zip/1.txt"]


def test_a_workbook_that_is_a_bomb_is_listed(folder):
    make_zip(folder / "a.xlsx", {"xl/workbook.xml": b" " * 100_000_000}, compresslevel=1)
    assert "unfolds to 100 MB" in reasons(folder)["a.xlsx"]


def test_names_that_climb_out_of_a_zip_write_nothing_and_are_only_labels(tmp_path):
    (tmp_path / "corpus").mkdir()
    make_zip(tmp_path / "corpus" / "a.zip", {"../../up.txt": "خبر", "/root.txt": "آخر"})
    articles, _ = kb.read_articles(tmp_path / "corpus")
    assert articles.index.tolist() == ["a.zip/up.txt", "a.zip/root.txt"]
    assert sorted(p.name for p in tmp_path.rglob("*")) == ["a.zip", "corpus"]


def test_an_archive_in_an_archive_and_an_encrypted_member_are_listed(folder):
    inner = io.BytesIO()
    make_zip(inner, {"1.txt": "خبر"})
    make_zip(folder / "a.zip", {"inner.zip": inner.getvalue(), "secret.txt": "x"})
    data = bytearray((folder / "a.zip").read_bytes())
    data[data.rindex(b"PK\x01\x02") + 8] |= 1
    (folder / "a.zip").write_bytes(bytes(data))
    assert reasons(folder) == {
        "a.zip/inner.zip": "a zip in a zip: not opened",
        "a.zip/secret.txt": "encrypted",
    }


def test_a_damaged_member_is_listed_and_the_others_are_read(tmp_path):
    make_zip(tmp_path / "a.zip", {"1.txt": os.urandom(3000).hex(), "2.txt": "سليم"})
    data = bytearray((tmp_path / "a.zip").read_bytes())
    data[500:600] = bytes(100)
    (tmp_path / "a.zip").write_bytes(bytes(data))
    articles, unreadable = kb.read_articles(tmp_path)
    assert articles.index.tolist() == ["a.zip/2.txt"]
    assert unreadable["path"].tolist() == ["a.zip/1.txt"]


def test_arabic_names_in_a_zip_made_on_windows_are_read(tmp_path):
    name = "أخبار السياسة/الخبر الأول.txt"
    make_zip(tmp_path / "a.zip", {name.encode("cp1256").hex() + ".txt": "خبر"})
    data = (tmp_path / "a.zip").read_bytes()
    placeholder = (name.encode("cp1256").hex() + ".txt").encode()
    raw_name = name.encode("cp1256").rjust(len(placeholder), b"/")
    (tmp_path / "a.zip").write_bytes(data.replace(placeholder, raw_name))
    assert kb.read_articles(tmp_path)[0]["outlet"].tolist() == ["أخبار السياسة"]


def test_links_that_go_in_circles_end(folder):
    (folder / "circle").symlink_to(folder, target_is_directory=True)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    listed = reasons(folder)
    assert "a link to a folder: not followed" in listed["circle"]
    assert "a link that leads nowhere" in listed["self.txt"]


def test_links_out_of_the_folder_are_not_followed_and_those_within_are(folder):
    write(folder.parent / "secret.txt", "سر")
    (folder / "out.txt").symlink_to(folder.parent / "secret.txt")
    (folder / "in.txt").symlink_to(folder / "good.txt")
    articles, unreadable = kb.read_articles(folder)
    assert articles.index.tolist() == ["good.txt", "in.txt"]
    assert unreadable["reason"].tolist() == ["a link to a file outside the folder: not followed"]


def test_a_pipe_is_listed_and_not_waited_for(folder):
    os.mkfifo(folder / "pipe.txt")
    assert reasons(folder) == {"pipe.txt": "not a regular file"}


def test_a_file_name_that_is_no_text_is_shown_as_well_as_it_can(tmp_path):
    with open(os.fsencode(tmp_path) + b"/a\xff.txt", "wb") as file:
        file.write("خبر".encode())
    assert kb.read_articles(tmp_path)[0].index.tolist() == ["a\ufffd.txt"]


def test_a_member_damaged_in_an_lzma_packing_is_listed(folder):
    with zipfile.ZipFile(folder / "a.zip", "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr("1.txt", os.urandom(3000).hex())
    data = bytearray((folder / "a.zip").read_bytes())
    data[500:600] = bytes(100)
    (folder / "a.zip").write_bytes(bytes(data))
    articles, unreadable = kb.read_articles(folder)
    assert articles.index.tolist() == ["good.txt"]
    assert "damaged or cut off while packed" in unreadable["reason"].iloc[0]


def test_a_member_without_a_name_is_listed(folder):
    make_zip(folder / "a.zip", {"1.txt": "خبر", "x": "خبر"})
    data = (folder / "a.zip").read_bytes()
    at = data.rindex(b"PK\x01\x02") + 28  # where the list of members tells how long the name is
    assert data[at : at + 2] == b"\1\0"
    (folder / "a.zip").write_bytes(data[:at] + b"\0\0\1\0" + data[at + 4 :])
    articles, unreadable = kb.read_articles(folder)
    assert articles.index.tolist() == ["a.zip/1.txt", "good.txt"]
    assert unreadable["reason"].tolist() == ["a member of the zip without a name"]
