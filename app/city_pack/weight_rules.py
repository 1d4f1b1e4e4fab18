"""What is wrong with a city's weights for kinds: damaged, of another version, of kinds that it does not have."""

from app.city_pack.pack import CityPack
from app.city_pack.reading import PackFile, names, outside
from core import kind_weights

_MEND = "Train them again with `resi city train`, or take the file out: then kinds are found by their cues."


def check_weights(pack: CityPack) -> None:
    """Adds what is wrong; after categories, whose ids it asks for."""
    path, file = pack.folder / kind_weights.NAME, PackFile(kind_weights.NAME)
    try:
        if not path.exists() and not path.is_symlink():
            return
        if outside(pack.folder, path):
            pack.findings.at(file, 0, "leads out of the folder", "Put the file itself there.")
        elif not path.is_file() or path.stat().st_size > kind_weights.LARGEST:
            pack.findings.at(file, 0, "holds no weights for kinds", _MEND)
        else:
            _kinds(pack, file, {*kind_weights.unpacked(path.read_bytes()).classes} - {kind_weights.NO_REPORT})
    except kind_weights.UnreadableWeights as wrong:
        pack.findings.at(file, 0, str(wrong), _MEND)
    except OSError as error:
        pack.findings.at(file, 0, f"cannot be read ({error.strerror})", "Let its reader open it.")


def _kinds(pack: CityPack, file: PackFile, learned: set[str]) -> None:
    gone, new = learned - pack.categories, pack.categories - learned - pack.retired
    if gone:
        what = f"holds weights for kinds that this city does not have: {names(gone)}"
        pack.findings.at(file, 0, what, "Train them again with `resi city train`.", fatal=False)
    if new:
        what = f"holds none for {names(new)}, which are found by their cues"
        pack.findings.at(file, 0, what, "Train again when there are lines for them.", fatal=False)
