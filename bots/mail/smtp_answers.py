"""What other mail servers are told: one code and one line each, and of a fault of ours never its words."""

from pathlib import PurePath

from bots.mail.address import is_ours
from bots.mail.reply_tags import goes_unread
from core.messages import IntakeResult

KEPT = "250 2.0.0 Diterima. Kept"
IGNORED = "250 2.0.0 OK"
NOT_OURS = "550 5.1.1 Bukan alamat laporan kami. No such address here."
UNREAD = "550 5.7.1 Balasan pemberitahuan petugas tidak dibaca. Nobody reads answers to alerts of staff: open the desk"
MALFORMED = "553 5.1.7 An answer could not be sent to that address"
TOO_MANY = "452 4.5.3 Too many recipients"
TOO_MUCH = "552 5.3.4 Terlalu besar. Too much mail data"
UNREADABLE = "554 5.6.0 Tidak terbaca, kirim lagi sebagai teks biasa. Cannot be read, send it as plain text"
REFUSED = "554 5.3.0 Gagal disimpan, mohon kirim lagi. Could not be kept, please send it again"
AGAIN = "451 4.3.0 Belum tersimpan, coba lagi nanti. Not kept yet, try again later"
FULL = "452 4.3.1 Busy, try again later"
BUSY = "421 4.3.2 Sibuk, coba lagi nanti. Busy, try again later"
IDLE = "421 4.4.2 Too long without a mail, goodbye"
NO_MAIL = "421 4.7.0 Mail is taken here, and nothing else, goodbye"
SLOW = "421 4.4.2 Terlalu lambat, coba lagi nanti. Too slow, try again later"
ANSWERS = {IntakeResult.DONE: KEPT, IntakeResult.SEEN: KEPT, IntakeResult.LATER: AGAIN, IntakeResult.FAILED: REFUSED}


def refusal_of(recipient: str, own: str) -> str:
    """Why nothing is taken for that address; empty: it is ours, and is read."""
    if not is_ours(recipient, own):
        return NOT_OURS
    return UNREAD if goes_unread(recipient) else ""


def told(error: BaseException) -> dict[str, str]:
    """What a log may know of an error of ours: its type and its place, never its words."""
    last = error.__traceback__
    while last is not None and last.tb_next is not None:
        last = last.tb_next
    place = f"{PurePath(last.tb_frame.f_code.co_filename).name}:{last.tb_lineno}" if last is not None else ""
    return {"kind": type(error).__name__, "place": place}
