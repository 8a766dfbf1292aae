# DEV STUB
from dataclasses import dataclass


def table(pdf):
    return {}


def dump(t):
    return dict(t)


def load(t):
    return t


@dataclass(frozen=True)
class Subsets:
    pdf: bytes
    names: tuple


def united(tables, open_part):
    return Subsets(b"", tuple({} for _ in tables))
