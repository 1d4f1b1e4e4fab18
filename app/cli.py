"""The command line `resi` (Typer): it only parses; a command is a module of app/commands, loaded when it is called."""

import sys
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from app import cli_backup, cli_casework, cli_city, cli_keeping, cli_partners, cli_setup, logs
from app.city import choose
from app.errors import CannotStart
from app.faults import Faults, told
from app.parts import PARTS
from app.standard_streams import plain_streams
from core.errors import Refused, StoreAway
from core.watch import watched

if TYPE_CHECKING:
    from app.settings import Settings

app = typer.Typer(
    help="Citizens' reports over chat, SMS and e-mail: nobody learns who wrote.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # Rich takes longer to load than all that is said
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _settings(level: str | None = None, *, looks: bool = False) -> "Settings":
    """Raises CannotStart where a secret lies open, but for who only looks: it must not pass for one that is not set."""
    from app.settings import load
    from bots.channels import CHANNELS

    settings = load()
    if settings.refused and not looks:
        raise CannotStart("\n".join(f"RESI_{each.setting} {each.what}. {each.mend}" for each in settings.refused))
    logs.set_up(level or settings.log_level, (name for each in CHANNELS for name in each.silent_loggers))
    return settings


def _quiet() -> "Settings":
    """For commands whose output is the answer: only errors beside it."""
    return _settings("ERROR")


def _keep(context: typer.Context) -> None:
    """What a command of a group calls for the settings, once it is sure to run."""
    context.obj = _quiet


for _name, _group in (*cli_casework.GROUPS, *cli_partners.GROUPS, *cli_keeping.GROUPS, *cli_city.GROUPS):
    app.add_typer(_group, name=_name)
    _group.callback()(_keep)
for _command_of in (*cli_setup.COMMANDS, *cli_backup.COMMANDS):
    app.command(context_settings={"obj": _quiet})(_command_of)


def _parts(only: str) -> frozenset[str]:
    named = frozenset(part.strip() for part in only.split(",") if part.strip())
    if not named <= frozenset(PARTS):
        raise typer.BadParameter(f"parts are {', '.join(PARTS)}")
    return named or frozenset(PARTS)


@app.command()
def run(only: Annotated[str, typer.Option(help=f"Parts to run, by commas: {', '.join(PARTS)}.")] = "") -> None:
    """Run the service until Ctrl-C.

    Example: resi run

    Example, two machines on one PostgreSQL: resi run --only web,mail and resi run --only outbox,clock
    """
    from app.sandbox import begun

    settings, parts, say = _settings(), _parts(only), partial(typer.echo, err=True)
    if parts == {"search"}:
        from app.search_process import run as run_search  # and nothing of pages, channels and files

        return run_search(settings, say)
    with begun(settings.limits) as births:  # another processor loads it while this one loads the rest
        from app.run import run as run_service

        return run_service(settings, parts, births, say)


@app.command()
def chat(
    channel: Annotated[str, typer.Option(help="Whose manner, by a channel: telegram, sms, mail.")] = "telegram",
    lang: Annotated[str, typer.Option(help="Language, such as id or en.")] = "",
) -> None:
    """Talk to Resi in the terminal.

    Example: resi chat --channel sms --lang en
    """
    from app.commands.chat import chat as talk
    from bots.channels import CHANNELS
    from core.phrases import SPOKEN

    names = [each.name for each in CHANNELS]
    if channel not in names:
        raise typer.BadParameter(f"channels are {', '.join(names)}")
    if lang and lang not in SPOKEN:
        raise typer.BadParameter(f"languages are {', '.join(SPOKEN)}")
    talk(_quiet(), channel, lang)


@app.command()
def status(code: Annotated[str, typer.Argument(help="16 digits, or - to read them from stdin.")]) -> None:
    """Show where a report stands.

    Example: echo 0000-0000-0000-0000 | resi status -
    """
    from app.commands import codes

    raise typer.Exit(codes.status(_quiet(), _given(code), typer.echo))


@app.command()
def forget(code: Annotated[str, typer.Argument(help="16 digits, or - to read them from stdin.")]) -> None:
    """Erase the address behind a code at once; the report stays.

    Example: echo 0000-0000-0000-0000 | resi forget -
    """
    from app.commands import codes

    raise typer.Exit(codes.forget(_quiet(), _given(code), typer.echo))


@app.command()
def redact(as_json: Annotated[bool, typer.Option("--json", help="A JSON line each, with the spans.")] = False) -> None:  # noqa: FBT002 - Typer's flag
    """Close what identifies the writer, in texts on stdin, a line each.

    Example: echo 'nama saya Budi, 0812-3456-7890' | resi redact --json
    """
    from app.commands import readings

    readings.redact(sys.stdin, sys.stdout, as_json=as_json)


@app.command()
def suggest(as_json: Annotated[bool, typer.Option("--json", help="A JSON line each.")] = False) -> None:  # noqa: FBT002 - Typer's flag
    """Suggest categories and a place for texts on stdin, a line each.

    Example: echo 'lampu jalan mati di tebet' | resi suggest
    """
    from app.commands import readings
    from app.maps import city_map

    settings = _quiet()
    readings.suggest(sys.stdin, sys.stdout, city_map(settings.values, settings.data_dir), as_json=as_json)


@app.command()
def locate(as_json: Annotated[bool, typer.Option("--json", help="A JSON line each.")] = False) -> None:  # noqa: FBT002 - Typer's flag
    """Tell in which kelurahan points on stdin lie, a line each as latitude,longitude; RESI_BOUNDARIES has outlines.

    Example: echo '-6.1754,106.8272' | resi locate --json
    """
    from app.commands.locate import locate as find

    find(_quiet(), sys.stdin, sys.stdout, partial(typer.echo, err=True), as_json=as_json)


@app.command()
def corrections(as_json: Annotated[bool, typer.Option("--json", help="As JSON.")] = False) -> None:  # noqa: FBT002 - Typer's flag
    """Which kinds are taken for which, by what citizens corrected, and how often offices pass a kind on.

    Example: resi corrections --json
    """
    from app.commands.corrections import corrections as count

    count(_quiet(), typer.echo, as_json=as_json)


@app.command()
def scrub(
    paths: Annotated[
        list[Path], typer.Argument(exists=True, help="Files, and folders read with all that is below them.")
    ],
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder for the clean copies.")],
    names: Annotated[Path | None, typer.Option("--map", help="Write here which copy is whose (JSON).")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a line for each file.")] = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Make copies of photos, recordings, PDF and text with nothing left but what is to be seen or heard.

    Example: resi scrub photos/ -o clean/ --map names.json
    """
    from app.commands.scrub import Job
    from app.commands.scrub import scrub as clean

    raise typer.Exit(clean(Job(tuple(paths), out, names, as_json=as_json, limits=_quiet().limits)))


@app.command()
def migrate() -> None:
    """Bring the database up to date.

    Example: resi migrate
    """
    from app.commands import keeping

    keeping.migrate(_quiet())
    typer.echo("The database is up to date.")


@app.command()
def purge(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say how many of what.")] = False,  # noqa: FBT002 - Typer's flag
) -> None:
    """Erase what had its time: addresses of closed reports, idle drafts, traces of messages; a running service does so.

    Example: resi purge --dry-run
    """
    from app.commands import keeping

    keeping.purge(_quiet(), typer.echo, dry_run=dry_run)


@app.command()
def clock(
    at: Annotated[str, typer.Option("--at", help="In development: as if it were that time.")] = "",
) -> None:
    """Do once what is due: deadlines, digests, delayed news, erasing; a running service does so by itself.

    Example: resi clock --at 2026-12-31T09:00
    """
    from app.commands.clock import clock as pass_on

    pass_on(_quiet(), at, typer.echo)


@app.command()
def doctor() -> None:
    """Check the configuration: everything that is wrong in one go, and how to mend it.

    Example: resi doctor
    """
    from app.commands.doctor import doctor as look

    raise typer.Exit(look(_settings("ERROR", looks=True), typer.echo))


@app.command()
def seed(
    reports: Annotated[int, typer.Option(min=1, max=20_000, help="How many.")] = 500,
    days: Annotated[int, typer.Option(min=1, max=365, help="Over how many days up to now.")] = 30,
    chance: Annotated[int, typer.Option(help="Another number, other reports.")] = 2021,
) -> None:
    """Fill an empty database with made-up reports, and staff of every role to look at them.

    Example: resi seed
    """
    from app.commands.seed import seed as fill
    from app.seed import Wanted

    fill(_quiet(), Wanted(reports, days, chance), typer.echo)


def _given(code: str) -> str:
    return sys.stdin.readline() if code == "-" else code


@cache
def _command() -> Callable[[], object]:
    return typer.main.get_command(app)


def main() -> None:
    """What is wrong is said in a sentence, never as a trace: a trace may hold words."""
    logs.guard()
    plain_streams()
    try:
        choose(sys.argv[1:2])
        with watched(Faults()):
            _command()()
    except CannotStart as error:
        _end(str(error))
    except Refused as no:
        from app.commands.case import HINTS
        from app.settings import load
        from core.phrases import phrase

        details = {name: str(value) for name, value in no.details.items()}
        hint = HINTS.get(no.phrase)
        _end(phrase(no.phrase, load().lang, **details) + (f" ({hint})" if hint else ""))
    except StoreAway as error:
        _end(f"The database cannot be reached or written ({error}). Try again; `resi doctor` tells more.")
    except Exception as fault:  # noqa: BLE001 - its words may be a citizen's
        _end(told(fault))


def _end(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise SystemExit(1) from None
