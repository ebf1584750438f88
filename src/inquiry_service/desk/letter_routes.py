"""Letters at the desk: write, send back, review, approve, send, download. Each a use case."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from inquiry_service.desk.entrance import Entrance
from inquiry_service.desk.letter_deeds import DEEDS, LetterOrder, save
from inquiry_service.desk.letter_page import first_content, letter_page, with_outcome
from inquiry_service.desk.outcome_choices import outcome_groups
from inquiry_service.desk.parts import DeskParts
from inquiry_service.desk.rendering import desk_page
from inquiry_service.desk.submitted import Typed, version_in
from inquiry_service.disclosure.letters import Delivery, LetterKind
from inquiry_service.disclosure.looking.handling import Case, open_case
from inquiry_service.disclosure.looking.letters_seen import LetterSeen
from inquiry_service.disclosure.rules.request import choice_of
from inquiry_service.edge.csrf import require_same_origin
from inquiry_service.errors import BadInput, Conflict, InquiryError, NotFound
from inquiry_service.moments import local_day
from inquiry_service.staff.accounts import Session
from inquiry_service.staff.roles import Permission

SEE_OTHER = 303


class LetterDesk:
    """The pages of letters."""

    def __init__(self, parts: DeskParts) -> None:
        self._parts = parts
        self._office = parts.office

    def new(
        self, request: Request, session: Session, number: str, kind: str, outcome: str
    ) -> Response:
        """The form of a new letter; for a reply its outcome is chosen first."""
        case, chosen = open_case(self._office, number), _kind(kind)
        if chosen is LetterKind.REPLY and outcome not in {one.code for one in case.outcomes}:
            return self.outcomes(
                request, session, case, f"/desk/requests/{case.number}/letters/new"
            )
        content = first_content(self._office, case, chosen, outcome)
        return self._page(request, session, case, chosen, content)

    def outcomes(
        self, request: Request, session: Session, case: Case, leads_to: str, chosen: str = ""
    ) -> Response:
        """The lawful endings with their remedy, to choose among."""
        groups = outcome_groups(self._office, case.outcomes)
        return desk_page(
            self._parts,
            request,
            "desk/outcomes.html",
            session,
            case=case,
            groups=groups,
            leads_to=leads_to,
            chosen=chosen,
        )

    def letter(
        self, request: Request, session: Session, number: str, letter_id: str, outcome: str
    ) -> Response:
        case = open_case(self._office, number)
        letter = _letter(case, letter_id)
        content: Mapping[str, str] = letter.content
        if outcome in {one.code for one in case.outcomes} and letter.kind is LetterKind.REPLY:
            content = with_outcome(self._office, case, content, outcome)
        return self._page(request, session, case, letter.kind, content, letter)

    def saved(
        self, request: Request, session: Session, number: str, letter_id: str | None, typed: Typed
    ) -> Response:
        """Keep the draft, complete or not. What was typed stands again when it cannot be kept."""
        case = open_case(self._office, number)
        letter = _letter(case, letter_id) if letter_id else None
        kind = letter.kind if letter else _kind(typed.get("kind", ""))
        try:
            order = self._order(session, case, typed)
            kept = save(order, kind, letter_id, case)
        except (BadInput, Conflict) as failure:
            return self._page(
                request, session, open_case(self._office, number), kind, typed, letter, failure
            )
        return RedirectResponse(f"/desk/requests/{case.number}/letters/{kept}#letter", SEE_OTHER)

    def done(
        self,
        request: Request,
        session: Session,
        number: str,
        letter_id: str,
        typed: Typed,
        deed: Callable[[LetterOrder, str], None],
    ) -> Response:
        """A step with a letter; refused, it stands on the page of the letter with its reason."""
        case = open_case(self._office, number)
        letter = _letter(case, letter_id)
        try:
            deed(self._order(session, case, typed), letter_id)
        except (BadInput, Conflict) as failure:
            case = open_case(self._office, number)
            letter = _letter(case, letter_id)
            return self._page(
                request, session, case, letter.kind, letter.content, letter, failure, typed
            )
        return RedirectResponse(f"/desk/requests/{case.number}/letters/{letter_id}", SEE_OTHER)

    def _order(self, session: Session, case: Case, typed: Mapping[str, str]) -> LetterOrder:
        return LetterOrder(self._office, case.number, session.login, version_in(typed), typed)

    def _page(
        self,
        request: Request,
        session: Session,
        case: Case,
        kind: LetterKind,
        content: Mapping[str, str],
        letter: LetterSeen | None = None,
        failure: InquiryError | None = None,
        deed: Mapping[str, str] | None = None,
    ) -> Response:
        page = letter_page(
            self._office, case, kind, content, letter=letter, party=content.get("party", "")
        )
        return desk_page(
            self._parts,
            request,
            "desk/letter.html",
            session,
            failure=failure,
            case=case,
            page=page,
            form=content,
            deed=deed or {},
            routes=tuple(Delivery),
            today=local_day(self._office.clock()),
        )


def _kind(text: str) -> LetterKind:
    kind = choice_of(LetterKind, text)
    if kind is None:
        raise NotFound("这种文书")
    return kind


def _letter(case: Case, letter_id: str) -> LetterSeen:
    letter = next((one for one in case.letters if one.letter_id == letter_id), None)
    if letter is None:
        raise NotFound("这份文书")
    return letter


def add_letter_routes(routes: APIRouter, parts: DeskParts, entrance: Entrance) -> None:
    desk, base = LetterDesk(parts), "/requests/{number}/letters"
    member = Depends(entrance.member)
    work = Depends(entrance.allowed(Permission.WORK))
    acting = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.get(f"{base}/new")
    def new(
        request: Request, number: str, kind: str = "", outcome: str = "", session: Session = work
    ) -> Response:
        return desk.new(request, session, number, kind, outcome)

    @routes.post(base, dependencies=acting)
    def first(request: Request, number: str, typed: Typed, session: Session = work) -> Response:
        return desk.saved(request, session, number, None, typed)

    @routes.get(f"{base}/{{letter_id}}")
    def letter(
        request: Request, number: str, letter_id: str, outcome: str = "", session: Session = member
    ) -> Response:
        return desk.letter(request, session, number, letter_id, outcome)

    @routes.get(f"{base}/{{letter_id}}/outcome")
    def outcome(request: Request, number: str, letter_id: str, session: Session = work) -> Response:
        case = open_case(parts.office, number)
        leads_to = f"/desk/requests/{case.number}/letters/{letter_id}"
        chosen = _letter(case, letter_id).content.get("outcome", "")
        return desk.outcomes(request, session, case, leads_to, chosen)

    @routes.post(f"{base}/{{letter_id}}", dependencies=acting)
    def again(
        request: Request, number: str, letter_id: str, typed: Typed, session: Session = work
    ) -> Response:
        return desk.saved(request, session, number, letter_id, typed)

    for key, (deed, permissions) in DEEDS.items():
        _add_deed(routes, desk, entrance, key, deed, permissions)


def _add_deed(
    routes: APIRouter,
    desk: LetterDesk,
    entrance: Entrance,
    key: str,
    deed: Callable[[LetterOrder, str], None],
    permissions: tuple[Permission, ...],
) -> None:
    allowed = Depends(entrance.allowed(*permissions))
    acting = [Depends(require_same_origin), Depends(entrance.acting)]

    @routes.post(f"/requests/{{number}}/letters/{{letter_id}}/{key}", name=key, dependencies=acting)
    def done(
        request: Request, number: str, letter_id: str, typed: Typed, session: Session = allowed
    ) -> Response:
        return desk.done(request, session, number, letter_id, typed, deed)
