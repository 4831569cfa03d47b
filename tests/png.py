#!/usr/bin/env python3
"""Looks at pictures for the end-to-end scripts: PNG as `--render` writes it
(8 bits, RGB or RGBA, not interlaced), and XWD as Xvfb keeps its screen.

    png.py size FILE…               WIDTHxHEIGHT FILE
    png.py colours FILE…            how many there are FILE
    png.py busy FILE…               thousandths of the middle that are not as
                                    the pixel beside or above FILE
    png.py print BANDS FILE…        BAND fingerprint-of-these-rows FILE
    png.py wait SECONDS BAND PATTERN FILE PRINTS…
                                    what FILE shows of what `print` wrote into
                                    PRINTS, once that matches; when it does not
                                    in time, what it shows instead, and exit 1
    png.py turned DEGREES DIR DIR   the files of the first that are not in the
                                    second, turned clockwise by so much
    png.py differ FILE FILE [SKIP]  LEFT TOP RIGHT BOTTOM of where they do, but
                                    for so many rows at the top
    png.py moved RIGHT DOWN PICTURE FILE
                                    whether FILE's middle is PICTURE's, moved
    png.py parts FROM UNTIL FILE    LEFT-RIGHT of what stands there, from left

FROM and UNTIL are per cent of the height, a BAND is FROM-UNTIL, and BANDS are
several with commas between them. Exit 1: no, or no such picture.
"""

import hashlib
import os
import re
import struct
import sys
import time
import zlib
from itertools import accumulate


ROUNDING = 2  # of 255


class Picture:
    """Width, height, and one `bytes` of RGB a row."""

    def __init__(self, w, h, rows):
        self.w, self.h, self.rows = w, h, rows

    def pixels(self, y):
        row = self.rows[y]
        return list(zip(row[0::3], row[1::3], row[2::3]))


def png_chunks(data):
    if data[:8] != b"\x89PNG\r\n\x1a\n":
        raise ValueError("not a PNG")
    at = 8
    while at < len(data):
        (size,) = struct.unpack_from(">I", data, at)
        kind, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + size]
        (crc,) = struct.unpack_from(">I", data, at + 8 + size)
        if zlib.crc32(kind + body) != crc:
            raise ValueError("damaged")
        yield kind, body
        at += 12 + size


def png_header(data):
    kind, body = next(png_chunks(data))
    w, h, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", body)
    if kind != b"IHDR" or depth != 8 or colour not in (2, 6) or interlaced:
        raise ValueError("a kind of PNG this does not read")
    return w, h, 3 if colour == 2 else 4


def png_filtered(data):
    """Each row's filter and bytes, as PNG §9 has them."""
    w, h, step = png_header(data)
    packed = b"".join(b for kind, b in png_chunks(data) if kind == b"IDAT")
    raw = zlib.decompress(packed)
    size = w * step + 1
    if len(raw) != size * h:
        raise ValueError("cut short")
    return [(raw[i], raw[i + 1 : i + size]) for i in range(0, len(raw), size)]


def add_rows(a, b):
    """Byte by byte, modulo 256, all at once."""
    low = int.from_bytes(b"\x7f" * len(a), "little")
    x, y = int.from_bytes(a, "little"), int.from_bytes(b, "little")
    total = ((x & low) + (y & low)) ^ ((x ^ y) & ~low)
    return total.to_bytes(len(a), "little")


def unfilter_sub(row, step):
    out = bytearray(row)
    for c in range(step):
        out[c::step] = bytes(v & 255 for v in accumulate(row[c::step]))
    return bytes(out)


def unfilter_average(row, above, step):
    out = bytearray(row)
    for i, up in enumerate(above):
        left = out[i - step] if i >= step else 0
        out[i] = (row[i] + (left + up) // 2) & 255
    return bytes(out)


def unfilter_paeth(row, above, step):
    out = bytearray(row)
    for i in range(min(step, len(row))):
        out[i] = (row[i] + above[i]) & 255
    for i in range(step, len(row)):
        left, up, corner = out[i - step], above[i], above[i - step]
        if left == up == corner:
            best = up
        else:
            by_left, by_up = abs(up - corner), abs(left - corner)
            by_corner = abs(left + up - 2 * corner)
            if by_left <= by_up and by_left <= by_corner:
                best = left
            else:
                best = up if by_up <= by_corner else corner
        out[i] = (row[i] + best) & 255
    return bytes(out)


def read_png(data):
    w, h, step = png_header(data)
    above, rows = bytes(w * step), []
    for kind, row in png_filtered(data):
        if kind == 1:
            row = unfilter_sub(row, step)
        elif kind == 2:
            row = add_rows(row, above)
        elif kind == 3:
            row = unfilter_average(row, above, step)
        elif kind == 4:
            row = unfilter_paeth(row, above, step)
        above = row
        rows.append(row)
    if step == 4:
        rows = [rgb_of(row, 0, 1, 2) for row in rows]
    return Picture(w, h, rows)


def rgb_of(row, r, g, b):
    out = bytearray(len(row) // 4 * 3)
    out[0::3], out[1::3], out[2::3] = row[r::4], row[g::4], row[b::4]
    return bytes(out)


def read_xwd(data):
    """XWDFile.h of X11: big-endian 32-bit fields, then colours, then rows."""
    head = struct.unpack_from(">25I", data)
    w, h, bits, line = head[4], head[5], head[11], head[12]
    if head[1] != 7 or bits != 32 or head[14] != 0xFF0000:
        raise ValueError("a kind of XWD this does not read")
    at = head[0] + 12 * head[19]
    order = (2, 1, 0) if head[7] == 0 else (1, 2, 3)
    rows = []
    for y in range(h):
        row = data[at + y * line : at + y * line + 4 * w]
        rows.append(rgb_of(row, *order))
    return Picture(w, h, rows)


def read(path):
    with open(path, "rb") as file:
        data = file.read()
    return read_png(data) if data[:4] == b"\x89PNG" else read_xwd(data)


def planes(picture):
    """Red, green and blue, each all rows in one."""
    flat = b"".join(picture.rows)
    return [flat[0::3], flat[1::3], flat[2::3]]


def is_turned(plain, picture, degrees):
    w, h = plain.w, plain.h
    if (picture.w, picture.h) != ((w, h) if degrees == 180 else (h, w)):
        return False
    for before, after in zip(planes(plain), planes(picture)):
        if degrees == 180:
            want = before[::-1]
        elif degrees == 90:
            want = b"".join(before[x::w][::-1] for x in range(w))
        else:
            want = b"".join(before[x::w] for x in reversed(range(w)))
        if want != after:
            return False
    return True


def band(picture, begin, end):
    return range(picture.h * begin // 100, picture.h * end // 100)


def busy(data):
    """Without undoing the filters, which takes long in Python: where nothing
    changes, they leave zeros."""
    rows = [row for _, row in png_filtered(data)]
    middle = b"".join(rows[len(rows) * 15 // 100 : len(rows) * 85 // 100])
    return 1000 * (len(middle) - middle.count(0)) // len(middle)


def fingerprint(picture, rows):
    """`rows` is a band: "15-85"."""
    begin, end = map(int, rows.split("-"))
    digest = hashlib.sha1()
    for y in band(picture, begin, end):
        digest.update(picture.rows[y])
    return digest.hexdigest()


def is_moved(plain, picture, right, down):
    """Letters that lean are drawn anew where they stand: that rounds."""
    edge = 3 * (abs(right) + 1)
    for y in band(plain, 15, 85):
        before = plain.rows[y][edge:-edge]
        after = picture.rows[y + down][edge + 3 * right : -edge + 3 * right]
        if before != after and any(
            abs(p - q) > ROUNDING for p, q in zip(before, after)
        ):
            return False
    return True


def differ(a, b, skip):
    if (a.w, a.h) != (b.w, b.h):
        return (0, 0, max(a.w, b.w), max(a.h, b.h))
    ys = [y for y in range(skip, a.h) if a.rows[y] != b.rows[y]]
    if not ys:
        return None
    columns = set()
    for y in ys:
        for x, (p, q) in enumerate(zip(a.pixels(y), b.pixels(y))):
            if p != q:
                columns.add(x)
    return (min(columns), ys[0], max(columns) + 1, ys[-1] + 1)


def wait(seconds, rows, pattern, path, *lists):
    """A screen is read while it is being written; then it matches nothing, and
    is read again."""
    known = {}
    for name in reversed(lists):
        with open(name, encoding="utf-8") as file:
            for line in reversed(file.read().splitlines()):
                of, digest, picture = line.split(" ", 2)
                if of == rows:
                    known[digest] = picture
    until = time.monotonic() + seconds
    while True:
        try:
            seen = known.get(fingerprint(read(path), rows), "")
        except (OSError, ValueError, struct.error):
            seen = ""
        if seen and re.search(pattern, seen):
            return seen, True
        if time.monotonic() > until:
            return seen, False
        time.sleep(0.05)


def parts(picture, begin, end):
    """Runs of columns in which something stands before the ground."""
    rows = [picture.pixels(y) for y in band(picture, begin, end)]
    ground, found, since = rows[0][0], [], None
    for x in range(picture.w + 1):
        is_empty = x == picture.w or all(row[x] == ground for row in rows)
        if since is None and not is_empty:
            since = x
        elif since is not None and is_empty:
            found.append((since, x))
            since = None
    return found


def open_bytes(path):
    with open(path, "rb") as file:
        return file.read()


def main(what, *args):
    if what == "size":
        for path in args:
            print("%dx%d %s" % (*png_header(open_bytes(path))[:2], path))
    elif what == "colours":
        for path in args:
            seen = set()
            picture = read(path)
            for y in range(picture.h):
                seen.update(picture.pixels(y))
            print(len(seen), path)
    elif what == "busy":
        for path in args:
            print(busy(open_bytes(path)), path)
    elif what == "print":
        for path in args[1:]:
            picture = read(path)
            for rows in args[0].split(","):
                print(rows, fingerprint(picture, rows), path)
    elif what == "wait":
        seen, is_right = wait(float(args[0]), *args[1:])
        print(seen)
        return is_right
    elif what == "turned":
        degrees, plain, other = int(args[0]), args[1], args[2]
        bad = [
            name
            for name in sorted(os.listdir(plain))
            if not is_turned(
                read(os.path.join(plain, name)),
                read(os.path.join(other, name)),
                degrees,
            )
        ]
        print(*bad, end="\n" if bad else "")
        return not bad
    elif what == "differ":
        skip = int(args[2]) if len(args) > 2 else 0
        box = differ(read(args[0]), read(args[1]), skip)
        print(*(box or ()))
        return box is not None
    elif what == "moved":
        plain, moved = read(args[2]), read(args[3])
        return is_moved(plain, moved, int(args[0]), int(args[1]))
    elif what == "parts":
        for left, right in parts(read(args[2]), int(args[0]), int(args[1])):
            print("%d-%d" % (left, right))
    else:
        raise ValueError("no such thing to do: " + what)
    return True


if __name__ == "__main__":
    try:
        sys.exit(0 if main(*sys.argv[1:]) else 1)
    except (OSError, ValueError, TypeError, IndexError, struct.error) as why:
        print("png.py: %s" % why, file=sys.stderr)
        sys.exit(1)
