"""`disclosure verify` checks case files offline; `disclosure export` writes one whole."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from inquiry_service.errors import ConfigurationFault, KnowledgeFault, NotFound
from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.disclosure.keeping.auditing import Audit, Audited
    from inquiry_service.disclosure.office import DisclosureOffice

_HEADS = typer.Option(None, dir_okay=False, help="Write the head of each chain to this file.")
_AGAINST = typer.Option(
    None, exists=True, dir_okay=False, help="Heads of an earlier check: what was cut off shows."
)
_OUT = typer.Option(..., dir_okay=False, help="Where the ZIP goes.")


def verify(
    number: str = typer.Argument("", help="One case; without it, all."),
    *,
    as_json: bool = typer.Option(False, "--json", help="The findings as JSON."),
    heads: Path | None = _HEADS,
    against: Path | None = _AGAINST,
) -> None:
    """Check the chains and what hangs on them; changes nothing. Exit 1 when one does not hold."""
    from inquiry_service.disclosure.keeping.auditing import heads_text, shortened

    with _office_to_look_at() as office:
        audit = _audit(office, number)
        since = shortened(office, against.read_text(encoding="utf-8")) if against else ()
    if heads:
        _write(heads, heads_text(audit.cases).encode())
    if number:
        since = tuple(case for case in since if case.number == audit.cases[0].number)
    _tell_as_json(audit, since) if as_json else _tell(audit, since, compared=against is not None)
    if since or not audit.holds:
        raise typer.Exit(1)


def export(
    number: str = typer.Argument(..., help="The case, for example YSQ-2026-00012."),
    *,
    out: Path = _OUT,
) -> None:
    """Write the whole case as a ZIP: history, letters, attachments, chain, how to check it."""
    from inquiry_service.disclosure.keeping.exporting import export_case

    with _office_to_look_at() as office:
        packed = export_case(office, number)
    _write(out, packed, mode=0o600)  # for whoever exported it, not for everybody on the machine
    typer.echo(f"已写入 {out}（{len(packed):,} 字节）。其中有申请人的完整信息，请妥善保管。")


def _write(file: Path, data: bytes, *, mode: int = 0o666) -> None:
    try:
        if file.is_file():
            file.chmod(mode & file.stat().st_mode)
        else:
            file.touch(mode)
        file.write_bytes(data)
    except OSError as fault:
        raise KnowledgeFault(str(file), f"写不了（{fault.strerror}）。") from fault


@contextmanager
def _office_to_look_at() -> "Iterator[DisclosureOffice]":
    """The office on a database that is only read, such as a copy with the service stopped.

    Nothing is upgraded. Raises `ConfigurationFault` for a database that is not there, or that
    another release has made.
    """
    from inquiry_service.bootstrap import house
    from inquiry_service.storage import Database
    from inquiry_service.storage.migrating import is_current

    settings = Settings.load()
    _refuse_absent(settings)
    database = Database.open(settings.database)
    try:
        if not is_current(database):
            reason = "数据库是另一个版本建立的，请先用本版本 database upgrade（可以在副本上）。"
            raise ConfigurationFault("INQUIRY_DATABASE_URL", reason)
        yield house.disclosure_office(settings, database)
    finally:
        database.close()


def _refuse_absent(settings: Settings) -> None:
    """SQLite would make an empty one."""
    file = settings.database.removeprefix("sqlite:///").partition("?")[0]
    if settings.database.startswith("sqlite:") and not Path(file).is_file():
        raise ConfigurationFault("INQUIRY_HOME", f"没有数据库 {file}。")


def _audit(office: "DisclosureOffice", number: str) -> "Audit":
    from inquiry_service.cli.progress import bar
    from inquiry_service.disclosure.keeping.auditing import Audit, audit_case, audit_register
    from inquiry_service.disclosure.rules.numbering import find_request_number

    if not number:
        with bar("核验") as advance:
            return audit_register(office, advance)
    proper = find_request_number(number)
    if proper is None:
        raise NotFound("这件申请")
    return Audit((audit_case(office, proper),), ())


def _tell(audit: "Audit", since: "tuple[Audited, ...]", *, compared: bool) -> None:
    for case in audit.cases:
        state = "完好（保管期满，只核验了链）" if case.erased else "完好"
        if case.fault:
            state = f"第{case.fault.sequence}步不成立：{case.fault.told}"
        typer.echo(f"{case.number}  {case.events}步  {case.head}  {state}")
    for case in since:
        told = case.fault.told if case.fault else ""
        typer.echo(f"{case.number}  与上次的链头不符：{told}")
    for fault in audit.faults:
        typer.echo(f"登记簿：{fault}")
    sound = len(audit.cases) - len(audit.broken)
    typer.echo(f"核验 {len(audit.cases)} 件：完好 {sound} 件，不成立 {len(audit.broken)} 件。")
    if not compared:
        typer.echo(
            "链的末尾若被整段截去，只看本库看不出来：用 --heads 留存，下次用 --against 比较。"
        )


def _tell_as_json(audit: "Audit", since: "tuple[Audited, ...]") -> None:
    found = {
        "cases": len(audit.cases),
        "sound": len(audit.cases) - len(audit.broken),
        "broken": [_broken(case) for case in audit.broken],
        "changed_since": [_broken(case) for case in since],
        "register": list(audit.faults),
        "heads": {case.number: {"events": case.events, "head": case.head} for case in audit.cases},
    }
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _broken(case: "Audited") -> dict[str, object]:
    return {"number": case.number, **(asdict(case.fault) if case.fault else {})}
