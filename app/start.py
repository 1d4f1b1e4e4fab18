"""What `resi` calls first: the interpreter is told not to look for garbage while all else is loaded."""

import gc

# Hardly anything that is loaded is garbage, and one look through a hundred thousand objects takes a twentieth of a
# start. What a command makes later is far below this, and the service sets numbers of its own (app/run.py).
_LOADING = (250_000, 20, 20)


def main() -> None:
    """Runs the command line."""
    gc.set_threshold(*_LOADING)
    from app import cli  # noqa: PLC0415 - see above

    cli.main()
