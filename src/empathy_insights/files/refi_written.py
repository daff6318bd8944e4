"""What REFI-QDA files are written of: elements, GUIDs of content, and steady archives."""

from __future__ import annotations

import uuid
import xml.etree.ElementTree as ET
from collections.abc import Iterable

from empathy_insights.files.output import for_file

_SPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:empathy-insights:refi-qda")
_HEAD = b'<?xml version="1.0" encoding="utf-8"?>\n'


def guid_of(*parts: object) -> str:
    """Return the GUID of a thing, the same whenever it is made of the same parts.

    In capitals: ATLAS.ti and MAXQDA refuse small letters.

    Examples
    --------
    >>> guid_of("theme", "bus") == guid_of("theme", "bus") != guid_of("theme", "food")
    True
    """
    return str(uuid.uuid5(_SPACE, "\x1f".join(map(str, parts)))).upper()


def node(
    name: str,
    told: dict[str, str] | None = None,
    within: Iterable[ET.Element | None] = (),
    *,
    text: str = "",
) -> ET.Element:
    """Return an element; what is None is left out of it."""
    element = ET.Element(
        name, {key: for_file(said) for key, said in (told or {}).items()}
    )
    element.text = for_file(text) or None
    element.extend([one for one in within if one is not None])
    return element


def filled(name: str, within: Iterable[ET.Element]) -> ET.Element | None:
    """Return a container, or None where it would be empty: programs refuse those."""
    inside = list(within)
    return node(name, within=inside) if inside else None


def described(text: str) -> ET.Element | None:
    """Return a description, or None where nothing is said."""
    return node("Description", text=text) if text else None


def xml_of(root: ET.Element, space: str) -> bytes:
    r"""Return the file of an element: UTF-8 without a mark, `\n` at the ends of lines.

    Examples
    --------
    >>> xml_of(node("Project", {"name": "Bus"}), "urn:QDA-XML:project:1.0").splitlines()[1]
    b'<Project xmlns="urn:QDA-XML:project:1.0" name="Bus" />'
    """
    spaced = ET.Element(root.tag, {"xmlns": space, **root.attrib})
    spaced.extend(root)
    ET.indent(spaced)
    written: bytes = ET.tostring(spaced, encoding="utf-8")
    return _HEAD + written + b"\n"
