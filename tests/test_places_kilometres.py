"""A kilometre post is offered as a place, and never believed."""

import pytest

from core.areas import full_name
from core.places import find
from core.places.kilometres import at_post

POSTS = (
    ("pohon tumbang tol jagorawi km 4", "Kec. Makasar | Kec. Cipayung"),
    ("tol kebon jeruk km. 3", "Kec. Kebon Jeruk"),
    ("jalan daan mogot km 16 berlubang", "Kec. Kalideres"),
    ("jl raya bogor km 19", "Kec. Kramatjati"),
    ("raya bogor km 22 ciracas", "Kec. Ciracas"),
    ("tol jagorawi km 40", ""),
    ("tol jagorawi", ""),
    ("sudah lari 5 km 3 hari", ""),
)


@pytest.mark.parametrize(("words", "meant"), POSTS)
def test_a_post_says_where(words: str, meant: str) -> None:
    assert " | ".join(full_name(code) for code in find(words).candidates) == meant


def test_a_post_alone_is_asked_about() -> None:
    for words, _ in POSTS[:4]:
        assert at_post(words)
        assert not find(words).certain
