"""`resi doctor`: everything that is missing or contradicts itself, in one run, with the mend; it changes nothing."""

import asyncio
import os
import re
from collections.abc import Callable
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import parse_qsl, urlsplit

from app.address_keys import SETTINGS, opener_of, sealer_of
from app.desk import sign_on
from app.env_lines import oddities
from app.errors import CannotStart
from app.file_places import is_bucket, place_named
from app.folders import unwritable
from app.keyfile import key_file
from app.runtime import Runtime, no_keys, open_unchecked, refuse_a_later_database, troubles_told, why_away
from app.sandbox import RESTRICTIONS, Sandbox
from app.search_settings import socket_of
from app.search_socket import SearchClient
from app.settings import PREFIX, Settings, declared
from bots.channels import CHANNELS
from core.errors import FileAway, StoreAway
from core.messages import Channel
from storage import schema_current

Print = Callable[[str], None]
_PORT = re.compile(r"(?<=[^:]):\d+$")  # of one of several hosts
_STAND = {"waiting": "are tried again", "dead": "were given up"}
_NOTES = 30  # of a map that are told


def doctor(settings: Settings, say: Print) -> int:
    """0 where the service would start; else 1."""
    say(f"Mode {settings.mode}, data in {settings.data_dir}, language {settings.lang}, zone {settings.zone.key}.")
    say(f"Public list: {_public(settings)}.")
    for channel in CHANNELS:
        say(_channel(channel, settings))
    fatal = False
    for check in (_problems, _proxy, _far, _store, _folder, _files, _outlines, _names, _search, _restrictions):
        fatal |= check(settings, say)
    fatal |= _provider(settings, say)
    secrets = [PREFIX + row.name for row in declared() if row.secret]
    for oddity in oddities(Path(".env"), secrets):
        say(f"warning: {oddity}.")
    for name in settings.unknown:
        say(f"warning: {name} is a name that nothing reads. Check its spelling against .env.example.")
    say("The service does not start like this." if fatal else "The service would start.")
    return int(fatal)


def _public(settings: Settings) -> str:
    publishing = settings.publishing
    if publishing.at_once:
        return "each report at once, as it is"
    minutes = int(publishing.every.total_seconds() // 60) or 1
    return f"a batch every {minutes} minutes, kind and place of each report shared by {publishing.least} proved senders"


def _channel(channel: Channel, settings: Settings) -> str:
    if not channel.configured(settings.values):
        return f"{channel.name}: off ({channel.off})"
    return f"{channel.name}: on{'' if channel.sends(settings.values) else ', answers are written to outbox/'}"


def _problems(settings: Settings, say: Print) -> bool:
    fatal = False
    for problem in settings.problems:
        bites = problem.fatal and (settings.production or problem in settings.refused)
        fatal |= bites
        say(f"{'error' if bites else 'warning'}: RESI_{problem.setting} {problem.what}. {problem.mend}")
    return fatal


def _provider(settings: Settings, say: Print) -> bool:
    """Whether somebody could log in by single sign-on now; where it is the only way, nobody can do anything else."""
    provider = sign_on(settings)
    if provider is None:
        return False
    why = asyncio.run(provider.check())
    say(f"Single sign-on at {provider.issuer}: {f'NOT there ({why})' if why else 'it and its keys are there'}.")
    return bool(why) and settings.production and settings.values["LOGIN"] == "oidc"


def _proxy(settings: Settings, say: Print) -> bool:
    """TLS outside and loopback inside: somebody stands between, and brings everybody from one address."""
    if settings.public_url.startswith("https:") and _is_loopback(settings.web_host) and not settings.proxies:
        say(
            "warning: RESI_TRUSTED_PROXIES names nobody, but a proxy stands in front: at /lacak all people count as "
            "one address, and the wrong codes of a few make everybody wait. Set it to the proxy, for example 127.0.0.1."
        )
    return False


def _far(settings: Settings, say: Print) -> bool:
    """A database on another machine is asked for words and keys that are wrapped; who stands between must not be it."""
    try:
        parts = urlsplit(settings.database_url)
        asked = dict(parse_qsl(parts.query))
        hosts = [value for name, value in parse_qsl(parts.query) if name == "host"] or [parts.hostname or ""]
    except ValueError:
        return False  # told by the settings themselves
    near = all(not host or host.startswith("/") or _is_loopback(_PORT.sub("", host)) for host in hosts)
    if parts.scheme.startswith("postgresql") and not near and asked.get("sslmode") != "verify-full":
        say(
            "warning: RESI_DATABASE_URL names another machine and does not ask it who it is. "
            "Add sslmode=verify-full and sslrootcert=... to it, unless the line between is your own."
        )
    return False


def _is_loopback(host: str) -> bool:
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def _store(settings: Settings, say: Print) -> bool:
    """Opens the database only where that makes neither a database nor keys."""
    named = {"DATABASE_URL", "KEYS", *(setting.name for setting in SETTINGS)}
    if settings.refused or any(problem.setting in named for problem in settings.problems):
        say("Database: not looked at before the above is mended.")
        return True
    try:
        with troubles_told(settings):
            current = schema_current(settings.database_url)
        if not current:
            return _no_database(settings, say)
        if not settings.values["KEYS"] and not key_file(settings).exists():
            say(f"error: {no_keys(settings)}")
            return True
        opened = open_unchecked(settings)
    except CannotStart as error:
        say(f"error: {error}")
        return True
    try:
        opened.store.figures.refuse_without_rights()
        say(f"Database: answers, {opened.store.figures.total()} reports.")
        old = opened.store.rotation.waiting()
        if old:
            say(f"warning: {old} data keys are still under an older key. Run: resi keys rotate")
        _addresses(settings, opened, say)
        for channel, state, why, count in opened.store.figures.failed():
            say(f"warning: {count} by {channel} {_STAND[state]}: {why} (docs/runbook.md, ResiWireFails).")
    except StoreAway as error:
        say(f"error: {why_away(error)}")
        return True
    finally:
        opened.close()
    return False


def _addresses(settings: Settings, opened: Runtime, say: Print) -> None:
    """Who can open addresses, and whom the private halves that are here do not reach."""
    sealer, opener = sealer_of(settings.values), opener_of(settings.values)
    if sealer is None:
        say("Addresses: RESI_KEYS opens them, in every part. `resi keys addresses` makes a pair for who sends.")
    else:
        say(f"Addresses: sealed to the pair {sealer.pair}; {'opened' if opener.pairs else 'not opened'} here.")
    for pair, count in opened.store.address_rotation.pairs().items():
        if pair is not None and opener.pairs and pair not in opener.pairs:
            say(f"warning: {count} addresses take the pair {pair}, which RESI_ADDRESS_KEYS does not have.")
    old = opened.store.address_rotation.waiting()
    if old:
        say(f"warning: {old} addresses are not sealed to that pair yet. Run: resi keys rotate")


def _no_database(settings: Settings, say: Print) -> bool:
    refuse_a_later_database(settings.database_url)
    if settings.production:
        say("error: the database is not there, or not up to date. Run `resi migrate`.")
        return True
    say("Database: none, or an older one; it is made or brought up to date at the start.")
    return False


def _folder(settings: Settings, say: Print) -> bool:
    for path in (settings.data_dir, key_file(settings)):
        if os.path.exists(path) and path.stat().st_mode & 0o077:  # noqa: PTH110 - a closed folder raises nothing
            say(f"warning: {path} can be read by others. Run: chmod go= {path}")
    return not _can_be_written(settings.data_dir, say)


def _can_be_written(folder: Path, say: Print, setting: str = "DATA_DIR") -> bool:
    if unwritable(folder) is None:
        return True
    say(f"error: nothing can be written to {folder}. Set RESI_{setting} to a folder of ours.")
    return False


def _files(settings: Settings, say: Print) -> bool:
    """A store that is away stops nothing but files; it is not ready then, and says so at /readyz."""
    named = [settings.values[name] for name in ("FILES", "FILES_BEFORE")]
    if any(problem.setting in {"FILES", "FILES_BEFORE"} for problem in settings.problems):
        return False
    folders = [Path(name) for name in named if name and not is_bucket(name)]
    closed = [folder for folder in folders if not _can_be_written(folder, say, "FILES")]
    for name in filter(is_bucket, named):
        try:
            place_named(settings.values, name).check()
        except (StoreAway, CannotStart) as error:
            say(
                f"warning: files: {name} does not answer ({error}): no photo is taken. Check RESI_S3_ENDPOINT and keys."
            )
        else:
            say(f"Files: {name} answers.")
    if named[1]:
        say(f"Files: those that still lie in {named[1]} are moved by `resi files move`.")
    return bool(closed)


def _is_there(settings: Settings, name: str) -> bool:
    """What is wrong with the name of the file is told by the settings themselves."""
    return bool(settings.values[name]) and all(problem.setting != name for problem in settings.problems)


def _names(settings: Settings, say: Print) -> bool:
    if not _is_there(settings, "GAZETTEER"):
        return False
    from storage.maps import MapUnusable, read_places  # noqa: PLC0415 - its library is loaded only where there is a map

    try:
        listed = read_places(Path(settings.values["GAZETTEER"]).read_bytes())
    except MapUnusable as why:
        say(f"warning: RESI_GAZETTEER {why}. Until it is mended, places are read by the names that Resi has.")
        return False
    say(f"Map: {len(listed.places)} names of places.")
    _noted(say, "GAZETTEER", listed.notes)
    return False


def _noted(say: Print, name: str, notes: tuple[str, ...]) -> None:
    for note in notes[:_NOTES]:
        say(f"warning: RESI_{name} {note}.")
    if len(notes) > _NOTES:
        say(f"warning: RESI_{name}: {len(notes) - _NOTES} more like these.")


def _outlines(settings: Settings, say: Print) -> bool:
    """A map that cannot be used stops nothing: where a location lies is then asked, as without one."""
    if not _is_there(settings, "BOUNDARIES"):
        return False
    file = settings.values["BOUNDARIES"]
    from storage.maps import MapUnusable, read_outlines  # noqa: PLC0415 - its library is loaded only where there is a map

    try:
        outlines = read_outlines(Path(file).read_bytes(), settings.values["BOUNDARIES_CODE"])
    except MapUnusable as why:
        say(f"warning: RESI_BOUNDARIES {why}. Until it is mended, no location tells its kelurahan: it is asked.")
        return False
    say(f"Map: outlines of {len(outlines.drawn)} areas.")
    _noted(say, "BOUNDARIES", outlines.notes)
    if not (outlines.credit or settings.values["MAP_CREDIT"]):
        say("warning: RESI_BOUNDARIES names no attribution. Set RESI_MAP_CREDIT to what its licence wants shown.")
    return False


def _search(settings: Settings, say: Print) -> bool:
    """While it is away the desk works all the same, and says so."""
    place = socket_of(settings.values)
    if place is not None and all(problem.setting != "SEARCH_SOCKET" for problem in settings.problems):
        built = asyncio.run(SearchClient(place).ready())
        say(
            f"Search: its index answers at {place}."
            if built
            else f"warning: no index of words is ready at {place}: searching finds numbers alone. It is built in a "
            "minute or two after a start; else look after `resi run --only search`."
        )
    return False


def _restrictions(settings: Settings, say: Print) -> bool:
    sandbox = Sandbox(limits=settings.limits)
    try:
        sandbox.start()
        up = sandbox.restrictions()
    except FileAway:
        say("error: the child that cleans files does not start, and without it nothing does.")
        return True
    finally:
        sandbox.stop()
    count = settings.file_children
    say(f"Files are cleaned by {count} children, by one more for staff, and two are kept ready (RESI_FILE_CHILDREN).")
    missing = [each for each in RESTRICTIONS if each not in up]
    say(f"Restrictions of the child that cleans files: {', '.join(up)}.")
    if missing:
        say(f"warning: this kernel does not give: {', '.join(missing)}.")
    return False
