"""Settings for a test: a folder of its own, sound values, and whatever the test changes."""

from pathlib import Path

from app.settings import Settings, load


def settings_in(folder: Path, **values: str) -> Settings:
    """As `load` would read them from a file with these values; the real environment has none of ours."""
    file = folder / "values.env"
    named = {"DATA_DIR": str(folder / "data"), "WEB_LISTEN": "127.0.0.1:0", "MAIL_LISTEN": "off"} | values
    file.write_text("".join(f"RESI_{name}={value}\n" for name, value in named.items()), encoding="utf-8")
    return load(file)
