"""A report as a browser reads it."""

from html.parser import HTMLParser


class Page(HTMLParser):
    """What stands in a page of HTML, and every address that it asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.text = ""
        self.asked: list[str | None] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.asked += [value for name, value in attrs if name in ("src", "href")]

    def handle_data(self, data: str) -> None:
        self.text += data


def page_of(data: bytes) -> Page:
    page = Page()
    page.feed(data.decode())
    page.close()
    return page
