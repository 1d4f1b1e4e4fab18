"""Texts out of the environment and .env, looked up under their names alone."""

from functools import cache
from pathlib import Path

from pydantic import create_model
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, EnvSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

Defaults = tuple[tuple[str, str], ...]


def texts(prefix: str, defaults: Defaults, file: Path) -> dict[str, str]:
    """What each name says behind the prefix, stripped; the environment beats the file.

    Raises OSError or UnicodeDecodeError for a file that is no text.
    """
    read = _model(prefix, defaults)(_env_file=file)  # type: ignore[call-arg]  # of the base class
    return {name: str(getattr(read, name)).strip() for name, _ in defaults}


class _Environment(BaseSettings):
    # What nothing reads is told by `unknown` of settings; it must not be fatal, nor be shown with its value.
    model_config = SettingsConfigDict(
        env_file_encoding="utf-8", extra="ignore", case_sensitive=True, hide_input_in_errors=True
    )

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the library names them all
        cls, settings_cls: type[BaseSettings], **sources: PydanticBaseSettingsSource
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        return tuple(_ByName(settings_cls, sources[each]) for each in ("env_settings", "dotenv_settings"))


class _ByName(PydanticBaseSettingsSource):
    """To ask of each field what else it might be, as the library's own do, takes three times as long."""

    def __init__(self, settings_cls: type[BaseSettings], read: PydanticBaseSettingsSource) -> None:
        super().__init__(settings_cls)
        self._read = read.env_vars if isinstance(read, EnvSettingsSource) else {}

    def get_field_value(self, field: FieldInfo, field_name: str) -> tuple[str | None, str, bool]:  # noqa: ARG002 - the library hands it over
        return self._read.get(self.config.get("env_prefix", "") + field_name), field_name, False

    def __call__(self) -> dict[str, object]:
        said = ((name, self.get_field_value(of, name)[0]) for name, of in self.settings_cls.model_fields.items())
        return {name: value for name, value in said if value is not None}


@cache
def _model(prefix: str, defaults: Defaults) -> type[_Environment]:
    class Prefixed(_Environment):
        model_config = SettingsConfigDict(env_prefix=prefix)

    fields = {name: (str, default) for name, default in defaults}
    model: type[_Environment] = create_model("Environment", __base__=Prefixed, **fields)  # type: ignore[call-overload]  # names come from a table
    return model
