"""Commands of the IT officer: settings, database, staff accounts."""

import sys

import typer

from inquiry_service.cli.settings_page import settings_lines, settings_page
from inquiry_service.settings import Settings

staff_app = typer.Typer(no_args_is_help=True, help="Accounts of the desk.")
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


@staff_app.command("create-administrator")
def create_administrator(
    login: str = typer.Option(..., prompt="登录名", help="What is typed to sign in."),
    name: str = typer.Option(..., prompt="显示名称（如：信息公开岗）", help="Shown on the desk."),
) -> None:
    """Make the first account of the desk; the password is asked for, or read from a pipe."""
    if sys.stdin.isatty():
        password = typer.prompt("密码（至少 10 个字符）", hide_input=True, confirmation_prompt=True)
    else:
        password = sys.stdin.readline().rstrip("\n")
    from inquiry_service import moments
    from inquiry_service.bootstrap.house import open_database
    from inquiry_service.staff import accounts

    database = open_database(Settings.load())
    office = accounts.StaffOffice(database, moments.now)
    accounts.create_administrator(office, login, name, password)
    typer.echo(f"已创建管理员 {login}。请在 /desk 登录。")
