"""Synthetic handwritten digits: strokes, bent and thickened at random, drawn by distance to the pen's path."""
import numpy as np
import torch

SEGMENTS = 44  # every digit is brought to this many segments, the unused ones of no length


def line(*points):
    return [np.array(points, dtype=np.float32)]


def arc(cx, cy, rx, ry, start, end):
    """Part of an ellipse; degrees, 0 to the right, 90 down (y grows downwards)."""
    angle = np.radians(np.linspace(start, end, max(4, int(abs(end - start) / 22))))
    return [np.stack([cx + rx * np.cos(angle), cy + ry * np.sin(angle)], axis=1).astype(np.float32)]


# Each digit is written in several ways; a way is a list of pen paths in a box from (0, 0) to (1, 1).
WAYS = [
    [arc(.5, .5, .36, .5, -90, 270), arc(.5, .5, .27, .5, -60, 300), arc(.5, .5, .42, .46, -120, 250), arc(.5, .5, .46, .5, 0, 360)],
    [line((.5, 0), (.5, 1)), line((.25, .25), (.52, 0), (.52, 1)), line((.25, .22), (.5, 0), (.5, 1)) + line((.22, 1), (.78, 1)), line((.6, 0), (.42, 1))],
    [arc(.48, .28, .34, .28, -170, 30) + line((.78, .42), (.15, 1), (.85, 1)),
     arc(.48, .3, .32, .3, -150, 50) + line((.69, .53), (.15, .98)) + arc(.5, 1.1, .36, .16, -160, -20),
     line((.15, .12), (.4, 0), (.7, .08), (.78, .3), (.6, .55), (.12, 1), (.88, 1))],
    [arc(.45, .26, .32, .26, -160, 90) + arc(.45, .75, .36, .25, -90, 160),
     line((.15, 0), (.8, 0), (.45, .4)) + arc(.42, .7, .38, .3, -85, 150),
     arc(.42, .25, .33, .25, -140, 75) + arc(.42, .74, .38, .26, -75, 140)],
    [line((.62, 1), (.62, 0), (.08, .68), (.92, .68)), line((.7, 1), (.7, 0), (.04, .76), (.96, .76)), line((.2, 0), (.14, .52), (.86, .52)) + line((.72, .1), (.68, 1)),
     line((.3, 0), (.1, .6), (.9, .6)) + line((.66, .3), (.66, 1))],
    [line((.82, 0), (.25, 0), (.2, .44)) + arc(.46, .68, .36, .32, -130, 140),
     line((.25, .02), (.22, .42)) + arc(.44, .69, .37, .31, -125, 150) + line((.25, .02), (.8, 0)),
     line((.8, .03), (.28, .03), (.24, .45), (.6, .4), (.82, .62), (.7, .92), (.4, 1), (.15, .9))],
    [line((.68, 0), (.35, .3), (.17, .66)) + arc(.5, .7, .33, .3, -180, 180),
     arc(.55, .5, .43, .5, -40, -200) + arc(.5, .68, .37, .32, -180, 180),
     arc(.7, .66, .53, .66, -100, -180) + arc(.49, .71, .32, .29, -180, 180),
     line((.45, 0), (.25, .4), (.18, .75), (.4, 1), (.7, .92), (.75, .65), (.5, .5), (.22, .68))],
    [line((.12, 0), (.88, 0), (.4, 1)), line((.12, .03), (.86, .03), (.38, 1)) + line((.3, .5), (.78, .5)), line((.14, .16), (.14, 0), (.86, 0), (.62, .42), (.46, 1))],
    [arc(.5, .25, .28, .25, 90, 450) + arc(.5, .75, .35, .25, -90, 270),
     line((.75, .12), (.5, 0), (.25, .15), (.35, .4), (.68, .62), (.78, .82), (.5, 1), (.22, .84), (.32, .6), (.68, .36), (.75, .12)),
     arc(.5, .27, .3, .27, 80, 440) + arc(.5, .77, .3, .23, -100, 260)],
    [arc(.5, .3, .33, .3, 0, 360) + line((.83, .3), (.78, .65), (.6, 1)), arc(.48, .3, .32, .3, 20, 380) + line((.8, .2), (.8, 1)),
     arc(.5, .32, .37, .32, 0, 360) + arc(.45, .5, .43, .5, -20, 140),
     arc(.48, .29, .33, .29, -20, 340) + arc(.2, .3, .63, .7, 0, 70)],
]


def segments(paths):
    """The segments of some pen paths as (SEGMENTS, 4): x0, y0, x1, y1."""
    parts = np.concatenate([np.concatenate([path[:-1], path[1:]], axis=1) for path in paths])
    assert len(parts) <= SEGMENTS, len(parts)
    last = np.concatenate([parts[-1, 2:], parts[-1, 2:]])
    return np.concatenate([parts, np.tile(last, (SEGMENTS - len(parts), 1))])


TABLE = [torch.from_numpy(np.stack([segments(way) for way in ways])) for ways in WAYS]


def draw(labels, size, generator, plain=False):
    """Draws digits: bytes 0 to 255 of shape (N, size, size). `plain` asks for dark ink on light paper, a pen of common width, no noise."""
    count = len(labels)

    def uniform(low, high, *shape):
        return torch.rand(count, *shape, generator=generator) * (high - low) + low

    picks = torch.rand(count, generator=generator)
    strokes = torch.stack([TABLE[label][int(pick * len(TABLE[label]))] for label, pick in zip(labels.tolist(), picks.tolist())])
    points = strokes.view(count, SEGMENTS * 2, 2) - 0.5

    # Bend: a slow wave moves each coordinate along the other.
    for axis in (0, 1):
        phase, rate, height = uniform(0, 6.28, 1), uniform(2, 7, 1), uniform(0, .06, 1)
        points[:, :, axis] += height * torch.sin(points[:, :, 1 - axis] * rate + phase)
    # Then slant, turn, stretch and move.
    angle, slant = uniform(-.28, .28), uniform(-.3, .2)
    width, height = uniform(.26, .72), uniform(.44, .88)
    x = points[:, :, 0] * width[:, None] - points[:, :, 1] * (slant * width)[:, None]
    y = points[:, :, 1] * height[:, None]
    turned = torch.stack([x * angle.cos()[:, None] - y * angle.sin()[:, None], x * angle.sin()[:, None] + y * angle.cos()[:, None]], dim=2)
    reach = turned.abs().amax(dim=1)
    room = (0.46 - reach).clamp(min=0)
    turned = turned + (torch.rand(count, 2, generator=generator) * 2 - 1)[:, None] * torch.minimum(room, torch.tensor(.16))[:, None] + 0.5

    ends = turned.view(count, SEGMENTS, 2, 2)
    start, along = ends[:, :, 0], ends[:, :, 1] - ends[:, :, 0]
    centres = (torch.arange(size) + 0.5) / size
    grid = torch.stack(torch.meshgrid(centres, centres, indexing="xy"), dim=2).view(1, -1, 2)
    nearest = torch.full((count, size * size), 9.0)
    for i in range(SEGMENTS):
        offset = grid - start[:, i, None]
        length = (along[:, i] ** 2).sum(1).clamp(min=1e-9)
        t = ((offset * along[:, i, None]).sum(2) / length[:, None]).clamp(0, 1)
        nearest = torch.minimum(nearest, ((offset - t[:, :, None] * along[:, i, None]) ** 2).sum(2))
    # The pen is as broad as the digit's size allows, and its edge soft.
    thickness, softness = uniform(.06 if plain else .025, .11) * torch.minimum(width, height), uniform(.012, .045)
    ink = ((thickness[:, None] - nearest.sqrt()) / softness[:, None] + 0.5).clamp(0, 1).view(count, size, size)

    paper, pen = uniform(.85 if plain else .66, 1.0), uniform(0, .2 if plain else .33)
    if plain:
        noise = 0
    else:
        inverted = torch.rand(count, generator=generator) < .5
        paper, pen = torch.where(inverted, 1 - paper, paper), torch.where(inverted, 1 - pen, pen)
        noise = uniform(0, .1, 1, 1)
    # Paper is lit unevenly.
    slope = uniform(-.1, .1, 2, 1, 1)
    light = (centres[None, None, :] - .5) * slope[:, 0] + (centres[None, :, None] - .5) * slope[:, 1]
    image = paper[:, None, None] + (pen - paper)[:, None, None] * ink + light + noise * torch.randn(count, size, size, generator=generator)
    return (image.clamp(0, 1) * 255).round().to(torch.uint8)
