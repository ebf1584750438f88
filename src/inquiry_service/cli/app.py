"""The list of commands. Each is imported when it is called, so that `--help` is quick."""

import typer

from inquiry_service.cli import (
    answering,
    calendar,
    case_audit,
    case_keeping,
    case_retention,
    cases,
    evaluation,
    knowledge,
    knowledge_preview,
    operation,
    running,
    staffing,
)

app = typer.Typer(
    name="inquiry-service",
    help="Answers public questions with their source; hands the rest to disclosure on request.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("serve")(running.serve)
app.command("up")(running.up)
app.command("ask")(answering.ask)
app.command("why")(answering.why)
app.command("demo")(cases.demo)
cases.disclosure_app.command("rotate-keys")(case_keeping.rotate_keys)
cases.disclosure_app.command("scan")(case_keeping.scan)
cases.disclosure_app.command("verify")(case_audit.verify)
cases.disclosure_app.command("export")(case_audit.export)
cases.disclosure_app.command("retain")(case_retention.retain)
cases.disclosure_app.command("remind")(case_retention.remind)
app.command("settings")(operation.settings)
knowledge.app.command("preview")(knowledge_preview.show)
app.add_typer(knowledge.app, name="knowledge")
app.add_typer(evaluation.app, name="evaluate")
app.add_typer(answering.encoder_app, name="encoder")
app.add_typer(cases.disclosure_app, name="disclosure")
app.add_typer(calendar.app, name="calendar")
app.add_typer(staffing.staff_app, name="staff")
app.add_typer(operation.database_app, name="database")
