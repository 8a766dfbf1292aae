"""Sets the novel of a folder once, in this process, and says how many CPU seconds layout and PDF took.

    python typeset.py plain|octavo FOLDER FILE [HYPHEN]

`plain` is WeasyPrint as it comes: nothing of ours is even imported. `octavo` sets it as `publish build` does. FILE in
the folder is the PDF, HYPHEN what a hyphen costs instead of what it costs by default. Both do the same: tags, and
streams that are not compressed.
"""

import re
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path


def plain(folder: Path) -> Callable[[], bytes]:
    """Get ready to set the novel with WeasyPrint alone."""
    import weasyprint

    def typeset() -> bytes:
        document = weasyprint.HTML(filename=folder / "novel.html").render(pdf_tags=True)
        return bytes(document.write_pdf(pdf_tags=True, pdf_version="1.7", uncompressed_pdf=True))

    return typeset


def octavo(folder: Path, hyphen: float | None) -> Callable[[], bytes]:
    """Get ready to set the novel with our grafts and planned lines."""
    from publish.layout.model import FontFace, Stylesheet
    from publish.pdf import engine
    from publish.pdf.grafts.lines import planning
    from publish.pdf.lines import steering
    from publish.pdf.lines.planner import Planner
    from publish.pdf.lines.taste import JUSTIFIED
    from publish.pdf.pool import collect_seldom

    if engine.stood_aside:
        sys.exit(f"on this WeasyPrint stand aside: {', '.join(engine.stood_aside)}")
    if hyphen is not None:
        vars(steering)["JUSTIFIED"] = replace(JUSTIFIED, syllable=hyphen)
    collect_seldom()

    def typeset() -> bytes:
        css = (folder / "novel.css").read_text("utf-8")
        family = re.findall('"(.+?)"', css)[0]
        styles = (("normal", "upright"), ("italic", "italic"))
        faces = [
            FontFace(family, 400, style, (folder / f"{file}.ttf").read_bytes(), file, "") for style, file in styles
        ]
        text = re.sub("<link[^>]*>", "", (folder / "novel.html").read_text("utf-8"))
        press = engine.Press([Stylesheet("novel", css)], faces, _nothing)
        with engine.listening(lambda _: None), planning(Planner()):
            return engine.paint(press.lay_out(text, _nothing))

    return typeset


def _nothing(url: str) -> tuple[bytes, str]:
    raise ValueError(url)


def main() -> None:
    """Set the novel, keep the PDF, and print the CPU seconds that it took."""
    how, folder, file, *hyphen = sys.argv[1:]
    where = Path(folder)
    typeset = plain(where) if how == "plain" else octavo(where, float(hyphen[0]) if hyphen else None)
    start = time.process_time()
    pdf = typeset()
    print(time.process_time() - start)
    (where / file).write_bytes(pdf)


if __name__ == "__main__":
    main()
