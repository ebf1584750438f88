"""Commands of the IT officer: settings, database."""

import typer

from inquiry_service.cli.settings_page import settings_lines, settings_page
from inquiry_service.settings import Settings

database_app = typer.Typer(no_args_is_help=True, help="The database.")


def settings(
    *, markdown: bool = typer.Option(False, help="The page docs/configuration.md.")
) -> None:
    """Show every setting with its default."""
    typer.echo(settings_page() if markdown else settings_lines(), nl=False)


@database_app.command("upgrade")
def upgrade() -> None:
    """Make or upgrade the tables; does nothing when they are up to date."""
    from inquiry_service.bootstrap.house import open_database

    open_database(Settings.load())
    typer.echo("数据库已是最新结构。")
