"""The page of a shelf for those who come with a browser: every book, and where apps find the catalogue."""

from collections.abc import Iterator, Sequence
from html import escape

from publish.delivery.shelf.feeds import ROOT, Placed
from publish.delivery.shelf.opds1 import KIND
from publish.delivery.shelf.opds2 import KIND as KIND_2
from publish.report import visible

NAME = "index.html"
STYLE = """
body { max-width: 60em; margin: 2em auto; padding: 0 1em; font: 1rem/1.45 Georgia, serif;
  color: #222; background: #fff }
h1 { font-weight: normal; margin-bottom: .2em }
ul { list-style: none; margin: 2em 0; padding: 0; display: grid; gap: 2em 1.5em;
  grid-template-columns: repeat(auto-fill, minmax(10em, 1fr)) }
img { display: block; width: 100%; height: auto; aspect-ratio: 2 / 3; object-fit: contain;
  object-position: left bottom }
h2 { font-size: 1rem; line-height: 1.25; margin: .6em 0 .1em }
p { margin: .1em 0; overflow-wrap: anywhere }
.with, footer { color: #555; font-size: .9em }
a { color: #234e70 }
"""


def page(title: str, books: Sequence[Placed]) -> bytes:
    """The page, in UTF-8. It needs no script and nothing that is not on the shelf."""
    parts = [
        '<!DOCTYPE html>\n<html>\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width">',
        f"<title>{_text(title)}</title>",
        f'<link rel="alternate" type="{KIND}navigation" href="{ROOT}.xml" title="OPDS 1.2">',
        f'<link rel="alternate" type="{KIND_2}" href="{ROOT}.json" title="OPDS 2.0">',
        f"<style>{STYLE}</style>\n</head>\n<body>\n<h1>{_text(title)}</h1>",
        "<ul>",
        *(line for placed in books for line in _book(placed)),
        "</ul>",
        f'<footer><p>OPDS: <a href="{ROOT}.xml">1.2</a>, <a href="{ROOT}.json">2.0</a></p></footer>',
        "</body>\n</html>\n",
    ]
    return "\n".join(parts).encode()


def _book(placed: Placed) -> Iterator[str]:
    book, small = placed.book, placed.small
    language = f' lang="{escape(book.languages[0])}"' if book.languages else ""
    yield f"<li{language}>"
    yield f'<img src="{small.name}" alt="" width="{small.width}" height="{small.height}" loading="lazy">'
    yield f"<h2>{_text(book.title)}</h2>"
    if book.subtitle:
        yield f"<p>{_text(book.subtitle)}</p>"
    if book.authors:
        yield f"<p>{_text(', '.join(person.name for person in book.authors))}</p>"
    if book.series:
        yield f'<p class="with">{_text(" ".join(filter(None, (book.series, book.position))))}</p>'
    links = (f'<a href="{file.name}" type="{file.media_type}">{_text(file.label)}</a>' for file in placed.files)
    yield f'<p class="with">{" · ".join(links)}</p>\n</li>'


def _text(text: str) -> str:
    return escape(visible(text))
