"""What can be wrong with a folder of backups, or with where one is restored; app says it in sentences."""

from enum import StrEnum

from core.errors import ResiError


class Fault(StrEnum):
    """One way to fail."""

    KEY = "key"  # nothing in the folder opens with this key
    EMPTY = "empty"  # no backup there
    UNKNOWN = "unknown"  # no backup of that name
    MISSING = "missing"  # a file that is named is not there
    DAMAGED = "damaged"  # a file was changed, or is of another place
    FOREIGN = "foreign"  # the folder holds what is none of ours
    OTHER = "other"  # the backups in the folder are of another service
    BUSY = "busy"  # another process writes there, or reads what would be thrown away
    ROWS = "rows"  # what was restored is not what was counted
    FILE = "file"  # a citizen's file that a report names does not open, or is not there
    TARGET = "target"  # where it should be restored is not empty
    LATER = "later"  # made by a later version
    DISK = "disk"  # the system refuses; `where` is its word
    STORE = "store"


class BackupFault(ResiError):
    """`where`: a file of the folder of backups, whose name tells nothing, or a table with its counts."""

    def __init__(self, fault: Fault, where: str = "") -> None:
        super().__init__(f"{fault.value} {where}".strip())
        self.fault = fault
        self.where = where
