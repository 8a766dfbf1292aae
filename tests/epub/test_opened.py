"""Any EPUB is opened, and what cannot be read is told: sound ones, odd ones, and those made to do harm."""

import struct
import zipfile
from pathlib import Path

import pytest

from epub.packages import broken as with_bytes
from epub.packages import files, page, zipped
from epub.reader import dressed, heard
from publish.checks import archive, wellformed
from publish.checks.navigation import Entry, Target, resolved
from publish.checks.opened import Opened, open_epub
from publish.epub import package
from publish.problems import Problem, Problems

FLAGS, METHOD, SIZE, OFFSET = 8, 10, 24, 42
"""Where an entry of a zip's directory holds what it says of a file (APPNOTE 6.3.10, 4.3.12)."""


def opened(data: bytes) -> Opened:
    """An EPUB of which nothing bad is said."""
    problems = Problems()
    epub = open_epub(data, problems)
    assert epub is not None
    assert list(epub.documents)
    assert list(problems) == []
    return epub


def of_code(data: bytes, code: str) -> Problem:
    """The only thing that is said of an EPUB, which is of this code."""
    (problem,) = heard(data)
    assert problem.code == code, problem
    return problem


class TestWhatIsThere:
    def test_the_spine_in_its_order_and_the_documents_in_that_of_the_spine(self) -> None:
        epub = opened(zipped(files()))
        assert [(place.item.name, place.linear) for place in epub.spine] == [
            ("EPUB/c.xhtml", True),
            ("EPUB/d.xhtml", False),
        ]
        assert list(epub.documents) == ["EPUB/c.xhtml", "EPUB/d.xhtml", "EPUB/nav.xhtml"]

    def test_contents_pages_and_landmarks_with_their_targets(self) -> None:
        inside = Target("EPUB/c.xhtml", "in")
        one = Entry("One", Target("EPUB/c.xhtml"), (Entry("Inside", inside),))
        nav, ncx = opened(zipped(files())).nav, opened(zipped(files())).ncx
        assert nav is not None
        assert ncx is not None
        assert nav.contents == (one, Entry("Two", Target("EPUB/d.xhtml")))
        assert nav.pages == (Entry("iv", inside), Entry("5", Target("EPUB/d.xhtml")))
        assert [(entry.kind, str(entry.target)) for entry in nav.landmarks] == [
            ("toc", "EPUB/nav.xhtml"),
            ("bodymatter", "EPUB/c.xhtml"),
        ]
        assert (ncx.contents, ncx.pages) == ((one,), (Entry("iv", inside),))

    def test_metadata_with_what_refines_them(self) -> None:
        epub = opened(zipped(files()))
        (title,) = (meta for meta in epub.metadata if meta.tag == "dc:title")
        assert epub.values("dc:title") == ("A Book",)
        assert epub.refined(title, "title-type") == "main"
        assert epub.refined(title, "role") is None

    def test_metadata_as_they_were_written_in_epub_2(self) -> None:
        old = '<dc:creator xmlns:opf="http://www.idpf.org/2007/opf" opf:role="trl">Ada</dc:creator>'
        epub = opened(zipped(files(metadata=old + '<meta name="schema:accessMode" content="textual"/>')))
        assert epub.values("schema:accessMode") == ("textual",)
        assert epub.refined(epub.metadata[0], "role") == "trl"

    def test_what_we_make_says_the_same_in_both_navigations(self) -> None:
        epub = opened(package(dressed("# One\n\nA.\n\n## In\n\nB.", "# Two\n\nC.")))
        assert epub.nav is not None
        assert epub.ncx is not None
        assert epub.nav.contents == epub.ncx.contents
        assert [entry.title for entry in epub.nav.contents[0].flat()] == ["One", "In"]

    def test_sizes_are_counted(self) -> None:
        content = files({"a.png": b"x" * 5000})
        epub = opened(zipped(content))
        assert {name: entry.size for name, entry in epub.files.items()} == {name: len(d) for name, d in content.items()}
        assert epub.read("EPUB/a.png") == content["EPUB/a.png"]
        assert epub.files["EPUB/a.png"].packed < 100

    def test_names_that_are_utf_8_and_do_not_say_so(self) -> None:
        data = zipped(files({"é.png": "x"}))
        name = "EPUB/é.png".encode()
        at = data.index(name) - 30 + 6
        undeclared = with_bytes(data[:at] + b"\0\0" + data[at + 2 :], name.decode(), FLAGS, b"\0\0")
        assert name.decode() in opened(undeclared).names

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le"])
    def test_documents_in_all_encodings_of_epub(self, encoding: str) -> None:
        declared = encoding.replace("-sig", "").replace("-le", "")
        text = f'<?xml version="1.0" encoding="{declared}"?>' + page("<p>Wörter.</p>").decode()
        data = (b"\xff\xfe" if encoding == "utf-16-le" else b"") + text.encode(encoding)
        epub = opened(zipped(files({"e.xhtml": data})))
        assert "Wörter." in "".join(map(str, epub.documents["EPUB/e.xhtml"].itertext()))

    def test_names_of_signs_that_the_dtd_of_epub_2_declares(self) -> None:
        head = '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.1//EN" "http://www.w3.org/TR/xhtml11/DTD/xhtml11.dtd">'
        epub = opened(zipped(files({"e.xhtml": head.encode() + page("<p>a&nbsp;b &lt;</p>")})))
        assert "a\u00a0b <" in "".join(map(str, epub.documents["EPUB/e.xhtml"].itertext()))


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("c.xhtml", Target("a/c.xhtml")),
        ("#x", Target("a/own.xhtml", "x")),
        ("../d%20e.xhtml?q=1#%C3%A9", Target("d e.xhtml", "é")),
        ("./b/../c.xhtml", Target("a/c.xhtml")),
        ("https://example.org/c.xhtml", None),
        ("mailto:ada@example.org", None),
        ("//example.org/c.xhtml", None),
        ("../../c.xhtml", None),
        ("/etc/passwd", None),
    ],
)
def test_where_an_address_leads(address: str, target: Target | None) -> None:
    assert resolved(address, "a/own.xhtml") == target


class TestWhatIsNoEpub:
    @pytest.mark.parametrize(
        ("data", "why"),
        [
            (b"", "empty"),
            (b"# A manuscript", "not a zip"),
            (zipped(files())[:-40], "not a zip"),
            (zipped({"a.txt": b"x"}), "names no package"),
            (zipped({**files(), "META-INF/container.xml": b"<container/>"}), "names no package"),
            (zipped({**files(), "META-INF/container.xml": b'<rootfile full-path="../x.opf"/>'}), "names no package"),
            (zipped({**files(), "EPUB/content.opf": page("")}), "EPUB/content.opf"),
        ],
        ids=["nothing", "text", "cut off", "another zip", "no package", "a package outside", "a page as package"],
    )
    def test_is_said_to_be_none(self, data: bytes, why: str) -> None:
        problems = Problems()
        assert open_epub(data, problems) is None
        (problem,) = problems
        assert problem.code == "E016"
        assert why in problem.message

    def test_a_container_without_a_package_document_names_it(self) -> None:
        content = files()
        del content["EPUB/content.opf"]
        assert "EPUB/content.opf" in of_code(zipped(content), "E016").message

    def test_more_files_than_a_book_has(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "ENTRIES", len(files()))
        assert heard(zipped(files())) == []
        assert of_code(zipped(files({"a.png": "x"})), "E016").message.endswith("files")

    def test_more_bytes_than_a_shop_takes(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = zipped(files())
        monkeypatch.setattr(archive, "LARGEST_FILE", len(data))
        assert heard(data) == []
        assert "larger than" in of_code(data + b"x", "E016").message


class TestDamage:
    def test_bytes_that_cannot_be_unpacked(self) -> None:
        data = zipped(files({"a.png": bytes(range(256))}))
        at = data.index(b"EPUB/a.png") + 20
        problem = of_code(data[:at] + b"\xff\xff" + data[at + 2 :], "E090")
        assert problem.message.startswith("EPUB/a.png cannot be unpacked")

    @pytest.mark.parametrize("size", [3, 10_000])
    def test_a_size_that_is_a_lie(self, size: int) -> None:
        content = files({"a.png": b"picture" * 20})
        problems = heard(with_bytes(zipped(content), "EPUB/a.png", SIZE, struct.pack("<I", size)))
        assert [problem.code for problem in problems] == (["E090"] if size < 140 else [])

    def test_a_name_in_the_directory_that_is_not_that_before_the_data(self) -> None:
        data = zipped(files({"a.png": b"x"}))
        assert "EPUB/a.png" in of_code(data.replace(b"EPUB/a.png", b"EPUB/b.png", 1), "E090").message

    @pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, 99])
    def test_a_way_of_packing_that_epub_does_not_know(self, method: int) -> None:
        data = zipped(files({"a.png": b"x"}))
        of_code(with_bytes(data, "EPUB/a.png", METHOD, struct.pack("<H", method)), "E090")

    def test_a_document_that_is_not_well_formed_has_its_place(self) -> None:
        problem = of_code(zipped(files({"e.xhtml": "<html>\n <p></html>"})), "E093")
        assert str(problem.span) == "EPUB/e.xhtml:2:12"
        assert "mismatch" in problem.message

    def test_a_damaged_document_is_told_once_and_all_others_are_read(self) -> None:
        data = zipped(files({"e.xhtml": "<p>"}) | {"EPUB/c.xhtml": b"<p>"})
        assert [(problem.code, str(problem.span)[:12]) for problem in heard(data)] == [
            ("E093", "EPUB/c.xhtml"),
            ("E093", "EPUB/e.xhtml"),
        ]

    def test_files_that_are_named_and_not_there(self) -> None:
        items = '<item id="a" href="gone.png" media-type="image/png"/>'
        remote = '<item id="b" href="https://example.org/a.mp3" media-type="audio/mpeg"/>'
        problems = heard(zipped(files(items=items + remote, spine='<itemref idref="nobody"/>')))
        assert [problem.message for problem in problems] == [
            "the manifest names EPUB/gone.png, which is not there",
            "the spine names nobody, which is not there",
        ]

    @pytest.mark.parametrize("old", ['<a href="d.xhtml">Two', 'epub:type="bodymatter" href="c.xhtml'])
    def test_contents_and_landmarks_that_lead_nowhere(self, old: str) -> None:
        nav = files()["EPUB/nav.xhtml"].decode()
        for new in (old.replace("xhtml", "xhtml#gone"), old.replace(".xhtml", "gone.xhtml")):
            assert "gone" in of_code(zipped(files({"nav.xhtml": nav.replace(old, new)})), "E098").message

    def test_a_file_that_does_not_say_what_it_is(self) -> None:
        content = files()
        late = {name: content[name] for name in sorted(content)}
        assert of_code(zipped(late), "E099").severity == "warning"
        assert of_code(zipped({**content, "mimetype": b"application/zip"}), "E099")


class TestHarm:
    def test_a_file_that_unpacks_to_far_more_than_it_is(self) -> None:
        problem = of_code(zipped(files({"a.png": bytes(20_000_000)})), "E092")
        assert problem.message == "EPUB/a.png was not read: it unpacks to more than 10 MB"

    def test_a_picture_of_one_colour_may(self) -> None:
        assert heard(zipped(files({"a.png": bytes(9_000_000)}))) == []

    def test_all_files_together_are_bounded(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(archive, "TOTAL", 30_000)
        data = zipped(files({"a.png": bytes(20_000), "b.png": bytes(20_000)}))
        assert "EPUB/b.png" in of_code(data, "E092").message

    def test_files_that_lie_over_each_other(self) -> None:
        data = zipped(files({"a.png": bytes(20_000), "b.png": bytes(20_000)}))
        first = data.index(b"EPUB/a.png") - 30
        problem = of_code(with_bytes(data, "EPUB/b.png", OFFSET, struct.pack("<I", first)), "E090")
        assert problem.message == "EPUB/b.png cannot be unpacked: it lies over EPUB/a.png"

    @pytest.mark.parametrize(
        "name", ["../evil.sh", "EPUB/../../evil.sh", "/etc/evil", "C:/evil", "a\\evil", "a\x1b[31m"]
    )
    def test_names_that_lead_out(self, name: str) -> None:
        data = zipped({**files(), name: b"x"})
        assert [problem.code for problem in heard(data) if problem.code != "E011"] == ["E091"]

    @pytest.mark.parametrize("name", ["EPUB/..a.png", "EPUB/a..png", "EPUB/c/d.png"])
    def test_names_that_only_look_so(self, name: str) -> None:
        assert heard(zipped({**files(), name: b"x"})) == []

    def test_a_name_with_a_nul_in_it(self) -> None:
        data = zipped({**files(), "EPUB/a.pngx": b"x"}).replace(b"EPUB/a.pngx", b"EPUB/a.p\0gx")
        assert "E091" in [problem.code for problem in heard(data)]

    def test_two_files_of_one_name(self) -> None:
        data = zipped({**files(), "EPUB/x.xhtml": page("<p>Other.</p>")}).replace(b"EPUB/x.xhtml", b"EPUB/c.xhtml")
        assert of_code(data, "E096").message == "two files are called EPUB/c.xhtml"
        epub = open_epub(data, Problems())
        assert epub is not None
        assert b"Three." in epub.read("EPUB/c.xhtml")

    def test_a_file_that_is_encrypted(self) -> None:
        data = with_bytes(zipped(files({"a.png": b"x"})), "EPUB/a.png", FLAGS, b"\x01\x00")
        assert of_code(data, "E097").message == "EPUB/a.png is encrypted"

    @pytest.mark.parametrize(
        ("algorithm", "codes"),
        [("http://www.w3.org/2001/04/xmlenc#aes256-cbc", ["E097"]), ("http://www.idpf.org/2008/embedding", [])],
    )
    def test_what_a_shop_encrypts_is_left_alone_and_fonts_that_are_hidden_are_not(
        self, algorithm: str, codes: list[str]
    ) -> None:
        name = "e.xhtml" if codes else "f.otf"
        locks = (
            f'<encryption><EncryptedData><EncryptionMethod Algorithm="{algorithm}"/>'
            f'<CipherData><CipherReference URI="EPUB/{name}"/></CipherData></EncryptedData></encryption>'
        )
        data = zipped({**files({name: b"\x8a\x07"}), "META-INF/encryption.xml": locks.encode()})
        assert [problem.code for problem in heard(data)] == codes

    def test_laughs_by_the_billion(self) -> None:
        laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
        for body in ("&a9;", '<p title="&a9;"/>'):
            text = f'<!DOCTYPE html [<!ENTITY a0 "ha">{laughs}]><html>{body}</html>'
            (problem,) = heard(zipped(files({"e.xhtml": text})))
            assert problem.code in ("E093", "E094")  # Whether the parser or we stop first is up to its version.

    @pytest.mark.parametrize("declared", ['<!ENTITY a SYSTEM "{}">', '<!ENTITY % b SYSTEM "{}"> %b; <!ENTITY a "x">'])
    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
    def test_a_file_of_the_users_is_never_drawn_in(self, declared: str, encoding: str, tmp_path: Path) -> None:
        secret = tmp_path / "secret"
        secret.write_text("SECRET")
        text = f"<!DOCTYPE html [{declared.format(secret.as_uri())}]><html><body>&a;</body></html>"
        data = zipped(files({"e.xhtml": text.encode(encoding)}))
        assert of_code(data, "E094").span is not None
        epub = open_epub(data, Problems())
        assert epub is not None
        assert "EPUB/e.xhtml" not in epub.documents

    def test_a_dtd_is_never_fetched(self, tmp_path: Path) -> None:
        (tmp_path / "a.dtd").write_text('<!ENTITY a "SECRET">')
        text = f'<!DOCTYPE html SYSTEM "{(tmp_path / "a.dtd").as_uri()}">'.encode() + page("<p>x&a;</p>")
        epub = open_epub(zipped(files({"e.xhtml": text})), Problems())
        assert epub is not None
        assert "SECRET" not in "".join(map(str, epub.documents["EPUB/e.xhtml"].itertext()))

    def test_a_document_deeper_than_any_book(self) -> None:
        of_code(zipped(files({"e.xhtml": page("<div>" * 5000 + "x" + "</div>" * 5000)})), "E093")

    def test_a_contents_as_deep_as_the_parser_goes(self) -> None:
        deep = '<ol><li><a href="c.xhtml">x</a>' * 120 + "</li></ol>" * 120
        nav = files()["EPUB/nav.xhtml"].decode().replace("Two</a>", f"Two</a>{deep}")
        assert heard(zipped(files({"nav.xhtml": nav}))) == []

    def test_more_markup_than_a_book_needs(self, monkeypatch: pytest.MonkeyPatch) -> None:
        data = zipped(files({"e.xhtml": page("<br/>" * 1000 + "x")}))
        assert heard(data) == []
        monkeypatch.setattr(wellformed, "MARKS", 1000)
        assert "EPUB/e.xhtml" in of_code(data, "E092").message

    def test_a_document_larger_than_any_chapter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(wellformed, "LARGEST_DOCUMENT", 10_000)
        assert heard(zipped(files({"e.xhtml": page("x" * 9000)}))) == []
        assert "EPUB/e.xhtml" in of_code(zipped(files({"e.xhtml": page("x" * 11_000)})), "E092").message
