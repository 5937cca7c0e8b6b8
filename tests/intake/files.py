"""Good and hostile files, made here byte by byte."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def pdf(pages: int = 1, extra: bytes = b"") -> bytes:
    """A minimal PDF of blank pages; `extra` goes into the trailer."""
    kids = " ".join(f"{number + 3} 0 R" for number in range(pages))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode(),
        *[b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] >>"] * pages,
    ]
    out, places = BytesIO(), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(f"{number} 0 obj\n".encode() + body + b"\nendobj\n")
    start = out.tell()
    out.write(f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode())
    for place in places:
        out.write(f"{place:010d} 00000 n \n".encode())
    out.write(f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R ".encode() + extra + b" >>\n")
    out.write(f"startxref\n{start}\n%%EOF\n".encode())
    return out.getvalue()


def locked_pdf() -> bytes:
    """Encrypted (RC4, 40 bits) with a password nobody has."""
    secret = b"<" + b"ab" * 32 + b">"
    encryption = b"/Encrypt << /Filter /Standard /V 1 /R 2 /O " + secret + b" /U " + secret + b" /P -4 >>"
    return pdf(1, encryption + b" /ID [<00><00>]")


def picture(kind: str = "JPEG", size: tuple[int, int] = (200, 300), frames: int = 1) -> bytes:
    out = BytesIO()
    images = [Image.effect_noise(size, 40 + number) for number in range(frames)]
    images[0].save(out, kind, save_all=frames > 1, append_images=images[1:], dpi=(300, 300)) if frames > 1 else images[
        0
    ].save(out, kind, dpi=(300, 300))
    return out.getvalue()


def png_claiming(width: int, height: int) -> bytes:
    """A PNG head that claims any size, with next to no data behind it."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    data = zlib.compress(b"\0" * 100)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def zip_bomb_png(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG whose pixels are all there and tiny when compressed: 900 million of them."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    row = b"\0" + b"\0" * ((width + 7) // 8)
    data = zlib.compress(row * height, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")
