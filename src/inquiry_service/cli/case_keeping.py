"""`disclosure rotate-keys` seals everything anew; `disclosure scan` checks attached files."""

import typer

from inquiry_service.settings import Settings


def rotate_keys() -> None:
    """Seal everything under the first of INQUIRY_DATA_KEYS; can be stopped and called again."""
    from inquiry_service.bootstrap import house
    from inquiry_service.cli.progress import bar
    from inquiry_service.disclosure.keeping.rotating import rotate_keys as rotate

    settings = Settings.load()
    office = house.disclosure_office(settings, house.open_database(settings))
    with bar("重新加密") as advance:
        rotated = rotate(office, advance)
    office.database.close()
    typer.echo(f"重新加密 {rotated.resealed} 项，{rotated.current} 项无需改动。")
    if rotated.left:
        typer.echo(f"有 {len(rotated.left)} 项没能重新加密，仍是原样（密钥不全或内容已损坏）：")
        for place in rotated.left:
            typer.echo(f"  {place}")
        raise typer.Exit(1)


def scan(
    *,
    again: bool = typer.Option(False, help="Also files that were let out unchecked before."),
) -> None:
    """Check the attached files that wait in quarantine, with the scanner of INQUIRY_CLAMAV."""
    from inquiry_service.bootstrap import house
    from inquiry_service.cli.progress import bar
    from inquiry_service.disclosure.attachments.scanning import scan_waiting

    settings = Settings.load()
    office = house.disclosure_office(settings, house.open_database(settings))
    with bar("查毒") as advance:
        scanned = scan_waiting(office, house.scanner(settings), again=again, told=advance)
    office.database.close()
    typer.echo(
        f"干净 {scanned.clean} 个，有病毒 {scanned.infected} 个，未查毒 {scanned.not_scanned} 个。"
    )
    if scanned.waiting:
        typer.echo(f"病毒查杀程序没有响应，{scanned.waiting} 个留待下次再查。")
    for file_id in scanned.unreadable:
        typer.echo(f"附件 {file_id} 解不开（密钥不全或内容已损坏），没有查。")
    if scanned.waiting or scanned.unreadable:
        raise typer.Exit(1)
