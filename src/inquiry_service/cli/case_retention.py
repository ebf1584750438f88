"""`disclosure retain` shows and erases what need not be kept; `disclosure remind` is for cron."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from inquiry_service.errors import Conflict
from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.disclosure.keeping.retaining import Erasable
    from inquiry_service.disclosure.office import DisclosureOffice
    from inquiry_service.disclosure.rules.matters import Matter


def retain(
    *,
    erase: bool = typer.Option(False, "--erase", help="Erase what is shown, after asking."),
    yes: bool = typer.Option(False, "--yes", help="Do not ask."),
) -> None:
    """Show the cases whose time by INQUIRY_RETENTION is over, and with --erase erase them."""
    from inquiry_service.bootstrap import house
    from inquiry_service.disclosure.keeping.retaining import erasable, retention_years

    settings = Settings.load()
    years = retention_years(settings.retention)
    office = house.disclosure_office(settings, house.open_database(settings))
    try:
        found = erasable(office, years)
        _show(found, years)
        if not erase:
            return
        if found:
            _refuse_unless_meant(len(found), yes=yes)
        _erase(office, found, years)
    finally:
        office.database.close()


def remind() -> None:
    """Put what runs out on the lists of those it is for; twice is once. The service does it too."""
    from inquiry_service import moments
    from inquiry_service.bootstrap import house
    from inquiry_service.disclosure.keeping.reminding import remind as remind_staff

    settings = Settings.load()
    office = house.disclosure_office(settings, house.open_database(settings))
    staff = house.staff_office(settings, office.database, moments.now)
    new = remind_staff(office, staff, desk=f"{settings.address}/desk")
    office.database.close()
    typer.echo(f"新的提醒 {new} 条。")


def _show(found: "tuple[Erasable, ...]", years: "Mapping[Matter, int | None]") -> None:
    if not years:
        typer.echo("没有设置 INQUIRY_RETENTION，不清理任何案卷。")
    for one in found:
        held = one.held
        talk = "，与对话记录的关联" if held.conversation else ""
        typer.echo(
            f"{one.number}  {one.why}：申请书，文书 {held.letters} 份，附件 {held.files} 个，"
            f"其他文字 {held.texts} 段{talk}"
        )
    typer.echo(f"期满可以清理的案卷 {len(found)} 件。")


def _refuse_unless_meant(count: int, *, yes: bool) -> None:
    """The count typed in: nobody types a number by reflex."""
    told = f"清理之后不能恢复。请输入件数（{count}）确认"
    if not yes and typer.prompt(told, default="", show_default=False).strip() != str(count):
        typer.echo("没有清理。")
        raise typer.Exit(1)


def _erase(
    office: "DisclosureOffice",
    found: "tuple[Erasable, ...]",
    years: "Mapping[Matter, int | None]",
) -> None:
    from inquiry_service.disclosure.keeping.retaining import erase_case, prune_unfiled

    kept = 0
    for one in found:
        try:
            erase_case(office, one.number, years)
        except Conflict as fault:  # somebody set a hold on it while we were asked
            kept += 1
            typer.echo(f"{one.number} 没有清理：{fault.message}")
    pruned = prune_unfiled(office)
    typer.echo(
        f"已清理案卷 {len(found) - kept} 件；过期的预填表 {pruned.drafts} 份，"
        f"未提交表格的计数 {pruned.forms} 条。"
    )
    if kept:
        raise typer.Exit(1)
