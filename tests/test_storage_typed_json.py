"""JSON of our types: what is written is read again, by whichever version, and a reader is made when it is needed."""

import json
from dataclasses import dataclass

import pytest
from pydantic import ValidationError

from storage.typed_json import TypedJson, make_all


@dataclass(frozen=True, slots=True)
class Shelf:
    """Something with fields."""

    name: str
    books: tuple[int, ...] = ()


def test_what_is_written_is_read_again_and_a_field_of_another_version_harms_nothing() -> None:
    reader = TypedJson(Shelf)
    shelf = Shelf("é", (1, 2))
    assert reader.validate_json(reader.dump_json(shelf)) == shelf
    assert json.loads(reader.dump_json(shelf)) == reader.dump_python(shelf) == {"name": "é", "books": [1, 2]}
    assert reader.validate_json('{"name": "x", "later": true}') == Shelf("x")


def test_a_service_makes_every_reader_before_its_first_message() -> None:
    reader = TypedJson(Shelf)
    assert not reader.made
    make_all()
    assert reader.made


def test_what_cannot_be_read_is_refused_and_a_list_has_no_fields() -> None:
    with pytest.raises(ValidationError):
        TypedJson(Shelf).validate_json(b"{}")
    assert TypedJson(tuple[Shelf, ...]).validate_json(b'[{"name": "x"}]') == (Shelf("x"),)


@pytest.mark.parametrize(
    "data", ['{"name": {"+6281298764517": 1}}', '{"name": "x", "books": ["siti@surat.test"]}', "siti"]
)
def test_what_cannot_be_read_stands_nowhere_in_the_refusal(data: str) -> None:
    with pytest.raises(ValidationError) as refused:
        TypedJson(Shelf).validate_json(data)
    told = f"{refused.value} {refused.value!r} {refused.value.errors()} {refused.value.__context__}"
    assert [word for word in ("+6281298764517", "siti", "surat") if word in told] == []
