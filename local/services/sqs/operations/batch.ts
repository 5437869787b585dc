import { AwsError } from '../../../kernel/aws-error';
import { queryErrorCode } from '../errors';

interface BatchEntry {
  readonly Id: string;
}

const MAXIMUM_ENTRIES = 10;
const ENTRY_ID = /^[\w-]{1,80}$/;

/** Checks the entries of a batch as a whole. */
export function checkEntries<Entry extends BatchEntry>(given: unknown, member: string): Entry[] {
  if (!Array.isArray(given) || given.length === 0) {
    throw new AwsError('EmptyBatchRequest', `There should be at least one ${member} in the request.`);
  }
  if (given.length > MAXIMUM_ENTRIES) {
    throw new AwsError('TooManyEntriesInBatchRequest', `Maximum number of entries per request are ${MAXIMUM_ENTRIES}. You have sent ${given.length}.`);
  }
  const ids = new Set<string>();
  for (const entry of given as Array<Partial<BatchEntry> | null>) {
    const id = entry?.Id;
    if (typeof id !== 'string' || !ENTRY_ID.test(id)) {
      throw new AwsError('InvalidBatchEntryId', 'A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.');
    }
    if (ids.has(id)) {
      throw new AwsError('BatchEntryIdsNotDistinct', `Id ${id} repeated.`);
    }
    ids.add(id);
  }
  return given;
}

/** Handles each entry on its own, so that one that is refused does not hold back the others. */
export function handleEntries<Entry extends BatchEntry>(entries: readonly Entry[], handle: (entry: Entry) => object): object {
  const successful: object[] = [];
  const failed: object[] = [];
  for (const entry of entries) {
    try {
      successful.push({ Id: entry.Id, ...handle(entry) });
    } catch (error) {
      if (!(error instanceof AwsError)) {
        throw error;
      }
      failed.push({ Id: entry.Id, SenderFault: error.status < 500, Code: queryErrorCode(error.code), Message: error.message });
    }
  }
  return { Successful: successful, ...(failed.length > 0 ? { Failed: failed } : {}) };
}
