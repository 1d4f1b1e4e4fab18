"""Values as JSON by pydantic, whose reader of a type is made when it is first needed: a command needs one or two."""

from functools import cached_property
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError

T = TypeVar("T")
_ALL: "list[TypedJson[Any]]" = []


class TypedJson(Generic[T]):
    """JSON of one type. From any thread: made twice at once, either may be kept."""

    def __init__(self, kind: type[T]) -> None:
        self._kind = kind
        _ALL.append(self)

    @property
    def made(self) -> bool:
        """Whether it can read at once."""
        return "_adapter" in vars(self)

    def make(self) -> None:
        """Unless it is made."""
        _ = self._adapter

    @cached_property
    def _adapter(self) -> TypeAdapter[T]:
        return TypeAdapter(self._kind)

    def dump_json(self, value: T) -> bytes:
        """In UTF-8, as short as it can be."""
        return self._adapter.dump_json(value)

    def dump_python(self, value: T) -> dict[str, object]:
        """Of a type with fields: the same before it is written down."""
        plain: dict[str, object] = self._adapter.dump_python(value, mode="json")
        return plain

    def validate_json(self, data: bytes | str) -> T:
        """Raises pydantic.ValidationError without a word of the data; passes over fields that the type has not."""
        try:
            return self._adapter.validate_json(data)
        except ValidationError as error:
            title = error.title
        raise ValidationError.from_exception_data(title, [], "json", hide_input=True)


def make_all() -> None:
    """What takes part of a second once, for a service: else its first message would wait for it."""
    for each in _ALL:
        each.make()
