"""The city that is served: a folder of data, chosen once, before anything of it is read."""

from core.city.folder import folder, other_file, read, serve

__all__ = ["folder", "other_file", "read", "serve"]
