/** LevelDB is native and cannot be bundled: an app that wants its tables to outlive the runtime brings it. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { StorageError } from './storage-error';

const PACKAGE = 'classic-level';

/** What is used of LevelDB. Of its versions, any that an app has will do. */
export interface Level {
  open(): Promise<void>;
  close(): Promise<void>;
  batch(operations: ReadonlyArray<{ type: 'put'; key: string; value: string } | { type: 'del'; key: string }>): Promise<void>;
  iterator(): LevelIterator;
}

export interface LevelIterator {
  nextv(size: number): Promise<[key: string, value: string][]>;
  close(): Promise<void>;
}

export type LevelConstructor = new (location: string) => Level;

/** Loads LevelDB from the project that the command runs in, or else from beside the runtime. */
export function loadClassicLevel(): LevelConstructor {
  for (const from of [join(process.cwd(), 'package.json'), __filename]) {
    const require = createRequire(from);
    const file = resolve(require);
    if (file !== undefined) {
      return load(require, file);
    }
  }
  throw new StorageError(`To keep data, the runtime needs LevelDB, which is not installed here. Add it: npm install --save-dev ${PACKAGE}`);
}

function resolve(require: NodeJS.Require): string | undefined {
  try {
    return require.resolve(PACKAGE);
  } catch {
    return undefined;
  }
}

function load(require: NodeJS.Require, file: string): LevelConstructor {
  try {
    return require(file).ClassicLevel;
  } catch (error) {
    throw new StorageError(`To keep data, the runtime needs LevelDB, which is installed here but does not load: ${String(error).split('\n')[0]} (${file})`, { cause: error });
  }
}
