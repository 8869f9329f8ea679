"""A process of its own that makes a stranger's picture small, and can do nothing else if the picture is hostile.

Run by its path with the picture on standard input: `WIDTH HEIGHT` at most; writes width and height as two 16-bit
numbers and then the pixels as RGB. Nothing of the console is imported, nothing is left that it could open or write.
"""

from __future__ import annotations

import io
import resource
import struct
import sys

MOST_PIXELS = 40_000_000
"""By the header, before anything is decoded; a good camera makes half of it."""
MOST_MEMORY = 768 * 1024 * 1024
MOST_CPU_SECONDS = 5
FORMATS = ("PNG", "JPEG", "GIF", "WEBP")
TOO_LARGE = 2
BROKEN = 3


def main(width: int, height: int) -> int:
    """The exit status: 0, `TOO_LARGE` or `BROKEN`; killed by the system where a limit is reached."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.init()  # whatever a format has to load, before nothing can be opened any more
    for what, most in (
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_CPU_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_NOFILE, 3),
    ):
        resource.setrlimit(what, (most, most))
    Image.MAX_IMAGE_PIXELS = None  # ours is the stricter, and no warning
    data = io.BytesIO(sys.stdin.buffer.read())
    try:
        with Image.open(data, formats=FORMATS) as found:
            if found.width * found.height > MOST_PIXELS:
                return TOO_LARGE
            found.draft("RGB", (width * 2, height * 2))
            small = ImageOps.exif_transpose(found).convert("RGBA")
        small.thumbnail((width, height))
        ground = Image.new("RGB", small.size, (32, 32, 32))
        ground.paste(small, mask=small.getchannel("A"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, EOFError, MemoryError, struct.error):
        return BROKEN
    sys.stdout.buffer.write(struct.pack(">HH", *ground.size) + ground.tobytes())
    return 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]), int(sys.argv[2])))
