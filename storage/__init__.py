"""Rows, queries, seals, files: everything that is kept. `open_store` gives the store, `migrate` its database."""

from typing import TYPE_CHECKING

from core.lazy_door import lazy_door

if TYPE_CHECKING:
    from storage.addresses import AddressOpener, AddressSealer, new_pair
    from storage.bucket import Bucket, BucketPlace
    from storage.bucket_files import BucketFiles
    from storage.copies import note_copy
    from storage.engine import is_sqlite, sqlite_path, sqlite_url
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
    from storage.unit_of_work import load_all
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
    "load_all",
    "made_later",
    "migrate",
    "move",
    "new_key_line",
    "new_pair",
    "note_copy",
    "open_store",
    "parse_keys",
    "schema_current",
    "sqlite_path",
    "sqlite_url",
    "sync_folder",
]

__getattr__ = lazy_door(
    __name__,
    {
        "addresses": "AddressOpener AddressSealer new_pair",
        "bucket": "Bucket BucketPlace",
        "bucket_files": "BucketFiles",
        "copies": "note_copy",
        "engine": "is_sqlite sqlite_path sqlite_url",
        "figure_sums": "FigureSums",
        "figures": "Figures",
        "file_folder": "sync_folder",
        "files": "Files",
        "leader": "LEAD_SECONDS Leader",
        "migrations": "made_later migrate schema_current",
        "moved_files": "Moved TwoPlaces move",
        "passwords": "decoy fits hashed",
        "proof": "NotWhole",
        "published": "Publisher",
        "retention": "Retention Upkeep",
        "store": "SqlStore open_store",
        "unit_of_work": "load_all",
        "vault": "Keys KeysWrong SealBroken new_key_line parse_keys",
    },
)
