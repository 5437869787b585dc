/** The directory that data is kept in: told apart from any other by a file. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from './storage-error';

const MARK = 'lambdaless-data.txt';
const MARK_TEXT = 'The local runtime of cdk-lambdaless-websockets keeps its data here, in the LevelDB database beside this file.\nTo begin anew, remove the whole directory while no runtime uses it.\n';
const DATABASE = 'leveldb';

/** Makes the directory, or recognizes it; returns where its database is. Whatever is not ours is left as it is. */
export function claimDirectory(directory: string): string {
  try {
    mkdirSync(directory, { recursive: true });
    if (!existsSync(join(directory, MARK))) {
      refuseForeign(directory);
      writeFileSync(join(directory, MARK), MARK_TEXT);
    }
    const database = join(directory, DATABASE);
    refuseIncomplete(directory, database);
    return database;
  } catch (error) {
    throw error instanceof StorageError ? error : new StorageError(`Data cannot be kept in ${directory}: ${(error as Error).message}`, { cause: error });
  }
}

function refuseForeign(directory: string): void {
  const entries = readdirSync(directory);
  if (entries.length > 0) {
    throw new StorageError(`${directory} is no data directory of the local runtime: it has other files (${entries[0]}), and no ${MARK}. Name one that is empty, or that does not exist yet.`);
  }
}

/** LevelDB takes a database without the file CURRENT for a new one, and would write over what is there; and it does not miss a log. */
function refuseIncomplete(directory: string, database: string): void {
  const files = existsSync(database) ? readdirSync(database) : [];
  const [hasTables, hasLog] = [/\.(ldb|sst)$/, /\.log$/].map(ending => files.some(file => ending.test(file)));
  if ((hasTables || hasLog) && !files.includes('CURRENT')) {
    throw damaged(directory, 'its file CURRENT is missing');
  }
  if (files.includes('CURRENT') && !files.includes(readFileSync(join(database, 'CURRENT'), 'utf8').trim())) {
    throw damaged(directory, 'its manifest is missing');
  }
  if (hasTables && !hasLog) {
    throw damaged(directory, 'its log is missing');
  }
}

/** What LevelDB skipped of its log when it opened the database: it tells that nowhere but in the file LOG. What a kill left half-written is none of it. */
export function skippedBytes(database: string): string | undefined {
  const lines = readFileSync(join(database, 'LOG'), 'utf8').split('\n');
  return lines.map(line => /dropping \d+ bytes.*/.exec(line)?.[0]).find(text => text !== undefined);
}

/** Data that is not what was written. */
export function damaged(directory: string, what: string, cause?: unknown): StorageError {
  return new StorageError(`The database in ${directory} is damaged: ${what}. Put a copy of the directory in its place, or remove it to begin anew.`, { cause });
}
