#!/usr/bin/env python3
"""Try the newest WeasyPrint that the registry has: usage `.venv/bin/python tools/next_engine.py` (`make test-next`).

Says which of the functions that Octavo replaces or relies on have moved in it. Where none has, the pin in
`pyproject.toml` and `constraints.txt` can be raised, once `make test proof` passes with it. The environment that it is
installed in is thrown away; nothing of ours changes.
"""

import json
import os
import subprocess
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

HERE = Path(__file__).resolve().parent.parent
ENGINE = "weasyprint"
ASK = """
import json, sys
from publish.pdf.grafts.guard import fingerprint
names = json.load(sys.stdin)
print(json.dumps({name: fingerprint(name) for name in names}))
"""


def main():
    """Compare the newest release with the fingerprints of the grafts, and say what can be done."""
    # It loads the engine that is installed here, and puts the grafts into it: what they know is what counts.
    from publish.pdf.engine import stood_aside  # noqa: PLC0415
    from publish.pdf.grafts import GRAFTS  # noqa: PLC0415

    pinned = version(ENGINE)
    if stood_aside:
        print(f"{ENGINE} {pinned}, which is installed here, is not the one that these grafts know: {stood_aside}")
    newest = newest_release()
    if newest == pinned:
        print(f"{ENGINE} {pinned} is pinned, and is the newest release")
        return
    names = sorted({name for graft in GRAFTS for name in graft.relies_on})
    with tempfile.TemporaryDirectory(prefix="octavo-next-") as folder:
        found = fingerprints(newest, names, Path(folder))
    print(report(newest, pinned, {graft.name: dict(graft.relies_on) for graft in GRAFTS}, found))


def newest_release():
    """The newest release, by pip: it asks the registry that it is set up for, and leaves out pre-releases."""
    said = run(sys.executable, "-m", "pip", "index", "versions", ENGINE, "--disable-pip-version-check")
    return said.partition("(")[2].partition(")")[0]


def fingerprints(release, names, folder):
    """The fingerprints of these names in a release, taken where it is installed by itself."""
    run(sys.executable, "-m", "venv", str(folder))
    python = str(folder / "bin" / "python")
    run(python, "-m", "pip", "install", "-q", "--disable-pip-version-check", f"{ENGINE}=={release}")
    environment = {**os.environ, "PYTHONPATH": str(lone_guard(folder))}
    asked = subprocess.run(
        [python, "-c", ASK], input=json.dumps(names), env=environment, capture_output=True, text=True, check=True
    )
    return json.loads(asked.stdout)


def lone_guard(folder):
    """A package that holds our guard alone: the rest of ours needs more than the engine."""
    grafts = folder / "lone" / "publish" / "pdf" / "grafts"
    grafts.mkdir(parents=True)
    source = HERE / "src" / "publish" / "pdf" / "grafts" / "guard.py"
    (grafts / "guard.py").write_bytes(source.read_bytes())
    return folder / "lone"


def report(newest, pinned, known, found):
    """What is to be said of a release: each name that moved, with the grafts that rely on it."""
    moved = {}
    for graft, relied in known.items():
        for name, fingerprint in relied.items():
            if found.get(name) != fingerprint:
                moved.setdefault(name, []).append(graft)
    if not moved:
        return (
            f"{ENGINE} {newest}: nothing has moved; the pin can be raised from {pinned} once `make test proof` passes"
        )
    lines = [f"{ENGINE} {newest}: {len(moved)} of {len(found)} names have moved since {pinned}"]
    for name in sorted(moved):
        state = "is changed" if found.get(name) else "is gone"
        lines.append(f"  {name} {state} (for: {', '.join(moved[name])})")
    return "\n".join(lines)


def run(*command):
    """What a command prints; where it fails, end with what it said."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"octavo: this failed: {' '.join(command)}\n{done.stderr}")
    return done.stdout


if __name__ == "__main__":
    main()
