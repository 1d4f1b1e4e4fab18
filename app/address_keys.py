"""The pair of keys for addresses: its public half for every part, its private half only where messages are sent."""

from collections.abc import Iterator

from app.errors import CannotStart
from core.messages import Problem, Setting, Values
from storage import AddressOpener, AddressSealer

SETTINGS = (
    Setting(
        "ADDRESS_KEYS",
        "id:key,id:key, private halves made by `resi keys addresses`: they open addresses, so set them only where "
        "the part outbox runs; unset: KEYS opens them",
        secret=True,
    ),
    Setting(
        "ADDRESS_PUBLIC",
        "id:key, the public half to which every part seals addresses; unset: that of the first of ADDRESS_KEYS",
    ),
)
_MEND = "`resi keys addresses` prints a pair: set each half as it is."


def sealer_of(values: Values) -> AddressSealer | None:
    """To whom addresses are sealed; None: to none but RESI_KEYS. Raises CannotStart."""
    try:
        if values["ADDRESS_PUBLIC"]:
            return AddressSealer.parse(values["ADDRESS_PUBLIC"])
    except ValueError as error:
        raise CannotStart(f"RESI_ADDRESS_PUBLIC: {error}. {_MEND}") from None
    return opener_of(values).sealer()


def opener_of(values: Values) -> AddressOpener:
    """What opens them; without a private half it opens none. Raises CannotStart."""
    try:
        return AddressOpener.parse(values["ADDRESS_KEYS"])
    except ValueError as error:
        raise CannotStart(f"RESI_ADDRESS_KEYS: {error}. {_MEND}") from None


def refuse_wrong_part(values: Values, *, sends: bool) -> None:
    """Who sends needs the private half; who does not must not hold it. Raises CannotStart."""
    opener, sealer = opener_of(values), sealer_of(values)
    if not sends and opener.pairs:
        raise CannotStart(
            "RESI_ADDRESS_KEYS is set, but this process does not send: whoever takes it over would open every "
            "address. Leave it to the process that runs outbox, and set RESI_ADDRESS_PUBLIC here."
        )
    if sends and sealer is not None and sealer.pair not in opener.pairs:
        raise CannotStart(
            f"Addresses are sealed to the pair {sealer.pair}, and this process, which sends, cannot open them. "
            "Set RESI_ADDRESS_KEYS to its private half here."
        )


def problems(values: Values) -> Iterator[Problem]:
    """What is wrong with either half."""
    for name, read in (("ADDRESS_KEYS", AddressOpener.parse), ("ADDRESS_PUBLIC", AddressSealer.parse)):
        try:
            if values[name]:
                read(values[name])
        except ValueError as error:
            yield Problem(name, f"cannot be read: {error}", _MEND)
