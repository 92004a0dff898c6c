/**
 * QR codes (ISO/IEC 18004) of bytes, with error correction of level M, in versions 1 to 20: up to 666 bytes, which is
 * several times what an app that shows codes needs to be told.
 */

/** By version, from 1: codewords of error correction in a block, and blocks. */
const correction = [10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26];
const blockCount = [1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16];
const byteMode = 4;
const levelM = 0;

/** True is dark; row by row, without the quiet zone around it. */
export function qrCode(text: string): readonly (readonly boolean[])[] {
  const bytes = new TextEncoder().encode(text);
  const version = blockCount.findIndex((_, i) => bytes.length <= capacity(i + 1)) + 1;
  if (version === 0) throw new RangeError(`${bytes.length} bytes are too many for a QR code`);
  const code = new Code(version);
  code.drawFunctions();
  code.drawData(withCorrection(dataCodewords(bytes, version), version));
  return code.bestMask();
}

function sizeOf(version: number): number {
  return 17 + 4 * version;
}

/** Modules that are left for data and its correction. */
function rawModules(version: number): number {
  const alignments = version === 1 ? 0 : Math.floor(version / 7) + 2;
  const inAlignment = alignments === 0 ? 0 : 25 * alignments ** 2 - 10 * alignments - 55;
  return (16 * version + 128) * version + 64 - inAlignment - (version >= 7 ? 36 : 0);
}

function dataLength(version: number): number {
  const [blocks = 0, codewords = 0] = [blockCount[version - 1], correction[version - 1]];
  return Math.floor(rawModules(version) / 8) - blocks * codewords;
}

const lengthBits = (version: number): number => (version < 10 ? 8 : 16);

function capacity(version: number): number {
  return Math.floor((dataLength(version) * 8 - 4 - lengthBits(version)) / 8);
}

function dataCodewords(bytes: Uint8Array, version: number): number[] {
  const bits: number[] = [];
  const put = (value: number, length: number): void => {
    for (let i = length - 1; i >= 0; i--) bits.push((value >>> i) & 1);
  };
  put(byteMode, 4);
  put(bytes.length, lengthBits(version));
  for (const byte of bytes) put(byte, 8);
  const whole = dataLength(version) * 8;
  put(0, Math.min(4, whole - bits.length));
  put(0, (8 - (bits.length % 8)) % 8);
  for (let pad = 0xec; bits.length < whole; pad ^= 0xec ^ 0x11) put(pad, 8);
  return Array.from({ length: bits.length / 8 }, (_, i) =>
    bits.slice(i * 8, i * 8 + 8).reduce((byte, bit) => byte * 2 + bit, 0),
  );
}

/** Blocks are read in turns, so that a blot on the picture hurts each a little. */
function withCorrection(data: readonly number[], version: number): number[] {
  const [blocks = 0, length = 0] = [blockCount[version - 1], correction[version - 1]];
  const longer = data.length % blocks;
  const shortLength = Math.floor(data.length / blocks);
  const divisor = generator(length);
  let at = 0;
  const parts = Array.from({ length: blocks }, (_, i) => {
    const part = data.slice(at, (at += shortLength + (i < blocks - longer ? 0 : 1)));
    return { part, check: remainder(part, divisor) };
  });
  const turns = (lists: readonly (readonly number[])[]): number[] =>
    Array.from({ length: Math.max(...lists.map((list) => list.length)) }, (_, i) =>
      lists.flatMap((list) => (i < list.length ? [list[i] ?? 0] : [])),
    ).flat();
  return [...turns(parts.map(({ part }) => part)), ...turns(parts.map(({ check }) => check))];
}

/** In the field of 256 elements by x⁸ + x⁴ + x³ + x² + 1. */
function times(a: number, b: number): number {
  let product = 0;
  for (let i = 7; i >= 0; i--) {
    product = (product << 1) ^ ((product >>> 7) * 0x11d);
    product ^= ((b >>> i) & 1) * a;
  }
  return product;
}

/** The product of x - 2ⁱ, without its leading 1. */
function generator(degree: number): number[] {
  let coefficients = [...Array.from({ length: degree - 1 }, () => 0), 1];
  let root = 1;
  for (let i = 0; i < degree; i++) {
    coefficients = coefficients.map((c, j) => times(c, root) ^ (coefficients[j + 1] ?? 0));
    root = times(root, 2);
  }
  return coefficients;
}

function remainder(data: readonly number[], divisor: readonly number[]): number[] {
  let rest = divisor.map(() => 0);
  for (const byte of data) {
    const factor = byte ^ (rest[0] ?? 0);
    rest = [...rest.slice(1), 0].map((c, i) => c ^ times(divisor[i] ?? 0, factor));
  }
  return rest;
}

const masks: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

class Code {
  readonly #version: number;
  readonly #size: number;
  readonly #dark: boolean[][];
  /** What is not data, and is never masked. */
  readonly #fixed: boolean[][];

  constructor(version: number) {
    this.#version = version;
    this.#size = sizeOf(version);
    const square = () => Array.from({ length: this.#size }, () => Array.from({ length: this.#size }, () => false));
    this.#dark = square();
    this.#fixed = square();
  }

  #fix(x: number, y: number, dark: boolean): void {
    const [row, fixed] = [this.#dark[y], this.#fixed[y]];
    if (row === undefined || fixed === undefined || x < 0 || x >= this.#size) return;
    row[x] = dark;
    fixed[x] = true;
  }

  drawFunctions(): void {
    const size = this.#size;
    for (let i = 0; i < size; i++) {
      this.#fix(6, i, i % 2 === 0);
      this.#fix(i, 6, i % 2 === 0);
    }
    for (const [x, y] of [
      [3, 3],
      [size - 4, 3],
      [3, size - 4],
    ] as const) {
      this.#rings(x, y, 4, (distance) => distance !== 2 && distance !== 4);
    }
    const places = this.#alignments();
    const last = places.length - 1;
    places.forEach((x, i) =>
      places.forEach((y, j) => {
        const isFinder = (i === 0 && (j === 0 || j === last)) || (i === last && j === 0);
        if (!isFinder) this.#rings(x, y, 2, (distance) => distance !== 1);
      }),
    );
    this.#drawFormat(0);
    this.#drawVersion();
  }

  #rings(x: number, y: number, radius: number, isDark: (distance: number) => boolean): void {
    for (let dy = -radius; dy <= radius; dy++) {
      for (let dx = -radius; dx <= radius; dx++) {
        this.#fix(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    }
  }

  #alignments(): number[] {
    if (this.#version === 1) return [];
    const count = Math.floor(this.#version / 7) + 2;
    const step = Math.floor((this.#version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2;
    const others = Array.from({ length: count - 1 }, (_, i) => this.#size - 7 - i * step);
    return [6, ...others.toReversed()];
  }

  #drawFormat(mask: number): void {
    const data = (levelM << 3) | mask;
    const bits = ((data << 10) | bch(data, 10, 0x537)) ^ 0x5412;
    const bit = (i: number): boolean => ((bits >>> i) & 1) === 1;
    const size = this.#size;
    for (let i = 0; i < 6; i++) this.#fix(8, i, bit(i));
    this.#fix(8, 7, bit(6));
    this.#fix(8, 8, bit(7));
    this.#fix(7, 8, bit(8));
    for (let i = 9; i < 15; i++) this.#fix(14 - i, 8, bit(i));
    for (let i = 0; i < 8; i++) this.#fix(size - 1 - i, 8, bit(i));
    for (let i = 8; i < 15; i++) this.#fix(8, size - 15 + i, bit(i));
    this.#fix(8, size - 8, true);
  }

  #drawVersion(): void {
    if (this.#version < 7) return;
    const bits = (this.#version << 12) | bch(this.#version, 12, 0x1f25);
    for (let i = 0; i < 18; i++) {
      const dark = ((bits >>> i) & 1) === 1;
      const [a, b] = [this.#size - 11 + (i % 3), Math.floor(i / 3)];
      this.#fix(a, b, dark);
      this.#fix(b, a, dark);
    }
  }

  /** In pairs of columns from the right, upwards and downwards in turns, around what is fixed. */
  drawData(codewords: readonly number[]): void {
    let i = 0;
    for (let right = this.#size - 1; right >= 1; right -= 2) {
      // The column of the timing pattern has no data.
      if (right === 6) right = 5;
      const upwards = ((right + 1) & 2) === 0;
      for (let step = 0; step < this.#size; step++) {
        const y = upwards ? this.#size - 1 - step : step;
        for (const x of [right, right - 1]) {
          const row = this.#dark[y];
          if (row === undefined || this.#fixed[y]?.[x] === true || i >= codewords.length * 8) continue;
          row[x] = (((codewords[i >>> 3] ?? 0) >>> (7 - (i & 7))) & 1) === 1;
          i += 1;
        }
      }
    }
  }

  /** Under the mask whose picture is the least confusing to cameras. */
  bestMask(): boolean[][] {
    const pictures = masks.map((mask, number) => {
      this.#drawFormat(number);
      return this.#dark.map((row, y) =>
        row.map((dark, x) => (this.#fixed[y]?.[x] === true ? dark : dark !== mask(x, y))),
      );
    });
    const penalties = pictures.map(penalty);
    return pictures[penalties.indexOf(Math.min(...penalties))] ?? this.#dark;
  }
}

/** The remainder that makes a code of `data`, by the polynomial in bits. */
function bch(data: number, length: number, polynomial: number): number {
  let rest = data;
  for (let i = 0; i < length; i++) rest = (rest << 1) ^ ((rest >>> (length - 1)) * polynomial);
  return rest;
}

/** What the standard counts against a picture: long runs, blocks, what looks like a finder, and too much of one shade. */
function penalty(picture: readonly (readonly boolean[])[]): number {
  const size = picture.length;
  const columns = picture.map((_, x) => picture.map((row) => row[x] ?? false));
  let points = 0;
  for (const line of [...picture, ...columns]) {
    const text = line.map((dark) => (dark ? '1' : '0')).join('');
    for (const [run] of text.matchAll(/1{5,}|0{5,}/g)) points += run.length - 2;
    // The quiet zone is light as well.
    const wide = `0000${text}0000`;
    points += 40 * (count(wide, /(?=00001011101)/g) + count(wide, /(?=10111010000)/g));
  }
  for (let y = 1; y < size; y++) {
    for (let x = 1; x < size; x++) {
      const corner = picture[y]?.[x];
      const same = [picture[y - 1]?.[x], picture[y]?.[x - 1], picture[y - 1]?.[x - 1]].every((dark) => dark === corner);
      if (same) points += 3;
    }
  }
  const dark = picture.flat().filter(Boolean).length;
  return points + 10 * Math.floor(Math.abs((dark * 20) / size ** 2 - 10));
}

function count(text: string, pattern: RegExp): number {
  return [...text.matchAll(pattern)].length;
}
