import fc from 'fast-check';
import { Utf8Check } from '../../../local/wire/utf8-check';

/** How many bytes go by before it is clear that they are no UTF-8. */
function accepted(bytes: Uint8Array): number {
  const check = new Utf8Check();
  const refused = [...bytes].findIndex(byte => !check.accepts(byte));
  return refused < 0 ? bytes.length : refused;
}

/** As the platform's own decoder finds, given every beginning of the bytes. */
function acceptedByDecoder(bytes: Uint8Array): number {
  for (let length = 1; length <= bytes.length; length++) {
    try {
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, length), { stream: true });
    } catch {
      return length - 1;
    }
  }
  return bytes.length;
}

/** Bytes at the borders between what is allowed and what is not. */
const BORDERS = [
  0x00, 0x7f, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xe1, 0xec,
  0xed, 0xee, 0xef, 0xf0, 0xf1, 0xf3, 0xf4, 0xf5, 0xff,
];

test('every first byte, and what may follow it, is judged as the platform judges it', () => {
  for (let first = 0; first < 256; first++) {
    const found = BORDERS.map(second => accepted(Uint8Array.of(first, second)));
    expect([first, found]).toEqual([first, BORDERS.map(second => acceptedByDecoder(Uint8Array.of(first, second)))]);
  }
});

test('any bytes are refused at the byte at which the platform refuses them', () => {
  fc.assert(fc.property(fc.array(fc.constantFrom(...BORDERS), { maxLength: 8 }), bytes => {
    expect(accepted(Uint8Array.from(bytes))).toBe(acceptedByDecoder(Uint8Array.from(bytes)));
  }), { seed: 1, numRuns: 1_000 });
});

test('any text is accepted', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), text => {
    const bytes = Buffer.from(text);
    expect(accepted(bytes)).toBe(bytes.length);
  }), { seed: 1 });
});
