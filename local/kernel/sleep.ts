/** Waits by what calls back after a while, unless the signal comes first. */
export function sleepBy(schedule: (milliseconds: number, callback: () => void) => () => void, milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    const abort = () => {
      cancel();
      reject(signal!.reason);
    };
    const cancel = schedule(milliseconds, () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
    signal?.addEventListener('abort', abort, { once: true });
  });
}
