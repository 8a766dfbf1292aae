"""The wheel, installed in an empty environment, makes books from an empty folder: nothing of the checkout is needed."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from conftest import HOUSE
from publish.checks import epubcheck

pytestmark = pytest.mark.proof
LICENCES = ("LICENSE", "LICENSES/AGPL-3.0-or-later.txt", "LICENSES/MIT-0.txt")


def pip(python: str | Path, *words: str | Path) -> None:
    environment = {**os.environ, "PIP_CONSTRAINT": (HOUSE / "constraints.txt").as_uri()}
    done = subprocess.run(
        [python, "-m", "pip", *words], check=False, capture_output=True, text=True, env=environment, cwd="/"
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    pip(sys.executable, "wheel", "--no-deps", "--quiet", "--wheel-dir", folder, HOUSE)
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def publish(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command `publish` of an environment that holds the wheel and what it asks for."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=True)
    pip(environment / "bin" / "python", "install", "--quiet", wheel)
    return environment / "bin" / "publish"


def test_the_wheel_holds_themes_starter_and_licences(wheel: Path) -> None:
    names = zipfile.ZipFile(wheel).namelist()
    styles = [path.relative_to(HOUSE) for path in (HOUSE / "styles").rglob("*") if path.is_file()]
    starter = [path.relative_to(HOUSE / "src") for path in (HOUSE / "src/publish/intake/starter").rglob("*.*")]
    assert {f"publish/{path}" for path in styles} | {str(path) for path in starter} <= set(names)
    assert all(any(name.endswith(f".dist-info/licenses/{licence}") for name in names) for licence in LICENCES)


def test_it_makes_both_books_from_an_empty_folder(publish: Path, tmp_path: Path) -> None:
    def run(*words: str) -> str:
        environment = {
            "PATH": "/usr/bin:/bin",
            "HOME": str(tmp_path),
            "OCTAVO_CACHE": os.environ.get("OCTAVO_CACHE", ""),
        }
        done = subprocess.run(
            [publish, *words], check=False, capture_output=True, text=True, cwd=tmp_path, env=environment
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    assert "next: write in my-book/manuscript" in run("new", "my-book")
    said = run("build", "--project", "my-book")
    assert "my-book/build/my-book.pdf" in said
    assert (tmp_path / "my-book" / "build" / "my-book.pdf").read_bytes().startswith(b"%PDF-")
    assert epubcheck.run(tmp_path / "my-book" / "build" / "my-book.epub")["messages"] == []
    assert "nothing laid out" in run("build", "pdf", "--project", "my-book")
    assert "classic" in run("list", "themes")
    assert "Kobo" in run("list", "shops")
