"""A shelf of two thousand books, filled, filled again, and filled with one book changed: seconds a book, as ratios.

    make bench

The books are EPUBs of half a megabyte, each with a cover of 1600 by 2560 pixels. Each figure is a command from its
start to its end. Beside it stands what it takes to read all those files and make their digests, the least that can be
done to know that nothing has changed; ratios are to that.
"""

import sys
import tempfile
import time
from hashlib import sha256
from pathlib import Path

from measuring import HOUSE, run

sys.path.insert(0, str(HOUSE / "tests"))

from delivery.shelf.epubs import metadata, painted, put

BOOKS = 2000
LANGUAGES = ("en", "de", "fr", "az")


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        books, shelf = home / "books", home / "shelf"
        for number in range(BOOKS):
            _put(books, number)
        least = _read(books)
        command = (sys.executable, "-m", "publish", "send", "shelf", str(books), "--to", str(shelf))
        print(f"{BOOKS} books, {sum(path.stat().st_size for path in books.iterdir()) / 1e9:.1f} GB")
        print(f"{'reading them all':18}{least:7.1f} s")
        for case in ("first", "nothing changed", "one changed"):
            if case == "one changed":
                _put(books, BOOKS // 2, author="Another")
            taken = run(*command, cache=home / "cache")
            ratio, memory = taken.wall / least, f"{taken.memory:.0f} MB"
            print(f"{case:18}{taken.wall:7.1f} s  {taken.cpu:7.1f} CPU s  {ratio:6.1f}  {memory}")


def _put(books: Path, number: int, author: str = "") -> None:
    said = metadata(
        number,
        author=author or f"Writer {number % 400}",
        series=f"Series {number % 90}" if number % 3 else "",
        language=LANGUAGES[number % len(LANGUAGES)],
    )
    put(books, f"b{number}", said, painted(1600, 2560))


def _read(books: Path) -> float:
    start = time.perf_counter()
    for path in books.iterdir():
        sha256(path.read_bytes()).digest()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
