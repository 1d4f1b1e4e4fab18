"""The operator's map: outlines of areas and names of places, read from their files and kept prepared."""

from storage.maps.boundaries import MappedBoundaries, OutlineIndex, load_outlines
from storage.maps.geojson import MapUnusable
from storage.maps.name_index import MappedGazetteer, NameIndex, load_names
from storage.maps.outlines import read_outlines
from storage.maps.place_list import read_places

__all__ = [
    "MapUnusable",
    "MappedBoundaries",
    "MappedGazetteer",
    "NameIndex",
    "OutlineIndex",
    "load_names",
    "load_outlines",
    "read_outlines",
    "read_places",
]
