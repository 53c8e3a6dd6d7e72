# SPDX-License-Identifier: GPL-2.0-or-later
"""Rebuild the four GPL-licensed composites from the Tux Paint stamps beside this file.

Needs Pillow. Run: python compose.py (writes into the folder above).
"""
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

HERE = Path(__file__).parent
OUT = HERE.parent


def gradient(size, stops):
    column = Image.new("RGB", (1, size))
    px = column.load()
    for y in range(size):
        t = y / (size - 1)
        for (a, ca), (b, cb) in zip(stops, stops[1:]):
            if a <= t <= b:
                u = (t - a) / (b - a)
                px[0, y] = tuple(round(p + (q - p) * u) for p, q in zip(ca, cb))
                break
    noise = Image.effect_noise((size // 3, size // 3), 40)
    noise = noise.resize((size, size), Image.BICUBIC).filter(ImageFilter.GaussianBlur(1))
    return Image.blend(column.resize((size, size)), Image.merge("RGB", [noise] * 3), 0.06)


def compose(name, stamp, size, stops, width, cy, shadow=None):
    bg = gradient(size, stops)
    st = Image.open(HERE / stamp).convert("RGBA")
    st = st.crop(st.getchannel("A").point(lambda v: 255 * (v > 16)).getbbox())
    st = st.resize((width, round(st.height * width / st.width)), Image.LANCZOS)
    w, h = st.size
    x, y = round(size / 2 - w / 2), round(cy - h / 2)
    mask = Image.new("L", bg.size, 0)
    if shadow == "below":
        ImageDraw.Draw(mask).ellipse((x + w * 0.03, y + h - 20, x + w * 0.97, y + h + 3), fill=150)
        bg.paste((25, 25, 22), (0, 0), mask.filter(ImageFilter.GaussianBlur(4.5)))
    elif shadow == "around":
        mask.paste(st.getchannel("A").point(lambda v: v * 0.6), (x + 6, y + 10))
        bg.paste((25, 28, 15), (0, 0), mask.filter(ImageFilter.GaussianBlur(9)))
    bg.paste(st, (x, y), st)
    bg.save(OUT / name, quality=82, optimize=True, progressive=True)


SKY = [(0, (70, 130, 200)), (0.55, (140, 185, 225)), (1, (205, 222, 235))]
HAZE = [(0, (105, 150, 200)), (1, (190, 210, 228))]
MEADOW = [(0, (110, 130, 100)), (0.35, (150, 165, 120)), (0.5, (120, 150, 70)), (1, (95, 130, 55))]
MOSS = [(0, (70, 95, 40)), (0.5, (110, 130, 60)), (1, (135, 140, 85))]

if __name__ == "__main__":
    compose("airplane.jpg", "747.png", 640, SKY, 560, 320)
    compose("airplane-2.jpg", "f22_raptor.png", 640, HAZE, 560, 320)
    compose("frog.jpg", "frog-1.png", 512, MOSS, 330, 256, "around")
    compose("deer-2.jpg", "wapiti.png", 512, MEADOW, 400, 270, "below")
