"""Whatever is wrong with a project, `publish build` says what, where and what to do, and touches no good file.

One row is one mistake, or one attack: the project's files, and the head of each problem that is printed for it.
"""

import os
import re
import time
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from .helpers import HEAD, Content, book, run, write

SECONDS = 30.0
"""Far above what any of them takes, on a slow machine too."""

GOOD = {"build/the-whale.pdf": b"%PDF- the last good one", "build/the-whale.epub": b"PK the last good one"}

DEEP = "[" * 5000 + "]" * 5000
LOREM = "# One\n\nText.\n"


def front(lines: str) -> dict[str, Content]:
    return {"manuscript/a.md": f"---\n{lines}\n---\n\nText.\n"}


def picture(data: Content, name: str = "p.png") -> dict[str, Content]:
    return {**book(f"# One\n\n![A whale]({name})\n"), f"manuscript/{name}": data}


def template(text: str) -> dict[str, Content]:
    return {**book(LOREM), "styles/classic/title-page.j2": text}


def drawing(inside: str, head: str = "") -> dict[str, Content]:
    return picture(f'{head}<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">{inside}</svg>', "p.svg")


def styled(css: str) -> dict[str, Content]:
    return {**book(LOREM), "styles/custom.css": css}


def photo(size: tuple[int, int] = (40, 40)) -> bytes:
    out = BytesIO()
    Image.effect_noise(size, 50).save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG of a few bytes that says it has 3,600 million pixels."""
    data = bytearray(photo())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


ENTITIES = "".join(f'<!ENTITY {name} "{f"&{of};" * 10}">' for of, name in zip("abcdefgh", "bcdefghi", strict=True))

A = "manuscript/a.md"
FILES: dict[str, tuple[dict[str, Content], list[str]]] = {
    "no manuscript": ({"notes.txt": "x"}, ["error F001: the project has no folder manuscript/"]),
    "no Markdown": ({"manuscript/a.txt": "x"}, ["manuscript/a.txt:1:1: warning F005", "error F002"]),
    "an empty file": ({A: ""}, [f"{A}:1:1: error F003", f"{A}:1:1: error Y011"]),
    "an empty second file": (
        {**book(LOREM), "manuscript/b.md": " \n"}, ["manuscript/b.md:1:1: error F003"]
    ),
    "50 MB": ({**book(LOREM), "manuscript/b.md": b"word " * 10_000_000}, ["manuscript/b.md:1:1: error F010"]),
    "no YAML": (front("title: T: X"), [f"{A}:2:9: error Y002"]),
    "metadata never closed": ({A: "---\ntitle: T\n\nText.\n"}, [f"{A}:1:1: error Y001"]),
    "an alias": (front("title: T\nextra: &a [x]\nauthor: *a"), [f"{A}:3:8: error Y003"]),
    "metadata 5000 deep": (front(f"title: T\nextra: {DEEP}"), [f"{A}:3:27: error Y005"]),
    "no title": (front("author: Ada"), [f"{A}:1:1: error Y011"]),
    "a near miss": (front("titel: T"), [f"{A}:2:1: error Y012"]),
    "a wrong ISBN": (front("title: T\nisbn: {print: 978-3-16-148410-1}"), [f"{A}:3:15: error Y020"]),
    "an unknown language": (front("title: T\nlang: klingonish"), [f"{A}:3:7: error Y018"]),
    "an unknown trim": (front("title: T\ntrim: 5x8"), [f"{A}:3:7: error Y023"]),
    "an unknown theme": (front("title: T\ntheme: clasic"), [f"{A}:3:1: error L001"]),
    "a theme elsewhere": (front("title: T\ntheme: ../../etc"), [f"{A}:3:1: error L001"]),
    "an id twice": (book("# One {#a}\n\nText.\n\n# Two {#a}\n\nText.\n"), [f"{A}:12:1: error B002"]),
    "a note without text": (book("# One\n\nHe wrote[^whale] it.\n"), [f"{A}:10:9: error M021"]),
    "a note never called": (book("# One\n\nText.\n\n[^x]: never\n"), [f"{A}:12:1: error B001"]),
    "links to nowhere": (
        book("# One\n\nSee [x](#on), [](#z) and [y](02.md).\n"),
        [f"{A}:10:5: error B003", f"{A}:10:15: error B003", f"{A}:10:26: error B003"],
    ),
    "a missing image": (book("# One\n\n![A whale](nope.png)\n"), [f"{A}:10:1: error L030"]),
    "a broken image": (picture(b"words"), [f"{A}:10:1: error L033"]),
    "half an image": (picture(photo()[:400]), [f"{A}:10:1: error L033"]),
    "an image of 60 MB": (picture(photo() + bytes(60_000_000)), [f"{A}:10:1: error L034"]),
    "an image of too many pixels": (picture(bomb()), [f"{A}:10:1: error L034"]),
    "foreign images": (
        book("# One\n\n![A](https://example.org/a.png) ![B](data:image/png;base64,AA) ![C](//e.org/c.png)\n"),
        [f"{A}:10:1: error L032", f"{A}:10:33: error L032", f"{A}:10:64: error L032"],
    ),
    "images elsewhere": (
        book("# One\n\n![A](../../secret.png) ![B](/etc/hostname) ![C](file:///etc/hostname)\n"),
        [f"{A}:10:1: error L031", f"{A}:10:24: error L031", f"{A}:10:44: error L032"],
    ),
    "a cover elsewhere": (front("title: T\ncover-image: /etc/hostname"), [f"{A}:3:1: error L031"]),
    "broken UTF-8": ({A: HEAD.encode() + b"A caf\xe9.\n"}, [f"{A}:8:6: error F011"]),
    "NUL and control characters": (book("A\0b \x1b[31mred\n"), [f"{A}:8:2: error F013", f"{A}:8:5: error F013"]),
    "no characters": (book("A\ufffeb\n"), [f"{A}:8:2: error F013"]),
    "characters that YAML's escapes make": (
        {A: '---\ntitle: "A\\u0007B"\nauthor: ["\\ud800", "Bo\\u202e"]\nlang: en\n---\n\nText.\n'},
        [f"{A}:2:8: error F013", f"{A}:3:10: error F013", f"{A}:3:20: error F014"],
    ),
    "a right-to-left override": (book("A \u202egnp.exe\n"), [f"{A}:8:3: error F014"]),
    "a code fence never closed": (book("# One\n\n```\nx = 1\n\n# Two\n"), [f"{A}:10:1: error M001"]),
    "a block never closed": (book("# One\n\n::: letter\nDear\n"), [f"{A}:10:1: error M002"]),
    "10 000 >": (book(">" * 10_000 + " a\n"), [f"{A}:8:26: error M008"]),
    "10 000 [": (book("[" * 10_000 + " a\n"), [f"{A}:8:1: error M009"]),
    "10 000 ![": (book("![" * 10_000 + " a\n"), [f"{A}:8:1: error M009"]),
    "lists 400 deep": (book("\n".join("  " * n + "- a" for n in range(400))), [f"{A}:32:51: error M008"]),
    "a template's syntax": (template("<p>\n{{ metadata.title }</p>"), ["styles/classic/title-page.j2:2:1: error L010"]),
    "a template that asks": (template("{{ metadata.titel }}"), ["styles/classic/title-page.j2:1:1: error L011"]),
    "a template that reaches into Python": (
        template("{{ ''.__class__.__mro__[1].__subclasses__() }}"), ["styles/classic/title-page.j2:1:1: error L012"]
    ),
    "a template that reads a file": (
        template("{% include '/etc/hostname' %}"), ["styles/classic/title-page.j2:1:1: error L011"]
    ),
    "a template without end": (
        template("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), ["styles/classic/title-page.j2:1:1: error L012"]
    ),
    "a template of many loops": (
        template("{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}x"
                 "{% endfor %}{% endfor %}{% endfor %}"),
        ["styles/classic/title-page.j2:1:1: error L012"],
    ),
    "a template of a long text": (
        template("{{ 'x' * 10000000000 }}"), ["styles/classic/title-page.j2:1:1: error L012"]
    ),
    "CSS that reaches out": (
        styled("p { background: url(https://e.org/x.png) }\nh1 { background: url(/etc/hostname) }\n"
               "@import 'https://e.org/x.css';\n@font-face { src: url(../../x.ttf) }\n"),
        ["styles/custom.css:1:17: error L032", "styles/custom.css:2:18: error L031",
         "styles/custom.css:3:1: error L021", "styles/custom.css:4:1: error L021",
         "styles/custom.css:4:19: error L031"],
    ),
    "CSS that is no text": (styled("\udcff"), ["styles/custom.css:1:1: error L014"]),
    "HTML that runs or reaches out": (
        book('A <script src="https://e.org/x"></script> <iframe src="x"></iframe> <img src="file:///etc/hostname">\n\n'
             "[a](javascript:x) [b](file:///etc/hostname)\n"),
        [f"{A}:8:3: error M006", f"{A}:8:43: error M006", f"{A}:8:69: error M015",
         f"{A}:10:1: error B019", f"{A}:10:19: error B019"],
    ),
    "an SVG that reads a file": (
        drawing("<text>&x;</text>", '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/hostname">]>'),
        [f"{A}:10:1: error L033"],
    ),
    "an SVG that swells": (
        drawing("<text>&i;</text>", f'<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">{ENTITIES}]>'), [f"{A}:10:1: error L033"]
    ),
    "an SVG that uses itself": (drawing('<g id="a"><use href="#a"/></g>'), [f"{A}:10:1: error L033"]),
    "an SVG 5000 deep": (drawing("<g>" * 5000 + "</g>" * 5000), [f"{A}:10:1: error L033"]),
    "a font elsewhere": (
        {**front("title: T\ntheme: mine"), "styles/mine/theme.toml": '[fonts]\nbody = "../../evil.ttf"\n'},
        ["styles/mine/theme.toml:1:1: error L004"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "heads"), FILES.values(), ids=FILES.keys())
def test_bad_input_is_said_with_its_place_and_touches_nothing(
    tmp_path: Path, files: dict[str, Content], heads: list[str]
) -> None:
    project = write(tmp_path / "book", {**files, **GOOD})
    began = time.monotonic()
    ran = run("build", "--project", project)
    assert time.monotonic() - began < SECONDS
    assert ran.status == 1
    assert sorted(problems(ran.said)) == sorted(heads_of(ran.said, heads))
    assert_shown(ran.said)
    assert {name: (project / name).read_bytes() for name in GOOD} == GOOD
    assert sorted(path.name for path in (project / "build").iterdir()) == ["the-whale.epub", "the-whale.pdf"]


PROGRESS = re.compile(r"^ +\d+\.\d s  .*\n", re.MULTILINE)
"""A line that a slow machine says between others."""


def problems(said: str) -> list[str]:
    """The first lines of the problems that were printed."""
    return re.findall(r"^(?:\S+: )?(?:error|warning) [A-Z]\d{3}: .*$", said, re.MULTILINE)


def heads_of(said: str, heads: list[str]) -> list[str]:
    """Those first lines that begin as was expected; what is missing stands for itself."""
    found = problems(said)
    return [next((line for line in found if line.startswith(head)), head) for head in heads]


def assert_shown(said: str) -> None:
    """Every problem with a place in a file that can be read shows the line and carets; every problem has a hint."""
    said = PROGRESS.sub("", said)
    for block in re.split(r"\n(?=(?:\S+: )?(?:error|warning) [A-Z]\d{3}: |\d+ errors?;)", said.strip())[:-1]:
        assert "\n  hint: " in block
        if re.match(r"\S+\.md:\d+:\d+: ", block):
            assert re.search(r"\n +\d+ \| .*\n +\| +\^", block)


def test_all_mistakes_are_said_at_once(tmp_path: Path) -> None:
    text = (
        "# One {#a}\n\n[^x], [](#z), ![c](nope.png), <script>s</script>, $x$.\n\n# Two {#a}\n\n[^y]: z\n\n```\nopen\n"
    )
    files = {**front("titel: T\nlang: klingonish"), "manuscript/b.md": text, "styles/custom.css": "@import 'x';"}
    ran = run("build", "--project", write(tmp_path, files))
    codes = set(re.findall(r"error ([A-Z]\d{3}):", ran.said))
    assert codes == {"Y012", "Y018", "M021", "B003", "L030", "M006", "M010", "B002", "B001", "M001", "L021"}
    assert re.search(r"^11 errors; nothing was written$", ran.said, re.MULTILINE)


def test_nothing_outside_the_project_is_shown_and_nothing_is_waited_for(tmp_path: Path) -> None:
    secret = tmp_path / "secret.md"
    secret.write_text("the secret\n")
    project = write(tmp_path / "book", book(LOREM))
    (project / "manuscript" / "b.md").symlink_to(secret)
    (project / "manuscript" / "c.md").symlink_to("c.md")
    (project / "manuscript" / "d.md").mkdir()
    (project / "styles").mkdir()
    (project / "styles" / "custom.css").symlink_to(secret)
    expected = ["manuscript/b.md:1:1: error F007", "manuscript/c.md:1:1: error F007", "manuscript/d.md:1:1: error F008",
                "styles/custom.css:1:1: error L014"]  # fmt: skip
    if hasattr(os, "mkfifo"):
        os.mkfifo(project / "manuscript" / "e.md")
        expected.append("manuscript/e.md:1:1: error F008")
    ran = run("build", "--project", project)
    assert ran.status == 1
    assert sorted(problems(ran.said)) == sorted(heads_of(ran.said, expected))
    assert "the secret" not in ran.said


def test_the_line_of_a_file_in_utf_16_is_shown(tmp_path: Path) -> None:
    text = HEAD + "He wrote[^whale] it.\n"
    ran = run("build", "--project", write(tmp_path, {A: text.encode("utf-16")}))
    assert "\n  8 | He wrote[^whale] it.\n    |         ^^^^^^^^\n" in ran.said


@pytest.mark.parametrize("words", [["build", "pfd"], ["list", "colours"], ["explain"], ["build", "--nonsense"]])
def test_words_that_are_none_are_a_matter_of_usage(words: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    from publish.cli import main

    monkeypatch.setattr("sys.argv", ["publish", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2
