import { AwsClient } from './aws-client';
import { isObject, Letter, PutBack } from './letter';
import { LetterProblem } from './letter-problem';
import { DeadLetterQueue } from './queue';
import { orGone, startExecution } from './workflow-letter';
import { compileEventPattern } from '../../engines/event-pattern';
import { compileTargetInput } from '../../engines/input-transformer';
import { AwsError } from '../../kernel/aws-error';

const RULE = /^arn:[^:]+:events:[^:]+:\d{12}:rule\/(?:(.+)\/)?([^/]+)$/;
const STATE_MACHINE = /^arn:[^:]+:states:[^:]+:\d{12}:stateMachine:/;
const API_DESTINATION = /^arn:[^:]+:events:[^:]+:\d{12}:api-destination\//;

interface NamedRule {
  readonly arn: string;
  readonly name: string;
  readonly bus: string;
}

/** A letter of a rule is the event: its target gets what the rule makes of it. */
export async function prepareRuleLetter(client: AwsClient, queue: DeadLetterQueue, letter: Letter): Promise<PutBack> {
  const { content: event, target: targetArn = '', ruleArn = '' } = letter;
  const [, bus = 'default', name] = RULE.exec(ruleArn) ?? [];
  if (name === undefined || !isEvent(event)) {
    throw new LetterProblem('malformed', name === undefined ? `Its RULE_ARN ${JSON.stringify(ruleArn)} is not the ARN of a rule.` : 'Its body is not an event.');
  }
  const rule = { arn: ruleArn, name, bus };
  const target = await targetOf(client, queue, rule, targetArn);
  if (STATE_MACHINE.test(targetArn)) {
    const ingestionTime = new Date(client.serverTime ?? Date.now()).toISOString();
    const input = compileTargetInput(target).render(event, { name, arn: ruleArn, ingestionTime });
    if (input === undefined) {
      throw new LetterProblem('unsupported', `The rule ${name} makes nothing of this event.`);
    }
    return () => startExecution(client, targetArn, letter.messageId, input);
  }
  if (API_DESTINATION.test(targetArn)) {
    await requireAlone(client, rule, event);
    return () => putEvent(client, bus, event);
  }
  throw new LetterProblem('unsupported', `Targets such as ${targetArn} are none of this library's: only state machines and API destinations are.`);
}

interface Event {
  readonly 'source': string;
  readonly 'detail-type': string;
  readonly 'detail': object;
  readonly 'resources'?: string[];
}

function isEvent(value: unknown): value is Event {
  return isObject(value) && typeof value.source === 'string' && typeof value['detail-type'] === 'string' && isObject(value.detail);
}

/** The one target of the rule that the letter can be of. */
async function targetOf(client: AwsClient, queue: DeadLetterQueue, { name, bus }: NamedRule, arn: string): Promise<any> {
  const targets = await orGone(everyPage(client, 'ListTargetsByRule', { Rule: name, EventBusName: bus }, 'Targets'), `The rule ${name} on ${bus}`);
  const ofArn = targets.filter(({ Arn }) => Arn === arn);
  if (ofArn.length === 0) {
    throw new LetterProblem('targetGone', `The rule ${name} has no target ${arn} any more.`);
  }
  const [target, ...others] = ofArn.filter(({ DeadLetterConfig: config }) => config?.Arn === queue.arn);
  if (!target) {
    throw new LetterProblem('notItsQueue', `The rule ${name} puts no letters of ${arn} into this queue.`);
  }
  if (others.length > 0) {
    throw new LetterProblem('unsupported', `The rule ${name} has ${others.length + 1} targets ${arn}: the letter does not say which of them it is of.`);
  }
  return target;
}

/** An API destination is reached through its rule alone, and through the bus every other rule gets the event as well. */
async function requireAlone(client: AwsClient, { arn, name, bus }: NamedRule, event: Event): Promise<void> {
  if (event.source.startsWith('aws.')) {
    throw new LetterProblem('unsupported', `Nobody but AWS may put events of the source ${event.source}.`);
  }
  const rules = await everyPage(client, 'ListRules', { EventBusName: bus }, 'Rules');
  const matching = rules.filter(({ State: state, EventPattern: pattern }) => state !== 'DISABLED' && pattern !== undefined && compileEventPattern(pattern).matches(event));
  if (!matching.some(rule => rule.Arn === arn)) {
    throw new LetterProblem('unsupported', `The rule ${name} is disabled, or does not match the event any more: putting it on the bus would reach nobody.`);
  }
  const other = matching.find(rule => rule.Arn !== arn);
  if (other) {
    throw new LetterProblem('unsupported', `The rule ${other.Name} matches the event as well, and would get it once more: put it on the bus ${bus} yourself if that does no harm.`);
  }
}

async function putEvent(client: AwsClient, bus: string, event: Event): Promise<string> {
  const entry = { EventBusName: bus, Source: event.source, DetailType: event['detail-type'], Detail: JSON.stringify(event.detail), Resources: event.resources ?? [] };
  const { Entries: [result] } = await client.json('events', 'PutEvents', { Entries: [entry] });
  if (result.EventId === undefined) {
    throw new AwsError(result.ErrorCode, result.ErrorMessage, 400);
  }
  return result.EventId;
}

async function everyPage(client: AwsClient, operation: string, input: object, member: string): Promise<any[]> {
  const items = [];
  for (let token: string | undefined; ;) {
    const page = await client.json('events', operation, { ...input, NextToken: token });
    items.push(...page[member]);
    token = page.NextToken;
    if (token === undefined || token === null) {
      return items;
    }
  }
}
