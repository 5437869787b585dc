import { compileStateMachine } from '../../local/engines/asl';
import { broadcastWorkflow } from '../../src/connections/broadcast-workflow';
import { EventTemplates } from '../../src/connections/event-templates';
import { sweepWorkflow } from '../../src/connections/sweep-workflow';
import { Answer, VirtualServices, failing, never } from '../support/virtual-services';

const TABLE = { tableName: 'table', partition: 'aws', apiEndpoint: 'api.execute-api.us-east-1.amazonaws.com', stageName: 'live', deadLetterQueueUrl: 'https://queue' };
const broadcast = compileStateMachine(broadcastWorkflow({ ...TABLE, pageSize: 1000, templates: new EventTemplates() }));
const sweep = compileStateMachine(sweepWorkflow(TABLE));
const ids = Array.from({ length: 1000 }, (_, index) => `c${index}`);

const services = (answers: Record<string, Answer>) => new VirtualServices({
  query: () => ({ Items: ids.map(id => ({ connectionId: { S: id } })) }), startExecution: () => ({}), sendMessage: () => ({}), ...answers,
}, { chance: 1 });

test.each([['is busy', failing('ApiGateway.429', 99)], ['never answers', never]])('where `@connections` %s, a page of a thousand ends in time, and its letter names whom it has missed', async (_, invoke) => {
  const host = services({ invoke });
  expect(await host.run(broadcast, { message: { text: 'hi' } })).toMatchObject({ status: 'FAILED', error: 'BroadcastFailed' });
  expect(host.age).toBeLessThan(300_000);
  const [{ input: { MessageBody: body, MessageAttributes: { ERROR_CODE: code } } }] = host.of('sendMessage');
  expect(body).toEqual({ message: { text: 'hi' }, connectionIds: ids, startKey: null, except: null });
  expect(['ApiGateway.429', 'States.Timeout']).toContain(code.StringValue);
});

test('so does a sweep, whose letter names the page', async () => {
  const host = services({ invoke: never });
  expect(await host.run(sweep, {})).toMatchObject({ status: 'FAILED', error: 'SweepFailed' });
  expect(host.age).toBeLessThan(300_000);
  expect(host.of('sendMessage')[0].input.MessageBody).toEqual({ startKey: null });
});

test('a page that is not read in time has a letter as well', async () => {
  const host = services({ query: never });
  expect(await host.run(broadcast, { message: 1 })).toMatchObject({ status: 'FAILED' });
  expect(host.of('sendMessage')[0].input).toMatchObject({ MessageBody: { message: 1, connectionIds: [] }, MessageAttributes: { ERROR_CODE: { StringValue: 'States.Timeout' } } });
});
