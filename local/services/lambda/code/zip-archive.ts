import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve, sep } from 'node:path';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const ENTRY = 0x02014b50;
const END_LENGTH = 22;
const ENTRY_LENGTH = 46;
const LOCAL_HEADER_LENGTH = 30;
const STORED = 0;
const DEFLATED = 8;

/** Lambda's limit for a function's code, unpacked. */
const MAXIMUM_BYTES = 250 * 1024 * 1024;

/** Unpacks a zip archive into a directory; throws when it is none, is larger than Lambda takes, or names files elsewhere. */
export function unpackZip(archive: Buffer, directory: string): void {
  let total = 0;
  for (const { name, method, start, compressedSize, size } of readEntries(archive)) {
    const file = resolve(directory, name);
    if (!file.startsWith(resolve(directory) + sep)) {
      throw new Error(`the archive names a file outside of itself: ${name}`);
    }
    total += size;
    if (total > MAXIMUM_BYTES) {
      throw new Error(`Unzipped size must be smaller than ${MAXIMUM_BYTES} bytes`);
    }
    if (name.endsWith('/')) {
      continue;
    }
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, inflate(archive.subarray(start, start + compressedSize), method, size, name));
  }
}

function inflate(data: Buffer, method: number, size: number, name: string): Buffer {
  if (method === STORED) {
    return data;
  }
  if (method !== DEFLATED) {
    throw new Error(`the archive compresses ${name} in a way that is not known (${method})`);
  }
  // What is longer than it says would be a bomb.
  return inflateRawSync(data, { maxOutputLength: Math.max(size, 1) });
}

/** What the directory at an archive's end says of its files. */
function* readEntries(archive: Buffer) {
  const end = findEnd(archive);
  const count = archive.readUInt16LE(end + 10);
  let offset = archive.readUInt32LE(end + 16);
  for (let index = 0; index < count; index++) {
    if (offset + ENTRY_LENGTH > archive.length || archive.readUInt32LE(offset) !== ENTRY) {
      throw new Error('the archive is damaged');
    }
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map(position => archive.readUInt16LE(offset + position));
    const local = archive.readUInt32LE(offset + 42);
    if (local + LOCAL_HEADER_LENGTH > archive.length) {
      throw new Error('the archive is damaged');
    }
    yield {
      name: archive.toString('utf8', offset + ENTRY_LENGTH, offset + ENTRY_LENGTH + nameLength),
      method: archive.readUInt16LE(offset + 10),
      compressedSize: archive.readUInt32LE(offset + 20),
      size: archive.readUInt32LE(offset + 24),
      start: local + LOCAL_HEADER_LENGTH + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28),
    };
    offset += ENTRY_LENGTH + nameLength + extraLength + commentLength;
  }
}

function findEnd(archive: Buffer): number {
  for (let offset = archive.length - END_LENGTH; offset >= 0 && offset >= archive.length - END_LENGTH - 0xffff; offset--) {
    if (archive.readUInt32LE(offset) === END_OF_DIRECTORY) {
      return offset;
    }
  }
  throw new Error('Could not unzip uploaded file. Please check your file, then try to upload again.');
}
