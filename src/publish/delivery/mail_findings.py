"""What can go wrong with letters: recipients and account (D10x), the letter itself (D11x), its delivery (D12x)."""

from publish.files import weight
from publish.problems import Said, Severity, rule


@rule("D101", Severity.ERROR)
def address_malformed(text: str) -> Said:
    """This is no mail address.

    An address has the form `name@example.org`, in one line and without spaces. Signs outside ASCII can stand only
    behind the @.
    """
    return f"“{text}” is no mail address", "write it like reader@example.org"


@rule("D102", Severity.ERROR)
def person_unknown(name: str, near: str | None) -> Said:
    """Nobody, and no group, has this name.

    `publish send people` lists whom Octavo knows. As long as one of the names typed is unknown, nothing is sent to
    anybody.
    """
    hint = f"did you mean {near}?" if near else f'publish send people add "{name}" ADDRESS'
    return f"there is no recipient or group called “{name}”", hint


@rule("D103", Severity.ERROR)
def name_unusable(name: str, reason: str) -> Said:
    """A recipient or a group cannot have this name.

    A name is one line of at most a hundred characters without an @, by which it could be taken for an address. A
    recipient and a group cannot have the same name: nobody could tell which was meant.
    """
    return f"“{name}” cannot be a name here: {reason}", None


@rule("D104", Severity.ERROR)
def settings_unusable(path: str, reason: str) -> Said:
    """A file of your own settings cannot be used.

    `people.toml` holds your recipients and `mail.toml` the mail account you send from; both are plain text in TOML, in
    your own configuration folder. Correct the file, or delete `people.toml` and add your recipients again.
    """
    return f"cannot use {path}: {reason}", None


@rule("D105", Severity.ERROR)
def account_missing(path: str) -> Said:
    """There is no mail account to send from.

    The account stands in `mail.toml` in your own configuration folder; the message names the file. Your mail provider
    says which host, port and security to take under “outgoing mail” or “SMTP”. The password does not belong there: it
    is taken from OCTAVO_SMTP_PASSWORD or from your keyring. For example:

        host = "smtp.example.org"
        security = "starttls"
        user = "ada@example.org"
        sender = "Ada Brandt <ada@example.org>"

    With `security = "tls"` the port is 465, with `starttls` 587; where it is another, add `port = 2525`.
    """
    return (
        f"there is no mail account yet: {path} is missing",
        "`publish explain D105` shows the four lines to write into it",
    )


@rule("D106", Severity.ERROR)
def account_value(path: str, key: str, expected: str) -> Said:
    """A line of the mail account is missing, misspelt or not what it should be.

    `host` is the server's name, `security` is `starttls` (most often port 587) or `tls` (465); letters never go without
    either. `port` is needed only where it is another. `user` is the name you log in with, and is left out for a server
    that asks for none. `sender` is your address, with your name if you like: `Ada Brandt <ada@example.org>`.
    """
    return f"{path}: {key} {expected}", None


@rule("D107", Severity.ERROR)
def password_missing(user: str, reason: str, keyring: bool) -> Said:
    """The password of the mail account is nowhere, or is none that servers take.

    It is taken from the environment variable OCTAVO_SMTP_PASSWORD, else from your system's keyring, where
    `keyring set octavo USER` puts it. Many providers ask for a password made for this one program (“app password”).
    """
    hint = f"set OCTAVO_SMTP_PASSWORD, or type `keyring set octavo {user}`" if keyring else "set OCTAVO_SMTP_PASSWORD"
    return f"there is no password for {user}: {reason}", hint


@rule("D110", Severity.ERROR)
def letter_without_subject() -> Said:
    """The letter has no subject or no text.

    The first line that `styles/letter.txt.j2` gives is the subject of the letter, and what follows is its text.
    """
    return "the first line of the letter must be its subject, and its text must follow", None


@rule("D111", Severity.ERROR)
def too_large(address: str, size: int, limit: int, whose: str) -> Said:
    """The letter is larger than the recipient's mailbox or your mail server takes.

    Mail grows a file by about 37 %. Many mailboxes take letters of 25 MB, and Kindle takes files of 50 MB; your own
    server says itself what it takes. Smaller pictures make a smaller book; else give readers a link.
    """
    return f"not sent to {address}: {weight(size)} are too much; {whose} takes {weight(limit)}", None


@rule("D112", Severity.HINT)
def kindle_approval(sender: str) -> Said:
    """A Kindle takes files only from senders that its owner has approved.

    The owner adds your address at Amazon under “Manage Your Content and Devices”, “Preferences”, “Personal Document
    Settings”. A file from anybody else is thrown away, and only the owner hears of it.
    """
    return f"a Kindle takes this only if its owner has approved the sender {sender}", None


@rule("D113", Severity.ERROR)
def cannot_write_letter(path: str, reason: str) -> Said:
    """A letter, or the log of what was sent, cannot be written.

    Both are in your own data folder. Without the log nothing is sent: nobody could say afterwards who has the book.
    """
    return f"cannot write {path}: {reason}", "make room or mend the permissions"


@rule("D120", Severity.ERROR)
def account_refused(host: str, answer: str) -> Said:
    """The mail server did not let you in.

    The user or the password is wrong, or the provider wants a password made for this one program (“app password”). It
    is not tried again: too many wrong passwords lock an account.
    """
    return f"{host} does not let you in: {answer}", "look at user in mail.toml, and at the password"


@rule("D121", Severity.ERROR)
def server_unreachable(host: str, port: int, answer: str) -> Said:
    """The mail server could not be reached, or closed the door each time.

    The host or the port is wrong, the network is down, or the server has trouble of its own.
    """
    return f"cannot reach {host}, port {port}: {answer}", "look at host and port in mail.toml, and at your network"


@rule("D122", Severity.ERROR)
def connection_unsafe(host: str, answer: str) -> Said:
    """The way to the mail server is not safe.

    The server cannot prove that it is the one named in `mail.toml`, or offers no encryption. Nothing was sent, your
    password neither: in between, anybody could have read it. There is no way to go on in spite of that.
    """
    return f"the way to {host} is not safe: {answer}", "look at host, port and security in mail.toml"


@rule("D123", Severity.ERROR)
def refused(address: str, answer: str) -> Said:
    """The mail server refused the letter for good.

    Its own words stand in the message: most often the address is misspelt or no longer in use.
    """
    return f"not sent to {address}: the server refused it: {answer}", None


@rule("D124", Severity.ERROR)
def undelivered(address: str, tries: int, answer: str) -> Said:
    """The mail server did not take the letter, each time that it was tried.

    It said “later”, or the connection broke. Some servers let strangers wait for some minutes on purpose: type the same
    command again after a while. Who has the file by now does not get it twice.
    """
    return (
        f"not sent to {address}, tried {tries} times: {answer}",
        "type the same command again in a quarter of an hour",
    )


@rule("D125", Severity.WARNING)
def not_noted(address: str, path: str, reason: str) -> Said:
    """A letter was sent, but that could not be noted.

    The next time the same file would be sent to the same person again. Make room on the disk.
    """
    return f"sent to {address}, but that cannot be noted in {path}: {reason}", None
