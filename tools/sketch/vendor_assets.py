"""Rebuild src/easel_sketch/assets from the public packages pinned below.

    pip install fonttools brotli        (and have npm on the PATH)
    python tools/sketch/vendor_assets.py            everything
    python tools/sketch/vendor_assets.py icons      the icons and their words; the rows of README.md are printed

Every package is fetched by name and version and must match its sha256. Fonts whose licence reserves their name are
copied byte for byte; the others are only repacked as WOFF2, which changes no outline, table or name.
"""

import gzip
import hashlib
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

ASSETS = Path(__file__).parents[1] / "src/easel_sketch/assets"


@dataclass(frozen=True)
class Family:
    """One font family: where it comes from, and which files.

    A `reserved` name may only be carried by the untouched file. A face in `common_only` keeps the everyday Chinese of
    GB 2312; the rarer characters come from the family's full face.
    """

    name: str
    slug: str
    version: str
    sha256: str
    faces: tuple[str, ...]
    reserved: bool = False
    common_only: tuple[str, ...] = ()

    @property
    def package(self) -> str:
        return f"@expo-google-fonts/{self.slug}"


FAMILIES = (
    Family(
        "Inter",
        "inter",
        "0.4.2",
        "b5c1e5878c07a5637169da9f7b1f370c69709f1f8de55998e2522f7aa9dfe2a9",
        ("400Regular", "500Medium", "600SemiBold", "700Bold", "800ExtraBold", "900Black"),
    ),
    Family(
        "Space Grotesk",
        "space-grotesk",
        "0.4.1",
        "44757e49efef16db2fbecaaaa3201086dc7bba0def7221b794296bb9e6943795",
        ("500Medium", "700Bold"),
    ),
    Family(
        "Archivo Black",
        "archivo-black",
        "0.4.1",
        "4bb37f397dc92a237e632d01a5414abd84fa2bb2b6e0a608ffb777542672e3be",
        ("400Regular",),
    ),
    Family(
        "Anton", "anton", "0.4.2", "ea9320152f74c151575a49d8712011ec49681e5008db71df5a8cad94ae88133b", ("400Regular",)
    ),
    Family(
        "Oswald",
        "oswald",
        "0.4.2",
        "0cc1d71781b4a5c6c0e6f8b346a71e3f898529e5343ffe34911f98232af2e78c",
        ("500Medium", "700Bold"),
    ),
    Family(
        "Poppins",
        "poppins",
        "0.4.1",
        "de5ee7515fec3f68ce73aea4ceec8dee1d51434a3791bcdf1b994e76385a3c89",
        ("500Medium", "700Bold"),
    ),
    Family(
        "Playfair Display",
        "playfair-display",
        "0.4.2",
        "32881439ce695ae85d7d949d4645825a5cb6bac0d464d0ffa09126c922e44e52",
        ("700Bold",),
        reserved=True,
    ),
    Family(
        "Fraunces",
        "fraunces",
        "0.4.1",
        "40c9fb2bc7019bd99134170c373e9050d5eda99cc2e329cf894ceb557a096952",
        ("400Regular", "600SemiBold", "900Black"),
    ),
    Family(
        "Limelight",
        "limelight",
        "0.4.1",
        "862d2f95958cc4df3aad5eaa4b61a104fff29713a8d7d338bb85cd41f890907d",
        ("400Regular",),
        reserved=True,
    ),
    Family(
        "Righteous",
        "righteous",
        "0.4.1",
        "d45519439e10b34b3c9bb0b9916a706d92b44bec0fd08caeda68bcb6a179a415",
        ("400Regular",),
        reserved=True,
    ),
    Family(
        "Orbitron",
        "orbitron",
        "0.4.2",
        "d90c299060f8d6affd7ebeba37acdb5f0fd93ac596d7d781cabd70e5623f6bdb",
        ("700Bold",),
        reserved=True,
    ),
    Family(
        "Pacifico",
        "pacifico",
        "0.4.1",
        "0db305f7c2a715a876071a53dc42b847e73d5072ca0853e1e4991164ab06d83f",
        ("400Regular",),
    ),
    Family(
        "Caveat", "caveat", "0.4.2", "83d530c10d893c03c5d2e2c1a7c52532ffb4de7eb8d8cfcf81bad0dfedfc959f", ("700Bold",)
    ),
    Family(
        "JetBrains Mono",
        "jetbrains-mono",
        "0.4.1",
        "aead50085a2d56fffdac882c5945f9fc4e4785ccb5c8d6f1988f21faa1737c9a",
        ("400Regular", "700Bold"),
    ),
    Family(
        "Noto Sans SC",
        "noto-sans-sc",
        "0.4.3",
        "0d69d0f4971d2ff574e3d93cbc218dc950bf3f3f8f8e2c008d97687ed53aee59",
        ("400Regular", "700Bold"),
        common_only=("400Regular",),
    ),
    Family(
        "Noto Sans JP",
        "noto-sans-jp",
        "0.4.3",
        "563ee80509692e2b2f42ceae6a0b82afecb90daa1b3d025bcebdf3d9120f43a3",
        ("700Bold",),
    ),
    Family(
        "Noto Sans KR",
        "noto-sans-kr",
        "0.4.3",
        "7614af529705ea48e8b76cb3b056b92db66b7625ef3fc97ce76366063df94d3f",
        ("700Bold",),
    ),
    Family(
        "Noto Sans Arabic",
        "noto-sans-arabic",
        "0.4.3",
        "29e966f9d48a4ce7dd3c2c4c016f29cd888089538217303fb2c87de9e7f048ed",
        ("400Regular", "700Bold"),
    ),
    Family(
        "Noto Sans Devanagari",
        "noto-sans-devanagari",
        "0.4.1",
        "fb9a4c288af3829f383d945fcec350c8cdf99abf18ffe55c987c495bca42e80e",
        ("400Regular", "700Bold"),
    ),
    Family(
        "Noto Sans Hebrew",
        "noto-sans-hebrew",
        "0.4.1",
        "f82f8e852e3355521c511f2762a0130216d208d108bf4739aa977eb6a6d3012c",
        ("400Regular", "700Bold"),
    ),
    Family(
        "Noto Sans Thai",
        "noto-sans-thai",
        "0.4.2",
        "44282ae7c24587e7e50f083e5db3aafa8011ac2eac1159ef62be4fc516a66165",
        ("400Regular", "700Bold"),
    ),
)
OTHERS = {
    "twemoji-colr-font": ("15.0.3", "10cb935907d7dc3d46e254d6ff54b3e042652eb08f6973c81cd2c4225e6ebac5"),
    "@iconify-json/noto": ("1.2.9", "3e918d88fc945c0bb3d468dbace6f88caef67f01c9f0e7bcae0915a042e8f1ad"),
    "emojilib": ("4.0.3", "7f9a6b43cff31d18985b7d65d11faba5bd971cbcc60020cf6d09322fbaaaf303"),
    "emojibase-data": ("17.0.0", "d01d0e2ca4e22cb402679532155342c71e2e871f25c32223c013b8b166ebdf5a"),
    "cldr-annotations-modern": ("45.0.0", "5f5ffa422353fa992b5932824f343bd247c325f99326cb0e353ffc851bc1c32b"),
}
LANGUAGES = ("zh", "ja", "ko", "es", "fr", "de", "pt", "ru", "hi")
FROM_CLDR = ("ar",)  # not among the languages of emojibase-data
# A word, with the vowel signs of Hindi and Arabic that are no letters to `re`.
WORD = re.compile(r"[\w\u064b-\u0652\u0900-\u0963\u0966-\u097f]+")

# How much a word says about an icon: its own name, the last word of its name, a curated tag, a loose keyword.
NAME, HEAD, TAG, KEYWORD = 8, 5, 3, 2
# Left out: flags, keycaps, skin tones, letters and signs, which never illustrate a subject.
DROPPED = re.compile(r"-skin-tone|^flag-|^keycap|button|^regional|-hair|family|couple-with|kiss-|^(wo)?m[ae]n-")
DROPPED_GROUPS = {2, 8, 9}
PEOPLE = {0, 1}
# Faces and hands: the subgroups of smileys without hearts and creatures, and those of people.
FACES = {*range(11), 12, 13, 15}
BODIES = {*range(16, 32)}


def main() -> None:
    if sys.argv[1:] == ["icons"]:
        print(*vendor_icons(), sep="\n")
        return
    shutil.rmtree(ASSETS / "fonts", ignore_errors=True)
    shutil.rmtree(ASSETS / "LICENSES", ignore_errors=True)
    for folder in ("fonts", "LICENSES"):
        (ASSETS / folder).mkdir(parents=True)
    rows = [vendor_family(family) for family in FAMILIES]
    rows += [vendor_emoji_font(), *vendor_icons()]
    (ASSETS / "coverage.json").write_text(json.dumps(coverage(), separators=(",", ":")) + "\n")
    (ASSETS / "README.md").write_text(readme(rows))


def fetch(package: str, version: str, sha256: str) -> dict[str, bytes]:
    """The files of one npm package, by path inside it, after its checksum is found right."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npm", "pack", "--silent", f"{package}@{version}"]
        subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
        data = next(Path(folder).glob("*.tgz")).read_bytes()
    if hashlib.sha256(data).hexdigest() != sha256:
        sys.exit(f"{package}@{version} is not the package that was pinned")
    with tarfile.open(fileobj=io.BytesIO(data)) as tar:
        members = ((member, tar.extractfile(member)) for member in tar if member.isfile())
        return {member.name.split("/", 1)[1]: file.read() for member, file in members if file}


def vendor_family(family: Family) -> str:
    files = fetch(family.package, family.version, family.sha256)
    for face in family.faces:
        source = next(data for path, data in files.items() if path.startswith(f"{face}/") and path.endswith(".ttf"))
        stem = f"{family.slug}-{face[:3]}"
        if family.reserved:
            (ASSETS / "fonts" / f"{stem}.ttf").write_bytes(source)
        else:
            font = TTFont(io.BytesIO(source), recalcTimestamp=False)
            if face in family.common_only:
                keep_common(font)
            font.flavor = "woff2"
            font.save(ASSETS / "fonts" / f"{stem}.woff2")
    licence = files["LICENSE_FONT"].decode().strip() + "\n"
    (ASSETS / "LICENSES" / f"{family.slug}.txt").write_text(licence)
    holder = " ".join(line.strip() for line in licence.split("This Font Software")[0].splitlines()).strip()
    form = "TTF, untouched" if family.reserved else "WOFF2"
    if family.common_only:
        form += "; 400 cut to GB 2312"
    weights = ", ".join(face[:3] for face in family.faces)
    return row(f"{family.name} {weights} ({form})", family.package, family.version, "OFL-1.1", holder, family.slug)


def keep_common(font: TTFont) -> None:
    subsetter = Subsetter(Options(layout_features=["*"], name_IDs=["*"], notdef_outline=True))
    subsetter.populate(unicodes=[*range(0x20, 0x7F), *map(ord, gb2312())])
    subsetter.subset(font)


def gb2312() -> str:
    pairs = (bytes((high, low)) for high in range(0xA1, 0xF8) for low in range(0xA1, 0xFF))
    return "".join(pair.decode("gb2312", "ignore") for pair in pairs)


def vendor_emoji_font() -> str:
    version, sha256 = OTHERS["twemoji-colr-font"]
    files = fetch("twemoji-colr-font", version, sha256)
    (ASSETS / "fonts" / "twemoji-400.woff2").write_bytes(files["twemoji.woff2"])
    (ASSETS / "LICENSES" / "twemoji.txt").write_bytes(files["LICENSE"])
    holder = "Artwork Copyright Twitter, Inc. and other contributors; font by the Twemoji Color Font authors"
    return row(
        "Twemoji colour font (WOFF2, untouched)",
        "twemoji-colr-font",
        version,
        "OFL-1.1 (font), CC-BY-4.0 (artwork)",
        holder,
        "twemoji",
    )


def vendor_icons() -> list[str]:
    noto = fetch("@iconify-json/noto", *OTHERS["@iconify-json/noto"])
    lib = fetch("emojilib", *OTHERS["emojilib"])
    base = fetch("emojibase-data", *OTHERS["emojibase-data"])
    cldr = fetch("cldr-annotations-modern", *OTHERS["cldr-annotations-modern"])
    subgroups = {e["hexcode"]: e.get("subgroup", -1) for e in json.loads(base["en/data.json"])}
    bodies = {name: icon["body"] for name, icon in json.loads(noto["icons.json"])["icons"].items()}
    chars: dict[str, str] = json.loads(noto["chars.json"])
    keywords: dict[str, list[str]] = json.loads(lib["dist/emoji-en-US.json"])
    names: list[str] = []
    index: dict[str, dict[int, int]] = defaultdict(dict)
    foreign: dict[str, dict[int, int]] = defaultdict(dict)
    translated = {lang: {e["hexcode"]: e for e in json.loads(base[f"{lang}/compact.json"])} for lang in LANGUAGES}
    translated |= {lang: annotated(json.loads(cldr[f"annotations/{lang}/annotations.json"])) for lang in FROM_CLDR}
    faces: list[int] = []
    people: list[int] = []
    for entry in json.loads(base["en/compact.json"]):
        code = entry["hexcode"].lower()
        name = chars.get(code) or chars.get(code.removesuffix("-fe0f"))
        if not name or name not in bodies or DROPPED.search(name) or entry.get("group", 9) in DROPPED_GROUPS:
            continue
        number = len(names)
        names.append(name)
        faces += [number] if subgroups[entry["hexcode"]] in FACES else []
        people += [number] if subgroups[entry["hexcode"]] in BODIES else []
        loose = keywords.get(entry["unicode"], keywords.get(entry["unicode"].rstrip("\ufe0f"), []))
        note(index, number, entry, loose, halved=entry["group"] in PEOPLE)
        for entries in translated.values():
            code = entry["hexcode"] if entry["hexcode"] in entries else entry["hexcode"].removesuffix("-FE0F")
            if code in entries:
                note(foreign, number, entries[code], [], halved=entry["group"] in PEOPLE)
    words = {word: hits for word, hits in foreign.items() if word not in index} | index
    pack = {
        "icons": [[name, bodies[name]] for name in names],
        "faces": faces,
        "people": people,
        "words": {word: flat(words[word]) for word in sorted(words)},
        # What a word that is also English means in the other languages: 'pain' is bread.
        "elsewhere": {word: flat(foreign[word]) for word in sorted(foreign) if word in index},
    }
    text = json.dumps(pack, ensure_ascii=False, separators=(",", ":")).encode()
    (ASSETS / "icons.json.gz").write_bytes(gzip.compress(text, 9, mtime=0))
    (ASSETS / "LICENSES" / "emojilib.txt").write_bytes(lib["LICENSE"])
    (ASSETS / "LICENSES" / "emojibase-data.txt").write_bytes(base["LICENSE"])
    (ASSETS / "LICENSES" / "cldr.txt").write_bytes(cldr["LICENSE"])
    (ASSETS / "LICENSES" / "noto-emoji.txt").write_text(apache())
    return [
        row("Icons: Noto Emoji", "@iconify-json/noto", "1.2.9", "Apache-2.0", "Copyright Google Inc.", "noto-emoji"),
        row("Icon keywords", "emojilib", "4.0.3", "MIT", "Copyright (c) 2014 Mu-An Chiou", "emojilib"),
        row(
            "Icon names and tags",
            "emojibase-data",
            "17.0.0",
            "MIT",
            "Copyright (c) 2017-2019 Miles Johnson",
            "emojibase-data",
        ),
        row(
            "Icon names and tags in Arabic",
            "cldr-annotations-modern",
            OTHERS["cldr-annotations-modern"][0],
            "Unicode-3.0",
            "Copyright © 2004-2024 Unicode, Inc.",
            "cldr",
        ),
    ]


def flat(hits: dict[int, int]) -> list[int]:
    return [number for pair in sorted(hits.items()) for number in pair]


def annotated(annotations: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """CLDR's names and keywords in the form of emojibase-data, by the code points of each emoji."""
    found = annotations["annotations"]["annotations"]
    return {
        "-".join(f"{ord(char):04X}" for char in emoji): {"label": said["tts"][0], "tags": said.get("default", [])}
        for emoji, said in found.items()
        if "tts" in said
    }


def note(
    index: dict[str, dict[int, int]], number: int, entry: dict[str, object], loose: list[str], *, halved: bool
) -> None:
    """Write down every word that leads to an icon, with its weight; people count half, they fit everything."""
    label = str(entry["label"]).lower()
    tags = entry.get("tags", [])
    assert isinstance(tags, list)
    found: dict[str, int] = {}
    for weight, words in (
        (KEYWORD, [part for word in loose for part in word.lower().split("_")]),
        (KEYWORD, WORD.findall(label)[:-1]),
        (TAG, [str(tag).lower() for tag in tags]),
        (HEAD, WORD.findall(label)[-1:]),
        (NAME, [label]),
    ):
        found |= dict.fromkeys(words, weight)
    for word, weight in found.items():
        if len(word) > 1 or ord(word[0]) > 0x2E80:
            index[word][number] = max(1, weight // 2) if halved else weight


def apache() -> str:
    """The licence text of this repository is Apache-2.0 too: one copy serves."""
    return (Path(__file__).parents[1] / "LICENSE").read_text()


def coverage() -> list[int]:
    """Every code point some vendored font can draw, as a flat list of range starts and ends."""
    points: set[int] = set()
    for path in (ASSETS / "fonts").iterdir():
        points |= set(TTFont(path, lazy=True).getBestCmap())
    ranges: list[int] = []
    for point in sorted(points):
        if ranges and ranges[-1] == point - 1:
            ranges[-1] = point
        else:
            ranges += [point, point]
    return ranges


def row(asset: str, package: str, version: str, licence: str, holder: str, text: str) -> str:
    return f"| {asset} | {package} {version} | {licence} | {holder} | [text](LICENSES/{text}.txt) |"


def readme(rows: list[str]) -> str:
    return "\n".join(
        [
            "# What the sketch provider draws with",
            "",
            "Made by `tools/sketch/vendor_assets.py`; do not edit by hand. WOFF2 is only a packing: outlines, tables",
            "and names are those of the source file, except where a face is cut to fewer characters. Icons are SVG",
            "bodies, recoloured when a picture is painted.",
            "",
            "| asset | npm package | licence | copyright | full text |",
            "|---|---|---|---|---|",
            *rows,
            "",
        ]
    )


if __name__ == "__main__":
    main()
