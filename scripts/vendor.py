"""Make ``static/vendor`` and ``tests/vendor`` again from the packages and versions named here.

    python3 scripts/vendor.py

Needs npm. Every package is fetched by name and version and refused when its SHA-512 is another
than the one below. Only what we serve is kept, with its licence; what is changed is changed here,
never by hand. To move to a newer version: change version and integrity (``npm view NAME@VERSION
dist.integrity``), run this, look at the gallery page, run the tests.
"""

from __future__ import annotations

import base64
import hashlib
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Regular, italic and semibold; the browser takes the nearest for the other weights.
FONTS = {"400": "Regular", "400 italic": "Italic", "600": "SemiBold"}

# The icons of ``components/icon.html``, one symbol each in ``icons.svg``.
# fmt: off
ICONS = (
    "account", "arrow-back", "arrow-forward", "calendar-month", "chat", "check", "checklist",
    "chevron-down", "chevron-left", "chevron-right", "chevron-up", "close", "document",
    "download", "edit", "email", "error", "first-page", "forum", "groups", "help", "home",
    "how-to-reg", "info", "language", "last-page", "link", "location", "lock", "menu", "minus",
    "open-in-new", "person", "plus", "print", "search", "star", "success", "time", "visibility",
    "warning",
)
# fmt: on


@dataclass(frozen=True, slots=True)
class Package:
    """One npm package: what it is, what it must hash to, where it goes and who unpacks it."""

    name: str
    version: str
    integrity: str
    target: Path
    unpack: Callable[[Path, Path], None]


def run() -> None:
    """Fetch, check and unpack every package; the old folder goes only when the new one is whole."""
    for package in PACKAGES:
        with tempfile.TemporaryDirectory() as folder:
            source = fetch(package, Path(folder))
            fresh = Path(folder) / "fresh"
            fresh.mkdir()
            package.unpack(source, fresh)
            (fresh / "VERSION").write_text(
                f"{package.name} {package.version}\n{package.integrity}\n", encoding="utf-8"
            )
            shutil.rmtree(package.target, ignore_errors=True)
            shutil.copytree(fresh, package.target)
        print(f"{package.name} {package.version} -> {package.target.relative_to(ROOT)}")


def fetch(package: Package, folder: Path) -> Path:
    """Download and unpack into ``folder``; exits with a sentence when the hash is another."""
    wanted = f"{package.name}@{package.version}"
    subprocess.run(
        ["npm", "pack", "--silent", "--pack-destination", str(folder), wanted],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    archive = next(folder.glob("*.tgz"))
    digest = base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode()
    if f"sha512-{digest}" != package.integrity:
        sys.exit(
            f"{wanted} hashes to sha512-{digest}, not to {package.integrity}. Nothing changed."
        )
    with tarfile.open(archive) as tar:
        tar.extractall(folder, filter="data")
    return folder / "package"


def unpack_design_system(source: Path, target: Path) -> None:
    """The neutral theme in a cascade layer, three fonts and the icons in use.

    Its script stays away: docs/decisions/0010-design-system-without-its-script.md.
    """
    dist = source / "dist"
    css = slim(dist.joinpath("css/dkfds.min.css").read_text(encoding="utf-8"))
    write(target / "css/dkfds.min.css", f"@layer design-system{{{css}}}\n")
    copy(source / "LICENSE.md", target / "LICENSE.md")
    fonts = dist / "fonts/IBMPlexSans/complete/woff2"
    copy(fonts / "license.txt", target / "fonts/LICENSE.txt")
    for weight in FONTS.values():
        copy(fonts / f"IBMPlexSans-{weight}.woff2", target / f"fonts/IBMPlexSans-{weight}.woff2")
    for name in sorted(set(re.findall(r"\.\./img/([\w-]+\.svg)", css))):
        copy(dist / "img/svg-icons" / name, target / "img" / name)
    sprite = dist.joinpath("img/all-svg-icons.svg").read_text(encoding="utf-8")
    write(target / "img/icons.svg", pick_icons(sprite))


def slim(css: str) -> str:
    """``css`` without the fonts, pictures and icon classes we do not serve."""
    css = re.sub(r"\.icon-[\w-]+:not\(a\)\{background-image:url\([^)]*\)\}", "", css)
    css = re.sub(r"background-image:url\(\.\./img/logo[^)]*\);?", "", css)
    css = re.sub(r"/\*#.*?\*/", "", css)
    css = re.sub(r"@font-face\{[^}]*\}", "", css)
    return font_faces() + css.replace("../img/svg-icons/", "../img/").strip()


def font_faces() -> str:
    """``@font-face`` rules for ``FONTS``, woff2 only: every browser we support reads it."""
    rule = (
        "@font-face{{font-family:IBM Plex Sans;font-style:{style};font-weight:{weight};"
        'font-display:swap;src:url(../fonts/IBMPlexSans-{file}.woff2) format("woff2")}}'
    )
    rules = []
    for look, file in FONTS.items():
        weight, _, style = look.partition(" ")
        rules.append(rule.format(weight=weight, style=style or "normal", file=file))
    return "".join(rules)


def pick_icons(sprite: str) -> str:
    """A sprite with the symbols of ``ICONS``; exits naming the one the package has not."""
    symbols = dict(re.findall(r'(?=<symbol id="([\w-]+)")(<symbol.*?</symbol>)', sprite, re.DOTALL))
    missing = [name for name in ICONS if name not in symbols]
    if missing:
        sys.exit(f"The design system has no icon named {', '.join(missing)}.")
    chosen = "\n".join(symbols[name] for name in ICONS)
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{chosen}\n</svg>\n'


def unpack_axe(source: Path, target: Path) -> None:
    """The checker itself and its licences."""
    for name in ("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"):
        copy(source / name, target / name)


def unpack_rules(source: Path, target: Path) -> None:
    """The one script that runs in a page. The licences lie beside: the packages bring none."""
    (bundle,) = source.glob("dist/**/*.bundle.js")
    copy(bundle, target / bundle.name)


def unpack_print_fonts(source: Path, target: Path) -> None:
    """Two fonts with the letters of most of Europe's languages, for letters and posters."""
    for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf"):
        copy(source / "ttf" / name, target / name)
    copy(source / "LICENSE", target / "LICENSE")


def write(path: Path, text: str) -> None:
    """Write ``text``, making the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def copy(source: Path, target: Path) -> None:
    """Copy one file, making the folder."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


PACKAGES = (
    Package(
        name="dkfds",
        version="11.2.0",
        integrity=(
            "sha512-JuVf8NjEOeF+TKIhEFXa3BfZvk1ulQM8+XN+6QhgDo6kiwwvupyBY34YU4FglBeyFWHbE5mYDmnrcYTWOSKkEA=="
        ),
        target=ROOT / "static/vendor/dkfds",
        unpack=unpack_design_system,
    ),
    Package(
        name="axe-core",
        version="4.14.1",
        integrity=(
            "sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ=="
        ),
        target=ROOT / "tests/vendor/axe-core",
        unpack=unpack_axe,
    ),
    *(
        Package(
            name=f"@qualweb/{name}",
            version=version,
            integrity=integrity,
            target=ROOT / "tests/vendor/qualweb" / name,
            unpack=unpack_rules,
        )
        for name, version, integrity in (
            (
                "act-rules",
                "0.7.5",
                "sha512-ZWfTnVANL9SWvmRvA7qEuy+2d3pHeigfUuoWKrTbs5DPp1wBRBgdQ5rWr8+onTvQnqlGbeE15Kuup9eZzdaXwg==",
            ),
            (
                "qw-page",
                "0.3.3",
                "sha512-Y78QzC0kN+YGk6u4qsjtPyhzXVP1EVDe/4Q9l2vY1YP6zo9XFx+nhg4Z0eBqlmbwbo0tNGIjNT49kj0Stwxwow==",
            ),
            (
                "util",
                "0.6.5",
                "sha512-cSEL9rXGwFaHio9ev9QXwy9q+clzszfc/NxNTReLbqbCfPcSlJsx42uT5ZsBs2qGQHxlLmg0lcBP0/+7m+Tf3A==",
            ),
        )
    ),
    Package(
        name="dejavu-fonts-ttf",
        version="2.37.3",
        integrity=(
            "sha512-f1hd7jJbeQa1VWcw+K2KrTXS50zTMaHpVC4XIKJpNcDeYR5ajMtj/iLlQDYNvLOKamUB3ARVVCf79lNwNVztSQ=="
        ),
        target=ROOT / "panel/invitations/fonts",
        unpack=unpack_print_fonts,
    ),
)

if __name__ == "__main__":
    run()
