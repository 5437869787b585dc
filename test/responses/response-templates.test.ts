import fc from 'fast-check';
import { compileMappingTemplate } from '../../local/engines/vtl';
import { AnswerFailure, Response, Value } from '../../src';
import { connectResponses, messageResponses } from '../../src/responses/response-templates';
import { answers, bodies } from '../values/model/answers';

const REQUEST_ID = 'Qyi3UG41tjMFlUg=';

function rendered(template: string, body: string): string {
  return compileMappingTemplate(template).render({ body, context: { requestId: REQUEST_ID } }).text;
}

/** What a client is told of an answer with a status, as API Gateway chooses the response. */
function frameOf(response: Response, status: number, body: string, failures: AnswerFailure[] = []): unknown {
  const all = messageResponses(response, failures);
  const { template } = all.find(({ key }) => key !== '$default' && new RegExp(`^(?:${key.slice(1, -1)})$`).test(String(status))) ?? all.find(({ key }) => key === '$default')!;
  return JSON.parse(rendered(template!, body));
}

const told = (code: string) => ({ type: 'error', error: { code, message: expect.stringMatching(/\.$/), retryable: ['TooManyRequests', 'Unavailable'].includes(code) }, requestId: REQUEST_ID });

const xml = (code: string) => `<?xml version="1.0"?>\n<ErrorResponse>\n  <Error>\n    <Type>Sender</Type>\n    <Code>${code}</Code>\n    <Message>Rate exceeded</Message>\n  </Error>\n</ErrorResponse>\n`;

test.each([
  ['a shape with a namespace', 400, '{"__type":"com.amazonaws.dynamodb.v20120810#ProvisionedThroughputExceededException","message":"x"}', 'TooManyRequests'],
  ['a shape', 400, '{"__type":"ThrottlingException"}', 'TooManyRequests'],
  ['a code in JSON', 403, '{"Error":{"Code":"Throttling","Message":"Rate exceeded","Type":"Sender"},"RequestId":"1"}', 'TooManyRequests'],
  ['a code in XML', 400, xml('Throttling'), 'TooManyRequests'],
  ['a denial', 400, '{"__type":"com.amazon.coral.service#AccessDeniedException","Message":"User: arn:aws:sts::1:assumed-role/secret is not authorized"}', 'Unavailable'],
  ['a denial in XML', 403, xml('AuthorizationError'), 'Unavailable'],
  ['a table that is gone', 400, '{"__type":"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException"}', 'Unavailable'],
  ['a request that cannot be', 400, '{"__type":"com.amazon.coral.validate#ValidationException","message":"\\"$x #end"}', 'Rejected'],
  ['a request that cannot be, in XML', 400, xml('InvalidParameter'), 'Rejected'],
  ['an empty body', 400, '', 'Rejected'],
  ['an HTML page', 413, '<html>\n<head><title>413 Request Entity Too Large</title></head>\n</html>\n', 'Rejected'],
  ['a text', 400, 'upstream', 'Rejected'],
  ['a list', 400, '[]', 'Rejected'],
  ['a number', 400, '0', 'Rejected'],
  ['a name that is no text', 400, '{"__type":{"a":1},"Error":"x"}', 'Rejected'],
  ['a failure of the service', 500, '{"__type":"InternalServerError"}', 'Unavailable'],
  ['a failure before the service', 503, '<html>Throttling</html>', 'Unavailable'],
  ['a status that nobody expects', 302, '', 'Unavailable'],
])('%s is told in the stable frame, without a word of the service', (_, status, body, code) => {
  const frame = frameOf(Response.ack(), status, body);
  expect(frame).toEqual(told(code));
  expect(JSON.stringify(frame)).not.toMatch(/secret|Rate exceeded/);
});

test.each([
  ['{"__type":"ConditionalCheckFailedException"}', 'Taken'],
  ['{"__type":"com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException"}', 'Taken'],
  ['{"__type":"NoConditionalCheckFailedException"}', 'Rejected'],
  ['{"__type":"ConditionalCheckFailedExceptional"}', 'Rejected'],
  ['{"__type":"AWS.SimpleQueueService.NonExistentQueue"}', 'NoQueue'],
  ['{"__type":"AWSxSimpleQueueServicexNonExistentQueue"}', 'Unavailable'],
  [xml('AWS.SimpleQueueService.NonExistentQueue'), 'NoQueue'],
])('an error with words of its own is known by its whole name: %s', (body, code) => {
  const response = Response.ack()
    .withError('ConditionalCheckFailedException', { code: 'Taken', message: 'That name is taken.' })
    .withError('AWS.SimpleQueueService.NonExistentQueue', { code: 'NoQueue', message: 'There is no queue.' });
  expect(frameOf(response, 400, body)).toEqual(told(code));
});

test('what an author writes in a frame is what a client reads', () => {
  const message = '$context.stage #set($x = 1) "quoted" \\ \' \u2028 ##.';
  expect(frameOf(Response.ack().withError('X', { code: 'C"', message }), 400, '{"__type":"X"}')).toEqual({ type: 'error', error: { code: 'C"', message, retryable: false }, requestId: REQUEST_ID });
});

describe('failures inside of successes', () => {
  const failures = [
    AnswerFailure.unlessEquals('$.status', 'SUCCEEDED', { error: '$.error' }),
    AnswerFailure.whenPositive('$.FailedEntryCount', { error: '$.Entries[0].ErrorCode', frame: { code: 'Partly', message: 'Some failed.' } }),
    AnswerFailure.whenMissing('$.Item', { frame: { code: 'NotFound', message: 'There is none.' } }),
  ];
  const response = Response.json(Value.object({ item: Value.answer('$.Item') })).withError('Mine', { code: 'Mine', message: 'That is mine.' });

  test.each([
    ['{"status":"FAILED","error":"Mine"}', told('Mine')],
    ['{"status":"FAILED","error":"NotMine"}', told('Unavailable')],
    ['{"status":"FAILED","error":"\\"$x#end"}', told('Unavailable')],
    ['{"status":"FAILED"}', told('Unavailable')],
    ['{}', told('Unavailable')],
    ['', told('Unavailable')],
    ['{"status":"SUCCEEDED","FailedEntryCount":2,"Entries":[{"ErrorCode":"Mine"}]}', told('Mine')],
    ['{"status":"SUCCEEDED","FailedEntryCount":1}', told('Partly')],
    ['{"status":"SUCCEEDED","FailedEntryCount":0}', told('NotFound')],
    ['{"status":"SUCCEEDED","Item":null}', told('NotFound')],
    ['{"status":"SUCCEEDED","Item":{}}', { item: {} }],
    ['{"status":"SUCCEEDED","Item":{"a":"\\"},\\"b\\":{\\"$x#end"}}', { item: { a: '"},"b":{"$x#end' } }],
  ])('%s', (body, frame) => {
    expect(frameOf(response, 200, body, failures)).toEqual(frame);
  });

  test.each([
    ['{"status":"SUCCEEDED","Item":{}}', 200],
    ['{"status":"SUCCEEDED"}', 500],
    ['{"status":"FAILED","Item":{}}', 500],
    ['', 500],
  ])('refuse a connection: %s', (body, statusCode) => {
    expect(JSON.parse(rendered(connectResponses(failures)[0].template!, body))).toEqual({ statusCode });
  });
});

test('whatever a service answers, the client gets JSON', () => {
  fc.assert(fc.property(fc.tuple(answers, bodies), ([template, { body, context }]) => {
    const { text } = compileMappingTemplate(template).render({ body, context });
    // The answer itself is passed on as it came.
    if (text !== body) {
      expect(JSON.parse(text)).not.toBeUndefined();
    }
  }), { seed: 4, numRuns: 2000 });
});
