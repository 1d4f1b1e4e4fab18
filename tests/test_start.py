"""What a command loads before it does anything."""

import subprocess
import sys
from pathlib import Path

CHECKOUT = Path(__file__).parents[1]
LOADED = """
import gc, sys
from app.start import main
try:
    main()
except SystemExit:
    pass
heavy = {"app.turns", "core.conversation", "core.areas.gazetteer", "numpy", "prometheus_client", "storage.alerts"}
heavy |= {"sqlalchemy.dialects.postgresql"}
print(sorted(heavy & set(sys.modules)), gc.get_threshold()[0])
"""


def test_a_command_that_looks_up_a_code_loads_nothing_that_takes_a_message_in(tmp_path: Path) -> None:
    def looked_up() -> str:
        ran = subprocess.run(  # noqa: S603 - ourselves
            [sys.executable, "-c", LOADED, "status", "0" * 16],
            cwd=tmp_path,
            env={"PYTHONPATH": str(CHECKOUT)},
            capture_output=True,
            text=True,
            check=True,
        )
        return ran.stdout.splitlines()[-1]

    looked_up()  # makes the database
    assert looked_up() == "[] 250000"
