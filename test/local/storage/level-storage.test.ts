import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Storage } from '../../../local/kernel/contracts';
import { loadClassicLevel } from '../../../local/storage/classic-level';
import { LevelStorage } from '../../../local/storage/level-storage';

let parent: string;
let directory: string;
const open = new Set<LevelStorage>();

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'storage-'));
  directory = join(parent, 'deep', 'data');
});
afterEach(async () => {
  for (const storage of open) {
    await storage.close();
  }
  open.clear();
  rmSync(parent, { recursive: true, force: true });
});

async function start(): Promise<LevelStorage> {
  const storage = await LevelStorage.open(directory);
  open.add(storage);
  return storage;
}

async function stop(storage: LevelStorage): Promise<void> {
  open.delete(storage);
  await storage.close();
}

const put = (storage: Storage, entries: Record<string, string | undefined>) => storage.write(new Map(Object.entries(entries)));

/** What is there after a restart. */
async function restart(storage: LevelStorage): Promise<Record<string, string>> {
  await stop(storage);
  return Object.fromEntries((await start()).takeEntries());
}

/** Stores something in a table and something in the log, and ends. */
async function fill(): Promise<string> {
  for (const round of ['in the table', 'in the log']) {
    // What the log has becomes a table when the database is opened.
    const storage = await start();
    for (let part = 0; part < 10; part++) {
      await put(storage, Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`${round} ${part} ${index}`, `${round} ${index} `.repeat(100)])));
    }
    await stop(storage);
  }
  const files = readdirSync(join(directory, 'leveldb'));
  expect(files.some(file => file.endsWith('.ldb')) && files.some(file => file.endsWith('.log'))).toBe(true);
  return join(directory, 'leveldb');
}

const filesOf = (database: string, ending: string) => readdirSync(database).filter(file => file.endsWith(ending)).map(file => join(database, file));

function changeByte(file: string, position: (size: number) => number): void {
  const bytes = readFileSync(file);
  const at = position(bytes.length);
  bytes[at] = 255 - bytes[at];
  writeFileSync(file, bytes);
}

test('what was written is there again, and handed over once', async () => {
  const storage = await start();
  expect([...storage.takeEntries()]).toEqual([]);
  await put(storage, { a: '1', b: '2', c: '\u0000 ü 😀' });
  await put(storage, { a: '3', b: undefined, nothing: undefined });
  expect(await restart(storage)).toEqual({ a: '3', c: '\u0000 ü 😀' });
  const [again] = open;
  expect([...again.takeEntries()]).toEqual([]);
});

test('writes are stored in the order in which they came', async () => {
  const storage = await start();
  await Promise.all(Array.from({ length: 200 }, (_, index) => put(storage, { a: String(index) })));
  expect(await restart(storage)).toEqual({ a: '199' });
});

test('more entries than are read at once', async () => {
  const storage = await start();
  const entries = Object.fromEntries(Array.from({ length: 2500 }, (_, index) => [`key ${index}`, String(index)]));
  await put(storage, entries);
  expect(await restart(storage)).toEqual(entries);
});

test('after a write that failed, the next one is stored, and all adds up', async () => {
  const storage = await start();
  await put(storage, { a: '1' });
  const { database } = storage as unknown as { database: { batch: (...args: unknown[]) => Promise<void> } };
  const batch = database.batch.bind(database);
  database.batch = async () => { throw new Error('No space left on device'); };
  await expect(put(storage, { a: '2', b: '2' })).rejects.toThrow('No space');
  await expect(put(storage, { c: '3' })).rejects.toThrow('No space');
  database.batch = batch;
  await put(storage, { d: '4' });
  expect(await restart(storage)).toEqual({ a: '1', d: '4' });
});

test('a directory is used by one process at a time', async () => {
  await start();
  const script = `
    const { ClassicLevel } = require('classic-level');
    new ClassicLevel(${JSON.stringify(join(directory, 'leveldb'))}).open().then(() => console.log('opened'), error => console.log(error.cause.code));
  `;
  expect(execFileSync(process.execPath, ['-e', script], { cwd: __dirname, encoding: 'utf8' })).toBe('LEVEL_LOCKED\n');
  await expect(LevelStorage.open(directory)).rejects.toThrow(`The data in ${directory} is in use by another copy of this runtime.`);
});

describe('what is not ours is left alone', () => {
  test('a directory with other files', async () => {
    mkdirSync(directory, { recursive: true });
    writeFileSync(join(directory, 'thesis.doc'), 'years of work');
    await expect(LevelStorage.open(directory)).rejects.toThrow(/data is no data directory of the local runtime.*thesis\.doc/);
    expect(readdirSync(directory)).toEqual(['thesis.doc']);
  });

  test('somebody else\'s LevelDB', async () => {
    const ClassicLevel = loadClassicLevel();
    mkdirSync(parent, { recursive: true });
    const foreign = new ClassicLevel(directory);
    await foreign.open();
    await foreign.close();
    const before = readdirSync(directory);
    await expect(LevelStorage.open(directory)).rejects.toThrow(/no data directory of the local runtime/);
    expect(readdirSync(directory)).toEqual(before);
  });

  test('a file', async () => {
    directory = join(parent, 'file');
    writeFileSync(directory, 'text');
    await expect(LevelStorage.open(directory)).rejects.toThrow(/Data cannot be kept in .*file/);
    expect(readFileSync(directory, 'utf8')).toBe('text');
  });
});

describe('a damaged database is named', () => {
  const refused = async () => {
    await expect(LevelStorage.open(directory)).rejects.toThrow(`The database in ${directory} is damaged: `);
    // And so it stays: to be opened does not make it look well.
    await expect(LevelStorage.open(directory)).rejects.toThrow('is damaged: ');
  };

  test('without CURRENT, which LevelDB would take for a new one', async () => {
    const database = await fill();
    const before = filesOf(database, '.ldb').map(file => readFileSync(file));
    rmSync(join(database, 'CURRENT'));
    await refused();
    expect(filesOf(database, '.ldb').map(file => readFileSync(file))).toEqual(before);
  });

  test('with a CURRENT that says nothing', async () => {
    writeFileSync(join(await fill(), 'CURRENT'), 'nothing');
    await refused();
  });

  test('without its manifest', async () => {
    const database = await fill();
    readdirSync(database).filter(file => file.startsWith('MANIFEST')).forEach(file => rmSync(join(database, file)));
    await refused();
  });

  test('without a table', async () => {
    rmSync(filesOf(await fill(), '.ldb')[0]);
    await refused();
  });

  test('without its log', async () => {
    filesOf(await fill(), '.log').forEach(file => rmSync(file));
    await refused();
  });

  test('with a byte that changed in the last thing that was written', async () => {
    const storage = await start();
    await put(storage, { a: '1' });
    await put(storage, { b: '2'.repeat(1000) });
    await stop(storage);
    changeByte(filesOf(join(directory, 'leveldb'), '.log')[0], size => size - 500);
    await refused();
  });

  test.each([0.1, 0.3, 0.5, 0.7, 0.9])('or whole, with a byte of a table that changed, %d of the way', async part => {
    const database = await fill();
    const before = [...(await start()).takeEntries()];
    await stop([...open][0]);
    changeByte(filesOf(database, '.ldb')[0], size => Math.floor(size * part));
    const after = await start().then(storage => [...storage.takeEntries()], error => error.message);
    // A byte that nothing is read from does no harm.
    expect([before, expect.stringContaining('is damaged: ')]).toContainEqual(after);
  });

  test.each([0.1, 0.5])('with a byte of the log that changed, %d of the way', async part => {
    const [log] = filesOf(await fill(), '.log');
    changeByte(log, size => Math.floor(size * part));
    await refused();
  });
});

test('data of another version is named as such', async () => {
  await put(await start(), { a: '1' });
  await stop([...open][0]);
  const database = new (loadClassicLevel())(join(directory, 'leveldb'));
  await database.open();
  await database.batch([{ type: 'put', key: '!summary', value: '{"version":2,"entries":1}' }]);
  await database.close();
  await expect(LevelStorage.open(directory)).rejects.toThrow(`The data in ${directory} was written by another version of this runtime.`);
});

test('a database that cannot be opened is not called damaged: nobody is to remove it', async () => {
  const database = await fill();
  rmSync(join(database, 'LOCK'));
  mkdirSync(join(database, 'LOCK'));
  await expect(LevelStorage.open(directory)).rejects.toThrow(`The database in ${directory} cannot be opened: IO error: ${join(database, 'LOCK')}`);
});

test('a start that was killed before anything was written is begun again', async () => {
  mkdirSync(join(directory, 'leveldb'), { recursive: true });
  writeFileSync(join(directory, 'lambdaless-data.txt'), '');
  writeFileSync(join(directory, 'leveldb', 'MANIFEST-000001'), '');
  await put(await start(), { a: '1' });
  expect(existsSync(join(directory, 'leveldb', 'CURRENT'))).toBe(true);
});

test('a half-written end of the log, as a kill leaves it, is no damage', async () => {
  const storage = await start();
  await put(storage, { a: '1' });
  await put(storage, { b: '2'.repeat(1000) });
  await stop(storage);
  const [log] = filesOf(join(directory, 'leveldb'), '.log');
  writeFileSync(log, readFileSync(log).subarray(0, -500));
  expect(Object.fromEntries((await start()).takeEntries())).toEqual({ a: '1' });
});
