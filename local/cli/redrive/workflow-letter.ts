import { AwsClient } from './aws-client';
import { isObject, Letter, PutBack } from './letter';
import { LetterProblem } from './letter-problem';
import { DeadLetterQueue } from './queue';
import { AwsError } from '../../kernel/aws-error';

/** The workflows of the library whose letters are inputs: docs/dead-letters.md has them. */
export const WORKFLOW_HOPS: readonly string[] = ['delivery', 'broadcast', 'directMessage', 'presence', 'connectionSweep', 'ruleSweep'];

const STATE_MACHINE = /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:[^:]+$/;

/** A letter of a workflow is the input with which it is started again. */
export async function prepareWorkflowLetter(client: AwsClient, queue: DeadLetterQueue, { messageId, target, content, body, hop }: Letter): Promise<PutBack> {
  if (target === undefined || !STATE_MACHINE.test(target)) {
    throw new LetterProblem('malformed', `Its TARGET_ARN ${JSON.stringify(target ?? null)} is not the ARN of a state machine.`);
  }
  if (!(hop === 'presence' ? Array.isArray(content) : isObject(content))) {
    throw new LetterProblem('malformed', `Its body is not the input of such a workflow, ${hop === 'presence' ? 'a list' : 'an object'}.`);
  }
  // Anybody who may send to the queue could name any workflow: it is started only if it writes such letters itself.
  const { definition } = await orGone(client.json('states', 'DescribeStateMachine', { stateMachineArn: target }), `The workflow ${target}`);
  if (!queueUrls(JSON.parse(definition)).some(url => queue.isCalled(url))) {
    throw new LetterProblem('notItsQueue', `The workflow ${target} puts no letters into this queue.`);
  }
  return () => startExecution(client, target, messageId, body);
}

/** Starts a workflow. The execution bears the letter's name, by which its log is found. */
export async function startExecution(client: AwsClient, stateMachineArn: string, messageId: string, input: string): Promise<string> {
  const { executionArn } = await client.json('states', 'StartExecution', { stateMachineArn, name: `redrive-${messageId}`, input });
  return executionArn;
}

/** Waits for an answer about something that may be gone. */
export async function orGone<Answer>(answer: Promise<Answer>, what: string): Promise<Answer> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof AwsError && /NotFound|DoesNotExist/.test(error.code)) {
      throw new LetterProblem('targetGone', `${what} is gone.`);
    }
    throw error;
  }
}

/** The queues that a definition sends to. */
function queueUrls(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, member]) => name === 'QueueUrl' && typeof member === 'string' ? [member] : queueUrls(member));
}
