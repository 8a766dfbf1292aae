"""People, groups and the mail account in the user's own folder, and where the password comes from."""

import stat
from collections.abc import Callable
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyring

from cli.helpers import run, write
from publish.delivery import account as accounts
from publish.delivery import people
from publish.delivery.account import Account
from publish.delivery.addresses import Recipient, address
from publish.delivery.log import Log, Sent
from publish.problems import Problems

WriteAccount = Callable[..., None]
ADA = Account("smtp.example.org", 587, "starttls", "ada", Recipient("ada@example.org", "Ada Brandt"))


def codes(problems: Problems) -> list[str]:
    return [problem.code for problem in problems]


@pytest.mark.parametrize(
    ("typed", "plain"),
    [
        ("reader@example.org", "reader@example.org"),
        ("first.last+tag@mail.example.org", "first.last+tag@mail.example.org"),
        ("zoe@bücher.example", "zoe@xn--bcher-kva.example"),
    ],
)
def test_addresses(typed: str, plain: str) -> None:
    assert address(typed) == plain


@pytest.mark.parametrize(
    "typed",
    [
        *(
            "reader",
            "reader@",
            "@example.org",
            "reader@example",
            "a b@example.org",
            "a@@example.org",
            "a..b@example.org",
        ),
        *("reader@example.org\n", "reader@example.org\r\nBcc: spy@example.net", "reader\n@example.org"),
        *("a@example.org,b@example.org", "<a@example.org>", "zoë@example.org", "a@-example.org", "a@exam\u2028ple.org"),
        *(f"{'a' * 65}@example.org", f"a@{'b' * 64}.org", f"a@{'.'.join(['b' * 60] * 5)}", '"a b"@example.org'),
    ],
)
def test_what_is_no_address(typed: str) -> None:
    assert address(typed) is None


def test_people_are_added_listed_changed_and_removed(home: Path) -> None:
    assert "nobody yet" in run("send", "people").out
    assert run("send", "people", "add", "Zoë Ørsted", "zoe@example.org", "--group", "beta readers").status == 0
    assert run("send", "people", "add", "Bo", "bo@example.org", "--group", "beta readers").status == 0
    assert run("send", "people", "add", "Bo", "bo@example.net", "--group", "press").status == 0
    assert run("send", "people").out.splitlines() == [
        "Bo          bo@example.net  (beta readers, press)",
        "Zoë Ørsted  zoe@example.org  (beta readers)",
    ]
    assert run("send", "people", "remove", "beta readers").status == 0
    assert run("send", "people", "remove", "Zoë Ørsted").status == 0
    assert run("send", "people").out == "Bo  bo@example.net  (press)\n"
    file = home / "config" / "octavo" / "people.toml"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    gone = run("send", "people", "remove", "Zoe")
    assert (gone.status, "error D102" in gone.said) == (1, True)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("Bo", "bo at example.org"), "D101"),
        (("Bo", "bo@example.org\nBcc: spy@example.net"), "D101"),
        (("Bo\nBcc: spy@example.net", "bo@example.org"), "D103"),
        (("Bo\nand Cy", "bo@example.org"), "D103"),
        (("bo@example.org", "bo@example.org"), "D103"),
        ((" ", "bo@example.org"), "D103"),
        (("B" * 101, "bo@example.org"), "D103"),
        (("Bo", "bo@example.org", "--group", "Bo"), "D103"),
        (("Bo", "bo@example.org", "--group", "two\nlines"), "D103"),
        (("friends", "bo@example.org"), "D103"),
        (("Bo", "bo@example.org", "--group", "Cy"), "D103"),
    ],
)
def test_names_and_addresses_that_cannot_be_are_not_kept(words: tuple[str, ...], code: str) -> None:
    run("send", "people", "add", "Cy", "cy@example.org", "--group", "friends")
    ran = run("send", "people", "add", *words)
    assert (ran.status, f"error {code}" in ran.said) == (1, True)
    assert run("send", "people").out == "Cy  cy@example.org  (friends)\n"


@pytest.mark.parametrize(
    "name", ['He said "so"', "back\\slash", "[table]", "a = 1", "#1", "Ünïcödé 𝔸", "'", "tab-less", "d.o.t"]
)
def test_any_name_is_kept_as_it_was(name: str) -> None:
    problems = Problems()
    people.save(people.People().add(name, "bo@example.org", [f"g {name}"], problems), problems)
    assert people.load(problems).by_name == {name: people.Person(name, "bo@example.org", (f"g {name}",))}
    assert not len(problems)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("not toml", "D104"),
        ("[Bo]\naddress = 3\n", "D104"),
        ('Bo = "bo@example.org"\n', "D104"),
        ('[Bo]\naddress = "bo@example.org"\ngroups = "press"\n', "D104"),
        ('[Bo]\naddress = "bo"\n', "D101"),
    ],
)
def test_a_broken_file_of_people_is_named_and_left_as_it_is(text: str, code: str, home: Path) -> None:
    write(home / "config" / "octavo", {"people.toml": text})
    ran = run("send", "people", "add", "Cy", "cy@example.org")
    assert (ran.status, f"error {code}" in ran.said) == (1, True)
    assert people.path().read_text() == text


def test_one_unknown_name_sends_nothing_to_anybody(whale: Path, account: WriteAccount) -> None:
    account()
    run("send", "people", "add", "Zoë Ørsted", "zoe@example.org")
    ran = run("send", "to", "Zoë Örsted", "bo@example", "cy@example.org", "--project", whale)
    assert ran.status == 1
    assert "did you mean Zoë Ørsted?" in ran.said
    assert "“bo@example” is no mail address" in ran.said
    assert ran.said.endswith("nothing was sent\n")
    assert not (whale / "build").exists()


def test_an_account_has_the_usual_port(account: WriteAccount) -> None:
    account(port=None, host="smtp.example.org")
    assert accounts.load(Problems()) == ADA
    account(port=None, host="smtp.example.org", security="tls")
    found = accounts.load(Problems())
    assert found is not None
    assert found.port == 465


@pytest.mark.parametrize(
    ("key", "value"),
    [
        *(("host", value) for value in ("", "two words", "a..b", "näme.example.org", None)),
        *(("security", value) for value in ("none", "", None)),
        *(("port", value) for value in (0, 65536, "587")),
        *(("sender", value) for value in ("Ada", "ada@example.org\\nBcc: spy@example.net", None)),
        *(("user", value) for value in ("", "a\\nb", "zoë")),
        ("pasword", "secret"),
        ("port", 465),
    ],
)
def test_each_mistake_in_the_account_is_named(key: str, value: str | int | None, account: WriteAccount) -> None:
    account(**{key: value})
    problems = Problems()
    assert accounts.load(problems) is None
    (problem,) = problems
    assert problem.code == "D106"
    assert f"mail.toml: {key} " in problem.message
    assert "secret" not in problem.message


def test_without_an_account_it_is_said_what_to_write(whale: Path, home: Path) -> None:
    ran = run("send", "to", "bo@example.org", "--project", whale)
    assert ran.status == 1
    assert "error D105" in ran.said
    write(home / "config" / "octavo", {"mail.toml": "host = "})
    assert "error D104" in run("send", "to", "bo@example.org", "--project", whale).said


class _Kept(KeyringBackend):
    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        return "from the ring" if (service, username) == ("octavo", "ada") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError


@pytest.mark.parametrize(
    ("environment", "ring", "user", "password", "hint"),
    [
        ("secret", NoKeyring, "ada", "secret", None),
        ("", _Kept, "ada", "from the ring", None),
        ("", _Kept, "bo", "", "set OCTAVO_SMTP_PASSWORD, or type `keyring set octavo bo`"),
        ("", NoKeyring, "ada", "", "set OCTAVO_SMTP_PASSWORD"),
        ("", NoKeyring, "", "", None),
    ],
)
def test_the_password_comes_from_the_environment_or_the_keyring(
    environment: str,
    ring: type[KeyringBackend],
    user: str,
    password: str,
    hint: str | None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("OCTAVO_SMTP_PASSWORD", environment)
    before = keyring.get_keyring()
    keyring.set_keyring(ring())
    problems = Problems()
    try:
        given = accounts.password(Account("smtp.example.org", 587, "starttls", user, ADA.sender), problems)
    finally:
        keyring.set_keyring(before)
    assert given == password
    assert [(problem.code, problem.hint) for problem in problems] == ([("D107", hint)] if hint else [])


def test_a_password_that_servers_cannot_take_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OCTAVO_SMTP_PASSWORD", "geheimnisträger")
    problems = Problems()
    accounts.password(ADA, problems)
    assert codes(problems) == ["D107"]


def test_a_log_survives_a_line_that_was_cut_off(home: Path) -> None:
    log = Log("urn:uuid:../../1")
    log.open()
    sent = Sent("2026-03-14T09:26:00+00:00", "urn:uuid:../../1", "T", "epub", "t.epub", "ab", "Bo@example.org", "<1@x>")
    log.add(sent)
    log.path.write_bytes(log.path.read_bytes() + b'{"at": "2026-\n[1]\n')
    assert log.when("ab", "bo@example.org") == sent.at
    assert log.when("cd", "bo@example.org") is None
    assert log.when("ab", "cy@example.org") is None
    assert log.path.parent == home / "data" / "octavo" / "sent"


def test_a_data_folder_that_cannot_be_written_sends_nothing(whale: Path, home: Path, account: WriteAccount) -> None:
    account()
    write(home / "data" / "octavo", {"sent": "in the way", "letters": "in the way"})
    for words in ((), ("--dry-run",)):
        ran = run("send", "to", "bo@example.org", *words, "--project", whale)
        assert (ran.status, "error D113" in ran.said) == (1, True)
