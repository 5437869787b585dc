import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { unpackZip } from '../../../../../local/services/lambda/code/zip-archive';

interface Entry {
  readonly name: string;
  readonly data: Buffer;
  readonly method?: number;
  /** What the archive says of the size, if it lies. */
  readonly size?: number;
}

/** A zip archive with these files. */
function zip(entries: readonly Entry[]): Buffer {
  const locals: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const { name, data, method = 8, size = data.length } of entries) {
    const packed = method === 8 ? deflateRawSync(data) : data;
    const local = Buffer.alloc(30);
    local.writeUInt32LE(0x04034b50, 0);
    local.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    entry.writeUInt16LE(method, 10);
    entry.writeUInt32LE(packed.length, 20);
    entry.writeUInt32LE(size, 24);
    entry.writeUInt16LE(name.length, 28);
    entry.writeUInt32LE(offset, 42);
    locals.push(local, Buffer.from(name), packed);
    central.push(entry, Buffer.from(name));
    offset += 30 + name.length + packed.length;
  }
  const directory = Buffer.concat(central);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...locals, directory, end]);
}

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'zip-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

test('files are unpacked, stored and deflated, in folders and empty', () => {
  unpackZip(zip([
    { name: 'lib/', data: Buffer.alloc(0), method: 0 }, { name: 'lib/a.js', data: Buffer.from('a'.repeat(1000)) }, { name: 'b.txt', data: Buffer.from('b'), method: 0 }, { name: 'empty', data: Buffer.alloc(0) },
  ]), directory);
  expect(readFileSync(join(directory, 'lib/a.js'), 'utf8')).toBe('a'.repeat(1000));
  expect(readFileSync(join(directory, 'b.txt'), 'utf8')).toBe('b');
  expect(readFileSync(join(directory, 'empty'))).toHaveLength(0);
});

test.each(['../escaped', 'a/../../escaped', '/tmp/escaped-by-zip'])('a file elsewhere is refused: %s', name => {
  expect(() => unpackZip(zip([{ name, data: Buffer.from('x') }]), directory)).toThrow('names a file outside of itself');
  expect(existsSync(join(directory, '../escaped'))).toBe(false);
});

test.each<[string, () => Buffer]>([
  ['nothing', () => Buffer.alloc(0)],
  ['no archive', () => Buffer.from('exports.handler = 1;'.repeat(10))],
  ['one that is cut', () => zip([{ name: 'a', data: Buffer.from('a') }]).subarray(20)],
  ['one that compresses otherwise', () => zip([{ name: 'a', data: Buffer.from('a'), method: 14 }])],
  ['a bomb: more than it says', () => zip([{ name: 'a', data: Buffer.alloc(10_000_000), size: 10 }])],
  ['a bomb: too much', () => zip([{ name: 'a', data: Buffer.from('a'), size: 0x7fffffff }])],
])('%s is refused', (_name, archive) => {
  expect(() => unpackZip(archive(), directory)).toThrow();
});
