import { Clock } from './contracts';
import { isTransient } from './transient-error';

const ATTEMPTS = 8;
const FIRST_RETRY_MILLISECONDS = 1000;

/** Makes a call again while its service is busy or broken, for about two minutes: what is given up is lost unless it comes into its dead-letter queue. */
export async function insist<Output>(clock: Clock, signal: AbortSignal, call: () => Promise<Output>): Promise<Output> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await call();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error) || signal.aborted) {
        throw error;
      }
    }
    await clock.sleep(FIRST_RETRY_MILLISECONDS * 2 ** (attempt - 1), signal).catch(() => {});
  }
}
