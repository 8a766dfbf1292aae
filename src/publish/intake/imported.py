"""A text from elsewhere on its way into a project: what is known of it, and the Markdown that says the same."""

import uuid
from collections.abc import Mapping
from dataclasses import dataclass

import yaml

TEXTS = uuid.UUID("3a5f4e0e-8a55-5b0c-9d0c-6f7f5d1b7c42")
"""The namespace of identifiers that are made from an imported text."""


@dataclass(frozen=True)
class Imported:
    """A text that has become Markdown. `head` is front matter that it came with, as typed; `given` its keys."""

    body: str
    title: str | None
    lang: str
    subtitle: str | None = None
    head: str = ""
    given: frozenset[str] = frozenset()

    def file(self, title: str, today: str) -> str:
        """The whole file: front matter with all that a book needs, and the text.

        `title` stands in where the text has none; `today` (ISO 8601) becomes the date where the text has none. The
        identifier comes from title and text, so that the same text always has the same one.
        """
        title = self.title or title
        said = {
            "title": title,
            "subtitle": self.subtitle,
            "lang": self.lang,
            "identifier": uuid.uuid5(TEXTS, f"{title}\n{self.body}").urn,
            "date": today,
        }
        missing = {key: value for key, value in said.items() if value and key not in self.given}
        return f"---\n{self.head}{front_matter(missing)}---\n\n{self.body.strip(chr(10))}\n"


def front_matter(items: Mapping[str, str]) -> str:
    """Lines of YAML, one for each item (none for no item), in quotes only where they must be."""
    if not items:
        return ""
    return yaml.dump(dict(items), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=1_000_000)


class _Dumper(yaml.SafeDumper):
    """Leaves dates and numbers bare: whoever reads front matter here takes every scalar for text."""


_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag.endswith(":null")]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
