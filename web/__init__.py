"""Pages and hooks over HTTP: what a browser, a provider or a monitor may ask of us.

Who lives here: `create_app` (the routes, from the services it is given), `serve` (uvicorn in the service's own loop),
and the shapes of those services. A page is a file with a router; `web/application.py` has the table of routers.
"""

from web.application import create_app
from web.figure_shapes import Compared, FigureReport, OpenData
from web.partners import Open311Services
from web.server import CannotListen, Listener, serve
from web.services import (
    AreaFigure,
    CodeForm,
    DeskServices,
    Letters,
    PlaceFigures,
    Statistics,
    System,
    Table,
    Tracked,
    Way,
    WebServices,
    nothing_to_renew,
)
from web.sign_on_provider import SignOnBegun

__all__ = [
    "AreaFigure",
    "CannotListen",
    "CodeForm",
    "Compared",
    "DeskServices",
    "FigureReport",
    "Letters",
    "Listener",
    "Open311Services",
    "OpenData",
    "PlaceFigures",
    "SignOnBegun",
    "Statistics",
    "System",
    "Table",
    "Tracked",
    "Way",
    "WebServices",
    "create_app",
    "nothing_to_renew",
    "serve",
]
