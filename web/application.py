"""The application out of its routers: one table of pages, one of error answers, a few middlewares around all."""

from fastapi import FastAPI
from fastapi.telemetry import TelemetryConfig
from starlette.middleware import Middleware

from core.phrases import LANGUAGES
from web import (
    area_figures,
    assets,
    figures,
    front_page,
    health,
    open311,
    open_data,
    report_form,
    statistics_map,
    street_tiles,
    track,
)
from web.client_address import networks
from web.desk import routes, table
from web.errors import HANDLERS, Guard, refused
from web.headers import Headers
from web.hooks import router_of
from web.onion import Onion
from web.plain_address import PlainAddress
from web.plain_cookies import PlainCookies
from web.recent import Recent
from web.request_limits import RequestLimits
from web.services import WebServices

ROUTERS = (
    front_page.router,
    report_form.router,
    track.router,
    figures.router,
    area_figures.router,
    open_data.router,
    statistics_map.router,
    street_tiles.router,
    health.router,
    assets.router,
)

# FastAPI reads OTEL_* from the environment and would send addresses, query strings and errors there.
_NO_TELEMETRY: TelemetryConfig = {"auto_configure": False, "tracing": False, "metrics": False, "logs": False}


def create_app(services: WebServices) -> FastAPI:
    """Raises ValueError for a language or a trusted proxy that is none."""
    if services.default_lang not in LANGUAGES:
        raise ValueError("default_lang")
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        redirect_slashes=False,  # would send people to whatever Host says
        telemetry=_NO_TELEMETRY,
        exception_handlers=HANDLERS,
        middleware=[
            Middleware(Headers, https=services.public_url.startswith("https://")),
            Middleware(PlainCookies),
            Middleware(Guard),
            Middleware(
                RequestLimits, connections=services.connections, of_one=services.requests_of_one, refused=refused
            ),
            Middleware(PlainAddress),
            Middleware(Onion, onion=services.onion, public_url=services.public_url),
        ],
    )
    app.state.services = services
    app.state.trusted = networks(services.trusted_proxies)
    app.state.recent = Recent(services.statistics)
    if services.figures is not None:
        app.state.recent_figures = Recent(figures.counted(services.figures))
    app.state.recent_places = Recent(lambda _: services.places())
    app.include_router(router_of(services.hooks))
    if services.open311 is not None:
        app.include_router(open311.router)
    for router in ROUTERS:
        app.include_router(router)
    if services.desk is not None:
        app.include_router(routes.router_of(table.PAGES, services.desk))
    return app
