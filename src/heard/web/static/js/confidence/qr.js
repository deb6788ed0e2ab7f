/* A QR code of a text (ISO/IEC 18004), drawn here so that what it says goes nowhere: bytes, level L, versions 1 to 20.

     const rows = qr("https://…");   rows of booleans, true is dark; null where the text is too long

   The mask is the one of eight that the standard's penalties make the least of. */
const CHECKS = [7, 10, 15, 20, 26, 18, 20, 24, 30, 18, 20, 24, 26, 30, 22, 24, 28, 30, 28, 28];
const BLOCKS = [1, 1, 1, 1, 1, 2, 2, 2, 2, 4, 4, 4, 4, 4, 6, 6, 6, 6, 7, 8];
const LEVEL = 1;
const MASKS = [
  (y, x) => (y + x) % 2, (y) => y % 2, (_y, x) => x % 3, (y, x) => (y + x) % 3, (y, x) => ((y >> 1) + Math.floor(x / 3)) % 2,
  (y, x) => ((y * x) % 2) + ((y * x) % 3), (y, x) => (((y * x) % 2) + ((y * x) % 3)) % 2, (y, x) => (((y + x) % 2) + ((y * x) % 3)) % 2,
];

export function qr(text) {
  const bytes = new TextEncoder().encode(text);
  const version = CHECKS.findIndex((_, nth) => bytes.length <= room(nth + 1) - (nth < 9 ? 2 : 3)) + 1;
  if (!version) return null;
  const grid = framed(version);
  place(grid, interleaved(version, packed(version, bytes)));
  return MASKS.map((_, mask) => finish(version, grid, mask)).reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

/* How many bytes of a version are left for the text, its mode and its length. */
const room = (version) => Math.floor(modules(version) / 8) - CHECKS[version - 1] * BLOCKS[version - 1];

/* Modules that carry something: all, less the patterns by which a reader finds its way. */
function modules(version) {
  const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
  return (16 * version + 128) * version + 64 - (marks ? (25 * marks - 10) * marks - 55 : 0) - (version > 6 ? 36 : 0);
}

function packed(version, bytes) {
  const bits = [[4, 4], [bytes.length, version < 10 ? 8 : 16], ...Array.from(bytes, (byte) => [byte, 8]), [0, 4]];
  const line = bits.map(([number, width]) => number.toString(2).padStart(width, "0")).join("");
  const data = line.match(/.{1,8}/g).map((byte) => parseInt(byte.padEnd(8, "0"), 2)).slice(0, room(version));
  for (let pad = 236; data.length < room(version); pad ^= 253) data.push(pad);
  return data;
}

/* Reed and Solomon's check bytes of each block, then all blocks byte by byte in turn. */
function interleaved(version, data) {
  const [count, checks] = [BLOCKS[version - 1], CHECKS[version - 1]];
  const short = Math.floor(data.length / count), long = data.length % count;
  const generator = generatorOf(checks), blocks = [];
  for (let nth = 0, at = 0; nth < count; nth++) {
    const block = data.slice(at, (at += short + (nth >= count - long)));
    blocks.push({ block, check: remainder(block, generator) });
  }
  const turn = (name, length) => Array.from({ length }, (_, at) => blocks.map((one) => one[name][at])).flat().filter((byte) => byte !== undefined);
  return [...turn("block", short + 1), ...turn("check", checks)];
}

function times(a, b) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) product = (product << 1) ^ ((product >> 7) * 285) ^ (((b >> bit) & 1) * a);
  return product;
}

function generatorOf(degree) {
  let terms = [1];
  for (let nth = 0, root = 1; nth < degree; nth++, root = times(root, 2))
    terms = [...terms, 0].map((term, at) => term ^ (at ? times(terms[at - 1], root) : 0));
  return terms.slice(1);
}

function remainder(block, generator) {
  const rest = new Array(generator.length).fill(0);
  for (const byte of block) {
    const factor = byte ^ rest.shift();
    rest.push(0);
    generator.forEach((term, at) => (rest[at] ^= times(term, factor)));
  }
  return rest;
}

/* The grid with finders, timing and alignment: true, false, or undefined where data or format come. */
function framed(version) {
  const size = version * 4 + 17, grid = Array.from({ length: size }, () => new Array(size));
  for (let at = 8; at < size - 8; at++) grid[6][at] = grid[at][6] = at % 2 === 0;
  for (const [y, x] of [[3, 3], [3, size - 4], [size - 4, 3]]) square(grid, y, x, 4, (far) => far !== 2 && far !== 4);
  const marks = version > 1 ? Math.floor(version / 7) + 2 : 0;
  const step = Math.ceil((version * 4 + 4) / (marks * 2 - 2)) * 2;
  const at = Array.from({ length: marks }, (_, nth) => (nth ? size - 7 - (marks - 1 - nth) * step : 6));
  for (const y of at) for (const x of at) if (!((y === 6 && x === 6) || (y === 6 && x === size - 7) || (y === size - 7 && x === 6))) square(grid, y, x, 2, (far) => far !== 1);
  stamp(version, grid, 0);
  return grid;
}

function square(grid, y, x, radius, isDark) {
  for (let dy = -radius; dy <= radius; dy++)
    for (let dx = -radius; dx <= radius; dx++) if (grid[y + dy] && x + dx >= 0 && x + dx < grid.length) grid[y + dy][x + dx] = isDark(Math.max(Math.abs(dy), Math.abs(dx)));
}

/* Level and mask, twice, and from version 7 on the version, twice, each with its check bits. */
function stamp(version, grid, mask) {
  const size = grid.length, format = ((LEVEL << 13) | (mask << 10) | checked(((LEVEL << 3) | mask) << 10, 1335, 10)) ^ 21522;
  for (let bit = 0; bit < 15; bit++) {
    const isDark = Boolean((format >> bit) & 1);
    grid[bit < 6 ? bit : bit < 8 ? bit + 1 : 8][bit < 8 ? 8 : bit < 9 ? 7 : 14 - bit] = isDark;
    grid[bit < 8 ? 8 : size - 15 + bit][bit < 8 ? size - 1 - bit : 8] = isDark;
  }
  grid[size - 8][8] = true;
  const number = (version << 12) | checked(version << 12, 7973, 12);
  for (let bit = 0; version > 6 && bit < 18; bit++) {
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)];
    grid[far][near] = grid[near][far] = Boolean((number >> bit) & 1);
  }
}

function checked(number, divisor, degree) {
  for (let bit = 31; bit >= degree; bit--) if ((number >> bit) & 1) number ^= divisor << (bit - degree);
  return number;
}

/* Bits in pairs of columns from the right, up and down in turn; numbers until they are masked. */
function place(grid, bytes) {
  const size = grid.length;
  let nth = 0;
  for (let right = size - 1; right > 0; right -= right === 8 ? 3 : 2)
    for (let step = 0; step < size; step++)
      for (const x of [right, right - 1]) {
        const y = (right > 6 ? size - 1 - right : size - 2 - right) % 4 < 2 ? size - 1 - step : step;
        if (grid[y][x] === undefined) grid[y][x] = (bytes[nth >> 3] >> (7 - (nth++ & 7))) & 1;
      }
}

function finish(version, grid, mask) {
  const done = grid.map((row, y) => row.map((bit, x) => (typeof bit === "number" ? Boolean(bit ^ (MASKS[mask](y, x) === 0)) : bit)));
  stamp(version, done, mask);
  return done;
}

function penalty(grid) {
  const lines = [...grid, ...grid[0].map((_, x) => grid.map((row) => row[x]))].map((line) => line.map(Number).join(""));
  let points = 0;
  for (const line of lines) {
    for (const [run] of line.matchAll(/0{5,}|1{5,}/g)) points += run.length - 2;
    points += 40 * (line.match(/(?=00001011101|10111010000)/g)?.length ?? 0);
  }
  for (let y = 1; y < grid.length; y++) for (let x = 1; x < grid.length; x++) if (grid[y][x] === grid[y - 1][x] && grid[y][x] === grid[y][x - 1] && grid[y][x] === grid[y - 1][x - 1]) points += 3;
  const dark = grid.flat().filter(Boolean).length / grid.length ** 2;
  return points + 10 * Math.floor(Math.abs(dark * 20 - 10));
}
