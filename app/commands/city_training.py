"""`resi city train`: weights for the kinds of a city's folder, out of messages that its operator has."""

from collections.abc import Callable
from pathlib import Path

from app.city import folder_of
from app.city_pack.check import checked
from app.city_pack.reading import names
from core import city
from core.kind_weights import NAME

Print = Callable[[str], None]
_SHOWN = 20  # of what is wrong with the lines
_LARGEST = 100_000_000  # bytes of them


def train(folder: Path, lines: Path, say: Print) -> int:
    """Writes the file of weights into the folder; 1 where nothing could be learned, and then nothing is written."""
    town = folder_of(str(folder))
    wrong = [each.shown() for each in checked(town) if each.fatal and each.file != NAME]
    if wrong:
        return _refused([*wrong[:_SHOWN], f"First mend the folder: `resi city check {folder}` tells all."], say)
    try:
        if lines.stat().st_size > _LARGEST:
            return _refused([f"{lines} is larger than 100 MB."], say)
        text = lines.read_bytes().decode("utf-8")
    except UnicodeDecodeError as error:
        at = error.object[: error.start].count(b"\n") + 1
        return _refused([f"{lines} is not UTF-8 text in line {at}. Save it as UTF-8."], say)
    except OSError as error:
        return _refused([f"{lines} cannot be read ({error.strerror})."], say)
    city.serve(town)
    return _learned(town, text, say)


def _learned(town: Path, text: str, say: Print) -> int:
    from app.city_pack import training  # noqa: PLC0415 - it reads the city that is served

    try:
        made = training.trained(training.lines_of(text))
    except training.UnfitLines as unfit:
        more = len(unfit.sentences) - _SHOWN
        return _refused([*unfit.sentences[:_SHOWN], *([f"... and {more} more."] if more > 0 else [])], say)
    try:
        _write(town / NAME, made.weights)
    except OSError as error:
        return _refused([f"{town / NAME} cannot be written ({error.strerror})."], say)
    say(f"{NAME} knows {made.kinds} kinds: {len(made.weights) // 1000} kB in {town}.")
    if made.left:
        say(f"Fewer than {training.LEAST} lines, so found by their cues as before: {names(made.left)}.")
    say(
        f"Of {made.asked} lines that were kept aside for measuring, the right kind came first in {made.right}; "
        f"by cues alone in {made.right_by_cues}. The file then learned from all lines."
    )
    say("Start Resi again to use it.")
    return 0


def _write(path: Path, weights: bytes) -> None:
    """All of it or none; what a link names is not written through."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.write_bytes(weights)
    fresh.replace(path)


def _refused(sentences: list[str], say: Print) -> int:
    for each in sentences:
        say(each)
    return 1
