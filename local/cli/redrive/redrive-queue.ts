import { AwsClient } from './aws-client';
import { Letter } from './letter';
import { LetterProblem } from './letter-problem';
import { preparePutBack } from './put-back';
import { DeadLetterQueue } from './queue';
import { AwsError } from '../../kernel/aws-error';

/** Which letters are put back, and whether they are. */
export interface Selection {
  readonly dryRun: boolean;
  /** How many are looked at, at most. */
  readonly limit: number;
  /** Undefined for all. */
  readonly hops?: readonly string[];
  /** Codes of errors; undefined for all. */
  readonly reasons?: readonly string[];
}

/** What became of a letter; stable. */
export interface LetterReport {
  readonly queueUrl: string;
  readonly messageId: string;
  readonly sentAt: string;
  readonly hop?: string;
  readonly target?: string;
  readonly errorCode?: string;
  readonly errorMessage?: string;
  /** `wouldBeRedriven` in a dry run; a letter that is `refused` cannot be put back as it is, one that `failed` may be later. */
  readonly outcome: 'redriven' | 'wouldBeRedriven' | 'refused' | 'failed';
  /** The execution or the event that took it. */
  readonly takenBy?: string;
  readonly problem?: { readonly code: string; readonly message: string };
}

/** Puts the letters of a queue back, one after the other. One is deleted once its target has taken it: what goes wrong before leaves it in the queue. */
export async function* redriveQueue(client: AwsClient, url: string, selection: Selection): AsyncGenerator<LetterReport> {
  const queue = await DeadLetterQueue.open(client, url);
  let count = 0;
  try {
    for await (const letter of queue.letters()) {
      if (count >= selection.limit) {
        break;
      }
      if (isSelected(letter, selection)) {
        count++;
        yield { ...describe(url, letter), ...await redrive(client, queue, letter, selection.dryRun) };
      }
    }
  } finally {
    await queue.release();
  }
}

function isSelected({ hop, errorCode }: Letter, { hops, reasons }: Selection): boolean {
  return (hops?.includes(hop ?? '') ?? true) && (reasons?.includes(errorCode ?? '') ?? true);
}

async function redrive(client: AwsClient, queue: DeadLetterQueue, letter: Letter, dryRun: boolean): Promise<Pick<LetterReport, 'outcome' | 'takenBy' | 'problem'>> {
  let takenBy: string | undefined;
  try {
    const putBack = await preparePutBack(client, queue, letter);
    if (dryRun) {
      return { outcome: 'wouldBeRedriven' };
    }
    takenBy = await putBack();
    await queue.delete(letter);
    return { outcome: 'redriven', takenBy };
  } catch (error) {
    if (error instanceof LetterProblem) {
      return { outcome: 'refused', problem: { code: error.code, message: error.message } };
    }
    const { name, message } = error as Error;
    const problem = { code: error instanceof AwsError ? error.code : name, message };
    // It was taken, and is still there: whoever puts it back again does so twice.
    return takenBy === undefined ? { outcome: 'failed', problem } : { outcome: 'failed', takenBy, problem: { ...problem, message: `It was taken, and could not be deleted: ${message}` } };
  }
}

function describe(queueUrl: string, { messageId, sentAt, hop, target, errorCode, errorMessage }: Letter) {
  return { queueUrl, messageId, sentAt: new Date(sentAt).toISOString(), hop, target, errorCode, errorMessage };
}
