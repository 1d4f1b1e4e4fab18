"""The key of backups, which is none of those that open the database, and the keys that are there without making any."""

from app.errors import CannotStart
from app.keyfile import key_file, keys_of
from app.settings import Settings
from storage import Keys, parse_keys

_MEND = "`resi keys backup` prints a value for it: keep it apart from RESI_KEYS and from the backups."


def backup_key(settings: Settings) -> bytes:
    """Raises CannotStart where it is not set, cannot be read, or opens the database as well."""
    value = settings.values["BACKUP_KEY"]
    if not value:
        raise CannotStart(f"RESI_BACKUP_KEY is not set. {_MEND}")
    try:
        key = only_key(value)
    except ValueError as error:
        raise CannotStart(f"RESI_BACKUP_KEY: {error}. {_MEND}") from None
    known = _known(settings)
    if known is not None and key in known.by_id.values():
        raise CannotStart(f"RESI_BACKUP_KEY is a key of RESI_KEYS: who finds one would have both. {_MEND}")
    return key


def only_key(value: str) -> bytes:
    """Of `id:key`; raises ValueError."""
    keys = parse_keys(value)
    if len(keys.by_id) > 1:
        raise ValueError("a folder of backups has one key")
    return keys.by_id[keys.first]


def keys_there(settings: Settings) -> Keys:
    """RESI_KEYS, or the file of development; raises CannotStart where there is neither."""
    known = _known(settings)
    if known is None:
        raise CannotStart("RESI_KEYS is not set, and without the keys of the database nothing in a backup opens.")
    return known


def _known(settings: Settings) -> Keys | None:
    try:
        if not settings.values["KEYS"] and (settings.production or not key_file(settings).exists()):
            return None
        return keys_of(settings, "")[0]
    except (ValueError, OSError):
        raise CannotStart("RESI_KEYS cannot be read. `resi doctor` tells more.") from None
