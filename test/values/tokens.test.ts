import { Aws, CfnElement, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Value } from '../../src';
import { stringNode } from '../../src/values/placed';
import { renderForm, renderJson } from '../../src/values/render';

let stack: Stack;
let table: Table;
let text: CfnParameter;
let number: CfnParameter;
beforeEach(() => {
  stack = new Stack();
  table = new Table(stack, 'Table', { partitionKey: { name: 'pk', type: 'S' as never } });
  text = new CfnParameter(stack, 'Text');
  number = new CfnParameter(stack, 'Number', { type: 'Number' });
});

/** A template as CloudFormation fills it in, with the name of each reference in its place. */
function filledIn(template: string): string {
  const fill = (value: any): string => {
    if (typeof value !== 'object') {
      return String(value);
    }
    const [[name, argument]] = Object.entries<any>(value);
    switch (name) {
      case 'Fn::Join': return argument[1].map(fill).join(argument[0]);
      case 'Fn::GetAtt': return `<${argument.join('.')}>`;
      case 'Fn::Select': return `<${argument[0]} of ${JSON.stringify(argument[1])}>`;
      default: return argument === 'Number' ? '42' : `<${argument}>`;
    }
  };
  return fill(stack.resolve(template));
}

const id = (element: unknown) => stack.getLogicalId((element as Table).node.defaultChild as CfnElement);

test('texts that are not known yet stand in literals, in formats, in names and in texts of JSON', () => {
  const value = Value.object({
    [text.valueAsString]: Value.literal({ table: table.tableName, arn: `${table.tableArn}/index/$x`, joined: Fn.join('-', ['#', text.valueAsString, Aws.REGION]) }),
    format: Value.format(`${text.valueAsString}#{}`, Value.connectionId()),
    inside: Value.jsonText(Value.literal([table.tableName])),
  });
  expect(JSON.parse(filledIn(renderJson(value._node)).replace('${context.connectionId}', 'c'))).toEqual({
    '<Text>': { table: `<${id(table)}>`, arn: `<${id(table)}.Arn>/index/$x`, joined: '#-<Text>-<AWS::Region>' },
    'format': '<Text>#c',
    'inside': `["<${id(table)}>"]`,
  });
});

test('numbers that are not known yet are numbers', () => {
  const literal = Value.literal(number.valueAsNumber);
  const value = Value.object({ number: literal, list: Value.literal([number.valueAsNumber]), inside: Value.jsonText(literal) });
  expect(JSON.parse(filledIn(renderJson(value._node)))).toEqual({ number: 42, list: [42], inside: '42' });
});

test('where a service takes nothing but a string, numbers that are not known yet stand in one', () => {
  const stringOf = (value: Value) => JSON.parse(filledIn(renderJson(stringNode(value._node))));
  expect(stringOf(Value.literal(number.valueAsNumber))).toBe('42');
  expect(JSON.parse(stringOf(Value.literal({ a: [number.valueAsNumber], b: '$#"' })))).toEqual({ a: [42], b: '$#"' });
  expect(filledIn(renderJson(stringNode(Value.body('$.a').asString().withDefault(number.valueAsNumber)._node)))).toContain('#{else}"42"#{end}');
});

test('as attributes they are of their type', () => {
  const all = Value.literal({ a: [number.valueAsNumber] });
  const value = Value.dynamoDbAttributes({ table: Value.literal(table.tableName), number: Value.literal(number.valueAsNumber), all });
  expect(JSON.parse(filledIn(renderJson(value._node)))).toEqual({ table: { S: `<${id(table)}>` }, number: { N: '42' }, all: { M: { a: { L: [{ N: '42' }] } } } });
});

test('in forms they stand as they are', () => {
  const fields = [['TopicArn', Value.literal(table.tableArn)._node], ['Message', Value.format(`a b ${text.valueAsString}`)._node]] as const;
  expect(filledIn(renderForm(fields))).toBe(`TopicArn=<${id(table)}.Arn>&Message=a%20b%20<Text>`);
});

test('one element of a list that is not known yet is a text', () => {
  const list = Fn.split(',', text.valueAsString);
  expect(() => Value.literal(list)).toThrow('Fn.select()');
  expect(filledIn(renderJson(Value.literal(Fn.select(0, list))._node))).toMatch(/^"<0 of .*>"$/);
});
