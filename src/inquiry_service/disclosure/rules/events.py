"""What can happen to a request: a closed list of facts, named in the past tense. Pure.

Status, clock and due date are never stored; they are computed by folding these facts. Days are
the legally relevant days; the moment of recording stands beside them in `recorded.Recorded`.

The chain is not sealed, so no fact says anything about a person: a third party has a designation
(第三方一), whatever was written stands sealed in a text or letter and is named by its id.
"""

from dataclasses import dataclass
from datetime import date

# ---- coming in -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filed:
    """An application came in. The digest ties the sealed application to the chain.

    `near_answers` names the published passages that were shown before filing; `arrived` is the
    day on a posted, faxed or handed-in application that staff typed in.
    """

    channel: str
    application_digest: str
    near_answers: tuple[str, ...] = ()
    arrived: date | None = None
    matter: str = "request"


@dataclass(frozen=True, slots=True)
class ReadBackConfirmed:
    """What was said aloud and written down by staff was read back and confirmed (条例29)."""

    on: date


@dataclass(frozen=True, slots=True)
class ReceiptConfirmed:
    """The day of receipt is settled (条例第三十一条); the clock runs from it."""

    received: date
    how: str


@dataclass(frozen=True, slots=True)
class Registered:
    """Entered in the register by staff, identity proof looked at (条例第二十九条、第四十五条)."""

    on: date


@dataclass(frozen=True, slots=True)
class FileAdded:
    """An attachment came in; its content is sealed elsewhere."""

    on: date
    file: str
    sha256: str
    by_applicant: bool


# ---- correction ------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CorrectionAsked:
    """The applicant was told once what to correct, and by when (条例第三十条)."""

    on: date
    until: date | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class CorrectedRequestReceived:
    """The corrected request arrived: the limit starts again in full (条例第三十条)."""

    on: date
    application_digest: str = ""


# ---- excessive requests ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ReasonsAsked:
    """Number or frequency is plainly excessive: the applicant was asked why (条例第三十五条)."""

    on: date
    until: date | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class ReasonsGiven:
    """The applicant's reasons arrived (条例第三十五条)."""

    on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class LaterDateSet:
    """Reasons are good but the limit cannot be kept: a later day was told (条例第三十五条)."""

    on: date
    until: date
    letter: str = ""


# ---- consulting others -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ThirdPartyConsulted:
    """A third party was asked in writing for its opinion (条例第三十二条)."""

    on: date
    party: str = ""
    letter: str = ""


@dataclass(frozen=True, slots=True)
class ThirdPartyAnswered:
    """Its opinion arrived, or its fifteen working days lapsed (条例第三十二条).

    `opinion` is `agrees`, `objects`, `silent` or empty when not told.
    """

    on: date
    party: str = ""
    opinion: str = ""


@dataclass(frozen=True, slots=True)
class AgencyConsulted:
    """Another agency was asked (条例第三十三条第三款、第三十四条).

    `relation` is `co_maker`, `other` or empty where it was not recorded yet; `until` the day for
    the answer that the letter named, which only one to an agency that is no co-maker does.
    """

    on: date
    party: str = ""
    letter: str = ""
    relation: str = ""
    until: date | None = None


@dataclass(frozen=True, slots=True)
class AgencyAnswered:
    """The other agency's opinion arrived, or its time lapsed (条例第三十四条)."""

    on: date
    party: str = ""
    opinion: str = ""


# ---- the limit -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class DeadlineExtended:
    """The head of the disclosure office approved it, the applicant was told (条例第三十三条)."""

    days: int
    on: date | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class FeeNoticed:
    """The applicant was told to pay an information processing fee (条例第四十二条)."""

    on: date
    yuan: int = 0
    until: date | None = None
    letter: str = ""


@dataclass(frozen=True, slots=True)
class FeePaid:
    """The fee was paid. What this does to the clock is unverified; see `clock`."""

    on: date


@dataclass(frozen=True, slots=True)
class DueRecomputed:
    """A calendar was published or corrected: the due date moved from `was` to `now`."""

    was: date
    now: date
    why: str


# ---- finding the outcome ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class SearchRecorded:
    """Where the information was looked for, and whether it was there (条例第三十六条第四项).

    Without a record "does not exist" cannot be proved in court (法释〔2025〕8号).
    """

    on: date
    found: bool
    text: str = ""


@dataclass(frozen=True, slots=True)
class OutcomeConsidered:
    """The outcome assistant was followed to its end; `trail` names the answers given."""

    outcome_code: str
    trail: tuple[str, ...] = ()


# ---- letters ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class LetterDrafted:
    """A letter was written, or written anew; the digest is of its salted content."""

    letter: str
    kind: str
    digest: str


@dataclass(frozen=True, slots=True)
class LetterReturned:
    """Whoever should have approved it sent it back; why stands in a sealed text."""

    letter: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LetterDiscarded:
    """It will not be sent, and stays in the file as it was; why stands in a sealed text."""

    letter: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class LetterApproved:
    """Approved by somebody who did not write it; from here on it has its number."""

    letter: str
    document_number: str


@dataclass(frozen=True, slots=True)
class LetterSent:
    """It left the bureau: the digest is of the very bytes that were sent."""

    letter: str
    on: date
    route: str
    digest: str


@dataclass(frozen=True, slots=True)
class ReplyDrafted:
    """A reply was written with the outcome it comes to."""

    letter: str
    outcome_code: str
    digest: str


@dataclass(frozen=True, slots=True)
class SecrecyReviewed:
    """The information to be disclosed passed the secrecy review (条例第十七条)."""

    letter: str


@dataclass(frozen=True, slots=True)
class LegalChecked:
    """Article, reason and remedy were checked by somebody who did not write the reply."""

    letter: str


@dataclass(frozen=True, slots=True)
class ReplyApproved:
    """Approved by the head of the disclosure office, who did not write it."""

    letter: str
    document_number: str


@dataclass(frozen=True, slots=True)
class ReplyReturned:
    """A reviewer or the head sent the reply back; why stands in a sealed text."""

    letter: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReplySent:
    """The reply left the bureau with a lawful outcome (条例第三十六条 and neighbours).

    `on` is the posting or signing day (国办公开办函〔2016〕235号). `text` is what was shown before
    letters existed; since then the letter says it.
    """

    on: date
    outcome_code: str
    text: str
    letter: str = ""
    route: str = ""


@dataclass(frozen=True, slots=True)
class AnsweredOnSpot:
    """What could be given at once was given at once (条例第三十三条第一款).

    `secrecy_reviewed`: whoever gave it stated that its secrecy had been reviewed (条例第十七条).
    """

    on: date
    outcome_code: str
    text: str = ""
    secrecy_reviewed: bool = False


# ---- publishing what several want ------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class PublicationDecided:
    """The bureau will publish what is asked for again and again (条例第四十四条).

    `publication` is the same in every case that it rests on, and `requests` names them all; what
    is to be published stands in a sealed text of each.
    """

    on: date
    publication: str
    requests: tuple[str, ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class InformationPublished:
    """It stands where everybody can read it; said again, it has another address now."""

    on: date
    publication: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PublicationDropped:
    """It is not to be published after all, or no longer; why stands in a sealed text."""

    on: date
    publication: str
    text: str = ""


# ---- the end and after -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant took the request back."""

    on: date


@dataclass(frozen=True, slots=True)
class Archived:
    """The file was closed and put away (条例第四十五条: 归档)."""

    on: date


@dataclass(frozen=True, slots=True)
class ComplaintReceived:
    """The applicant complained about the handling (条例第四十七条、第五十一条)."""

    on: date
    text: str = ""


@dataclass(frozen=True, slots=True)
class ReviewOpened:
    """Reconsideration or litigation began; `review` names it within the case.

    `way` is `reconsideration`, `suit` (without reconsideration) or `suit_after` (after it): the
    three blocks of table 4 of the yearly report.
    """

    on: date
    review: str
    way: str


@dataclass(frozen=True, slots=True)
class ReviewDecided:
    """It ended: `upheld`, `corrected` or `other` (table 4 of the yearly report)."""

    on: date
    review: str
    result: str


@dataclass(frozen=True, slots=True)
class LegalHoldSet:
    """Nothing of this case may be erased until the hold is lifted."""

    on: date


@dataclass(frozen=True, slots=True)
class LegalHoldLifted:
    """The case may be erased again when its time comes."""

    on: date


@dataclass(frozen=True, slots=True)
class IdentityShown:
    """Somebody at the desk looked at a number that is shown masked; `what` is the field."""

    what: str


@dataclass(frozen=True, slots=True)
class CaseExported:
    """Somebody at the desk took the whole case file with them; it masks nothing."""

    on: date


@dataclass(frozen=True, slots=True)
class CaseErased:
    """Retention ended: what was sealed is gone, the chain and what tables count stay."""

    on: date


Event = (
    Filed
    | ReadBackConfirmed
    | ReceiptConfirmed
    | Registered
    | FileAdded
    | CorrectionAsked
    | CorrectedRequestReceived
    | ReasonsAsked
    | ReasonsGiven
    | LaterDateSet
    | ThirdPartyConsulted
    | ThirdPartyAnswered
    | AgencyConsulted
    | AgencyAnswered
    | DeadlineExtended
    | FeeNoticed
    | FeePaid
    | DueRecomputed
    | SearchRecorded
    | OutcomeConsidered
    | LetterDrafted
    | LetterReturned
    | LetterDiscarded
    | LetterApproved
    | LetterSent
    | ReplyDrafted
    | SecrecyReviewed
    | LegalChecked
    | ReplyApproved
    | ReplyReturned
    | ReplySent
    | AnsweredOnSpot
    | PublicationDecided
    | InformationPublished
    | PublicationDropped
    | Withdrawn
    | Archived
    | ComplaintReceived
    | ReviewOpened
    | ReviewDecided
    | LegalHoldSet
    | LegalHoldLifted
    | IdentityShown
    | CaseExported
    | CaseErased
)

EVENT_TYPES: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__args__}
"""The closed list, by name. An event is added here or it does not exist."""
