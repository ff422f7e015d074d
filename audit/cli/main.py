"""The ``plumbline`` command: its groups, and one way for every fault to reach the user.

Commands are imported when they are called, so that ``plumbline score`` does not wait for the PDF library.
"""

from __future__ import annotations

import sys
from importlib import import_module
from io import TextIOWrapper

import click

from audit import __version__
from audit.core.errors import PlumblineError

COMMANDS = {
    "bank": "audit.cli.bank:bank",
    "score": "audit.cli.score:score",
    "report": "audit.cli.report:report",
    "template": "audit.cli.template:template",
    "form": "audit.cli.form:form",
    "verify": "audit.cli.verify:verify",
    "evidence": "audit.cli.evidence:evidence",
    "schema": "audit.cli.schema:schema",
    "demo": "audit.cli.demo:demo",
    "serve": "audit.cli.serve:serve",
    "sign-in-link": "audit.cli.sign_in_link:sign_in_link",
    "person": "audit.cli.person:person",
    "directory": "audit.cli.directory:directory",
    "import": "audit.cli.transfer:import_file",
    "export": "audit.cli.transfer:export_file",
    "trail": "audit.cli.trail:trail",
    "authority": "audit.cli.authority:authority",
    "retention": "audit.cli.retention:retention",
    "own-data": "audit.cli.own_data:own_data",
}
FAULT = 2
STOPPED = 130


class LazyGroup(click.Group):
    """A group whose commands are imported on first use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order of use."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module, attribute = COMMANDS[cmd_name].split(":")
        command = getattr(import_module(module), attribute)
        assert isinstance(command, click.Command)  # noqa: S101  (for the type checker)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="plumbline")
def plumbline() -> None:
    """Self-audit and maturity assessment for children's social care.

    Start with "plumbline bank list", then "plumbline template" for an empty answers file.
    """


def main() -> None:
    """Run the command; a fault prints one line on standard error and exits with 2."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # A terminal that lacks a letter shows a question mark in its place.
            stream.reconfigure(errors="replace")
    try:
        code = plumbline.main(standalone_mode=False)
    except PlumblineError as fault:
        _stop(str(fault))
    except click.exceptions.NoArgsIsHelpError as fault:
        click.echo(fault.format_message())
        code = FAULT
    except click.ClickException as fault:
        _stop(fault.format_message())
    except (click.Abort, KeyboardInterrupt):
        click.echo("plumbline: stopped.", err=True)
        code = STOPPED
    sys.exit(code)


def _stop(message: str) -> None:
    click.echo(f"plumbline: {' '.join(message.split())}", err=True)
    sys.exit(FAULT)
