import { readFileSync } from 'node:fs';
import { UsageError } from '../report';

/** The text of a file that an option names. */
export function readText(option: string, file: string | undefined): string {
  if (file === undefined) {
    throw new UsageError(`${option} is missing: it takes a file, or use --jsonl for requests on standard input.`);
  }
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${option} ${file} cannot be read: ${(error as Error).message}`);
  }
}

export function readJson(option: string, file: string | undefined): any {
  try {
    return JSON.parse(readText(option, file));
  } catch (error) {
    throw error instanceof SyntaxError ? new UsageError(`${option} ${file} is not JSON: ${error.message}`) : error;
  }
}

/** Runs what a person asked of an engine; an engine's own error is an answer, told in one line. */
export async function tell(ask: () => string | Promise<string>): Promise<void> {
  try {
    process.stdout.write(`${await ask()}\n`);
  } catch (error) {
    throw error instanceof UsageError ? error : new UsageError(error instanceof Error ? error.message : String(error));
  }
}
