/** How AWS rounds what it counts. */

const KILOBYTE = 1024;
const EXPRESS_CHUNK_MEGABYTES = 64;

/** Messages, events and requests are counted in pieces of so many kilobytes: one at least. */
export function pieces(bytes: number, kilobytes: number): number {
  return Math.max(1, Math.ceil(bytes / (kilobytes * KILOBYTE)));
}

/** GB-seconds of an Express execution of 64 MB: by 100 milliseconds, one at least. */
export function expressGigabyteSeconds(milliseconds: number): number {
  return EXPRESS_CHUNK_MEGABYTES / 1024 * Math.max(1, Math.ceil(milliseconds / 100)) / 10;
}

/** Bytes of an entry of PutEvents, as EventBridge sums them up. */
export function entryBytes({ Source, DetailType, Detail, Time, Resources }: Record<string, unknown>): number {
  const texts = [Source, DetailType, Detail, ...Array.isArray(Resources) ? Resources : []];
  return texts.reduce<number>((sum, text) => sum + (typeof text === 'string' ? Buffer.byteLength(text) : 0), Time === undefined ? 0 : 14);
}
