"""Templates see values, and nothing else; whatever they try, they end, and their faults have a file and a line."""

import pytest

from publish.book.model import Matter, Section
from publish.layout.model import Template
from publish.layout.templates import TemplateFaultError, Templates, opened
from publish.manuscript.model import Contributor, Metadata
from publish.problems import Problem

VALUES = {
    "metadata": Metadata("Tom & Jerry", contributors=(Contributor("Ada"),), isbn={"print": "978"}),
    "section": Section("s", "copyright", Matter.FRONT, "S", "S"),
    "words": {"contents": "Contents", "all-rights-reserved": "All rights reserved."},
    "documents": ("<p>" + "word " * 1000 + "</p>",),
}


def fill(text: str, **others: str) -> str:
    found = {name: Template(name, f"styles/mine/{name}", other) for name, other in {"t.j2": text, **others}.items()}
    return Templates(found).fill("t.j2", VALUES)


def fault(text: str, **others: str) -> Problem:
    with pytest.raises(TemplateFaultError) as raised:
        fill(text, **others)
    return raised.value.problem


def test_values_are_filled_in_and_escaped() -> None:
    assert fill("<h1>{{ metadata.title }}</h1>") == "<h1>Tom &amp; Jerry</h1>"
    assert fill('{{ words.contents }}, {{ words["all-rights-reserved"] }}') == "Contents, All rights reserved."
    assert fill("{% for person in metadata.authors %}{{ person.name }}{% endfor %}") == "Ada"
    assert fill("{% for kind, number in metadata.isbn.items() %}{{ kind }} {{ number }}{% endfor %}") == "print 978"
    assert fill('{{ ["a", "<b>"]|join(", ") }}') == "a, &lt;b&gt;"


def test_a_syntax_error_has_its_line() -> None:
    problem = fault("one\ntwo\n{% if metadata.title %}\nthree")
    assert problem.code == "L010"
    assert str(problem.span) == "styles/mine/t.j2:4:1"


def test_an_unknown_name_has_its_line() -> None:
    problem = fault("one\n\n{{ metadata.titel }}")
    assert problem.code == "L011"
    assert "titel" in problem.message
    assert problem.span
    assert problem.span.line == 3


def test_a_fault_in_an_included_template_is_told_there() -> None:
    problem = fault('one\n{% include "inner.j2" %}', **{"inner.j2": "a\nb\n{{ nothing }}"})
    assert str(problem.span) == "styles/mine/inner.j2:3:1"


@pytest.mark.parametrize("name", ["../secret.j2", "/etc/passwd", "inner.j2", "t.j2/../../x"])
def test_no_template_reaches_a_file_that_is_not_one_of_the_theme(name: str) -> None:
    assert fault(f'{{% include "{name}" %}}').code == "L011"


HOSTILE = {
    "the way to Python's classes": '{{ "".__class__.__mro__[1].__subclasses__() }}',
    "the way through a value": "{{ metadata.__class__.__init__.__globals__ }}",
    "the way through the class of a method": "{{ metadata.isbn.items.__self__ }}",
    "a method of text": '{{ "a".center(1000000000) }}',
    "a format": '{{ "{0.__class__}".format(metadata) }}',
    "a width": '{{ "%1000000000d" % 1 }}',
    "a huge range": "{% for i in range(1000000000) %}{{ i }}{% endfor %}",
    "loops in loops": "{% for a in range(999) %}{% for b in range(999) %}{% for c in range(999) %}"
    "{% endfor %}{% endfor %}{% endfor %}",
    "a product of text": '{{ "a" * 1000000000 }}',
    "a power": "{{ 9 ** 9 ** 9 ** 9 }}",
    "a text that doubles": "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(900) %}"
    "{% set n.x = n.x ~ n.x %}{% endfor %}",
    "a sum that doubles": "{% set n = namespace(x='aaaaaaaaaa') %}{% for i in range(900) %}"
    "{% set n.x = n.x + n.x %}{% endfor %}",
    "a list that doubles": "{% set n = namespace(x=[1]) %}{% for i in range(900) %}"
    "{% set n.x = n.x + n.x %}{% endfor %}",
    "a number that grows": "{% set n = namespace(x=9) %}{% for i in range(900) %}{% set n.x = n.x * n.x %}{% endfor %}",
    "a replacement that grows": "{% set n = namespace(x='aa') %}{% for i in range(90) %}"
    "{% set n.x = n.x|replace('a', n.x) %}{% endfor %}",
    "a join that grows": "{% set n = namespace(x='aa') %}{% for i in range(90) %}"
    "{% set n.x = [n.x, n.x, n.x]|join(n.x) %}{% endfor %}",
    "a macro that calls itself": "{% macro m() %}{{ m() }}{{ m() }}{% endmacro %}{{ m() }}",
    "a template that includes itself": '{% include "t.j2" %}{% include "t.j2" %}',
    "documents without end": "{% for i in range(999) %}{% for j in range(999) %}{{ documents[0] }}"
    "{% endfor %}{% endfor %}",
    "a block kept and doubled": "{% for i in range(999) %}{% set x %}{{ documents[0] }}{% endset %}"
    "{% set y %}{{ x }}{{ x }}{% endset %}{% for j in range(99) %}{{ y }}{% endfor %}{% endfor %}",
    "deep nesting": "{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}",
    "deep blocks": "{% if 1 %}" * 500 + "{% endif %}" * 500,
    "random words": "{{ lipsum(n=1000) }}",
    "the whole of a value": "{{ metadata }}",
    "a change of a value": "{% set x = words.update({}) %}",
    "a division by nothing": "{{ 1 // 0 }}",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_a_hostile_template_is_stopped(text: str) -> None:
    problem = fault(text)
    assert problem.code in ("L010", "L011", "L012")
    assert problem.span
    assert problem.span.file == "styles/mine/t.j2"


def test_a_room_that_stays_open_is_the_same_after_whatever_was_filled_in_it() -> None:
    long = "{% for a in range(999) %}{% for b in range(999) %}{{ b }}{% endfor %}{% endfor %}"
    texts = {"t.j2": "{% set x = x|default(0) + 1 %}{{ x }}", "endless.j2": long}
    room = opened({name: Template(name, name, text) for name, text in texts.items()})
    for _ in range(2):
        assert room.fill("t.j2", VALUES, extra=1) == "1"
        with pytest.raises(TemplateFaultError):
            room.fill("endless.j2", VALUES, extra=1)


def test_templates_that_were_changed_are_others() -> None:
    for text in ("before", "after"):
        assert opened({"t.j2": Template("t.j2", "t.j2", text)}).fill("t.j2", VALUES, extra=1) == text
