"""The data files of the shops: every rule in them is one that we can try, and says when and where it was read."""

import re
from importlib.resources import files

import pytest

from publish.checks.shops.rules import RULES
from publish.shops import SHOPS
from publish.shops.profiles import Rule, shop

from .shelf import codes, epub


def test_a_plain_book_pleases_every_shop() -> None:
    assert codes(epub(), *SHOPS) == []


def test_each_data_file_is_a_shop_s() -> None:
    names = {path.name.removesuffix(".toml") for path in files("publish.shops").iterdir() if ".toml" in path.name}
    assert names == set(SHOPS)


def test_each_rule_is_some_shop_s_and_each_shop_s_rule_is_known() -> None:
    assert {rule.name for key in SHOPS for rule in shop(key).rules} == set(RULES)


@pytest.mark.parametrize("key", SHOPS)
def test_each_rule_says_when_and_where_it_was_read(key: str) -> None:
    for rule in (*shop(key).rules, shop(key).cover):
        assert re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", rule.checked), rule
        assert len(rule.source) > 20, rule


def test_a_shop_is_as_old_as_its_oldest_rule() -> None:
    rules = (Rule("a", "2026-09", "A"), Rule("b", "2025-12", "B"))
    assert type(shop("kobo"))("Kobo", rules, rules[0]).checked == "2025-12"
