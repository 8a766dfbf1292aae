"""How a print job stands, and what its printer says of itself, in plain words."""

from dataclasses import dataclass
from enum import IntEnum

REASONS = {
    "connecting-to-device": "the printer is being called",
    "cover-open": "a cover is open",
    "developer-empty": "the developer is used up",
    "developer-low": "the developer is low",
    "door-open": "a door is open",
    "fuser-over-temp": "the fuser is too hot",
    "fuser-under-temp": "the fuser is warming up",
    "input-tray-missing": "a paper tray is missing",
    "interlock-open": "something is open that must be closed",
    "interpreter-resource-unavailable": "the printer lacks something to read the file with",
    "marker-supply-empty": "ink or toner is used up",
    "marker-supply-low": "ink or toner is low",
    "marker-waste-almost-full": "the waste container is almost full",
    "marker-waste-full": "the waste container is full",
    "media-empty": "the printer is out of paper",
    "media-jam": "paper is jammed",
    "media-low": "paper is low",
    "media-needed": "the printer wants the right paper put in",
    "moving-to-paused": "the printer is about to pause",
    "offline": "the printer is offline",
    "opc-life-over": "the drum is used up",
    "opc-near-eol": "the drum is nearly used up",
    "other": "the printer has trouble that it does not name",
    "output-area-almost-full": "the output tray is almost full",
    "output-area-full": "the output tray is full",
    "output-tray-missing": "the output tray is missing",
    "paused": "the printer is paused",
    "shutdown": "the printer is switched off or restarting",
    "spool-area-full": "the printer's memory is full",
    "stopped-partly": "a part of the printer has stopped",
    "stopping": "the printer is stopping",
    "timed-out": "the printer's device does not answer",
    "toner-empty": "the toner is used up",
    "toner-low": "the toner is low",
    "account-authorization-failed": "the printer does not let this account print",
    "account-limit-reached": "this account may print no more",
    "aborted-by-system": "the printer gave it up",
    "compression-error": "the file could not be unpacked",
    "document-access-error": "the file could not be read",
    "document-format-error": "the file could not be read as what it is",
    "document-unprintable-error": "the file could not be printed",
    "job-canceled-at-device": "it was cancelled at the printer",
    "job-canceled-by-operator": "it was cancelled by whoever looks after the printer",
    "job-canceled-by-user": "it was cancelled",
    "job-hold-until-specified": "it is held until somebody releases it",
    "job-password-wait": "it waits for a code typed at the printer",
    "printer-stopped": "the printer has stopped",
    "resources-are-not-ready": "the printer is not ready for it",
    "unsupported-document-format": "the printer cannot read such a file",
}
"""Keywords of `printer-state-reasons` (RFC 8011, 5.4.12; `offline` of CUPS) and `job-state-reasons` (5.3.8)."""
SILENT = frozenset(
    {
        "none",
        "cups-waiting-for-job-completed",
        "job-completed-successfully",
        "job-completed-with-warnings",
        "job-data-insufficient",
        "job-incoming",
        "job-outgoing",
        "job-printing",
        "job-queued",
        "job-queued-for-marker",
        "job-spooling",
        "job-transforming",
        "job-interpreting",
        "processing-to-stop-point",
        "queued-in-device",
    }
)
"""Keywords that say no more than the job's state does."""
WEIGHTS = ("-report", "-warning", "-error")
LONGEST = 200
"""Characters of what a printer says of itself that are shown."""


class State(IntEnum):
    """How a job stands, with the numbers of RFC 8011, 5.3.7."""

    WAITING = 3
    HELD = 4
    PRINTING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9

    @property
    def over(self) -> bool:
        """Whether the printer is done with the job."""
        return self >= State.CANCELED


WORDS = {
    State.WAITING: "it waits for its turn",
    State.HELD: "it is held",
    State.PRINTING: "it is being printed",
    State.STOPPED: "it has stopped",
    State.CANCELED: "has had it cancelled",
    State.ABORTED: "gave it up",
    State.COMPLETED: "it is printed",
}


@dataclass(frozen=True)
class Standing:
    """How a job stands: its state, the keywords that the printer gives for it and for itself, sheets printed so far."""

    state: State
    reasons: tuple[str, ...] = ()
    sheets: int = 0

    @property
    def words(self) -> str:
        """The state and its reasons in one line."""
        return ", ".join([WORDS[self.state], *telling(self.reasons)])


def telling(reasons: tuple[str, ...]) -> list[str]:
    """Reasons in plain words, each once; keywords that the table lacks are told as they are."""
    bare = dict.fromkeys(_bare(reason) for reason in reasons)
    return list(dict.fromkeys(REASONS.get(one, f"it says “{one[:LONGEST]}”") for one in bare if one not in SILENT))


def _bare(reason: str) -> str:
    """A keyword without its weight: `media-empty-error` is `media-empty` (RFC 8011, 5.4.12)."""
    if reason in REASONS:
        return reason
    for weight in WEIGHTS:
        reason = reason.removesuffix(weight)
    return reason
