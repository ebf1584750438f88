"""Commands for the accounts of the desk: who is there, and in which role."""

import sys
from typing import TYPE_CHECKING

import typer

from inquiry_service.settings import Settings

if TYPE_CHECKING:
    from inquiry_service.staff import StaffOffice

staff_app = typer.Typer(no_args_is_help=True, help="Accounts of the desk.")


@staff_app.command("create-administrator")
def create_administrator(
    login: str = typer.Option(..., prompt="登录名", help="What is typed to sign in."),
    name: str = typer.Option(..., prompt="显示名称（如：信息公开岗）", help="Shown on the desk."),
) -> None:
    """Make the first account of the desk; the password is asked for, or read from a pipe."""
    from inquiry_service.staff import accounts

    accounts.create_administrator(_office(), login, name, _password())
    typer.echo(f"已创建管理员 {login}。请在 /desk 登录。")


@staff_app.command("add")
def add(
    login: str = typer.Argument(..., help="What is typed to sign in."),
    name: str = typer.Option(..., help="Shown on the desk."),
    role: str = typer.Option(..., help="administrator, clerk, reviewer or head."),
    mail: str = typer.Option("", help="Where reminders go by e-mail besides the desk."),
) -> None:
    """Make an account; the password is asked for twice, or read from a pipe."""
    from inquiry_service.errors import BadInput, Problem
    from inquiry_service.staff import Role, add_member, role_of

    known = role_of(role)
    if known is None:
        roles = "、".join(f"{one.value}（{one.label}）" for one in Role)
        raise BadInput([Problem("role", f"没有角色 {role}，可选：{roles}。")])
    add_member(_office(), login, name, known, _password(), mail=mail)
    typer.echo(f"已创建{known.label} {login}。请在 /desk 登录。")


@staff_app.command("mail")
def mail_changed(
    login: str = typer.Argument(..., help="Of which account."),
    address: str = typer.Argument("", help="Where reminders go; left out: to the desk alone."),
) -> None:
    """Change where an account is reminded by e-mail, or end it."""
    from inquiry_service.staff import change_mail

    change_mail(_office(), login, address)
    told = "今后办理提醒同时发到这个邮箱。" if address else "今后只在工作台提醒，不再发邮件。"
    typer.echo(f"{login}：{told}")


@staff_app.command("list")
def listed() -> None:
    """Show all accounts: login, role, name, and whether e-mail reminds them too."""
    from inquiry_service.staff import mail_addresses, members

    office = _office()
    mailed = mail_addresses(office)
    for member in members(office):
        by_mail = "\t邮件提醒" if member.login in mailed else ""
        typer.echo(f"{member.login}\t{member.role.label}\t{member.name}{by_mail}")


def _password() -> str:
    if sys.stdin.isatty():
        asked = typer.prompt("密码（至少 10 个字符）", hide_input=True, confirmation_prompt=True)
        return str(asked)
    return sys.stdin.readline().rstrip("\n")


def _office() -> "StaffOffice":
    from inquiry_service import moments
    from inquiry_service.bootstrap.house import open_database, staff_office

    settings = Settings.load()
    return staff_office(settings, open_database(settings), moments.now)
