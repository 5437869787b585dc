import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as fc from 'fast-check';
import { compileMappingTemplate } from '../../local/engines/vtl';
import { EventSocket } from '../../src';

/** The request template that the routes of an EventSocket share, with a name in the place of each reference. */
function requestTemplate(): string {
  const stack = new Stack(new App(), 'Stack');
  new EventSocket(stack, 'Socket');
  const [integration] = Object.values(Template.fromStack(stack).findResources('AWS::ApiGatewayV2::Integration'))
    .filter(({ Properties: properties }) => JSON.stringify(properties.IntegrationUri).includes('StartSyncExecution'));
  const [, parts] = integration.Properties.RequestTemplates.$default['Fn::Join'];
  return parts.map((part: unknown) => typeof part === 'string' ? part : 'arn:aws:states:machine').join('');
}

const template = compileMappingTemplate(requestTemplate());
const context = { connectionId: 'R0oXAdfD0kwCH6w=', requestId: 'XDmGEE2RoE0FRdQ=', connectedAt: 1767323045000 };

/** The input that the workflow gets for a message: the request must be JSON, and its input must be JSON. */
function workflowInput(message: unknown): any {
  const request = JSON.parse(template.render({ body: JSON.stringify(message), context }).text);
  expect(Object.keys(request)).toEqual(['stateMachineArn', 'input']);
  expect(request.stateMachineArn).toBe('arn:aws:states:machine');
  const input = JSON.parse(request.input);
  expect(Object.keys(input)).toEqual(['connectionId', 'requestId', 'connectedAt', 'action', 'pattern', 'subscriptionId', 'startAfter']);
  expect(input).toMatchObject(context);
  return input;
}

const HOSTILE = [
  '', ' ', '"', '\\', '\\\\', '\\"', "'", "\\'", "''\\''", '","connectionId":"forged', '"}', '\\u0022', '$input.body', '${context.connectionId}', '#set($a = 1)', '##', '#*', '#[[', '$', '$$', '#',
  '\n', '\r\n', '\t', '\b', '\f', '\0', '\u2028\u2029', '\ud800', '\udfff', '😀', '</script>', '/', '\u007f', 'é', '日本語', 'a'.repeat(100_000),
];

test.each(HOSTILE.map(text => [JSON.stringify(text).slice(0, 40), text]))('a message with %s reaches the workflow as it is, and nothing else does', (_, text) => {
  const pattern = { [`key ${text}`]: [text] };
  const input = workflowInput({ action: 'subscribe', pattern, subscriptionId: text, [text]: text });
  expect(JSON.parse(input.pattern)).toEqual(pattern);
  expect(JSON.parse(input.subscriptionId)).toBe(text);
});

test.each([
  ['a number', 12345678901], ['a fraction', -0.25], ['true', true], ['a list', [1, ['2', null]]], ['an object', { a: { b: [] } }], ['an empty object', {}], ['an empty list', []],
])('%s stays what it is', (_, value) => {
  expect(JSON.parse(workflowInput({ pattern: value }).pattern)).toEqual(value);
});

test('what the message lacks is told apart from what it holds', () => {
  const absent = workflowInput({ action: 'subscribe' }).pattern;
  expect(['', '""', 'null']).toContain(absent);
  for (const present of [{}, [], 0, false, 'x']) {
    expect(workflowInput({ pattern: present }).pattern).not.toBe(absent);
  }
});

test('any JSON value arrives unchanged', () => {
  fc.assert(fc.property(fc.jsonValue({ maxDepth: 4 }), value => {
    fc.pre(value !== null && value !== '');
    const sent = JSON.parse(JSON.stringify(value));
    expect(JSON.parse(workflowInput({ action: 'subscribe', pattern: sent }).pattern)).toEqual(sent);
  }), { numRuns: 500 });
});
