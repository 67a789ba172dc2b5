"""The scenarios that come with the package."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from bargain.errors import UsageError, nearest

__all__ = ["find", "shipped"]


def shipped() -> dict[str, Path]:
    """Name -> file of every scenario in the package, e.g. ``berlin_2025`` or ``teaching/split_the_pie``.

    >>> "berlin_2025" in shipped()
    True
    """
    folder = _folder()
    names = {file.relative_to(folder).with_suffix("").as_posix(): file for file in folder.rglob("*.yaml")}
    return dict(sorted(names.items(), key=lambda entry: (entry[0].count("/"), entry[0])))


def find(path: str | Path) -> Path:
    """The file meant: a path that exists, else a shipped scenario; `UsageError` with the nearest names."""
    try:
        given = Path(path)
        exists = given.exists()
        if exists and not given.is_dir():
            return given
    except (OSError, ValueError) as error:
        raise UsageError(f"no scenario file can have this name: {str(path)[:80]!r}") from error
    library = shipped()
    name = given.as_posix().removesuffix(".yaml")
    if name in library:
        return library[name]
    if exists:
        return given
    raise UsageError(f"there is no file '{path}'", hint=nearest(str(path), _neighbours(given, library), plural="files"))


def _neighbours(given: Path, library: dict[str, Path]) -> list[str]:
    """What could have been meant: shipped names and the YAML files of the folder."""
    names = [name + given.suffix for name in library] if given.suffix == ".yaml" else list(library)
    with suppress(OSError):
        names += [str(file) for file in given.parent.iterdir() if file.suffix in (".yaml", ".yml")]
    return names


def _folder() -> Path:
    here = Path(__file__).resolve()
    installed = here.parents[1] / "scenarios"
    return installed if installed.is_dir() else here.parents[3] / "scenarios"
