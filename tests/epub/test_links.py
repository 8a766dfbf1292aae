"""Where links lead: from document to document, out into the web, and never to nowhere."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from epub.reader import read, said
from layout.helpers import photo
from publish.epub.links import web_address


def hrefs(text: str) -> list[str]:
    """Where the links of a book's first chapter lead."""
    return read(text).values("chapter-01.xhtml", "//h:section//h:a/@href")


def test_documents_are_named_after_their_roles_and_counted_where_there_are_several() -> None:
    epub = read(
        "::: dedication\nFor you.\n:::\n\n# A {.preface}\n\n# P {.part}\n\n# B\n\n# C",
        "# D {.appendix}\n\n# E {.appendix}",
    )
    assert epub.spine == [
        "title-page.xhtml", "copyright.xhtml", "dedication.xhtml", "nav.xhtml", "preface.xhtml", "part-01.xhtml",
        "chapter-01.xhtml", "chapter-02.xhtml", "appendix-01.xhtml", "appendix-02.xhtml",
    ]  # fmt: skip


def test_a_link_in_the_same_document_stays_there() -> None:
    assert hrefs("# One {#one}\n\n[here](#sub) [top](#one)\n\n## Sub {#sub}") == ["#sub", "#one"]


def test_a_link_to_another_document_names_it_and_the_place_in_it() -> None:
    assert hrefs("# One\n\n[two](#two) [sub](#sub)\n\n# Two {#two}\n\n## Sub {#sub}") == [
        "chapter-02.xhtml",
        "chapter-02.xhtml#sub",
    ]


def test_a_link_to_the_contents_leads_to_the_navigation() -> None:
    assert hrefs("# One\n\n[](#contents)") == ["nav.xhtml"]
    assert hrefs("::: {.contents #list}\n:::\n\n# One\n\n[all](#list)") == ["nav.xhtml"]


def test_contents_of_the_authors_own_are_a_document_like_any_other() -> None:
    epub = read("::: contents\n[One](#one)\n:::\n\n# One {#one}\n\n[all](#contents)")
    assert "contents.xhtml" in epub.spine
    assert epub.spine[-1] == "(nav.xhtml)"
    assert epub.values("chapter-01.xhtml", "//h:section//h:a/@href") == ["contents.xhtml"]


@pytest.mark.parametrize("target", ["paper", "half-title"])
def test_a_link_to_what_only_paper_has_is_text_alone(target: str) -> None:
    epub = read(f"# One\n\n[words](#{target})\n\n::: {{.print-only #paper}}\nOn paper.\n:::")
    (link,) = epub.all("chapter-01.xhtml", "//h:section//h:a")
    assert (said(link), link.get("href")) == ("words", None)


def test_a_link_inside_a_link_is_text_alone() -> None:
    epub = read('# One\n\nTo <a href="https://a.example">see [](#two) there</a>.\n\n# Two {#two}')
    link = epub.find("chapter-01.xhtml", "//h:p/h:a")
    assert (said(link), link.get("href")) == ("see Two there", "https://a.example")
    assert link.find(".//{*}a") is None


@pytest.mark.parametrize(
    ("typed", "opened"),
    [
        ("https://example.org/a?b=c&d=e#f", "https://example.org/a?b=c&d=e#f"),
        (" https://example.org ", "https://example.org"),
        ("HTTP://Example.org/", "HTTP://Example.org/"),
        ("https://example.org/a b|c", "https://example.org/a%20b%7Cc"),
        ("https://example.org/100%/%41", "https://example.org/100%25/%41"),
        ("https://example.org/[1]#a#b", "https://example.org/%5B1%5D#a%23b"),
        ("https://münchen.example/straße?q=ü", "https://münchen.example/straße?q=ü"),
        ("http://[::1]:8080/x", "http://[::1]:8080/x"),
        ("ftp://name:word@example.org/f", "ftp://name:word@example.org/f"),
        ("mailto:a@b.example", "mailto:a@b.example"),
        ("tel:+47123", "tel:+47123"),
        ("urn:isbn:9783161484100", "urn:isbn:9783161484100"),
        ("doi:10.1000/xyz<1>", "https://doi.org/10.1000/xyz%3C1%3E"),
        ("DOI: 10.1000/182", "https://doi.org/10.1000/182"),
    ],
)
def test_addresses_are_written_as_readers_can_open_them(typed: str, opened: str) -> None:
    assert web_address(typed) == opened


@pytest.mark.parametrize(
    "typed",
    [
        "", "nothing", "page.html", "//example.org", "https://", "https:/example.org", "https://exa mple.org/",
        "https://example.org:99999/", "https://a<b>/", "mailto:", "javascript:alert(1)", "file:///etc/passwd",
        "data:text/html,x",
    ],
)  # fmt: skip
def test_what_no_reader_can_open_or_may_is_no_address(typed: str) -> None:
    assert web_address(typed) is None


@given(st.text(max_size=40))
def test_whatever_follows_the_host_is_a_sound_address(rest: str) -> None:
    address = web_address(f"https://example.org/{rest}")
    assert address is not None
    assert not re.search(r"[\x00-\x20\"<>\\^`{|}]|%(?![0-9A-Fa-f]{2})", address)
    assert address.count("#") <= 1
    assert web_address(address) == address


def test_a_web_address_of_a_template_that_would_act_leads_nowhere(tmp_path: Path) -> None:
    theme = tmp_path / "styles" / "own"
    theme.mkdir(parents=True)
    (theme / "theme.toml").write_text('name = "Own"\n')
    (theme / "title-page.j2").write_text('<h1>{{ metadata.title }}</h1><p><a href="javascript:x()">run</a></p>')
    epub = read("# One", root=tmp_path, theme="own")
    link = epub.find("title-page.xhtml", "//h:a")
    assert (said(link), link.get("href")) == ("run", None)


class TestLongDescriptions:
    """`details=` names the passage that is the long description of a picture."""

    @staticmethod
    def text(picture: str, tmp_path: Path) -> tuple[str, Path]:
        (tmp_path / "lamp.png").write_bytes(photo("PNG"))
        return f"# One\n\n{picture}\n\n## Near {{#near}}\n\n# Two {{#two}}\n\n## Far {{#far}}\n\nLong.", tmp_path

    def test_in_the_same_document_the_picture_names_it(self, tmp_path: Path) -> None:
        text, root = self.text("![Lamp](lamp.png){details=#near}", tmp_path)
        assert read(text, root=root).find("chapter-01.xhtml", "//h:figure").get("aria-details") == "near"

    def test_in_another_document_a_link_in_the_caption_leads_there(self, tmp_path: Path) -> None:
        text, root = self.text("![Lamp](lamp.png){details=#far}", tmp_path)
        epub = read(text, root=root)
        figure = epub.find("chapter-01.xhtml", "//h:figure")
        link = epub.find("chapter-01.xhtml", "//h:figcaption/h:p/h:a")
        assert link.get("id") == figure.get("aria-details")
        assert (said(link), link.get("href")) == ("Far", "chapter-02.xhtml#far")

    def test_without_a_caption_the_link_stands_in_the_figure(self, tmp_path: Path) -> None:
        text, root = self.text("![](lamp.png){details=#two alt=Lamp}", tmp_path)
        link = read(text, root=root).find("chapter-01.xhtml", "//h:figure/h:p/h:a")
        assert (said(link), link.get("href")) == ("Two", "chapter-02.xhtml")

    def test_in_a_line_of_text_the_link_follows_the_picture(self, tmp_path: Path) -> None:
        text, root = self.text("A ![lamp](lamp.png){details=#far} burns.", tmp_path)
        epub = read(text, root=root)
        link = epub.find("chapter-01.xhtml", "//h:p/h:span[@class='details made']/h:a")
        assert link.get("id") == epub.find("chapter-01.xhtml", "//h:img").get("aria-details")
        assert said(epub.find("chapter-01.xhtml", "//h:section/h:p[h:img]")) == "A  (Far) burns."

    def test_a_description_that_this_edition_lacks_is_not_named(self, tmp_path: Path) -> None:
        text, root = self.text("![Lamp](lamp.png){details=#paper}\n\n::: {.print-only #paper}\nx\n:::", tmp_path)
        epub = read(text, root=root)
        assert "aria-details" not in epub.text("chapter-01.xhtml")
        assert "longDescription" not in epub.meta("schema:accessibilityFeature")
