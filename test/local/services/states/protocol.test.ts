import { AwsError } from '../../../../local/kernel/aws-error';
import { statesProtocol } from '../../../../local/services/states/protocol';

const encode = (operation: string, output: object) => statesProtocol().encode(operation, output, 'id').body;

test.each([
  [1652716274.909, '1.652716274909E9'],
  [1767323045, '1.767323045E9'],
  [2000000000, '2.0E9'],
  [5, '5'],
])('the time %d is written as Java writes it', (seconds, text) => {
  expect(encode('StartExecution', { executionArn: 'a', startDate: seconds })).toBe(`{"executionArn":"a","startDate":${text}}`);
  expect(JSON.parse(encode('StartExecution', { startDate: seconds }))).toEqual({ startDate: seconds });
});

test('what a text holds is no time', () => {
  const output = { input: '{"startDate":1652716274,"a":"\\"startDate\\":1652716274"}', startDate: 1652716274.5 };
  const body = encode('DescribeExecution', output);
  expect(JSON.parse(body)).toEqual(output);
  expect(body).toMatch(/"startDate":1\.6527162745E9\}$/);
});

test('the answer of StartSyncExecution names the type of its details', () => {
  const details = { __type: 'com.amazonaws.swf.base.model#CloudWatchEventsExecutionDataDetails', included: true };
  const output = { inputDetails: { included: true }, output: '"inputDetails":{', outputDetails: { included: true } };
  expect(JSON.parse(encode('StartSyncExecution', output))).toEqual({ inputDetails: details, output: '"inputDetails":{', outputDetails: details });
  expect(JSON.parse(encode('DescribeExecution', output))).toEqual(output);
});

test.each([
  ['StateMachineDoesNotExist', 'com.amazonaws.swf.service.v2.model#StateMachineDoesNotExist'],
  ['ValidationException', 'com.amazon.coral.validate#ValidationException'],
])('the error %s is named as AWS names it', (code, type) => {
  expect(JSON.parse(statesProtocol().encodeError(new AwsError(code, 'no'), 'id').body)).toEqual({ __type: type, message: 'no' });
});

test.each<[input: object, message: string]>([
  [{ stateMachineArn: [{ toString: 1 }] }, 'Start of list found where not expected'],
  [{ stateMachineArn: { toString: 1 } }, 'Start of structure or map found where not expected.'],
  [{ stateMachineArn: 5 }, 'NUMBER_VALUE can not be converted to a String'],
  [{ input: true }, 'TRUE_VALUE can not be converted to a String'],
  [{ maxResults: '5' }, 'STRING_VALUE can not be converted to a Integer'],
])('%j is not what Step Functions takes', (input, message) => {
  const request = { method: 'POST', path: '/', query: '', headers: { 'x-amz-target': 'AWSStepFunctions.StartExecution' }, body: JSON.stringify(input) };
  expect(() => statesProtocol().decode(request)).toThrow(expect.objectContaining({ code: 'SerializationException', message }));
});
