"""The city that is served: a folder of data, chosen once, before anything of it is read."""

from core.city.folder import folder, read, serve

__all__ = ["folder", "read", "serve"]
