import { Duration, Stack } from 'aws-cdk-lib';
import { Choice, Condition, DefinitionBody, Fail, Pass, StateMachine, StateMachineType, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { Response, StartExecution, StartSyncExecution, Value } from '../../../src';
import { ACKNOWLEDGED, BAD_REQUEST_BODY, failed, IntegrationApp, INTERNAL_SERVER_ERROR, REJECTED, tellsFailures, UNAVAILABLE } from '../../support/integration-app';

function machine(stack: Stack, id: string, type: StateMachineType): StateMachine {
  const start = new Choice(stack, `${id}Choice`)
    .when(Condition.isPresent('$.fail'), new Fail(stack, `${id}Fail`, { error: 'Broken', cause: 'secret' }))
    .when(Condition.isPresent('$.wait'), new Wait(stack, `${id}Wait`, { time: WaitTime.duration(Duration.minutes(1)) }))
    .otherwise(new Pass(stack, `${id}Pass`));
  return new StateMachine(stack, id, { stateMachineType: type, definitionBody: DefinitionBody.fromChainable(start) });
}

const app = new IntegrationApp(stack => {
  const express = machine(stack, 'Express', StateMachineType.EXPRESS);
  const standard = machine(stack, 'Standard', StateMachineType.STANDARD);
  const imported = StateMachine.fromStateMachineArn(stack, 'Imported', express.stateMachineArn);
  return {
    start: () => new StartExecution('Start', { stateMachine: standard }),
    named: () => new StartExecution('Named', {
      stateMachine: standard,
      name: Value.body('$.name'),
      input: Value.object({ by: Value.connectionId() }),
      response: Response.json(Value.object({ arn: Value.answer('$.executionArn') })),
    }),
    wait: () => new StartSyncExecution('Wait', { stateMachine: imported }),
    waitWithWords: () => new StartSyncExecution('WaitWithWords', {
      stateMachine: express,
      input: Value.body('$.input'),
      response: Response.json(Value.object({ output: Value.workflowOutput() })).withError('Broken', { code: 'Sorry', message: 'It broke.' }),
    }),
  };
});

beforeAll(() => app.start(), 60_000);
afterAll(() => app.stop());

describe('StartExecution', () => {
  test('starts an execution with the message as its input', async () => {
    expect(await app.ask({ action: 'start', text: '\'"$#\\' })).toBe(ACKNOWLEDGED);
    expect(await app.entry(({ kind }) => kind === 'execution')).toMatchObject({ status: 'SUCCEEDED' });
  });

  test('names it, once', async () => {
    expect(await app.ask({ action: 'named', name: 'one' })).toMatch(/^\{"arn":"arn:aws:states:us-east-1:\d{12}:execution:[\w-]+:one"\}$/);
    expect(await app.ask({ action: 'named', name: 'two words' })).toBe(REJECTED);
    expect(await app.ask({ action: 'named', name: 2 })).toBe(BAD_REQUEST_BODY);
  });

  tellsFailures(() => app, 'states:StartExecution', { action: 'start' });
});

describe('StartSyncExecution', () => {
  test('answers with the workflow\'s output', async () => {
    expect(await app.ask({ action: 'wait', text: '\'"$#\\' })).toBe('{"action":"wait","text":"\'\\"$#\\\\"}');
    expect(await app.ask({ action: 'waitWithWords', input: { a: [1] } })).toBe('{"output":{"a":[1]}}');
  });

  test('an execution that fails is a failure, whose cause stays inside', async () => {
    expect(await app.ask({ action: 'wait', fail: true })).toBe(UNAVAILABLE);
    expect(await app.ask({ action: 'waitWithWords', input: { fail: true } })).toBe(failed('Sorry', 'It broke.'));
  });

  test('an execution that takes longer than API Gateway waits ends in API Gateway\'s own frame', async () => {
    expect(await app.askInVain({ action: 'wait', wait: true })).toBe(INTERNAL_SERVER_ERROR);
  });

  tellsFailures(() => app, 'states:StartSyncExecution', { action: 'wait' });
});
