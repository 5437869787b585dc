import { VirtualHost } from '../../local/cli/engines/virtual-host';
import { compileStateMachine, StatesError, TaskRequest } from '../../local/engines/asl';
import { callbackWorkflow } from '../../src/webhooks/callback-workflow';

const workflow = compileStateMachine(JSON.stringify(callbackWorkflow({ tableName: 'table', partition: 'aws', apiEndpoint: 'api', stageName: 'live' })));

/** A call that goes wrong instead of being done, or when it is done. */
interface Fault {
  readonly before?: StatesError;
  readonly after?: StatesError;
}

const busy = new StatesError('DynamoDb.InternalServerErrorException', 'busy');
const refused = (status: number) => ({ before: new StatesError(`ApiGateway.${status}`, '') });

/** A table with one row, and a connection; faults are of all calls of a name, or of one, such as `SET 1`. */
class Services extends VirtualHost {
  usedBy: string | undefined;
  validUntil = Math.floor(this.now() / 1000) + 60;
  readonly pushed: unknown[] = [];
  private readonly calls: string[] = [];

  constructor(private readonly faults: Readonly<Record<string, Fault>> = {}) {
    super();
  }

  async task({ resource, arguments: input }: TaskRequest): Promise<unknown> {
    const { UpdateExpression: update, ExpressionAttributeValues: values, RequestBody: message } = input as any;
    const name = update?.split(' ')[0] ?? resource.slice(resource.lastIndexOf(':') + 1);
    this.calls.push(name);
    const fault = this.faults[`${name} ${this.calls.filter(each => each === name).length}`] ?? this.faults[name];
    if (fault?.before) {
      throw fault.before;
    }
    const answer = this.answer(name, values?.[':me'].S, message);
    if (fault?.after) {
      throw fault.after;
    }
    return answer;
  }

  private answer(name: string, me: string, message: unknown): unknown {
    switch (name) {
      case 'SET':
        this.check(this.usedBy === undefined || this.usedBy === me);
        this.usedBy = me;
        return { Attributes: { connectionId: { S: 'ana' }, correlationId: { S: 'request' } } };
      case 'REMOVE':
        this.check(this.usedBy === me);
        this.usedBy = undefined;
        return {};
      case 'getItem': return { Item: { validUntil: { N: String(this.validUntil) }, ...this.usedBy === undefined ? {} : { usedBy: { S: this.usedBy } } } };
      default:
        this.pushed.push(message);
        return { StatusCode: 200 };
    }
  }

  private check(condition: boolean): void {
    if (!condition) {
      throw new StatesError('DynamoDb.ConditionalCheckFailedException', 'The conditional request failed');
    }
  }
}

async function callBack(services: Services, execution: string = 'one'): Promise<unknown> {
  const context = { Execution: { Id: execution }, StateMachine: { Id: 'machine' } };
  const { status, output } = await workflow.execute({ input: { token: 'token', body: { a: 1 } }, type: 'EXPRESS', context } as any, services);
  expect(status).toBe('SUCCEEDED');
  return output;
}

test('the answer is delivered once', async () => {
  const services = new Services();
  expect([await callBack(services, 'one'), await callBack(services, 'two')]).toEqual([200, 409]);
  expect(services.pushed).toEqual([{ type: 'answer', correlationId: 'request', data: { a: 1 } }]);
});

test('a write whose answer was lost is not taken for somebody else\'s', async () => {
  const services = new Services({ 'SET 1': { after: busy } });
  expect(await callBack(services)).toBe(200);
  expect(services.pushed).toHaveLength(1);
});

test.each([
  ['while the URL is used', { SET: { before: busy } }, 503],
  ['while the URL is used, which was done', { SET: { after: busy } }, 503],
  ['at the connection', { invoke: refused(500) }, 503],
  ['because the workflow may not', { invoke: refused(403) }, 503],
  ['because the client has gone', { invoke: refused(410) }, 410],
  ['and the URL is given back at the second try', { 'invoke': refused(403), 'REMOVE 1': { before: busy } }, 503],
])('what fails %s has not used up the URL', async (_case, faults, status) => {
  const services = new Services(faults);
  expect(await callBack(services)).toBe(status);
  expect([services.usedBy, services.pushed]).toEqual([undefined, []]);
});

test('a URL that cannot even be given back is told as a failure', async () => {
  expect(await callBack(new Services({ invoke: refused(403), REMOVE: { before: busy } }))).toBe(503);
});

test('a callback whose reason cannot be found out is to come again', async () => {
  const services = new Services({ getItem: { before: busy } });
  await callBack(services, 'one');
  expect(await callBack(services, 'two')).toBe(503);
});

test.each([[60, 503], [-60, 410]])('a URL that another execution has given back meanwhile, and that is valid for %d seconds, is answered with %d', async (seconds, status) => {
  const services = new Services({ SET: { before: new StatesError('DynamoDb.ConditionalCheckFailedException', 'used by another') } });
  services.validUntil = Math.floor(services.now() / 1000) + seconds;
  expect(await callBack(services)).toBe(status);
});

test.each([
  ['the table is busy', { SET: { before: busy }, REMOVE: { before: busy } }],
  ['the table is busy at last, and the connection too', { 'SET 1': { before: busy }, 'SET 2': { before: busy }, 'SET 3': { before: busy }, 'invoke': refused(429), 'REMOVE': { before: busy } }],
])('the third party is answered before API Gateway gives up where %s', async (_case, faults) => {
  const services = new Services(faults);
  const start = services.now();
  expect(await callBack(services)).toBe(503);
  expect(services.now() - start).toBeLessThan(29_000);
});
