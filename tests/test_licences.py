"""What ends up in people's books and projects is free of conditions, and says so."""

import tomllib

import pytest

from conftest import HOUSE

SPDX = "SPDX-License-Identifier: MIT-0"
GIVEN = ("styles", "src/publish/intake/starter")
SAYING = (".css", ".j2", ".toml")


@pytest.mark.parametrize("folder", GIVEN)
def test_style_sheets_and_templates_say_their_licence_in_their_first_lines(folder: str) -> None:
    files = [path for path in (HOUSE / folder).rglob("*") if path.suffix in SAYING]
    silent = [path.name for path in files if SPDX not in path.read_text(encoding="utf-8")[:300]]
    assert files
    assert silent == []


def test_every_licence_that_is_named_lies_in_its_folder() -> None:
    declared = tomllib.loads((HOUSE / "REUSE.toml").read_text(encoding="utf-8"))["annotations"]
    names = {name for entry in declared for name in entry["SPDX-License-Identifier"].split(" AND ")}
    assert names == {path.stem for path in (HOUSE / "LICENSES").glob("*.txt")}
    project = tomllib.loads((HOUSE / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert set(project["license"].split(" AND ")) == names
