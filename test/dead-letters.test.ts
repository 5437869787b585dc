import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { idOf, ofType, Resource, Resources, resourcesOf } from './support/resources';
import { specimens } from './support/specimens';
import { workflowDefinition } from './support/workflow-definition';
import { WORKFLOW_HOPS } from '../local/cli/redrive/workflow-letter';

/** Every way on which something goes by itself, in the templates: it is tried again, and what is given up is kept. */
const templates = [...specimens()].map(([name, stack]) => [name, resourcesOf(stack)] as const);
const targetsOf = ([, { Properties }]: [string, Resource]): any[] => Properties.Targets;

const isQueue = (resources: Resources, arn: any) => resources[idOf(arn)]?.Type === 'AWS::SQS::Queue' || /^arn:aws:sqs:/.test(arn);

/** The workflows that nobody waits for: those that a rule or a pipe starts, a route without waiting, or a workflow that rules are made for. */
function asynchronous(resources: Resources): [string, Resource][] {
  const started = [
    ...ofType(resources, 'AWS::Events::Rule').flatMap(targetsOf).map(({ Arn }) => idOf(Arn)),
    ...ofType(resources, 'AWS::Pipes::Pipe').map(([, { Properties }]) => idOf(Properties.Target)),
  ];
  const texts = Object.values(resources).filter(({ Type }) => /Integration$|StateMachine$/.test(Type)).map(resource => JSON.stringify(resource.Properties));
  return ofType(resources, 'AWS::StepFunctions::StateMachine').filter(([id]) => (
    started.includes(id) || texts.some(text => text.includes(`"${id}"`) && /states:action\/StartExecution|eventbridge:putTargets/.test(text))
  ));
}

/** The states that a state may go on to. */
const nextOf = (state: any): string[] => [state.Next, state.Default, ...[...state.Choices ?? [], ...state.Catch ?? []].map(({ Next }) => Next)].filter(Boolean);

function reaches(states: Record<string, any>, name: string, isGoal: (state: any) => boolean, seen = new Set<string>()): boolean {
  if (seen.has(name)) {
    return false;
  }
  seen.add(name);
  return isGoal(states[name]) || nextOf(states[name]).some(next => reaches(states, next, isGoal, seen));
}

function tasksOf(states: Record<string, any>): [string, any][] {
  return Object.entries(states).flatMap(([name, state]) => [
    ...state.Type === 'Task' ? [[name, state] as [string, any]] : [], ...state.ItemProcessor ? tasksOf(state.ItemProcessor.States) : [],
  ]);
}

const isDeadLetter = (state: any) => state.Resource?.endsWith(':sqs:sendMessage');

test('there is something to look at', () => {
  const count = (type: string) => templates.flatMap(([, resources]) => ofType(resources, type)).length;
  expect(count('AWS::Events::Rule')).toBeGreaterThan(6);
  expect(count('AWS::Pipes::Pipe')).toBeGreaterThan(0);
  expect(templates.flatMap(([, resources]) => asynchronous(resources)).length).toBeGreaterThan(6);
});

describe.each(templates)('%s', (_name, resources) => {
  test.each([...ofType(resources, 'AWS::Events::Rule'), ['none', undefined]] as [string, Resource?][])('the targets of the rule %s', (id, rule) => {
    for (const target of rule ? targetsOf([id, rule]) : []) {
      expect(target.RetryPolicy).toEqual({ MaximumRetryAttempts: expect.any(Number), MaximumEventAgeInSeconds: expect.any(Number) });
      expect(isQueue(resources, target.DeadLetterConfig?.Arn)).toBe(true);
      if (typeof target.DeadLetterConfig.Arn === 'string') {
        // Somebody else's queue, and their policy.
        continue;
      }
      const allowed = ofType(resources, 'AWS::SQS::QueuePolicy').flatMap(([, { Properties }]) => Properties.PolicyDocument.Statement).filter(({ Effect, Resource: queue }) => (
        Effect === 'Allow' && idOf(queue) === idOf(target.DeadLetterConfig.Arn)
      ));
      expect(allowed).toContainEqual(expect.objectContaining({
        Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnEquals: { 'aws:SourceArn': { 'Fn::GetAtt': [id, 'Arn'] } } },
      }));
    }
  });

  test('pipes and schedules', () => {
    for (const [, { Properties }] of ofType(resources, 'AWS::Pipes::Pipe')) {
      const { MaximumRetryAttempts: attempts, DeadLetterConfig: config } = Properties.SourceParameters.DynamoDBStreamParameters;
      expect(attempts).toBeGreaterThan(0);
      expect(isQueue(resources, config.Arn)).toBe(true);
    }
    for (const [, { Properties }] of ofType(resources, 'AWS::Scheduler::Schedule')) {
      expect(Properties.Target.RetryPolicy).toBeDefined();
      expect(isQueue(resources, Properties.Target.DeadLetterConfig?.Arn)).toBe(true);
    }
  });

  test('whatever fails in a workflow that nobody waits for is kept', () => {
    for (const [id, workflow] of asynchronous(resources)) {
      const { States: states } = workflowDefinition(workflow);
      const working = Object.entries<any>(states).filter(([, state]) => ['Task', 'Map'].includes(state.Type) && !isDeadLetter(state));
      expect(working.length).toBeGreaterThan(0);
      for (const [name, state] of working) {
        const caught = (state.Catch ?? []).find(({ ErrorEquals: errors }: any) => errors.includes('States.ALL'));
        expect([id, name, caught !== undefined && reaches(states, caught.Next, isDeadLetter)]).toEqual([id, name, true]);
      }
    }
  });

  test('what only evaluates an event has no Catch of its own, and so stands in a Map that has', () => {
    for (const [id, workflow] of asynchronous(resources)) {
      const evaluating = Object.entries<any>(workflowDefinition(workflow).States).filter(([, { Type: type }]) => ['Pass', 'Choice', 'Succeed', 'Wait'].includes(type));
      expect(evaluating.length).toBeGreaterThan(0);
      expect(evaluating.filter(([, state]) => /\$event\b/.test(JSON.stringify(state))).map(([name]) => [id, name])).toEqual([]);
    }
  });

  test('no call of a workflow that nobody waits for is waited for until the execution is over', () => {
    for (const [id, workflow] of asynchronous(resources)) {
      for (const [name, { TimeoutSeconds: seconds }] of tasksOf(workflowDefinition(workflow).States)) {
        expect([id, name, seconds]).toEqual([id, name, 20]);
      }
    }
  });

  test('what every workflow asks of a service it asks again, later each time, at a time of chance', () => {
    const calling = ofType(resources, 'AWS::StepFunctions::StateMachine').filter(([, { Properties }]) => JSON.stringify(Properties).includes(':states:::'));
    for (const [id, workflow] of calling) {
      for (const [name, { Retry: retry }] of tasksOf(workflowDefinition(workflow).States)) {
        expect([id, name, retry?.[0]]).toEqual([id, name, expect.objectContaining({ BackoffRate: 2, JitterStrategy: 'FULL' })]);
      }
    }
  });

  test('the queues keep what is in them for as long as they can, encrypted, and take nothing in the clear', () => {
    const policies = ofType(resources, 'AWS::SQS::QueuePolicy').map(([, { Properties }]) => Properties);
    for (const [id, { Properties }] of ofType(resources, 'AWS::SQS::Queue')) {
      expect(Properties).toMatchObject({ MessageRetentionPeriod: 14 * 24 * 60 * 60, SqsManagedSseEnabled: true });
      const ofQueue = policies.filter(({ Queues: queues }) => queues.some((queue: any) => idOf(queue) === id));
      const statements = ofQueue.flatMap(({ PolicyDocument: { Statement } }) => Statement);
      expect(statements).toContainEqual(expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }));
    }
  });
});

test('the rules that clients make are tried again as others are, and have the queue', () => {
  const [, resources] = templates.find(([name]) => name === 'EventSocket with rules')!;
  const states = ofType(resources, 'AWS::StepFunctions::StateMachine').flatMap(([, workflow]) => tasksOf(workflowDefinition(workflow).States));
  const targets = states.flatMap(([, { Resource: resource, Arguments: given }]) => resource.endsWith(':putTargets') ? given.Targets : []);
  expect(targets).toEqual([expect.objectContaining({
    RetryPolicy: { MaximumRetryAttempts: 185, MaximumEventAgeInSeconds: 7200 }, DeadLetterConfig: { Arn: '${DeadLetterQueueArn}' },
  })]);
});

test('the page tells of every way, and of no other', () => {
  const source = join(__dirname, '../src');
  const hops = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.ts'))
    .flatMap(file => [...readFileSync(join(source, file), 'utf8').matchAll(/\bhop: '(\w+)'/g)]).map(([, hop]) => hop);
  const rows = [...readFileSync(join(__dirname, '../docs/dead-letters.md'), 'utf8').matchAll(/^\| `(\w+)` \|/gm)].map(([, hop]) => hop);
  expect(rows.sort()).toEqual([...new Set(hops), 'rule', 'pipe'].sort());
  expect([...WORKFLOW_HOPS].sort()).toEqual([...new Set(hops)].sort());
});
