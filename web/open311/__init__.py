"""Open311 GeoReport v2 for partners: what can be reported, filing for a citizen, where a report stands.

Who calls: partners' machines (apps, social desks), and anybody who only reads.
Who lives here: `routes` (addresses), `parameters` (what a request says), `sent_update` (what a partner says of its
report), `answers` (what is answered, as plain data), `serialization` (JSON and XML).
Nothing of a citizen's words is ever answered: the standard's description, media and point stay empty.
"""

from web.open311.routes import router

__all__ = ["router"]
