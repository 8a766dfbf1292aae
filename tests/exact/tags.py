"""The structure tree of a PDF as nested lists, with the text that hangs on it."""

from collections.abc import Iterator, Mapping
from typing import Any

import pikepdf

from .opened import Opened

Texts = Mapping[tuple[int, int], str]
"""The text of each marked content, by page and number."""
SAID = ("/Lang", "/Alt", "/ActualText", "/E", "/T")
"""What a tag may say in words."""
Tag = list[Any]
"""`[what it is, child, ...]`: children are tags, texts, or links in words."""


def tree(opened: Opened, texts: Texts) -> Tag:
    """The tags of a file, from the document down."""
    root = opened.file.Root.get("/StructTreeRoot")
    if root is None:
        return ["untagged"]
    parents = dict(_numbers(root.get("/ParentTree")))
    heads = _heads(opened, root)
    return ["", *(_tag(opened, kid, texts, parents, heads) for kid in _kids(root))]


def lines(tag: Tag, depth: int = 0) -> Iterator[str]:
    """A tree with a line for each tag and text, indented by depth."""
    yield "  " * depth + str(tag[0])
    for child in tag[1:]:
        if isinstance(child, list):
            yield from lines(child, depth + 1)
        else:
            yield "  " * (depth + 1) + str(child)


def hung(opened: Opened) -> dict[tuple[int, int], Any]:
    """The marked contents that the tree holds, by page and number, each with the tag that it hangs on."""
    root = opened.file.Root.get("/StructTreeRoot")
    found: dict[tuple[int, int], Any] = {}
    stack = [(kid, -1, root) for kid in _kids(root)] if root is not None else []
    while stack:
        held, page, element = stack.pop()
        if isinstance(held, int):
            found[page, held] = element
            continue
        page = opened.number(held.Pg) if "/Pg" in held else page
        if "/MCID" in held:
            found[page, int(held.MCID)] = element
        elif held.get("/Type") != pikepdf.Name.OBJR:
            stack += [(kid, page, held) for kid in _kids(held)]
    return found


def astray(opened: Opened, found: Mapping[tuple[int, int], Any]) -> list[tuple[int, int]]:
    """The marked contents that do not lead back to the tag that holds them, by page and number."""
    root = opened.file.Root.get("/StructTreeRoot", pikepdf.Dictionary())
    parents = dict(_numbers(root.get("/ParentTree")))
    rows = [list(parents.get(int(page.get("/StructParents", -1)), ())) for page in opened.file.pages]
    return [
        (page, number)
        for (page, number), element in sorted(found.items(), key=lambda entry: entry[0])
        if page < 0 or number >= len(rows[page]) or not _is(rows[page][number], element)
    ]


def _is(held: Any, element: Any) -> bool:
    return isinstance(held, pikepdf.Dictionary) and held.objgen == element.objgen


def _tag(opened: Opened, element: Any, texts: Texts, parents: Mapping[int, Any], heads: Mapping[str, str]) -> Tag:
    """An element with all below it."""
    tag: Tag = [_name(element, heads)]
    page = opened.number(element.Pg) if "/Pg" in element else -1
    for kid in _kids(element):
        if isinstance(kid, int):
            tag.append(_text(opened, texts, page, kid))
        elif "/MCID" in kid:
            tag.append(_text(opened, texts, opened.number(kid.Pg) if "/Pg" in kid else page, int(kid.MCID)))
        elif kid.get("/Type") == pikepdf.Name.OBJR:
            tag.append(_object(opened, kid, page, element, parents))
        else:
            tag.append(_tag(opened, kid, texts, parents, heads))
    return tag


def _text(opened: Opened, texts: Texts, page: int, number: int) -> str:
    label = opened.labels[page] if page >= 0 else "nowhere"
    return f"“{texts.get((page, number), '')}” on page {label}"


def _object(opened: Opened, kid: Any, page: int, element: Any, parents: Mapping[int, Any]) -> str:
    """A link as the tree holds it: its page, which of the links there it is, and whether it knows its tag."""
    page = opened.number(kid.Pg) if "/Pg" in kid else page
    links = [link.objgen for link in opened.file.pages[page].get("/Annots", ())] if page >= 0 else []
    if kid.Obj.objgen not in links:
        return "link on no page"
    knows = _is(parents.get(int(kid.Obj.get("/StructParent", -1))), element)
    lost = "" if knows else ", which does not know its tag"
    return f"link {links.index(kid.Obj.objgen) + 1} on page {opened.labels[page]}{lost}"


def _name(element: Any, heads: Mapping[str, str]) -> str:
    """What a tag says of itself: its type, language, texts for those who do not see, and what it heads."""
    parts = [str(element.S)[1:]]
    parts += [f"{key[1:].lower()} “{element[key]}”" for key in SAID if key in element]
    parts += [heads[str(element.ID)]] if "/ID" in element else []
    attributes = element.get("/A", ())
    for held in attributes if isinstance(attributes, pikepdf.Array) else [attributes]:
        for key, value in held.items() if isinstance(held, pikepdf.Dictionary) else ():
            if key == "/Headers":
                parts.append(f"under {', '.join(heads.get(str(ident), 'nothing') for ident in value)}")
            elif key != "/O":
                parts.append(f"{key[1:].lower()} {str(value).removeprefix('/')}")
    return ", ".join(parts)


def _heads(opened: Opened, root: Any) -> dict[str, str]:
    """What the tags with an ID are called: their type, and which of its kind it is in the book.

    IDs themselves may differ between two files; what they mean may not.
    """
    ids: dict[str, str] = {}
    counted: dict[str, int] = {}
    known = pikepdf.NameTree(root.IDTree) if "/IDTree" in root else {}
    stack = _kids(root)[::-1]
    while stack:
        element = stack.pop()
        if isinstance(element, int) or "/S" not in element:
            continue
        if "/ID" in element:
            kind = str(element.S)[1:]
            counted[kind] = counted.get(kind, 0) + 1
            ident = str(element.ID)
            lost = "" if ident in known and known[ident].objgen == element.objgen else ", not in the list of IDs"
            ids[ident] = f"{kind} {counted[kind]}{lost}"
        stack += _kids(element)[::-1]
    return ids


def _kids(element: Any) -> list[Any]:
    held = element.get("/K", ())
    return list(held) if isinstance(held, pikepdf.Array | tuple) else [held]


def _numbers(tree: Any) -> Iterator[tuple[int, Any]]:
    """The entries of a number tree."""
    stack = [tree] if tree is not None else []
    while stack:
        node = stack.pop()
        stack += list(node.get("/Kids", ()))
        held = node.get("/Nums", ())
        yield from ((int(held[at]), held[at + 1]) for at in range(0, len(held), 2))
