"""Every kind of deed of the staff side, each in a city that has come so far that it can be done."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from core.model import Act, AgencyId, DeliveryKind, Route, StaffRole
from core.ports import ReportQuery, Visibility
from tests.fakes.city import BUDI, DINAS, SITI, STAFF, STORY, SUDIN, City, Deed, photo
from tests.fakes.nouns import words_of

Scene = Callable[[City], Deed]
SCENES: dict[str, Scene] = {}
INSIDE = "Periksa lubang besok pagi"
INSPEKTORAT = AgencyId("inspektorat")
GRAFT = "Petugas kelurahan Tebet Timur minta uang pelicin untuk surat pengantar, itu pungli"


@dataclass(frozen=True)
class _Named:
    name: str

    def __call__(self, scene: Scene) -> Scene:
        SCENES[self.name] = scene
        return scene


def _filed(city: City) -> None:
    """A report by SMS, with staff to handle it."""
    city.run(*(city.hires(*each) for each in STAFF), city.writes(BUDI, f"LAPOR {STORY}"))
    city.post()


def _followed(city: City) -> None:
    """And somebody else who follows it."""
    _filed(city)
    for text in (STORY, "ikuti"):
        city.run(city.writes(SITI, text))
        city.post()


def _moved(city: City) -> None:
    _followed(city)
    city.run(city.does("lurah", Act.COORDINATE, to=DINAS))


def _handled(city: City) -> None:
    """At the Suku Dinas, its plan approved."""
    _moved(city)
    city.run(city.does("dinas", Act.DELEGATE, to=SUDIN), city.does("sudin", Act.START))
    city.run(city.does("sudin", Act.PLAN, INSIDE), city.does("biro", Act.APPROVE_PLAN))


def _asked(city: City) -> None:
    _handled(city)
    city.run(city.does("sudin", Act.ASK, "Di depan rumah nomor berapa?"))
    city.post()


def _stood(city: City) -> None:
    """So long that the question may be closed, or another one asked."""
    _asked(city)
    city.now += timedelta(hours=48)


def _resulted(city: City) -> None:
    _handled(city)
    city.run(city.does("sudin", Act.RESULT, "Lubang ditambal", shows="tambalan"))


def _done(city: City) -> None:
    """And the news of it delivered."""
    _resulted(city)
    city.run(city.does("biro", Act.VALIDATE))
    city.now += timedelta(hours=2)
    city.post()


def _estimated(city: City) -> None:
    _handled(city)
    until = (city.now + timedelta(days=12)).date()
    city.run(city.does("sudin", Act.ESTIMATE, "Menunggu aspal", until=until))


def _disputed_next(city: City) -> None:
    """It has been reopened as often as that goes."""
    _done(city)
    for again in ("kedua", "ketiga"):
        city.run(city.writes(BUDI, f"{city.codes[BUDI]} 2 masih berlubang"))
        city.run(city.does("sudin", Act.RESULT, f"Tambalan {again}", shows=again), city.does("biro", Act.VALIDATE))
    city.now += timedelta(hours=2)
    city.post()


def _second(city: City) -> None:
    """Another report about the same, of somebody else, with a third that goes along with it."""
    for who in ("+628110002", "+628110003"):
        city.now += timedelta(minutes=1)
        city.run(city.writes(("sms", who), f"LAPOR {STORY}"))
    city.post()


def _by_staff(before: Callable[[City], None], name: str, act: Act, text: str = "", to: str = "") -> None:
    def scene(city: City) -> Deed:
        before(city)
        return city.does(name, act, text, to=to)

    SCENES[f"{name} {act.value}"] = scene


def _by_budi(before: Callable[[City], None], name: str, words: str) -> None:
    def scene(city: City) -> Deed:
        before(city)
        return city.writes(BUDI, words.format(code=city.codes[BUDI]))

    SCENES[name] = scene


_by_staff(_followed, "lurah", Act.START)
_by_staff(_followed, "lurah", Act.COORDINATE, to=DINAS)
_by_staff(_moved, "dinas", Act.DELEGATE, to=SUDIN)
_by_staff(_moved, "dinas", Act.RETURN, "Bukan jalan kami")
_by_staff(_moved, "dinas", Act.PLAN, INSIDE)
_by_staff(_handled, "sudin", Act.ASK, "Di depan rumah nomor berapa?")
_by_staff(_stood, "sudin", Act.CLOSE_QUESTION)
_by_staff(_handled, "sudin", Act.NOTE, "Aspal sudah dipesan")
_by_staff(_followed, "lurah", Act.REJECT, "Laporan ini tidak bisa dikerjakan")
_by_staff(_followed, "lurah", Act.FORWARD, "Tiang itu milik PLN", to="pln_uid_jakarta_raya")
_by_staff(_estimated, "biro", Act.APPROVE_ESTIMATE)
_by_staff(_estimated, "biro", Act.REFUSE_ESTIMATE)
_by_staff(_resulted, "biro", Act.VALIDATE)
_by_staff(_resulted, "biro", Act.REJECT_RESULT, "Fotonya gelap")
_by_budi(_asked, "answered by code", "{code} nomor 12")
_by_budi(_asked, "answered in words", "di depan nomor 12")
_by_budi(_handled, "added", "TAMBAH {code} lubangnya makin besar")
_by_budi(_done, "solved", "{code} 1")
_by_budi(_done, "not solved", "{code} 2 masih berlubang")
_by_budi(_disputed_next, "disputed", "{code} 2 masih saja")
_by_budi(_asked, "withdrawn", "CABUT {code}")


@_Named("withdrawal asked for")
def _withdrawal_asked(city: City) -> Deed:
    """By somebody else who has the code."""
    _asked(city)
    return city.writes(SITI, f"CABUT {city.codes[BUDI]}")


@_Named("withdrawal objected to")
def _withdrawal_objected(city: City) -> Deed:
    city.run(_withdrawal_asked(city))
    city.post()
    return city.writes(BUDI, "1")


@_Named("declassified")
def _declassified(city: City) -> Deed:
    """By a head of the agency that a restricted report is for."""
    hired = (("inspektur", INSPEKTORAT, StaffRole.HEAD),)
    city.run(*(city.hires(*each) for each in hired), city.writes(BUDI, f"LAPOR {GRAFT}"))
    city.post()
    [listed] = city.store.run(lambda tx: tx.queues.lines(Visibility(INSPEKTORAT), ReportQuery()))
    return city.does("inspektur", Act.DECLASSIFY, "Bukan pungutan, lampunya mati", to="pju", number=listed.number)


_by_budi(_asked, "forgotten", "LUPAKAN {code}")


def _planned(city: City) -> None:
    _moved(city)
    city.run(city.does("dinas", Act.PLAN, INSIDE))


_by_staff(_planned, "biro", Act.APPROVE_PLAN)
_by_staff(_planned, "biro", Act.REJECT_PLAN, "Terlalu lambat")


@_Named("sudin estimate")
def _(city: City) -> Deed:
    _handled(city)
    return city.does("sudin", Act.ESTIMATE, "Menunggu aspal", until=(city.now + timedelta(days=12)).date())


@_Named("sudin result")
def _(city: City) -> Deed:
    _handled(city)
    return city.does("sudin", Act.RESULT, "Lubang ditambal", shows="tambalan")


@_Named("biro link")
def _(city: City) -> Deed:
    """The first goes along with the second; a third that went along with the first does so from now on, too."""
    _followed(city)
    _second(city)
    numbers = [city.number(at) for at in range(3)]
    city.run(city.does("biro", Act.LINK, to=numbers[0], number=numbers[2]))
    return city.does("biro", Act.LINK, to=numbers[1])


@_Named("a main report moves")
def _(city: City) -> Deed:
    _followed(city)
    _second(city)
    numbers = [city.number(at) for at in range(3)]
    city.run(*(city.does("biro", Act.LINK, to=numbers[0], number=each) for each in numbers[1:]))
    return city.does("lurah", Act.START)


@_Named("opened first")
def _(city: City) -> Deed:
    _filed(city)
    return city.opens("lurah")


def _by_clock(name: str, before: Callable[[City], None], *days: float) -> None:
    def scene(city: City) -> Deed:
        before(city)
        for each in days[:-1]:
            city.run(city.clock(days=each))
        return city.clock(days=days[-1])

    SCENES[name] = scene


_by_clock("a day unopened", _filed, 1)
_by_clock("half of the time", _handled, 1, 2.5)
_by_clock("late", _handled, 4, 3)
_by_clock("climbs", _handled, 7, 3.5)
_by_clock("for evaluation", _handled, 14, 7, 9)
_by_clock("a month at once", _followed, 31)


@_Named("followed")
def _(city: City) -> Deed:
    _filed(city)
    city.run(city.writes(SITI, STORY, photo("siti")))
    city.post()
    return city.writes(SITI, "ikuti")


@_Named("corrected")
def _(city: City) -> Deed:
    city.run(city.writes(BUDI, "LAPOR Jalan berlubang di dekat penanda kembangrawa, sudah seminggu"))
    return city.writes(BUDI, "kelurahan Tebet Timur")


@_Named("followed no more")
def _(city: City) -> Deed:
    _followed(city)
    return city.writes(SITI, f"CABUT {city.codes[SITI]}")


@_Named("filed")
def _(city: City) -> Deed:
    city.run(lambda tx: tx.routes.add(Route(DINAS)))
    return city.writes(BUDI, f"LAPOR {STORY}", photo("lubang"))


@_Named("a question arrives")
def _(city: City) -> Deed:
    _handled(city)
    city.post()
    city.run(city.does("sudin", Act.ASK, "Di depan rumah nomor berapa?"))
    return city.sent(next(each for each in city.claimed() if each.kind is DeliveryKind.QUESTION))


@_Named("nobody is there any more")
def _(city: City) -> Deed:
    _stood(city)
    city.run(city.does("sudin", Act.ASK, "Masih ada lubang?"))
    return city.refused(next(each for each in city.claimed() if words_of(each.to) == BUDI[1]))


@_Named("hired")
def _(city: City) -> Deed:
    return city.hires("baru", AgencyId("bnnp_dki"), StaffRole.HEAD)
