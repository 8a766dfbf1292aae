"""Faces cut down to some characters by HarfBuzz, in thousandths of a second each.

It is the library that cuts the faces of a PDF, too, so it is there already. Its functions are called as its manual has
them (hb-blob.h, hb-face.h, hb-set.h, hb-subset.h); version 4.1 and all later ones know them.
"""

import ctypes
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from functools import cache
from typing import Any

NAMES = (0, 1, 2, 3, 4, 5, 6, 13, 14)
"""Name records that stay: copyright, names, version, licence and its address."""
OWN_NAMES = (256, 32_767)
"""The first and the last name record of a font's own, by which its features are called."""
UNICODES, NAME_IDS, NAME_LANGUAGES, FEATURES = 1, 4, 5, 6
"""The sets that say what stays (`hb_subset_sets_t`)."""
NOTDEF_OUTLINE = 0x40
"""The flag that keeps the outline of the glyph for characters that a face lacks (`hb_subset_flags_t`)."""
READ_ONLY = 1
"""How HarfBuzz may use bytes of ours (`hb_memory_mode_t`)."""

_HANDLE, _NUMBER = ctypes.c_void_p, ctypes.c_uint
_FUNCTIONS: dict[str, dict[str, tuple[Any, ...]]] = {
    "harfbuzz": {
        "hb_blob_create": (_HANDLE, ctypes.c_char_p, _NUMBER, ctypes.c_int, _HANDLE, _HANDLE),
        "hb_blob_get_data": (_HANDLE, _HANDLE, ctypes.POINTER(_NUMBER)),
        "hb_blob_destroy": (None, _HANDLE),
        "hb_face_create": (_HANDLE, _HANDLE, _NUMBER),
        "hb_face_get_glyph_count": (_NUMBER, _HANDLE),
        "hb_face_reference_blob": (_HANDLE, _HANDLE),
        "hb_face_destroy": (None, _HANDLE),
        "hb_set_clear": (None, _HANDLE),
        "hb_set_add": (None, _HANDLE, _NUMBER),
        "hb_set_add_range": (None, _HANDLE, _NUMBER, _NUMBER),
        "hb_set_invert": (None, _HANDLE),
    },
    "harfbuzz-subset": {
        "hb_subset_input_create_or_fail": (_HANDLE,),
        "hb_subset_input_set": (_HANDLE, _HANDLE, ctypes.c_int),
        "hb_subset_input_set_flags": (None, _HANDLE, _NUMBER),
        "hb_subset_input_destroy": (None, _HANDLE),
        "hb_subset_or_fail": (_HANDLE, _HANDLE, _HANDLE),
    },
}
"""What each function of a library gives, and what it takes."""


class SubsetError(Exception):
    """A face cannot be cut; the message says why."""


def cut(data: bytes, characters: Iterable[str]) -> bytes:
    """A face with these characters alone, every OpenType feature that concerns them, its names and its licence.

    Raises:
        SubsetError: the library is not installed, or can make nothing of the face.
    """
    call = _functions()
    with ExitStack() as stack:

        def held(handle: int | None, destroy: str) -> int:
            if not handle:
                raise SubsetError("HarfBuzz can make nothing of its tables")
            stack.callback(call[destroy], handle)
            return handle

        original = held(call["hb_blob_create"](data, len(data), READ_ONLY, None, None), "hb_blob_destroy")
        face = held(call["hb_face_create"](original, 0), "hb_face_destroy")
        if not call["hb_face_get_glyph_count"](face):
            raise SubsetError("it is no font")
        asked = held(call["hb_subset_input_create_or_fail"](), "hb_subset_input_destroy")
        _ask(asked, characters)
        smaller = held(call["hb_subset_or_fail"](face, asked), "hb_face_destroy")
        made = held(call["hb_face_reference_blob"](smaller), "hb_blob_destroy")
        size = _NUMBER()
        start = call["hb_blob_get_data"](made, ctypes.byref(size))
        return ctypes.string_at(start, size.value)


def _ask(asked: int, characters: Iterable[str]) -> None:
    """Say what stays."""
    call = _functions()
    sets = {kind: call["hb_subset_input_set"](asked, kind) for kind in (UNICODES, NAME_IDS, NAME_LANGUAGES, FEATURES)}
    for one in sets.values():
        call["hb_set_clear"](one)
    for character in characters:
        call["hb_set_add"](sets[UNICODES], ord(character))
    for number in NAMES:
        call["hb_set_add"](sets[NAME_IDS], number)
    call["hb_set_add_range"](sets[NAME_IDS], *OWN_NAMES)
    for kind in (NAME_LANGUAGES, FEATURES):  # nothing, turned round: all there is
        call["hb_set_invert"](sets[kind])
    call["hb_subset_input_set_flags"](asked, NOTDEF_OUTLINE)


@cache
def _functions() -> dict[str, Callable[..., Any]]:
    found = {}
    for library, functions in _FUNCTIONS.items():
        loaded = _loaded(library)
        for name, (gives, *takes) in functions.items():
            try:
                function = getattr(loaded, name)
            except AttributeError as lack:
                raise SubsetError(f"the library {library} is too old: it lacks {name}") from lack
            function.restype, function.argtypes = gives, takes
            found[name] = function
    return found


def _loaded(library: str) -> ctypes.CDLL:
    for file in (f"lib{library}.so.0", f"lib{library}.0.dylib", f"lib{library}.dylib"):
        try:
            return ctypes.CDLL(file)
        except OSError:
            continue
    raise SubsetError(f"the library {library} is not installed")
