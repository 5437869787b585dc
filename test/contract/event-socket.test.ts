import { RunningSocket } from './running-socket';

/** What the library emits, run by the runtime, with a part of the template taken away. */
describe('a template that lacks a permission', () => {
  let running: RunningSocket;
  afterEach(() => running.stop());

  async function startWithout(action: string, holder: string) {
    running = await RunningSocket.start({ change: template => expect(takeAway(template, action, holder)).toBe(1) });
  }

  test('to manage connections: the push fails, the log names it, and the subscriber stays', async () => {
    await startWithout('execute-api:ManageConnections', 'SocketDeliveryWorkflow');
    const client = await running.subscriber({ source: ['shop'] });
    const id = await running.put();

    const denied = await running.entry(each => each.kind === 'call' && each.outcome !== 'ok');
    expect(denied).toMatchObject({
      service: 'execute-api',
      operation: 'PostToConnection',
      message: expect.stringMatching(/is not authorized to perform: execute-api:ManageConnections on resource: arn:aws:execute-api:us-east-1:\S+\/live\/POST\/@connections\/\{connectionId\}/),
    });
    const [execution] = await running.delivered(1);
    expect(execution).toMatchObject({ status: 'FAILED', stateMachine: expect.stringContaining('DeliveryWorkflow'), error: 'DeliveryFailed', cause: expect.stringContaining('ApiGateway.403') });
    expect(await running.deadLetter()).toMatchObject({ event: { id }, code: 'ApiGateway.403', message: expect.stringContaining('execute-api:ManageConnections') });
    expect(client.unread).toEqual([]);
    expect((await client.request({ action: 'subscriptions' })).subscriptions).toHaveLength(1);
  });

  test('to put the connection: nobody can connect', async () => {
    await startWithout('dynamodb:PutItem', 'SocketApi');
    await expect(running.connect()).rejects.toThrow('Unexpected server response: 500');
    expect(await running.entry(each => each.kind === 'call' && each.outcome === 'AccessDeniedException')).toMatchObject({ operation: 'PutItem' });
  });

  test('to start the subscription workflow: the client is told to try later, and stays connected', async () => {
    await startWithout('states:StartSyncExecution', 'SocketApi');
    const client = await running.connect();
    for (let attempt = 0; attempt < 2; attempt++) {
      expect(await client.request({ action: 'subscribe', pattern: { source: ['shop'] } })).toMatchObject({ type: 'error', error: { code: 'Unavailable', retryable: true } });
    }
  });

  test('to start the delivery workflow: the event is in the dead-letter queue', async () => {
    await startWithout('states:StartExecution', 'SocketRuleRole');
    const id = await running.put();
    expect(await running.deadLetter()).toMatchObject({ event: { id }, code: 'NO_PERMISSIONS', message: expect.stringContaining('states:StartExecution') });
  });

  test('to put into the dead-letter queue: the execution fails for what it could not deliver', async () => {
    await startWithout('sqs:SendMessage', 'SocketDeliveryWorkflow');
    await running.put({ long: 'x'.repeat(128 * 1024) });
    expect(await running.delivered(1)).toMatchObject([{ status: 'FAILED', error: 'DeliveryFailed', cause: expect.stringContaining('MessageTooLong') }]);
  });

  test('to start further executions: the page at hand is delivered, the rest is in the dead-letter queue', async () => {
    await startWithout('states:StartExecution', 'SocketFurtherPages');
    const client = await running.connect();
    for (let count = 0; count < 30; count++) {
      await client.request({ action: 'subscribe', pattern: { source: ['shop'] } });
    }
    const id = await running.put();
    expect(await running.deadLetter()).toMatchObject({ event: { id }, code: 'StepFunctions.AWSStepFunctionsException', message: expect.stringContaining('match#') });
    const posted = running.outcomes('PostToConnection').length;
    expect(posted).toBeGreaterThan(20);
    expect(posted).toBeLessThan(30);
    await running.until(() => client.unread.length === posted);
  }, 60_000);
});

/** Puts another action in the place of one, and counts how often. IAM takes no policy without a statement. */
function takeAway(template: any, action: string, holder: string): number {
  let count = 0;
  for (const [id, { Type: type, Properties: properties }] of Object.entries<any>(template.Resources)) {
    const documents = !id.startsWith(holder) ? [] : type === 'AWS::IAM::Policy' ? [properties.PolicyDocument] : (properties.Policies ?? []).map((policy: any) => policy.PolicyDocument);
    for (const statement of documents.flatMap((document: any) => document.Statement).filter((each: any) => each.Action === action)) {
      statement.Action = 'tag:GetResources';
      count++;
    }
  }
  return count;
}
