"""The operator's map: outlines of areas, read from a file of theirs and kept prepared beside the data."""

from storage.maps.boundaries import MappedBoundaries, OutlineIndex, load_outlines
from storage.maps.geojson import MapUnusable
from storage.maps.outlines import Outlines, read_outlines

__all__ = ["MapUnusable", "MappedBoundaries", "OutlineIndex", "Outlines", "load_outlines", "read_outlines"]
