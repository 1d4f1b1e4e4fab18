"""Pages and hooks over HTTP: what a browser, a provider or a monitor may ask of us.

Who lives here: `create_app` (the routes, from the doors it is given), `serve` (uvicorn in the service's own loop),
and the shapes of those doors. A page is a file with a router; `web/application.py` has the table of routers.
"""

from web.application import create_app
from web.doors import Desk, Doors, Letters, Machines, Statistics, System, Table, Tracked, Way
from web.server import CannotListen, Listener, serve

__all__ = [
    "CannotListen",
    "Desk",
    "Doors",
    "Letters",
    "Listener",
    "Machines",
    "Statistics",
    "System",
    "Table",
    "Tracked",
    "Way",
    "create_app",
    "serve",
]
