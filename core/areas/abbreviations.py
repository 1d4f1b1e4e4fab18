"""How people cut and announce place names: plain words, kept apart from the rules that read them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SHORT: Final[Mapping[str, str]] = MappingProxyType(
    {
        **dict.fromkeys(("kp", "kpg", "kamp", "kmp", "kmpg", "kampong"), "kampung"),
        **dict.fromkeys(("tj", "tjg", "tg", "tjng", "tnjg", "tanjong"), "tanjung"),
        **dict.fromkeys(("pd", "pdk", "pndk", "pondk"), "pondok"),
        **dict.fromkeys(("ps", "psr", "pasr"), "pasar"),
        **dict.fromkeys(("kb", "kbn", "kebun", "kbon"), "kebon"),
        **dict.fromkeys(("kby", "kbyrn", "kebyoran", "kebayoran"), "kebayoran"),
        **dict.fromkeys(("klp", "kelp"), "kelapa"),
        **dict.fromkeys(("tn", "tnh"), "tanah"),
        **dict.fromkeys(("utr", "utra"), "utara"),
        **dict.fromkeys(("slt", "sltn", "sel", "selatn", "slatan"), "selatan"),
        **dict.fromkeys(("tmr", "tmur"), "timur"),
        **dict.fromkeys(("brt", "brat"), "barat"),
        **dict.fromkeys(("dalem", "dlm"), "dalam"),
        **dict.fromkeys(("jkt", "jkrt", "jakrta"), "jakarta"),
        **dict.fromkeys(("bru", "barru"), "baru"),
        "lma": "lama",
        "gn": "gunung",
        "kep": "kepulauan",
        "sungei": "sungai",
        **dict.fromkeys(("cempk", "cmpk", "cpk", "cempka", "cempak", "tjempaka"), "cempaka"),
        **dict.fromkeys(("klpa", "klapa", "kelap"), "kelapa"),
        **dict.fromkeys(("keramat", "kramt", "krmt"), "kramat"),
        **dict.fromkeys(("tebt", "tbt"), "tebet"),
        **dict.fromkeys(("grgol", "grogl"), "grogol"),
        **dict.fromkeys(("jtn", "jatngr", "jtnegara"), "jatinegara"),
        **dict.fromkeys(("stas", "sts", "stsiun", "statiun", "stasion"), "stasiun"),
        **dict.fromkeys(("univ", "univrsitas"), "universitas"),
        **dict.fromkeys(("mal", "mol"), "mall"),
        **dict.fromkeys(("mgga", "mngga", "manga"), "mangga"),
        "plo": "pulo",
        "rusunawa": "rusun",
        "rsup": "rs",
        "rsu": "rs",
    }
)

KELURAHAN: Final = frozenset(("kel", "kelurahan", "lurah", "klurahan", "kelurhan"))
KECAMATAN: Final = frozenset(("kec", "kecamatan", "camat", "kcmtn", "kcamatan"))
STREET: Final = frozenset(("jl", "jln", "jalan", "jlan", "gg", "gang", "gng", "street"))
STREET_TITLES: Final = frozenset(
    (
        "raya",
        "dr",
        "h",
        "hj",
        "kh",
        "taman",
        "jend",
        "jenderal",
        "letjen",
        "mayjen",
        "pangeran",
        "prof",
        "bukit",
        "haji",
    )
)
TOWARD: Final = frozenset(
    ("dari", "dr", "arah", "menuju", "ke", "jurusan", "tujuan", "warga", "orang", "asal", "rute", "tol", "from", "to")
) | {"perbatasan", "truk", "angkot", "bus", "bis"}
"""Words before a name that is perhaps not where the problem is."""

PLACING: Final = frozenset(
    ("daerah", "wilayah", "kawasan", "area", "sekitar", "sekitaran", "dekat", "deket", "stasiun", "terminal", "polsek")
) | {"puskesmas", "kua", "koramil", "deket", "dkt", "seputaran", "sekitaran"}
NEAR: Final = frozenset(("dekat", "deket", "dkt", "dket"))
"""Words behind a name that begins a text: somebody who says near what says where."""

IN: Final = frozenset(("di", "d", "in", "at", "near", "around"))

FILLER: Final = (
    KELURAHAN
    | KECAMATAN
    | PLACING
    | IN
    | {"jakarta", "dki", "kota", "provinsi", "indonesia", "rt", "rw", "lokasi", "lokasinya", "alamat", "alamatnya"}
    | {
        "tempat",
        "tempatnya",
        "itu",
        "ini",
        "ya",
        "aja",
        "pak",
        "bu",
        "kak",
        "min",
        "nya",
        "saya",
        "dan",
        "the",
        "it",
        "is",
    }
)
"""Words beside which a text still says nothing but a place."""
