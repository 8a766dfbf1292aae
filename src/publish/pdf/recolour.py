"""The colours of a PDF become inks: on pages, in forms, patterns, shadings and pictures.

A stream that has black ink alone is left as it is. In the others every colour is written anew, in DeviceCMYK. What can
not be turned into inks, or not be made solid, is kept as it is and told with the page where it is first seen.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import pikepdf
from pikepdf import Array, ContentStreamInstruction, Dictionary, Name, Object, Operator, Stream

from publish.pdf.plates import PlateError, ready, resource_name
from publish.pdf.separation import Black, Ink, Inks, NoProfileError, srgb_of_lab

PLAIN = re.compile(rb"/DeviceCMYK\s+(?:cs|CS)\s+0\s+0\s+0\s+[.\d]+\s+(?:scn|SCN)\b|/Device(?:CMYK|Gray)\s+(?:cs|CS)\b")
"""Black ink, as the engine writes it."""
COLOURING = re.compile(rb"(?:^|[\s\])>])(?:rg|RG|k|K|cs|CS|sc|SC|scn|SCN|BI)(?=[\s/\[(<]|$)")
STATE = re.compile(rb"/([^\s/<>\[\]()]+)\s+gs\b")
CALL = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")
PATTERN = re.compile(rb"/([^\s/<>\[\]()]+)\s+(?:scn|SCN)\b")
SHADING = re.compile(rb"/([^\s/<>\[\]()]+)\s+sh\b")
KINDS = (("/ExtGState", STATE), ("/XObject", CALL), ("/Pattern", PATTERN), ("/Shading", SHADING))
PARTS = {"/DeviceGray": 1, "/DeviceRGB": 3, "/DeviceCMYK": 4, "/Lab": 3}
"""Spaces whose colours we can turn into inks, and of how many parts a colour is."""
SAID = {"g": "/DeviceGray", "rg": "/DeviceRGB", "k": "/DeviceCMYK"}
"""The space that an operator names together with its colour."""
TURNED = ("/DeviceRGB", "/Lab")
PAINTS = frozenset("rg RG k K sc SC scn SCN".split())
THROUGH = {"/ca": "an opacity", "/CA": "an opacity", "/BM": "a way to blend", "/SMask": "a mask"}
"""What in a graphics state can make something see-through."""


@dataclass
class Found:
    """What could not be made inks, or solid: for each, the first page and how many more there are."""

    unprofiled: dict[str, list[int]] = field(default_factory=dict)
    """Colours for which it takes a profile: pictures by their names, else "" """
    unknown: dict[str, list[int]] = field(default_factory=dict)
    """Ways to say a colour that we do not know."""
    see_through: dict[str, list[int]] = field(default_factory=dict)
    """What lets something shine through: an opacity, a mask, a way to blend."""
    whitened: dict[str, list[int]] = field(default_factory=dict)
    """Pictures that were laid on white."""
    heavy: dict[str, list[int]] = field(default_factory=dict)
    """Inks that a style sheet asks for by name, and that are more than may lie on one another."""


def recolour(pdf: pikepdf.Pdf, inks: Inks, pictures: Iterable[str], *, flat: bool, most_ink: int = 0) -> Found:
    """Make all colours of a PDF inks; `flat` asks that nothing is see-through.

    `pictures` are the names that pictures have in the book. Resources that no page uses are left out.

    `most_ink` is the most that may lie on one another, in percent, or 0. Each paint covers what is under it (nothing
    here is overprinted, and what is see-through lies between its own inks and those below), so that no place of a page
    has more ink than the heaviest of its colours, and only colours need be weighed.
    """
    work = _Recolouring(inks, {resource_name(name): name for name in pictures}, flat=flat, most_ink=most_ink)
    for index, page in enumerate(pdf.pages):
        work.page(pdf, page, index)
    work.prune()
    return work.found


class _Recolouring:
    def __init__(self, inks: Inks, pictures: Mapping[str, str], *, flat: bool, most_ink: int) -> None:
        self.found = Found()
        self._inks = inks
        self._pictures = pictures
        self._flat = flat
        self._most_ink = most_ink or 400
        self._page = 0
        self._done: set[tuple[int, int]] = set()
        self._used: dict[tuple[int, int], tuple[Object, set[tuple[str, str]]]] = {}

    def page(self, pdf: pikepdf.Pdf, page: pikepdf.Page, index: int) -> None:
        self._page = index
        contents = page.obj.get("/Contents", Array())
        parts = contents if isinstance(contents, Array) else [contents]
        data = b"\n".join(part.read_bytes() for part in parts)
        if (written := self._content(page.obj, page, data, page.resources, self._inks)) is not None:
            page.Contents = pdf.make_stream(written)
        self._group(page.obj)

    def prune(self) -> None:
        """Leave out what pages share and none of them uses."""
        for resources, used in self._used.values():
            for kind, _ in KINDS:
                if kind in resources:
                    kept = {name: what for name, what in resources[kind].items() if (kind, name) in used}
                    resources[kind] = Dictionary(kept)
                    if not kept:
                        del resources[kind]
            if "/ColorSpace" in resources and not self.found.unknown:
                del resources["/ColorSpace"]

    def _content(
        self, owner: Object, source: Object | pikepdf.Page, data: bytes, resources: Object, inks: Inks
    ) -> bytes | None:
        """See to all that a stream paints, and give it anew where its own colours change."""
        key = resources.objgen if resources.is_indirect else owner.objgen
        _, used = self._used.setdefault(key, (resources, set()))
        for kind, calls in KINDS:
            held = resources.get(kind, Dictionary())
            for name in {"/" + match[1].decode("latin-1") for match in calls.finditer(data)}:
                if name in held:
                    used.add((kind, name))
                    self._resource(kind, name, held[name], resources, inks)
        if not COLOURING.search(PLAIN.sub(b" ", data)):
            return None
        spaces = resources.get("/ColorSpace", Dictionary())
        return pikepdf.unparse_content_stream(list(self._instructions(source, spaces, inks)))

    def _resource(self, kind: str, name: str, what: Object, resources: Object, inks: Inks) -> None:
        if kind == "/ExtGState":
            self._state(what)
        elif what.is_indirect and what.objgen in self._done:
            return
        self._done.add(what.objgen)
        if kind == "/Shading":
            self._shading(what, inks)
        elif isinstance(what, Stream):
            if Name.Image == what.get("/Subtype"):
                self._image(name, what, inks)
            else:
                self._form(what, resources, inks)
        elif kind == "/Pattern" and "/Shading" in what:
            self._shading(what.Shading, inks)

    def _form(self, form: Stream, resources: Object, inks: Inks) -> None:
        """A form or a tiling pattern: what it paints, and nothing that isolates it where all is solid."""
        own = form.get("/Resources", resources)
        if (written := self._content(form, form, form.read_bytes(), own, inks)) is not None:
            form.write(written)
        self._group(form)

    def _group(self, holder: Object) -> None:
        if "/Group" in holder:
            if self._flat:
                del holder["/Group"]
            else:
                holder.Group.CS = Name.DeviceCMYK

    def _state(self, state: Object) -> None:
        through = sorted({words for key, words in THROUGH.items() if not _solid(key, state.get(key))})
        if not self._flat:
            mask = state.get("/SMask")
            if isinstance(mask, Dictionary) and isinstance(mask.G, Stream) and mask.G.objgen not in self._done:
                self._done.add(mask.G.objgen)
                self._form(mask.G, Dictionary(), Black())
        elif through:
            self._tell(self.found.see_through, " and ".join(through))
        else:
            for key in ("/AIS", *THROUGH):
                if key in state:
                    del state[key]

    def _image(self, name: str, image: Stream, inks: Inks) -> None:
        picture = self._pictures.get(name[:-1], "")
        try:
            if ready(image, inks, flat=self._flat):
                self._tell(self.found.whitened, picture)
        except NoProfileError:
            self._tell(self.found.unprofiled, picture)
        except PlateError as reason:
            self._tell(self.found.unknown, f"{reason}: {picture}" if picture else str(reason))

    def _shading(self, shading: Object, inks: Inks) -> None:
        space = _space(shading.ColorSpace, Dictionary())
        if space == "/DeviceGray":
            return
        try:
            for end in _ends(shading.Function):
                for key in ("/C0", "/C1"):
                    end[key] = Array(self._inked(space, [float(part) for part in end[key]], inks))
        except _UnknownError:
            self._tell(self.found.unknown, "a gradient of an unknown kind")
        except NoProfileError:
            self._tell(self.found.unprofiled, "")
        else:
            shading.ColorSpace = Name.DeviceCMYK

    def _instructions(
        self, source: Object | pikepdf.Page, spaces: Object, inks: Inks
    ) -> Iterator[ContentStreamInstruction | pikepdf.ContentStreamInlineImage]:
        current: list[str] = ["/DeviceGray", "/DeviceGray"]
        saved: list[list[str]] = []
        for instruction in pikepdf.parse_content_stream(source):
            if isinstance(instruction, pikepdf.ContentStreamInlineImage):
                self._tell(self.found.unknown, "a picture inside the text")
                yield instruction
                continue
            operator = str(instruction.operator)
            stroke = operator.isupper()
            if operator == "q":
                saved.append(list(current))
            elif operator == "Q" and saved:
                current = saved.pop()
            elif operator in ("cs", "CS"):
                current[stroke] = _space(instruction.operands[0], spaces)
            elif operator.lower() in SAID:
                current[stroke] = SAID[operator.lower()]
            if operator in ("cs", "CS") and current[stroke] in TURNED:
                yield _ink((0, 0, 0, 1), stroke=stroke)  # with which each of these spaces begins
            elif operator in PAINTS and current[stroke] not in ("/Pattern", "/DeviceGray"):
                yield self._painted(instruction, current[stroke], inks, stroke=stroke)
            else:
                yield instruction

    def _painted(
        self, instruction: ContentStreamInstruction, space: str, inks: Inks, *, stroke: bool
    ) -> ContentStreamInstruction:
        """The instruction that sets a colour, in inks."""
        try:
            colour = self._inked(space, [float(part) for part in instruction.operands], inks)
        except NoProfileError:
            self._tell(self.found.unprofiled, "")
        except (_UnknownError, TypeError, ValueError):
            self._tell(self.found.unknown, f"colours in {space.removeprefix('/')}")
        else:
            return _ink(colour, stroke=stroke)
        return instruction

    def _inked(self, space: str, parts: Sequence[float], inks: Inks) -> Ink:
        if len(parts) != PARTS.get(space):
            raise _UnknownError
        if space == "/DeviceCMYK":
            mixture = inks.mixture((parts[0], parts[1], parts[2], parts[3]))
            if round(100 * sum(mixture)) > self._most_ink:
                shares = " ".join(f"{share:g}" for share in mixture)
                self._tell(self.found.heavy, f"device-cmyk({shares}), {round(100 * sum(mixture))} %")
            return mixture
        if space == "/DeviceGray":
            return 0.0, 0.0, 0.0, round(1 - parts[0], 4)
        return inks.colour(*(srgb_of_lab(*parts) if space == "/Lab" else parts))

    def _tell(self, found: dict[str, list[int]], what: str) -> None:
        pages = found.setdefault(what, [])
        if self._page not in pages:
            pages.append(self._page)


class _UnknownError(ValueError):
    """A colour is said in a way that we do not know."""


def _ink(ink: Ink, *, stroke: bool) -> ContentStreamInstruction:
    return ContentStreamInstruction(list(ink), Operator("K" if stroke else "k"))


def _solid(key: str, value: Object | None) -> bool:
    """Whether an entry of a graphics state lets nothing shine through."""
    if value is None:
        return True
    if key in ("/ca", "/CA"):
        return float(value) == 1
    return value in (Name.Normal, Name.Compatible, Name("/None"))


def _space(said: Object, spaces: Object) -> str:
    """The kind of a colour space, with the name that it has among the resources looked up."""
    what = spaces.get(str(said), said) if isinstance(said, Name) else said
    if isinstance(what, Array):
        return str(what[0])
    return str(what)


def _ends(function: Object) -> Iterator[Object]:
    """The functions of a gradient that lead from one colour to another."""
    if isinstance(function, Array):
        raise _UnknownError
    if function.FunctionType == 3:
        for part in function.Functions:
            yield from _ends(part)
    elif function.FunctionType == 2 and "/C0" in function and "/C1" in function:
        yield function
    else:
        raise _UnknownError
