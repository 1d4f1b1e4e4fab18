"""Rows, queries, seals, files: everything that is kept. `open_store` gives the store, `migrate` its database."""

from storage.addresses import AddressOpener, AddressSealer, new_pair
from storage.bucket import Bucket, BucketPlace
from storage.bucket_files import BucketFiles
from storage.copies import note_copy
from storage.engine import is_sqlite, sqlite_path
from storage.figure_sums import FigureSums
from storage.figures import Figures
from storage.file_folder import sync_folder
from storage.files import Files
from storage.leader import LEAD_SECONDS, Leader
from storage.migrations import made_later, migrate, schema_current
from storage.moved_files import Moved, TwoPlaces, move
from storage.passwords import decoy, fits, hashed
from storage.proof import NotWhole
from storage.published import Publisher
from storage.retention import Retention, Upkeep
from storage.store import SqlStore, open_store
from storage.typed_json import make_all
from storage.vault import Keys, KeysWrong, SealBroken, new_key_line, parse_keys

__all__ = [
    "LEAD_SECONDS",
    "AddressOpener",
    "AddressSealer",
    "Bucket",
    "BucketFiles",
    "BucketPlace",
    "FigureSums",
    "Figures",
    "Files",
    "Keys",
    "KeysWrong",
    "Leader",
    "Moved",
    "NotWhole",
    "Publisher",
    "Retention",
    "SealBroken",
    "SqlStore",
    "TwoPlaces",
    "Upkeep",
    "decoy",
    "fits",
    "hashed",
    "is_sqlite",
    "made_later",
    "make_all",
    "migrate",
    "move",
    "new_key_line",
    "new_pair",
    "note_copy",
    "open_store",
    "parse_keys",
    "schema_current",
    "sqlite_path",
    "sync_folder",
]
