import { existsSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { Template } from 'aws-cdk-lib/assertions';
import { Construct } from 'constructs';
import { identities, Identity, losses, MAY_BE_REPLACED, REPLACED_BY } from './replacement';
import * as library from '../../src';
import { specimens } from '../support/specimens';

/**
 * What the last release deployed, as far as it must stay. A difference here is a table, an API or a stage that an update takes from somebody who has it: mend the construct.
 * `BASELINES=renew npx jest test/upgrades` writes the file anew, for a release, and only with an entry for everything that is replaced in its notes; `BASELINES=add` adds
 * what is new since, and changes nothing.
 */
const FILE = join(__dirname, 'baselines.json');
const baselines: Record<string, Record<string, Identity>> = existsSync(FILE) ? JSON.parse(readFileSync(FILE, 'utf8')) : {};

const stacks = specimens();
const templates = new Map([...stacks].map(([name, stack]) => [name, Template.fromStack(stack).toJSON() as { Resources: Record<string, any> }]));
const now = Object.fromEntries([...templates].map(([name, template]) => [name, identities(template)]));

if (process.env.BASELINES) {
  const kept = process.env.BASELINES === 'add' ? baselines : {};
  const renewed = Object.fromEntries(Object.entries(now).map(([name, resources]) => [name, { ...resources, ...kept[name] }]));
  writeFileSync(FILE, `${JSON.stringify(renewed, undefined, 1)}\n`);
  Object.assign(baselines, renewed);
}

test.each([...templates.keys()])('%s keeps what it holds, and its addresses', name => {
  expect(losses(baselines[name] ?? { 'the baseline of this': { type: 'none: BASELINES=add npx jest test/upgrades', replacedBy: {} } }, now[name])).toEqual([]);
});

test('every construct of the library is looked at', () => {
  const made = new Set([...stacks.values()].flatMap(stack => stack.node.findAll().map(construct => construct.constructor)));
  const constructs = Object.values<unknown>(library).filter(each => typeof each === 'function' && each.prototype instanceof Construct) as Function[];
  expect(constructs.length).toBeGreaterThan(8);
  expect(constructs.filter(each => !made.has(each)).map(({ name }) => name)).toEqual([]);
});

test('no baseline is of something that is gone', () => {
  expect(Object.keys(baselines).filter(name => !templates.has(name))).toEqual([]);
});

test('of every type of resource it is known whether it may be replaced', () => {
  const types = new Set([...templates.values()].flatMap(({ Resources }) => Object.values(Resources).map(({ Type }) => Type)));
  expect([...types].filter(type => !(type in REPLACED_BY) && !MAY_BE_REPLACED.includes(type))).toEqual([]);
});

describe('what an update would lose is noticed', () => {
  const [before] = [now['examples/webhook']];
  const template = () => JSON.parse(JSON.stringify(templates.get('examples/webhook'))) as { Resources: Record<string, any> };
  const idOf = (type: string) => Object.keys(before).find(id => before[id].type === type)!;

  test.each<[string, string, (resource: any, resources: Record<string, any>, id: string) => void, string]>([
    ['a table of another logical id', 'AWS::DynamoDB::Table', (resource, resources, id) => {
      delete resources[id];
      resources.Other = resource;
    }, 'is gone'],
    ['a table with another key', 'AWS::DynamoDB::Table', ({ Properties }) => { Properties.KeySchema[0].AttributeName = 'id'; }, 'is replaced: KeySchema was'],
    ['a table that was given a name', 'AWS::DynamoDB::Table', ({ Properties }) => { Properties.TableName = 'orders'; }, 'is replaced: TableName was undefined and is "orders"'],
    ['a table with another deletion policy', 'AWS::DynamoDB::Table', resource => { resource.DeletionPolicy = 'Retain'; }, 'has another deletion policy'],
    ['a stage of another name', 'AWS::ApiGatewayV2::Stage', ({ Properties }) => { Properties.StageName = 'beta'; }, 'is replaced: StageName was'],
    ['a stage of another API', 'AWS::ApiGatewayV2::Stage', ({ Properties }) => { Properties.ApiId = { Ref: 'Other' }; }, 'is replaced: ApiId was'],
    ['an API of another logical id', 'AWS::ApiGatewayV2::Api', (resource, resources, id) => {
      delete resources[id];
      resources.Other = resource;
    }, 'is gone'],
    ['a queue that is something else', 'AWS::SQS::Queue', resource => { resource.Type = 'AWS::SNS::Topic'; }, 'is gone'],
  ])('%s', (_what, type, change, expected) => {
    const changed = template();
    const id = idOf(type);
    change(changed.Resources[id], changed.Resources, id);
    expect(losses(before, identities(changed))).toEqual([expect.stringContaining(`${id} (${type}) ${expected}`)]);
  });

  test('while what is added, or changed in its place, is no loss', () => {
    const changed = template();
    changed.Resources.More = { Type: 'AWS::SQS::Queue' };
    changed.Resources[idOf('AWS::DynamoDB::Table')].Properties.PointInTimeRecoverySpecification = { PointInTimeRecoveryEnabled: true };
    expect(losses(before, identities(changed))).toEqual([]);
  });
});
