"""Draws the 6,763 characters of GB 2312 and prints the pairs that share most of their pixels.

`python -m tests.signatures.draw "Noto Sans CJK SC" 0.83`: needs Chromium and the font. The tables of the detector
(sans, 0.83) and of the impostors (serif, 0.86) were made by it.
"""

import base64
import sys

import numpy as np
import numpy.typing as npt
from playwright.sync_api import sync_playwright

SIZE = 40  # pixels
_DRAW = """([characters, font, size]) => {
  const canvas = document.createElement('canvas'); canvas.width = canvas.height = size;
  const pen = canvas.getContext('2d', {willReadFrequently: true});
  const all = new Uint8Array(characters.length * size * size);
  pen.textBaseline = 'middle'; pen.textAlign = 'center'; pen.font = `${size - 2}px "${font}"`;
  characters.forEach((each, place) => {
    pen.fillStyle = '#fff'; pen.fillRect(0, 0, size, size); pen.fillStyle = '#000';
    pen.fillText(each, size / 2, size / 2 + 1);
    const seen = pen.getImageData(0, 0, size, size).data;
    for (let n = 0; n < size * size; n++) all[place * size * size + n] = 255 - seen[n * 4];
  });
  let text = '';
  for (let n = 0; n < all.length; n += 32768) text += String.fromCharCode.apply(null, all.subarray(n, n + 32768));
  return btoa(text);
}"""


def characters() -> list[str]:
    """Every Chinese character of GB 2312."""
    cells = (bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF))
    return [text for text in (cell.decode("gb2312", errors="ignore") for cell in cells) if text]


def drawn(listed: list[str], font: str) -> npt.NDArray[np.float32]:
    """One blurred, centred, normed picture a character."""
    pieces = []
    with sync_playwright() as browsers:
        browser = browsers.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        for start in range(0, len(listed), 1000):
            pixels = base64.b64decode(page.evaluate(_DRAW, [listed[start : start + 1000], font, SIZE]))
            pieces.append(np.frombuffer(pixels, np.uint8).reshape(-1, SIZE, SIZE))
        browser.close()
    pictures = np.concatenate(pieces).astype(np.float32)
    for _ in range(2):
        wide = np.pad(pictures, ((0, 0), (1, 1), (1, 1)))
        rows = wide[:, :-2] + wide[:, 1:-1] + wide[:, 2:]
        pictures = rows[:, :, :-2] + rows[:, :, 1:-1] + rows[:, :, 2:]
    flat = pictures.reshape(len(listed), -1)
    flat -= flat.mean(axis=1, keepdims=True)
    return flat / np.linalg.norm(flat, axis=1, keepdims=True)


def pairs(listed: list[str], pictures: npt.NDArray[np.float32], least: float) -> list[str]:
    """Pairs over a least correlation, most alike first."""
    found = []
    for start in range(0, len(listed), 1000):
        alike = pictures[start : start + 1000] @ pictures.T
        for row, other in zip(*np.nonzero(alike > least), strict=True):
            if row + start < other:
                found.append((-float(alike[row, other]), listed[row + start] + listed[other]))
    return [pair for _alike, pair in sorted(found)]


if __name__ == "__main__":
    everyone = characters()
    print(" ".join(pairs(everyone, drawn(everyone, sys.argv[1]), float(sys.argv[2]))))
