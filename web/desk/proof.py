"""Whether it is still them: the present password once more, before what guards an account is changed."""

from core.casework import entrance
from core.errors import Refused
from web.desk.session import Visit


async def proved(visit: Visit) -> None:
    """The field `lama` must hold it; raises Refused."""
    desk, visitor = visit.desk, visit.there
    kept = await desk.run(lambda turn: entrance.proving(turn, visitor))
    if not await desk.fits(visit.form.fields.get("lama", "")[: entrance.MOST], kept):
        raise Refused("desk_password_old_wrong")
