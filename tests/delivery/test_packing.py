"""A parcel as bytes: always the same, checked by another program, and nothing in it can leave its folder."""

import io
import stat
import subprocess
import zipfile
from pathlib import Path

import pytest

from publish.delivery.packing import packed
from publish.manuscript.slug import slug

THINGS = {"READ-ME.txt": b"read me\n", "a-book.pdf": b"%PDF-1.7\n"}


def test_the_same_things_are_the_same_bytes_in_their_order_with_one_date_and_mode() -> None:
    assert packed(THINGS) == packed(dict(THINGS))
    with zipfile.ZipFile(io.BytesIO(packed(THINGS))) as parcel:
        assert parcel.testzip() is None
        assert parcel.namelist() == ["READ-ME.txt", "a-book.pdf", "SHA256SUMS"]
        assert {entry.date_time for entry in parcel.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {stat.filemode(entry.external_attr >> 16) for entry in parcel.infolist()} == {"-rw-r--r--"}


def test_sha256sum_finds_all_whole_and_one_changed_byte(tmp_path: Path) -> None:
    with zipfile.ZipFile(io.BytesIO(packed(THINGS))) as parcel:
        parcel.extractall(tmp_path)
    check = ["sha256sum", "--strict", "-c", "SHA256SUMS"]
    whole = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert (whole.returncode, whole.stdout.count(": OK")) == (0, 2)
    (tmp_path / "a-book.pdf").write_bytes(b"%PDF-1.8\n")
    damaged = subprocess.run(check, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert damaged.returncode == 1
    assert "a-book.pdf: FAILED" in damaged.stdout


@pytest.mark.parametrize(
    "name",
    [
        "../a.pdf",
        "/a.pdf",
        "a/b.pdf",
        "..",
        ".hidden",
        "a\\b.pdf",
        "C:a.pdf",
        "a\n.pdf",
        "-rf",
        "Über.pdf",
        "",
        "a" * 200,
    ],
)
def test_a_name_that_climbs_hides_or_is_not_plain_is_never_packed(name: str) -> None:
    with pytest.raises(ValueError, match="is no name for a file in a parcel"):
        packed({name: b""})


@pytest.mark.parametrize(
    "title",
    ["../../etc/passwd", "/etc/passwd", "..", "C:\\CON", "-rf *", "a\u202efdp.exe", "\u2028", "鲸鱼", "x" * 900],
)
def test_no_title_makes_such_a_name(title: str) -> None:
    with zipfile.ZipFile(io.BytesIO(packed({f"{slug(title)}-kdp-interior.pdf": b""}))) as parcel:
        name = parcel.namelist()[0]
    assert name.isascii()
    assert name.endswith("-kdp-interior.pdf")
    assert "/" not in name
    assert "\\" not in name
