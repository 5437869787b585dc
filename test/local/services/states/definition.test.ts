import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ResourceRequest } from '../../../../local/kernel/contracts';
import { DefinitionProperties, definitionOf } from '../../../../local/services/states/definition';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'definition-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

const read = (properties: DefinitionProperties) => definitionOf({
  properties,
  files: { path: name => join(directory, name), asset: (bucket, key) => bucket === 'assets' ? join(directory, key) : undefined },
} as ResourceRequest<DefinitionProperties>);

test('a definition is text, an object, or a file of JSON or YAML, each with its substitutions', () => {
  writeFileSync(join(directory, 'flow.asl.json'), '{"Resource": "${Arn}"}');
  writeFileSync(join(directory, 'flow.asl.yaml'), 'Resource: ${Arn}\nCount: 1\n');
  const substitutions = { DefinitionSubstitutions: { Arn: 'arn:x' } };
  expect(read({ DefinitionString: '{"a":"${Arn} ${Other}"}', ...substitutions })).toBe('{"a":"arn:x ${Other}"}');
  expect(read({ Definition: { a: '${Arn}' }, ...substitutions })).toBe('{"a":"arn:x"}');
  expect(read({ DefinitionS3Location: 'flow.asl.json', ...substitutions })).toBe('{"Resource": "arn:x"}');
  expect(read({ DefinitionS3Location: { Bucket: 'assets', Key: 'flow.asl.yaml' }, ...substitutions })).toBe('{"Resource":"arn:x","Count":1}');
});

test.each<[string, DefinitionProperties, RegExp]>([
  ['nothing', {}, /needs one of Definition, DefinitionString and DefinitionS3Location/],
  ['two definitions', { Definition: {}, DefinitionString: '{}' }, /needs one of/],
  ['a file that is not there', { DefinitionS3Location: 'nowhere.json' }, /nowhere\.json/],
  ['an object in a bucket', { DefinitionS3Location: { Bucket: 'b', Key: 'k' } }, /the local runtime reads none from S3.*"Bucket":"b"/],
])('%s is refused', (_, properties, message) => {
  expect(() => read(properties)).toThrow(message);
});

test('YAML that is none is refused with its file', () => {
  writeFileSync(join(directory, 'flow.yml'), 'a: [');
  expect(() => read({ DefinitionS3Location: 'flow.yml' })).toThrow(/flow\.yml: /);
});
