"""`resi city` on the command line: help with an example, and a folder looked through that nobody serves."""

import pytest

from tests.fakes.shell import CHECKOUT, Shell


@pytest.mark.parametrize("command", ["check", "new", "train", "export", "diff"])
def test_every_command_has_help_with_an_example(shell: Shell, command: str) -> None:
    ran = shell.resi("city", command, "--help")
    assert ran.code == 0
    assert f"Example: resi city {command}" in " ".join(ran.out.split())
    assert command in shell.resi("city").all


def test_a_city_that_cannot_be_served_can_still_be_looked_through(shell: Shell) -> None:
    (shell.folder / "broken").mkdir()
    shell.exported["CITY"] = "broken"
    ran = shell.resi("city", "check", "broken")
    assert ran.code == 1
    assert "city.toml: is missing" in ran.out
    served = shell.resi("suggest", said="x\n")
    assert served.code == 1
    assert "city.toml: is missing" in served.err
    assert not served.shows_a_trace


def test_the_city_may_stand_in_env(shell: Shell) -> None:
    shell.env_file(CITY="nowhere")
    assert "is no folder" in shell.resi("suggest", said="x\n").err
    shell.env_file(CITY="jakarta")
    assert shell.resi("suggest", said="lampu jalan mati\n").code == 0
    shell.exported["CITY"] = str(CHECKOUT / "cities" / "jakarta")
    assert shell.resi("suggest", said="lampu jalan mati\n").code == 0


def test_a_city_learns_its_own_kinds_from_lines(shell: Shell) -> None:
    """Words that no cue holds are known then; what is wrong with lines is told, and nothing is written."""
    assert shell.resi("city", "new", "town").code == 0
    weights = shell.folder / "town" / "kinds.weights"
    (shell.folder / "few.tsv").write_text("dragon\tit breathes fire\npothole\thole\n", encoding="utf-8")
    refused = shell.waits_for(shell.starts("city", "train", "town", "few.tsv"))
    assert refused.code == 1
    assert "Line 1: 'dragon' is no kind of this city." in refused.out
    lines = [f"pothole\tmy tyre burst on the crater number {at}" for at in "abcdefghijkl"]
    lines += [f"street_light\tpitch black at night by bench {at}" for at in "abcdefghijkl"]
    lines += [f"-\thello and thank you {at}" for at in "abcdefghijkl"]
    (shell.folder / "lines.tsv").write_text("\n".join(lines), encoding="utf-8")
    assert not weights.exists()
    made = shell.waits_for(shell.starts("city", "train", "town", "lines.tsv"))
    assert made.code == 0, made.all
    assert "the right kind came first in 4" in made.out
    assert "found by their cues as before: other." in made.out
    asked = shell.starts("suggest", "--json", CITY="town")
    suggested = shell.waits_for(asked, b"a crater, my tyre is gone\n")
    assert '"suggestions": [{"category": "pothole"' in suggested.out, suggested.all
