"""QR codes as a phone reads them, by what segno knows of the standard: where bits lie, and how they are masked."""

from itertools import chain

from segno import consts, encoder

PATH = """(path) => {
  const [, , size] = path.ownerSVGElement.getAttribute("viewBox").split(" ").map(Number), side = size - 8;
  const rows = Array.from({ length: side }, () => new Array(side).fill(0));
  for (const [, x, y] of path.getAttribute("d").matchAll(/M(\\d+) (\\d+)h1v1h-1z/g)) rows[y][x] = 1;
  return rows.map((row) => row.join(""));
}"""
"""The rows that a page has drawn, without the light ones round them."""
FIRST = 3
"""The number of the first bit where a grid is numbered: less is a pattern, or nothing."""


def words_of(rows: list[str]) -> str:
    """What a code of level L says, by its bytes alone: check bytes are not looked at."""
    version, error = (len(rows) - 17) // 4, consts.ERROR_LEVEL_L
    blocks = [kind.num_data for kind in consts.ECC[version][error] for _nth in range(kind.num_blocks)]
    in_turn = [(at, nth) for at in range(max(blocks)) for nth, length in enumerate(blocks) if at < length]
    bits = unmasked(rows)
    found: list[list[str]] = [[] for _block in blocks]
    for place, (_at, nth) in enumerate(in_turn):
        found[nth].append(bits[8 * place : 8 * place + 8])
    line = "".join(chain.from_iterable(found))
    assert line.startswith("0100"), "it is no text of bytes"
    width = 8 if version < 10 else 16
    length = int(line[4 : 4 + width], 2)
    said = line[4 + width : 4 + width + 8 * length]
    return int(said, 2).to_bytes(length).decode()


def unmasked(rows: list[str]) -> str:
    """All bits in the order in which a reader goes through them."""
    side = len(rows)
    grid = encoder.make_matrix(side, side)
    encoder.add_finder_patterns(grid, side, side)
    encoder.add_alignment_patterns(grid, side, side)
    numbered = [list(row) for row in grid]
    free = sum(row.count(2) for row in numbered)
    encoder.add_codewords(numbered, range(FIRST, FIRST + free), (side - 17) // 4)
    is_flipped = encoder.get_data_mask_functions(False)[mask_of(rows)]
    placed = {
        number: int(rows[y][x]) ^ is_flipped(y, x)
        for y, row in enumerate(numbered)
        for x, number in enumerate(row)
        if number >= FIRST
    }
    return "".join(str(placed[number]) for number in sorted(placed))


def mask_of(rows: list[str]) -> int:
    """Which of the eight masks it says that it lies under."""
    return (int(rows[8][2:5], 2) ^ 0b101) & 0b111
