import { AwsClient } from './aws-client';
import { Letter, PutBack } from './letter';
import { LetterProblem } from './letter-problem';
import { preparePipeLetter } from './pipe-letter';
import { DeadLetterQueue } from './queue';
import { prepareRuleLetter } from './rule-letter';
import { prepareWorkflowLetter, WORKFLOW_HOPS } from './workflow-letter';

/** Finds out how a letter is put back, and that it may be; throws a LetterProblem for one that stays. Nothing is changed before the result is called. */
export async function preparePutBack(client: AwsClient, queue: DeadLetterQueue, letter: Letter): Promise<PutBack> {
  const { hop } = letter;
  if (hop === undefined) {
    throw new LetterProblem('foreign', 'It is no letter of a rule, of a pipe, or of a workflow of this library: it has no RULE_ARN, no context of a pipe and no HOP.');
  }
  if (letter.content === undefined) {
    throw new LetterProblem('malformed', 'Its body is not JSON.');
  }
  if (hop === 'rule') {
    return prepareRuleLetter(client, queue, letter);
  }
  if (hop === 'pipe') {
    return preparePipeLetter(client, queue, letter);
  }
  if (!WORKFLOW_HOPS.includes(hop)) {
    throw new LetterProblem('unknownHop', `Its hop ${JSON.stringify(hop)} is none of rule, pipe, ${WORKFLOW_HOPS.join(', ')}.`);
  }
  return prepareWorkflowLetter(client, queue, letter);
}
