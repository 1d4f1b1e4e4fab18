"""Backups: sealed, incremental, consistent while the service runs; restored, and proved by restoring.

Who calls: the commands `resi backup`, `restore`, `drill`.
Who lives here: `repository` (files in a folder), `pieces` (sealed, of one size), `catalogue` (what belongs to a
backup), `database_lines` (its rows), `making`, `restoring`, `problems`.
"""

from storage.backup.catalogue import BackupFolder
from storage.backup.making import Made, Source, live_marks, make_backup
from storage.backup.problems import BackupFault, Fault
from storage.backup.restoring import Drilled, Restored, Wanted, drill, listed, restore

__all__ = [
    "BackupFault",
    "BackupFolder",
    "Drilled",
    "Fault",
    "Made",
    "Restored",
    "Source",
    "Wanted",
    "drill",
    "listed",
    "live_marks",
    "make_backup",
    "restore",
]
