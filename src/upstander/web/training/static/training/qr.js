// Draws a QR picture on the device, because its letters change every minute and there may be no network.
// Bytes, error correction M, versions 1 to 6 (106 characters), always the first mask. Checked against the server's own.
"use strict";

const Qr = {
  // For each version: codewords of data, blocks, codewords of error correction a block, middle of the alignment pattern.
  VERSIONS: [[16, 1, 10, 0], [28, 1, 16, 18], [44, 1, 26, 22], [64, 2, 18, 26], [86, 2, 24, 30], [108, 4, 16, 34]],
  FORMAT: 0b101010000010010, // level M and mask 0 with their own error correction

  /** Rows of 0 and 1; null for a text that is too long. */
  matrix(text) {
    const bytes = [...unescape(encodeURIComponent(text))].map((letter) => letter.charCodeAt(0));
    const version = Qr.VERSIONS.findIndex(([data]) => bytes.length + 2 <= data);
    if (version < 0) return null;
    const words = Qr.interleaved(Qr.dataWords(bytes, Qr.VERSIONS[version][0]), Qr.VERSIONS[version]);
    return Qr.placed(words, 21 + 4 * version, Qr.VERSIONS[version][3]);
  },

  dataWords(bytes, length) {
    const nibbles = [4, bytes.length >> 4, bytes.length & 15, ...bytes.flatMap((byte) => [byte >> 4, byte & 15]), 0];
    const words = [];
    for (let at = 0; at < nibbles.length; at += 2) words.push((nibbles[at] << 4) | nibbles[at + 1]);
    for (let pad = 0xec; words.length < length; pad ^= 0xec ^ 0x11) words.push(pad);
    return words;
  },

  interleaved(data, [, blocks, parity]) {
    const generator = Qr.generator(parity);
    const parts = Array.from({ length: blocks }, (_, block) => {
      const [from, to] = [block, block + 1].map((edge) => (data.length / blocks) * edge);
      // Where the data does not divide evenly the later blocks hold one more; with these versions it always does.
      return data.slice(from, to);
    });
    const checks = parts.map((part) => Qr.remainder(part, generator));
    const across = (rows) => rows[0].flatMap((_, at) => rows.map((row) => row[at]));
    return [...across(parts), ...across(checks)];
  },

  times(one, other) {
    let product = 0;
    for (let bit = 7; bit >= 0; bit -= 1) {
      product = (product << 1) ^ ((product >> 7) * 0x11d);
      product ^= ((other >> bit) & 1) * one;
    }
    return product;
  },

  generator(degree) {
    const found = Array(degree).fill(0);
    found[degree - 1] = 1;
    for (let root = 1, step = 0; step < degree; step += 1, root = Qr.times(root, 2)) {
      for (let at = 0; at < degree; at += 1) {
        found[at] = Qr.times(found[at], root) ^ (found[at + 1] ?? 0);
      }
    }
    return found;
  },

  remainder(data, generator) {
    const found = generator.map(() => 0);
    for (const word of data) {
      const factor = word ^ found.shift();
      found.push(0);
      generator.forEach((value, at) => { found[at] ^= Qr.times(value, factor); });
    }
    return found;
  },

  placed(words, size, middle) {
    const cells = Array.from({ length: size }, () => Array(size).fill(null));
    const put = (x, y, dark) => { if (cells[y]?.[x] !== undefined) cells[y][x] = Number(dark); };
    const square = (x, y, reach, isDark) => {
      for (let dy = -reach; dy <= reach; dy += 1) {
        for (let dx = -reach; dx <= reach; dx += 1) put(x + dx, y + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))));
      }
    };
    for (let at = 0; at < size; at += 1) { put(6, at, at % 2 === 0); put(at, 6, at % 2 === 0); }
    for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x, y, 4, (far) => far !== 2 && far !== 4);
    if (middle) square(middle, middle, 2, (far) => far !== 1);
    Qr.putFormat(put, size);
    Qr.putWords(cells, words, size);
    return cells;
  },

  putFormat(put, size) {
    const bit = (at) => (Qr.FORMAT >> at) & 1;
    for (let at = 0; at <= 5; at += 1) put(8, at, bit(at));
    put(8, 7, bit(6));
    put(8, 8, bit(7));
    put(7, 8, bit(8));
    for (let at = 9; at < 15; at += 1) put(14 - at, 8, bit(at));
    for (let at = 0; at < 8; at += 1) put(size - 1 - at, 8, bit(at));
    for (let at = 8; at < 15; at += 1) put(8, size - 15 + at, bit(at));
    put(8, size - 8, 1);
  },

  putWords(cells, words, size) {
    let next = 0;
    for (let right = size - 1; right >= 1; right -= 2) {
      if (right === 6) right = 5;
      const upward = ((right + 1) & 2) === 0;
      for (let step = 0; step < size; step += 1) {
        const y = upward ? size - 1 - step : step;
        for (const x of [right, right - 1]) {
          if (cells[y][x] !== null) continue;
          const dark = next < words.length * 8 ? (words[next >> 3] >> (7 - (next & 7))) & 1 : 0;
          cells[y][x] = dark ^ Number((x + y) % 2 === 0);
          next += 1;
        }
      }
    }
  },

  /** The picture's one path, for an SVG whose view box is `size + 8` wide: four empty cells around. */
  path(matrix) {
    return matrix.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x + 4} ${y + 4}h1v1h-1z`] : []))).join("");
  },
};
