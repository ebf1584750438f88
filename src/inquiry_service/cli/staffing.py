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
) -> None:
    """Make an account; the password is asked for twice, or read from a pipe."""
    from inquiry_service.errors import BadInput, Problem
    from inquiry_service.staff import Role, add_member, role_of

    known = role_of(role)
    if known is None:
        roles = "、".join(f"{one.value}（{one.label}）" for one in Role)
        raise BadInput([Problem("role", f"没有角色 {role}，可选：{roles}。")])
    add_member(_office(), login, name, known, _password())
    typer.echo(f"已创建{known.label} {login}。请在 /desk 登录。")


@staff_app.command("list")
def listed() -> None:
    """Show all accounts: login, role, name."""
    from inquiry_service.staff import members

    for member in members(_office()):
        typer.echo(f"{member.login}\t{member.role.label}\t{member.name}")


def _password() -> str:
    if sys.stdin.isatty():
        asked = typer.prompt("密码（至少 10 个字符）", hide_input=True, confirmation_prompt=True)
        return str(asked)
    return sys.stdin.readline().rstrip("\n")


def _office() -> "StaffOffice":
    from inquiry_service import moments
    from inquiry_service.bootstrap.house import open_database
    from inquiry_service.staff import accounts

    return accounts.StaffOffice(open_database(Settings.load()), moments.now)
