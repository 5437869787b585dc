import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** A file of the page, compressed as it is sent. */
export interface PageFile {
  readonly type: string;
  readonly compressed: Buffer;
  /** For whoever does not take it compressed. */
  plain(): Buffer;
}

const TYPES: Readonly<Record<string, string>> = {
  'index.html': 'text/html; charset=utf-8',
  'inspector.js': 'text/javascript; charset=utf-8',
  'inspector.css': 'text/css; charset=utf-8',
};

/** Where the bundler puts the page: beside the command. */
export const PAGE_DIRECTORY = join(__dirname, 'inspector');

/** Finds the file of a path below the inspector's; undefined when there is none. */
export function pageFile(directory: string, name: string): PageFile | undefined {
  const file = name === '' ? 'index.html' : name;
  if (!Object.hasOwn(TYPES, file)) {
    return undefined;
  }
  const compressed = readFileSync(join(directory, `${file}.gz`));
  return { type: TYPES[file], compressed, plain: () => gunzipSync(compressed) };
}
