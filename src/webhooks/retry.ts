import { RETRY_BUSY } from '../workflows/retry';

/** Seven seconds at most for each state: who waits for the workflow waits 29 seconds. */
export const RETRY_WHILE_AWAITED = { ...RETRY_BUSY, MaxAttempts: 3 };
