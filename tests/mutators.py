"""Ways in which files arrive broken or hostile, the same for the same seed."""

from __future__ import annotations

import csv
import io
import json
import random
import zipfile
from collections.abc import Callable

Mutated = tuple[bytes, str]
Mutator = Callable[[bytes, str, random.Random], Mutated]

SUFFIXES = (
    ".txt", ".md", ".rtf", ".odt", ".docx", ".pdf", ".vtt", ".srt", ".sbv", ".ass",
    ".lrc", ".json", ".tsv", ".csv", ".xlsx", ".zip", ".qdpx", ".xyz", "",
)  # fmt: skip


def truncated(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Break off anywhere."""
    return data[: chance.randrange(len(data) + 1)], name


def flipped(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Turn over some bits."""
    changed = bytearray(data)
    for _ in range(chance.choice((1, 3, 30, 300)) if data else 0):
        changed[chance.randrange(len(changed))] ^= 1 << chance.randrange(8)
    return bytes(changed), name


def renamed(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Give the file another suffix."""
    return data, name.rsplit(".", 1)[0] + chance.choice(SUFFIXES)


def on_one_line(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Write everything on one long line."""
    times = max(1, chance.choice((1, 300_000)) // max(len(data), 1))
    return data.replace(b"\r", b"").replace(b"\n", b" ") * times, name


def with_null_bytes(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Put zeros in, as a disk that failed does."""
    at = chance.randrange(len(data) + 1)
    return data[:at] + b"\0" * chance.choice((1, 64, 4096)) + data[at:], name


def shuffled(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Swap, repeat and drop stretches."""
    cuts = sorted(chance.randrange(len(data) + 1) for _ in range(6))
    parts = [data[a:b] for a, b in zip([0, *cuts], [*cuts, len(data)], strict=True)]
    return b"".join(chance.choice(parts) for _ in parts), name


def in_another_encoding(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Write the text in another encoding, with or without its mark."""
    text = data.decode("utf-8", errors="replace")
    code = chance.choice(("utf-16", "utf-16-le", "utf-32", "cp1252", "shift-jis"))
    return text.encode(code, errors="replace"), name


def packed(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Put the file into an archive, perhaps twice, perhaps under a strange name."""
    inner = chance.choice(
        (name, "../../" + name, "a/b/" + name, "", "__MACOSX/" + name)
    )
    return _zip({inner or "x": data}), "study.zip"


def zip_bomb(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Pack a lot of nothing, as an archive or as an Office document."""
    members = {
        "study.zip": {f"{n}.txt": b"0" * 3_000_000 for n in range(3)},
        "a.docx": {"word/document.xml": b"<a>" + b" " * 30_000_000},
        "a.xlsx": {"xl/workbook.xml": b" " * 30_000_000},
        "a.odt": {"mimetype": b"x", "content.xml": b" " * 30_000_000},
    }
    chosen = chance.choice(sorted(members))
    return _zip(members[chosen]), chosen


def entity_bomb(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Let a few entities of XML stand for billions of letters."""
    entities = "".join(
        f'<!ENTITY a{n} "{f"&a{n - 1};" * 10 if n else "ha"}">' for n in range(12)
    )
    bomb = f"<?xml version='1.0'?><!DOCTYPE x [{entities}]><x>&a11;</x>".encode()
    where = chance.choice(("word/document.xml", "xl/workbook.xml", "content.xml"))
    members = {"mimetype": b"x", "[Content_Types].xml": bomb, where: bomb}
    suffix = {"w": "docx", "x": "xlsx", "c": "odt"}[where[0]]
    return _zip(members), f"a.{suffix}"


def formula(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Put a formula where somebody's answer should be."""
    told = chance.choice(
        ("=HYPERLINK(A1)", "+1", "-2+3", "@SUM(A1)", "=cmd|' /C calc'!A0")
    )
    rows = [
        ["speaker", "text"],
        ["Ana Ruiz", told],
        ["Ben Lee", told],
        ["Ana Ruiz", "So."],
    ]
    written = io.StringIO()
    csv.writer(written).writerows(rows)
    return written.getvalue().encode(), "a.csv"


def nested(data: bytes, name: str, chance: random.Random) -> Mutated:
    """Nest brackets deeper than anybody would."""
    depth = chance.choice((50, 5_000, 100_000))
    opened, closed = chance.choice((("[", "]"), ('{"a":', "}"), ("{\\rtf1 ", "}")))
    held = json.dumps([{"speaker": "Ana", "text": "So."}])
    suffix = "rtf" if opened.startswith("{\\") else "json"
    return f"{opened * depth}{held}{closed * depth}".encode(), f"a.{suffix}"


def many_cues(n: int) -> bytes:
    """Write captions with very many cues."""
    cues = [
        f"{h:02d}:{m:02d}:{s:02d}.000 --> {h:02d}:{m:02d}:{s:02d}.900\nAna: yes {at}\n\n"
        for at in range(n)
        for h, m, s in [(at // 3600 % 100, at // 60 % 60, at % 60)]
    ]
    return ("WEBVTT\n\n" + "".join(cues)).encode()


MUTATORS: tuple[Mutator, ...] = (
    truncated, flipped, flipped, renamed, on_one_line, with_null_bytes, shuffled,
    in_another_encoding, packed, zip_bomb, entity_bomb, formula, nested,
)  # fmt: skip
# These make a file of their own; a few of each are enough.
RARE = frozenset({zip_bomb, entity_bomb, formula, nested})


def mutate(data: bytes, name: str, seed: int) -> tuple[bytes, str, str]:
    """Change a file in one or two ways; return it, its name and what was done."""
    chance = random.Random(seed)
    chosen = [chance.choice(MUTATORS)]
    if chosen[0] in RARE and chance.random() < 0.9:
        chosen = [flipped]
    if chance.random() < 0.3:
        chosen.append(chance.choice([m for m in MUTATORS if m not in RARE]))
    for mutator in chosen:
        data, name = mutator(data, name, chance)
    return data, name, " and ".join(m.__name__ for m in chosen)


def _zip(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return data.getvalue()
