import { refusal, transform } from './helpers';
import { transformServerless } from '../../../../local/engines/sam';

test('what is plain CloudFormation stays as it is', () => {
  const template = { Transform: 'AWS::Serverless-2016-10-31', Parameters: { A: {} }, Outputs: { B: { Value: 1 } }, Resources: { Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: 'x' } } } };
  expect(transformServerless(template, new Map())).toEqual(template);
});

test('what is not run here is refused by its name', () => {
  expect(refusal({ Api: { Type: 'AWS::Serverless::Api' } })).toEqual({ message: 'the local runtime does not emulate AWS::Serverless::Api', logicalId: 'Api', path: '' });
  expect(refusal({ X: { Type: 'AWS::Serverless::toString' } })).toMatchObject({ message: 'the local runtime does not emulate AWS::Serverless::toString' });
});

test('a resource that is there already is not replaced by one that is made', () => {
  const machine = { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: { StartAt: 'A' } } };
  const message = expect.stringMatching(/^Transforming resource with id \[Flow\] attempts to create a new resource with id \[FlowRole\] and type "AWS::IAM::Role"\. A resource with that id already exists/);
  expect(refusal({ FlowRole: { Type: 'AWS::IAM::Role' }, Flow: machine })).toMatchObject({ message });
  expect(refusal({ Flow: machine, FlowRole: { Type: 'AWS::IAM::Role' } })).toMatchObject({ message });
});

test.each([[null], ['text'], [[1]]])('properties that are %j are refused', properties => {
  const refused = () => transform({ Table: { Type: 'AWS::Serverless::SimpleTable', Properties: properties } });
  expect(refused).toThrow('Properties must be a map.');
});

test('keys that mean something to JavaScript are data', () => {
  const resources = transform(JSON.parse('{"__proto__": {"Type": "AWS::Serverless::SimpleTable"}, "constructor": {"Type": "AWS::Serverless::SimpleTable"}}'));
  expect(Object.keys(resources)).toEqual(['__proto__', 'constructor']);
});
