import { resolveProperty } from './helpers';

const EXTENDED = { Transform: 'AWS::LanguageExtensions' };

test.each<[string, unknown, unknown]>([
  ['plain data', { a: [1, true, 'x', {}] }, { a: [1, true, 'x', {}] }],
  ['Ref beside other keys is data', { Ref: 'nothing', Other: 1 }, { Ref: 'nothing', Other: 1 }],
  ['Condition outside Conditions is data', { Condition: { StringEquals: { a: 'b' } } }, { Condition: { StringEquals: { a: 'b' } } }],
  ['Ref to a resource', { Ref: 'Table' }, 'Table-ref'],
  ['Ref to a parameter', { Ref: 'Size' }, '5'],
  ['Ref to a list parameter, trimmed', { Ref: 'Names' }, ['one', 'two', 'three']],
  ['Ref to an empty list parameter', { Ref: 'Empty' }, []],
  ['AWS::Region', { Ref: 'AWS::Region' }, 'eu-west-1'],
  ['AWS::AccountId', { Ref: 'AWS::AccountId' }, '123456789012'],
  ['AWS::Partition', { Ref: 'AWS::Partition' }, 'aws'],
  ['AWS::URLSuffix', { Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  ['AWS::StackName', { Ref: 'AWS::StackName' }, 'shop'],
  ['AWS::NotificationARNs', { Ref: 'AWS::NotificationARNs' }, []],
  ['AWS::NoValue as a property', { a: { Ref: 'AWS::NoValue' }, b: 1 }, { b: 1 }],
  ['AWS::NoValue as a member', [1, { Ref: 'AWS::NoValue' }, 2], [1, 2]],
  ['GetAtt as a list', { 'Fn::GetAtt': ['Table', 'Arn'] }, 'Table-Arn'],
  ['GetAtt as text', { 'Fn::GetAtt': 'Table.Arn' }, 'Table-Arn'],
  ['GetAtt of a nested attribute', { 'Fn::GetAtt': 'Table.Outputs.Url' }, 'Table-Outputs.Url'],
  ['GetAtt of a nested attribute as a list', { 'Fn::GetAtt': ['Table', 'Outputs.Url'] }, 'Table-Outputs.Url'],
  ['GetAtt of an attribute named by a parameter', { 'Fn::GetAtt': ['Table', { Ref: 'Size' }] }, 'Table-5'],
  ['Sub', { 'Fn::Sub': 'a ${Table} ${Table.Arn} ${AWS::Region} ${Size} z' }, 'a Table-ref Table-Arn eu-west-1 5 z'],
  ['Sub of literals', { 'Fn::Sub': '${!Name} $ {x} $$${!a.b}' }, '${Name} $ {x} $$${a.b}'],
  ['Sub of an unclosed variable', { 'Fn::Sub': 'a ${Table' }, 'a ${Table'],
  ['Sub with variables', { 'Fn::Sub': ['${A}-${Table}-${A}', { A: { Ref: 'AWS::Region' } }] }, 'eu-west-1-Table-ref-eu-west-1'],
  ['Sub: its own variables come first', { 'Fn::Sub': ['${Table}${Table.Arn}', { 'Table': 1, 'Table.Arn': 'own' }] }, '1own'],
  ['Sub of a whole mapping template', { 'Fn::Sub': '#set($x = $input.path(\'$.a\')) {"t": "$x"}' }, '#set($x = $input.path(\'$.a\')) {"t": "$x"}'],
  ['Join', { 'Fn::Join': ['-', ['a', { Ref: 'Table' }, 3]] }, 'a-Table-ref-3'],
  ['Join of nothing', { 'Fn::Join': ['-', []] }, ''],
  ['Join of a list parameter', { 'Fn::Join': ['', { Ref: 'Names' }] }, 'onetwothree'],
  ['Join leaves out AWS::NoValue', { 'Fn::Join': [',', ['a', { Ref: 'AWS::NoValue' }, 'b']] }, 'a,b'],
  ['Select', { 'Fn::Select': [1, { Ref: 'Names' }] }, 'two'],
  ['Select with text as index', { 'Fn::Select': ['0', ['a', 'b']] }, 'a'],
  ['Split', { 'Fn::Split': [':', 'a::b'] }, ['a', '', 'b']],
  ['Select of Split of GetAtt', { 'Fn::Select': [1, { 'Fn::Split': ['-', { 'Fn::GetAtt': ['Table', 'Arn'] }] }] }, 'Arn'],
  ['FindInMap', { 'Fn::FindInMap': ['Regions', { Ref: 'AWS::Region' }, 'Image'] }, 'ami-1'],
  ['FindInMap of a list', { 'Fn::FindInMap': ['Regions', 'eu-west-1', 'Zones'] }, ['a', 'b']],
  ['If', { 'Fn::If': ['Yes', 'a', { Ref: 'Absent' }] }, 'a'],
  ['If without', { x: { 'Fn::If': ['No', 'a', { Ref: 'AWS::NoValue' }] } }, {}],
  ['Base64', { 'Fn::Base64': { 'Fn::Sub': 'grüße ${AWS::Region}' } }, Buffer.from('grüße eu-west-1').toString('base64')],
  ['Cidr', { 'Fn::Cidr': ['192.168.0.0/24', '6', '5'] }, ['192.168.0.0/27', '192.168.0.32/27', '192.168.0.64/27', '192.168.0.96/27', '192.168.0.128/27', '192.168.0.160/27']],
  ['Cidr of an address within the block', { 'Fn::Cidr': ['10.1.2.3/16', 2, 8] }, ['10.1.0.0/24', '10.1.1.0/24']],
  ['Cidr of IPv6', { 'Fn::Cidr': ['2001:db8:1234:1a00::/56', 2, 64] }, ['2001:db8:1234:1a00::/64', '2001:db8:1234:1a01::/64']],
  ['Cidr of everything', { 'Fn::Cidr': ['0.0.0.0/0', '2', '31'] }, ['0.0.0.0/1', '128.0.0.0/1']],
  ['GetAZs', { 'Fn::GetAZs': '' }, ['eu-west-1a', 'eu-west-1b', 'eu-west-1c']],
  ['GetAZs of a region', { 'Fn::GetAZs': { 'Fn::Sub': 'us-east-1' } }, ['us-east-1a', 'us-east-1b', 'us-east-1c']],
  ['ImportValue', { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::Region}-out' } }, 'imported eu-west-1-out'],
])('%s', (_name, value, expected) => {
  expect(resolveProperty(value, {}, { importValue: name => `imported ${name}` })).toEqual(expected);
});

test.each<[string, unknown, unknown]>([
  ['Length', { 'Fn::Length': { Ref: 'Names' } }, 3],
  ['Length of a list', { 'Fn::Length': [1, { Ref: 'AWS::NoValue' }] }, 1],
  ['ToJsonString', { 'Fn::ToJsonString': { a: { Ref: 'Table' }, b: [1, true] } }, '{"a":"Table-ref","b":[1,true]}'],
  ['ToJsonString without AWS::NoValue', { 'Fn::ToJsonString': { a: { Ref: 'AWS::NoValue' } } }, '{}'],
  ['FindInMap DefaultValue', { 'Fn::FindInMap': ['Regions', 'mars', 'Image', { DefaultValue: { Ref: 'Size' } }] }, '5'],
  ['FindInMap DefaultValue that is not needed', { 'Fn::FindInMap': ['Regions', 'eu-west-1', 'Image', { DefaultValue: 'no' }] }, 'ami-1'],
  ['FindInMap of an unknown map', { 'Fn::FindInMap': ['Nope', 'a', 'b', { DefaultValue: [] }] }, []],
  ['FindInMap DefaultValue AWS::NoValue', { x: { 'Fn::FindInMap': ['Nope', 'a', 'b', { DefaultValue: { Ref: 'AWS::NoValue' } }] } }, {}],
  ['a computed Ref', { Ref: { 'Fn::Sub': 'Ta${Letters}' } }, 'Table-ref'],
  ['a computed GetAtt', { 'Fn::GetAtt': [{ 'Fn::Sub': 'Ta${Letters}' }, 'Arn'] }, 'Table-Arn'],
])('language extensions: %s', (_name, value, expected) => {
  const parameters = { Names: { Type: 'CommaDelimitedList', Default: 'one, two,three' }, Size: { Type: 'Number', Default: 5 }, Letters: { Type: 'String', Default: 'ble' } };
  expect(resolveProperty(value, { ...EXTENDED, Parameters: parameters })).toEqual(expected);
});

test('partitions follow the region', () => {
  const arn = { 'Fn::Sub': '${AWS::Partition} ${AWS::URLSuffix}' };
  expect(resolveProperty(arn, {}, { region: 'cn-north-1' })).toBe('aws-cn amazonaws.com.cn');
  expect(resolveProperty(arn, {}, { region: 'us-gov-west-1' })).toBe('aws-us-gov amazonaws.com');
});

test('the stack id is an ARN and the same in every run', () => {
  const id = resolveProperty({ Ref: 'AWS::StackId' });
  expect(id).toMatch(/^arn:aws:cloudformation:eu-west-1:123456789012:stack\/shop\/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/);
  expect(resolveProperty({ Ref: 'AWS::StackId' })).toBe(id);
});

const WHERE = 'Stack shop, resource Subject, Properties.Value';

test.each<[string, unknown, string]>([
  ['Ref to nothing', { Ref: 'Nobody' }, `${WHERE}.Ref: Template format error: Unresolved resource dependencies [Nobody] in the Resources block of the template`],
  ['Ref to a resource whose condition does not hold', { Ref: 'Absent' }, 'Unresolved resource dependencies [Absent]'],
  ['Ref to __proto__', { Ref: '__proto__' }, 'Unresolved resource dependencies [__proto__]'],
  ['Ref to a number', { Ref: 1 }, 'every Ref object must have a single String value'],
  ['Ref to an object without the extensions', { Ref: { 'Fn::Sub': 'Table' } }, 'every Ref object must have a single String value'],
  ['GetAtt of nothing', { a: [{ 'Fn::GetAtt': ['Nobody', 'Arn'] }] }, `${WHERE}.a.0.Fn::GetAtt: Template format error: Unresolved resource dependencies [Nobody]`],
  ['GetAtt without attribute', { 'Fn::GetAtt': 'Table' }, 'every Fn::GetAtt object requires two non-empty parameters'],
  ['GetAtt of three', { 'Fn::GetAtt': ['Table', 'a', 'b'] }, 'every Fn::GetAtt object requires two non-empty parameters'],
  ['Sub of nothing', { 'Fn::Sub': '${Nobody}' }, 'Unresolved resource dependencies [Nobody]'],
  ['Sub of a list', { 'Fn::Sub': '${Names}' }, 'Fn::Sub needs text for ${Names}, which is a list'],
  ['Sub of a strange variable', { 'Fn::Sub': '${a b}' }, 'variable names in Fn::Sub syntax must contain only alphanumeric characters'],
  ['Sub of an empty variable', { 'Fn::Sub': '${}' }, 'variable names in Fn::Sub syntax must contain only alphanumeric characters'],
  ['Sub of a number', { 'Fn::Sub': 5 }, "Fn::Sub intrinsic functions don't specify expected arguments"],
  ['Join of a list in a list', { 'Fn::Join': ['', [{ Ref: 'Names' }]] }, 'every Fn::Join object requires two parameters'],
  ['Join with a computed delimiter', { 'Fn::Join': [{ Ref: 'Size' }, []] }, 'every Fn::Join object requires two parameters'],
  ['Select beyond the end', { 'Fn::Select': [3, { Ref: 'Names' }] }, 'Fn::Select cannot select nonexistent value at index 3'],
  ['Select before the start', { 'Fn::Select': [-1, ['a']] }, 'Fn::Select requires a list argument with two elements'],
  ['Split with nothing', { 'Fn::Split': ['', 'abc'] }, 'every Fn::Split object requires two parameters'],
  ['FindInMap of nothing', { 'Fn::FindInMap': ['Regions', 'mars', 'Image'] }, 'Unable to get mapping for Regions::mars::Image'],
  ['FindInMap through the prototype', { 'Fn::FindInMap': ['Regions', 'constructor', 'name'] }, 'Unable to get mapping for Regions::constructor::name'],
  ['If with an unknown condition', { 'Fn::If': ['Perhaps', 1, 2] }, 'Unresolved condition dependency Perhaps'],
  ['If of two', { 'Fn::If': ['Yes', 1] }, 'Fn::If requires a list argument of three elements'],
  ['Equals in a property', { 'Fn::Equals': [1, 1] }, 'Fn::Equals is allowed in the Conditions section only'],
  ['Base64 of a list', { 'Fn::Base64': ['a'] }, 'every Fn::Base64 object must have a String-typed value'],
  ['Cidr beyond the block', { 'Fn::Cidr': ['10.0.0.0/24', 2, 8] }, 'Fn::Cidr cannot cut 2 blocks'],
  ['Cidr of nonsense', { 'Fn::Cidr': ['10.0.0/24', 2, 4] }, 'Fn::Cidr cannot read the block 10.0.0/24'],
  ['Cidr of too many', { 'Fn::Cidr': ['10.0.0.0/8', 257, 4] }, 'a count between 1 and 256'],
  ['ImportValue of nothing', { 'Fn::ImportValue': 'nobody' }, `${WHERE}.Fn::ImportValue: No export named nobody found`],
  ['null', { a: null }, "'null' values are not allowed in templates"],
  ['an unknown function', { 'Fn::Magic': 1 }, 'the intrinsic function Fn::Magic is not supported'],
  ['a function beside other keys', { 'Fn::Join': ['', []], 'x': 1 }, 'Fn::Join has to be the only key of its object'],
  ['a macro', { 'Fn::Transform': { Name: 'AWS::Include' }, 'a': 1 }, 'the macro AWS::Include (Fn::Transform) is not run here'],
  ['Length without the extensions', { 'Fn::Length': [] }, 'Fn::Length needs "Transform": "AWS::LanguageExtensions"'],
  ['ToJsonString without the extensions', { 'Fn::ToJsonString': {} }, 'Fn::ToJsonString needs "Transform"'],
  ['DefaultValue without the extensions', { 'Fn::FindInMap': ['Regions', 'a', 'b', { DefaultValue: 1 }] }, 'the DefaultValue of Fn::FindInMap needs "Transform"'],
  ['ForEach without the extensions', { 'Fn::ForEach::X': ['A', [], {}] }, 'Fn::ForEach needs "Transform"'],
  ['a dynamic reference', '{{resolve:secretsmanager:db:SecretString:password}}', 'the dynamic reference {{resolve:secretsmanager:db:SecretString:password}} is not looked up here'],
  ['a dynamic reference that is put together', { 'Fn::Join': ['', ['{{resolve:ssm:', '/a/b}}']] }, 'the dynamic reference {{resolve:ssm:/a/b}}'],
])('refused: %s', (_name, value, expected) => {
  let message = '';
  try {
    resolveProperty(value);
  } catch (error) {
    message = (error as Error).message;
  }
  expect(message).toContain(expected);
});
