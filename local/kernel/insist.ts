import { Assumption, Clock } from './contracts';
import { isTransient } from './transient-error';

const ATTEMPTS = 8;
const FIRST_RETRY_MILLISECONDS = 1000;

/** For the support matrix, of services that hand on what they have given up. */
export const INSISTENCE: Assumption = {
  about: 'A dead-letter queue, or another place for what was given up, that cannot be reached',
  assumed: 'It is tried eight times, over two minutes; then the letter is lost, and the runtime\'s log says so.',
};

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
