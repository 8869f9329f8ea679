"""A process of its own that puts plain pixels into a terminal's protocol, with the library textual-image.

Run by its path: `PROTOCOL COLUMNS LINES`, the pixels on standard input as `picture_process` writes them, the size of a
cell in the library's two variables. It writes what is sent to the terminal, a NUL, and for kitty the picture's number
and its placeholders, a line each.

The library asks the terminal when it is imported, and would take keys for answers: here it has no terminal, so it does
not. It would also cost the console 30 MB that stay.
"""

from __future__ import annotations

import io
import struct
import sys


def main(protocol: str, columns: int, lines: int) -> int:
    """The exit status."""
    from PIL import Image
    from rich.console import Console
    from textual_image.renderable import SixelImage, TGPImage

    size = struct.unpack(">HH", sys.stdin.buffer.read(4))
    pixels = Image.frombytes("RGB", size, sys.stdin.buffer.read())
    console = Console(file=io.StringIO(), width=columns, height=lines)
    if protocol == "kitty":
        kept = TGPImage(pixels, width=columns, height=lines)
        rows = "".join(segment.text for segment in console.render(kept))  # sends the pixels itself
        sys.stdout.write(f"\0{kept.terminal_image_id}\n{rows}")
    else:
        drawn = SixelImage(pixels, width=columns, height=lines)
        sys.stdout.write("".join(each.text for each in console.render(drawn) if each.text.startswith("\x1bP")) + "\0")
    return 0


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
    sys.exit(main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3])))
