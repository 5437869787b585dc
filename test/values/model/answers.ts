import fc from 'fast-check';
import { World } from './world';
import { worlds } from './worlds';
import { AnswerFailure, Response, Value } from '../../../src';
import { connectResponses, messageResponses } from '../../../src/responses/response-templates';

const ERRORS = ['ConditionalCheckFailedException', 'AWS.SimpleQueueService.NonExistentQueue', 'ThrottlingException', 'AccessDeniedException', 'Custom.Error', 'X'];

const frame = (name: string) => ({ code: 'Told', message: `${name} $ # " \\ '` });

const failures = fc.subarray([
  AnswerFailure.whenMissing('$.Item'),
  AnswerFailure.whenPositive('$.FailedEntryCount', { error: '$.Entries[0].ErrorCode' }),
  AnswerFailure.unlessEquals('$.status', 'SUCCEEDED', { error: '$.error', frame: frame('failed') }),
]);

const responses = fc.tuple(
  fc.constantFrom(Response.ack(), Response.body(), Response.json(Value.object({ item: Value.answer('$.Item'), n: Value.answer('$.Item.n.N').asNumber() }))),
  fc.subarray(ERRORS),
).map(([response, named]) => named.reduce((all, name) => all.withError(name, frame(name)), response));

/** Templates of frames for answers of services. */
export const answers: fc.Arbitrary<string> = fc.tuple(responses, failures)
  .chain(([response, all]) => fc.constantFrom(...messageResponses(response, all), ...connectResponses(all)))
  .map(({ template }) => template ?? '$input.body');

const errorNames = fc.oneof(fc.constantFrom(...ERRORS), fc.constantFrom('NoSuchConditionalCheckFailedException', '', 'X"', '$', 'ProvisionedThroughputExceededException'));

/** What services answer: success, errors in JSON or XML, and what comes from something before the service. */
export const bodyTexts: fc.Arbitrary<string> = fc.oneof(
  errorNames.map(name => JSON.stringify({ __type: `com.amazonaws.dynamodb.v20120810#${name}`, message: 'x' })),
  errorNames.map(name => JSON.stringify({ __type: name, Message: '"$x"' })),
  errorNames.map(name => JSON.stringify({ Error: { Code: name, Message: 'm', Type: 'Sender' }, RequestId: '1' })),
  errorNames.map(name => `<?xml version="1.0"?><ErrorResponse xmlns="x"><Error><Type>Sender</Type><Code>${name}</Code><Message>m</Message></Error></ErrorResponse>`),
  errorNames.map(name => JSON.stringify({ status: 'FAILED', error: name, cause: 'c' })),
  errorNames.map(name => JSON.stringify({ FailedEntryCount: 1, Entries: [{ ErrorCode: name }] })),
  fc.constantFrom('', '{}', '{"status":"SUCCEEDED","output":"{}"}', '{"Item":{"n":{"N":"12"}}}', '{"Item":{}}', '<html><body>503</body></html>', '<html>\n', 'upstream', 'null', '[]', '{"FailedEntryCount":0}'),
);

/** What response templates are rendered with. */
export const bodies: fc.Arbitrary<World> = fc.tuple(bodyTexts, worlds([])).map(([body, world]) => ({ ...world, body }));
