import { FaultFileError } from '../../../local/faults/fault-file-error';
import { parseFaults, readFaultFile } from '../../../local/faults/read-faults';
import { SERVICES } from '../../../local/main';
import { TestKernel } from '../../support/test-kernel';

const services = [...new TestKernel(...SERVICES).kernel.services];
const read = (text: string) => parseFaults(text, 'faults.yaml', services);
const refusal = (text: string): string => {
  try {
    read(text);
  } catch (error) {
    expect(error).toBeInstanceOf(FaultFileError);
    return (error as Error).message;
  }
  throw new Error(`It is taken: ${text}`);
};
/** A file with one rule. */
const rule = (text: string) => `rules: [{ ${text} }]`;

test('a file of YAML, with what is not told', () => {
  expect(read(rule('service: dynamodb, error: ThrottlingException'))).toEqual({
    seed: 1,
    rules: [{
      name: 'rule 1',
      share: 1,
      skip: 0,
      times: Number.MAX_SAFE_INTEGER,
      when: 'before',
      subject: { kind: 'call', service: 'dynamodb' },
      fault: { kind: 'error', failure: expect.objectContaining({ code: 'ThrottlingException', status: 400 }) },
    }],
  });
});

test('a file of JSON, with everything', () => {
  const { seed, rules } = read(JSON.stringify({
    seed: 4294967295,
    rules: [
      { name: 'late', service: 'states', operation: 'StartExecution', caller: 'events', resource: 'arn:*:stateMachine:Deliver*', share: 0.5, skip: 2, times: 3, when: 'after', delay: [10, 20] },
      { service: '*', error: 'throttled', share: 0 },
      { caller: 'events', duplicate: 0 },
      { service: 'sqs', connection: 'lost', when: 'after' },
      { socket: 'push', connection: 'lost' },
      { http: '*.example.com', error: { status: 503 } },
      { http: 'example.com:8080', delay: 5 },
      { storage: 'write', process: 'killed', when: 'after' },
      { service: 'sns', error: { code: 'KMSThrottlingException', status: 400, message: '' } },
    ],
  }));
  expect(seed).toBe(4294967295);
  expect(rules.map(({ subject }) => subject)).toEqual([
    { kind: 'call', service: 'states', operation: 'StartExecution', caller: 'events', resource: 'arn:*:stateMachine:Deliver*' },
    { kind: 'call' },
    { kind: 'call', caller: 'events' },
    { kind: 'call', service: 'sqs' },
    { kind: 'socket', point: 'push' },
    { kind: 'http', host: '*.example.com' },
    { kind: 'http', host: 'example.com:8080' },
    { kind: 'storage' },
    { kind: 'call', service: 'sns' },
  ]);
  expect(rules[0]).toMatchObject({ name: 'late', share: 0.5, skip: 2, times: 3, when: 'after', fault: { kind: 'delay', from: 10, to: 20 } });
  expect(rules.slice(1).map(({ fault }) => fault)).toEqual([
    { kind: 'error', failure: 'throttled' },
    { kind: 'duplicate', later: 0 },
    { kind: 'connection' },
    { kind: 'connection' },
    { kind: 'status', status: 503, body: '' },
    { kind: 'delay', from: 5, to: 5 },
    { kind: 'process' },
    { kind: 'error', failure: { code: 'KMSThrottlingException', status: 400, message: '' } },
  ]);
});

describe('what is wrong is refused by name, with the way out', () => {
  test.each([
    ['no object', '5', /an object with a list of "rules"/],
    ['nothing', '', /an object with a list of "rules"/],
    ['no rules', 'seed: 1', /"rules" has to be a list of rules/],
    ['rules that are no list', 'rules: {}', /"rules" has to be a list of rules/],
    ['another member', 'rules: []\nchaos: true', /no member "chaos": there are seed, rules/],
    ['a seed that is none', 'seed: -1\nrules: []', /seed is -1, and has to be an integer from 0 to 4294967295/],
    ['a seed of text', 'seed: seven\nrules: []', /seed is "seven"/],
    ['a rule that is none', 'rules: [5]', /rule 1 is 5, and has to be an object such as/],
    ['a member that no rule has', rule('service: dynamodb, error: throttled, chance: 0.5'), /rule 1 has no member "chance": there are name, share, skip/],
    ['a prototype key', rule('service: dynamodb, error: throttled, __proto__: {}'), /rule 1 has no member "__proto__"/],
    ['a constructor as an operation', rule('service: dynamodb, operation: constructor, error: throttled'), /operation is "constructor", and has to be one of BatchGetItem, /],
    ['a service that is none', rule('service: dynamo, error: throttled'), /rule 1: service is "dynamo", and has to be one of cloudformation, dynamodb, events, execute-api/],
    ['an operation that is none', rule('service: sqs, operation: SendMesage, error: throttled'), /operation is "SendMesage", and has to be one of .*SendMessage/],
    ['an operation of no service', rule('caller: events, operation: SendMessage, error: throttled'), /an operation and no service/],
    ['a caller that is none', rule('caller: s3, error: throttled'), /caller is "s3", and has to be one of client, cloudformation/],
    ['nothing that it is about', rule('error: throttled'), /does not say what it is about: give a service/],
    ['two things that it is about', rule('service: sqs, socket: push, connection: lost'), /about socket and service at once/],
    ['a share above one', rule('service: sqs, error: throttled, share: 5'), /share is 5, and has to be a number from 0 to 1: 0\.05 is one of twenty/],
    ['a negative share', rule('service: sqs, error: throttled, share: -0.1'), /share is -0\.1/],
    ['a share that is no number', rule('service: sqs, error: throttled, share: .nan'), /share is null/],
    ['a share of text', rule('service: sqs, error: throttled, share: "0.5"'), /share is "0\.5"/],
    ['no times at all', rule('service: sqs, error: throttled, times: 0'), /times is 0, and has to be an integer from 1/],
    ['half a call to skip', rule('service: sqs, error: throttled, skip: 0.5'), /skip is 0\.5/],
    ['no fault', rule('service: sqs'), /has no fault: give one of error, delay, duplicate, connection, process/],
    ['two faults', rule('service: sqs, error: throttled, delay: 5'), /has error and delay: give one of/],
    ['a fault that a socket cannot have', rule('socket: push, delay: 5'), /delay is no fault of "socket", which may have connection/],
    ['a fault that a request cannot have', rule('http: example.com, duplicate: 5'), /duplicate is no fault of "http", which may have error, delay, connection/],
    ['a point that a socket has not', rule('socket: close, connection: lost'), /socket is "close", and has to be one of connect, message, push/],
    ['a storage that is read', rule('storage: read, process: killed'), /storage is "read", and has to be one of write/],
    ['an error that the service has not', rule('service: sqs, error: ThrottlingException'), /error is "ThrottlingException", and has to be one of throttled, internal, unavailable, RequestThrottled.*is given with its status and text/],
    ['an error that not every service has', rule('service: "*", error: ThrottlingException'), /has to be one of throttled, internal, unavailable;/],
    ['an error without its status', rule('service: sqs, error: { code: Busy, message: busy }'), /error\.status is null, and has to be an integer from 400 to 599/],
    ['an error with the status of a success', rule('service: sqs, error: { code: Busy, message: busy, status: 200 }'), /error\.status is 200/],
    ['a code that would not go into an answer', rule('service: sqs, error: { code: "Busy\\r\\nX: y", message: busy, status: 400 }'.replace(/\\\\/g, '\\')), /error\.code is .* letters, digits and dots only/s],
    ['a delay backwards', rule('service: sqs, delay: [20, 10]'), /delay is \[20,10\]: the shorter time comes first/],
    ['a delay of nothing', rule('service: sqs, delay: null'), /delay is null, and has to be an integer from 0 to 86400000/],
    ['a delay of three', rule('service: sqs, delay: [1, 2, 3]'), /delay is \[1,2,3\]/],
    ['a duplicate with a when', rule('service: sqs, duplicate: 5, when: after'), /a duplicate always comes after the call/],
    ['a when that is none', rule('service: sqs, error: throttled, when: during'), /when is "during", and has to be one of before, after/],
    ['a connection that is not lost', rule('service: sqs, connection: slow'), /connection is "slow", and has to be one of lost/],
    ['a service without a connection', rule('service: sqs, caller: events, connection: lost'), /the service "events" has no connection of its own to lose; give an error/],
    ['an empty name', rule('name: "", service: sqs, delay: 5'), /name is "", and has to be a text/],
    ['one name twice', 'rules: [{ name: a, service: sqs, delay: 5 }, { name: a, service: sns, delay: 5 }]', /two rules have the name "a"/],
    ['one key twice', 'seed: 1\nseed: 2\nrules: []', /neither JSON nor YAML: Map keys must be unique/],
    ['no YAML', 'rules: [', /neither JSON nor YAML/],
    ['two documents', 'rules: []\n---\nrules: []', /neither JSON nor YAML/],
    ['a bomb of aliases', `a: &a [x, x, x, x, x, x, x, x]\n${['b', 'c', 'd', 'e', 'f', 'g'].map((name, index) => `${name}: &${name} [${Array(8).fill(`*${'abcdef'[index]}`).join()}]`).join('\n')}`, /neither JSON nor YAML: Excessive alias count/],
    ['a nest too deep', `rules: ${'['.repeat(100_000)}`, /neither JSON nor YAML/],
    ['too many rules', `rules: [${'{ service: sqs, delay: 5 },'.repeat(1001)}]`, /at most 1000 rules, and these are 1001/],
    ['too much', `# ${'x'.repeat(2 ** 20)}\nrules: []`, /at most 1048576 characters/],
  ])('%s', (_, text, message) => {
    expect(refusal(text)).toMatch(message);
    expect(refusal(text)).toMatch(/^faults\.yaml: /);
  });

  test('a file that is not there', () => {
    expect(() => readFaultFile('/no/such/file.yaml', services)).toThrow(/^\/no\/such\/file\.yaml cannot be read: ENOENT/);
  });
});

test('each service that is emulated can fail in each of the ways that all have', () => {
  for (const service of services) {
    for (const failure of ['throttled', 'internal', 'unavailable']) {
      expect(read(rule(`service: ${service.name}, error: ${failure}`)).rules).toHaveLength(1);
    }
  }
});
