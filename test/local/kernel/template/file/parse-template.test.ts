import * as fc from 'fast-check';
import { parseTemplate } from '../../../../../local/kernel/template/file/parse-template';

const read = (text: string) => parseTemplate(text, 'template.yaml').template;

describe('short tags', () => {
  test.each<[string, unknown]>([
    ['!Ref Table', { Ref: 'Table' }],
    ['!Ref 0755', { Ref: '0755' }],
    ['!Condition IsProduction', { Condition: 'IsProduction' }],
    ['!GetAtt Table.Arn', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!GetAtt Nested.Outputs.Url', { 'Fn::GetAtt': ['Nested', 'Outputs.Url'] }],
    ['!GetAtt [Table, Arn]', { 'Fn::GetAtt': ['Table', 'Arn'] }],
    ['!GetAtt [Table, !Ref Attribute]', { 'Fn::GetAtt': ['Table', { Ref: 'Attribute' }] }],
    ['!GetAtt Table', { 'Fn::GetAtt': 'Table' }],
    ['!Sub "${A}-${!B}"', { 'Fn::Sub': '${A}-${!B}' }],
    ['!Sub ["${A}", {A: !Ref B}]', { 'Fn::Sub': ['${A}', { A: { Ref: 'B' } }] }],
    ['!If [Yes, 1, !Ref "AWS::NoValue"]', { 'Fn::If': [true, 1, { Ref: 'AWS::NoValue' }] }],
    ['!Join ["", [a, !Select [0, !Split [",", "a,b"]]]]', { 'Fn::Join': ['', ['a', { 'Fn::Select': [0, { 'Fn::Split': [',', 'a,b'] }] }]] }],
    ['!Base64 abc', { 'Fn::Base64': 'abc' }],
    ['!Cidr [10.0.0.0/16, 2, 8]', { 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }],
    ['!FindInMap [M, !Ref "AWS::Region", k]', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }],
    ['!ImportValue Name', { 'Fn::ImportValue': 'Name' }],
    ['!ImportValue {Fn::Sub: "${A}-x"}', { 'Fn::ImportValue': { 'Fn::Sub': '${A}-x' } }],
    ['!GetAZs ""', { 'Fn::GetAZs': '' }],
    ['!GetAZs', { 'Fn::GetAZs': '' }],
    ['!And [!Equals [a, a], !Not [!Condition B], !Or [!Condition C, !Condition D]]', {
      'Fn::And': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Not': [{ Condition: 'B' }] }, { 'Fn::Or': [{ Condition: 'C' }, { Condition: 'D' }] }],
    }],
    ['!Transform {Name: AWS::Include, Parameters: {Location: x}}', { 'Fn::Transform': { Name: 'AWS::Include', Parameters: { Location: 'x' } } }],
    ['!Length [1]', { 'Fn::Length': [1] }],
    ['!ToJsonString {a: 1}', { 'Fn::ToJsonString': { a: 1 } }],
    ['!!str 0755', '0755'],
    ['!!int 0755', 493],
  ])('%s', (text, expected) => {
    expect(read(`Value: ${text}`)).toEqual({ Value: expected });
  });
});

test('a policy version without quotes is text, and so are quoted numbers', () => {
  expect(read('Version: 2012-10-17\nStages: {200: "200", "012": \'012\'}')).toEqual({ Version: '2012-10-17', Stages: { '200': '200', '012': '012' } });
});

test('folded and literal texts keep their lines as YAML says', () => {
  expect(read('A: !Sub >\n  #set($a = 1)\n  { "a": "${B}" }\nB: |-\n  one\n    two')).toEqual({ A: { 'Fn::Sub': '#set($a = 1) { "a": "${B}" }\n' }, B: 'one\n  two' });
});

test('aliases and merge keys are resolved as `sam deploy` resolves them before AWS sees them', () => {
  expect(read('A: &a {x: 1, y: 2}\nB: &b {y: 3, z: 4}\nC: {<<: [*a, *b], x: 9}\nD: *a\nE: {"<<": 1}')).toEqual({
    A: { x: 1, y: 2 }, B: { y: 3, z: 4 }, C: { x: 9, y: 2, z: 4 }, D: { x: 1, y: 2 }, E: { '<<': 1 },
  });
});

test('keys that mean something to JavaScript are data', () => {
  const template = read('__proto__: {polluted: yes}\nconstructor: 1\nM: {<<: {__proto__: 2}}');
  expect(Object.keys(template)).toEqual(['__proto__', 'constructor', 'M']);
  expect(Object.keys(template.M as object)).toEqual(['__proto__']);
  expect(({} as any).polluted).toBeUndefined();
});

describe('what cannot be read is refused with its line', () => {
  test.each([
    ['nothing', '', 'template.yaml:1: a template is an object with a Resources section'],
    ['a list', '- 1', 'template.yaml:1: a template is an object with a Resources section'],
    ['a text', 'Resources', 'template.yaml:1: a template is an object with a Resources section'],
    ['a key twice', 'A: 1\nB: 2\nA: 3', 'template.yaml:3: the key A is there twice'],
    ['a key twice in JSON', '{\n"A": 1,\n"A": 2}', 'template.yaml:3: the key A is there twice'],
    ['a tag of somebody else', 'A: 1\nB: !Reff x', 'template.yaml:2: the tag !Reff is none of CloudFormation\'s'],
    ['an alias to nothing', 'A: 1\n\nB: *b', 'template.yaml:3: nothing before it has the anchor &b'],
    ['a key that is a list', '? [a]\n: 1', 'template.yaml:1: a key must be text'],
    ['a merge of a text', 'A:\n  <<: text', 'template.yaml:2: the merge key << takes a mapping, or a list of mappings'],
    ['two documents', 'A: 1\n---\nB: 2', 'template.yaml:2: a second document begins here: a template is one'],
    ['a mapping that merges itself', 'A: &a\n  <<: *a', /nested deeper than 400 levels/],
    ['a list that holds itself', 'A: &a [*a]', /template\.yaml:1: nested deeper than 400 levels/],
    ['brackets without end', '['.repeat(10_000), /nested deeper than 400 levels/],
    ['dashes without end', '- '.repeat(10_000), /nested deeper than 400 levels/],
    ['braces without end', '{a: '.repeat(10_000), /nested deeper than 400 levels/],
    ['question marks without end', '? '.repeat(10_000), /nested deeper than 400 levels/],
    ['more than CloudFormation takes', `A: ${'x'.repeat(1024 * 1024)}`, /at most 1048576 characters/],
    ['an indentation that fits nothing', 'A:\n   b: 1\n  c: 2', /^template\.yaml:3: neither JSON nor YAML: /],
    ['a bracket too few', '{"A": [1, 2}', /^template\.yaml:1: neither JSON nor YAML: /],
  ])('%s', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ name: 'TemplateFileError' }));
  });

  test('aliases that multiply', () => {
    const levels = 'bcdefghij'.split('').map((name, index) => `${name}: &${name} [${Array(10).fill(`*${'abcdefghi'[index]}`).join(', ')}]`);
    expect(() => read(['a: &a [1]', ...levels].join('\n'))).toThrow(/its aliases expand to more than 1000000 values/);
  });

  test('whatever else there is', () => {
    fc.assert(fc.property(fc.string({ unit: fc.constantFrom(...'ab:,-?[]{}&*!|>\'"%@#<\n\t 01\\~.') }), text => {
      try {
        read(text);
      } catch (error) {
        expect((error as Error).name).toBe('TemplateFileError');
      }
    }), { numRuns: 1000 });
  });
});

test.each([['on one line', undefined], ['with spaces', 2], ['with tabs', '\t']])('JSON %s is what it is', (_, indentation) => {
  fc.assert(fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 5 })), value => {
    const sent = JSON.parse(JSON.stringify(value));
    expect(read(JSON.stringify(sent, null, indentation))).toEqual(sent);
  }), { numRuns: 100 });
});

describe('tells the line of a path', () => {
  const { lineOf } = parseTemplate('Resources:\n  Table: !If\n    - C\n    - Type: X\n      Properties:\n        Name: !Sub\n          - ${A}\n          - A: 1\n  Other:\n    - &a\n      b: 1\n    - *a', 'template.yaml');

  test.each([
    [['Resources'], 1],
    [['Resources', 'Table', 'Fn::If', '1', 'Type'], 4],
    [['Resources', 'Table', 'Fn::If', '1', 'Properties', 'Name', 'Fn::Sub', '1', 'A'], 8],
    [['Resources', 'Other', '1', 'b'], 11],
    [['Resources', 'Table', 'Fn::If', '1', 'Properties', 'Missing', 'Deeper'], 5],
    [['Outputs'], undefined],
    [[], undefined],
  ])('%j', (path, line) => {
    expect(lineOf(path)).toBe(line);
  });
});
