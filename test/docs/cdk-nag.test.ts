import { readFileSync } from 'fs';
import { join } from 'path';
import { App, Aspects, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AwsSolutionsChecks, NagSuppressions, ServerlessChecks } from 'cdk-nag';
import { ROOT } from './named-tests';
import { EventSocket } from '../../src';
import { specimens } from '../support/specimens';

const [, ofSocket, ofOthers] = readFileSync(join(ROOT, 'docs/cdk-nag.md'), 'utf8').split(/^## /m);

/** The rows of a part of the page. */
function rows(part: string): { id: string; reason: string }[] {
  return [...part.matchAll(/^\| `(.+)` \| (.+) \|$/gm)].map(([, id, reason]) => ({ id, reason }));
}

/** What the packs find, with `…` in the place of ids. */
function findings(stack: Stack): string[] {
  Aspects.of(stack).add(new AwsSolutionsChecks());
  Aspects.of(stack).add(new ServerlessChecks());
  const annotations = Annotations.fromStack(stack);
  const entries = [annotations.findError('*', Match.anyValue()), annotations.findWarning('*', Match.anyValue())].flat();
  return [...new Set(entries.map(({ entry }) => {
    const finding = /^((?:AwsSolutions|Serverless)-\w+(?:\[.+?\])?): /.exec(String(entry.data))?.[1] ?? String(entry.data);
    return finding.replace(/<(?!AWS::)\w+>/g, '<…>').replace(/Stack-[\w-]+-\*/, '…*');
  }))].sort();
}

const ids = (part: string) => rows(part).map(({ id }) => id).sort();

test('the page names every finding of an EventSocket, and none that is gone', () => {
  const stack = new Stack(new App(), 'Stack');
  new EventSocket(stack, 'Socket');
  expect(findings(stack)).toEqual(ids(ofSocket));
});

test('the page names every finding of the examples and of the other constructs, and none that is gone', () => {
  const found = new Set([...specimens().values()].flatMap(findings));
  expect([...found].filter(id => !ids(ofSocket).includes(id)).sort()).toEqual(ids(ofOthers));
});

test('with what the page says acknowledged, the packs find nothing', () => {
  const stack = new Stack(new App(), 'Stack');
  new EventSocket(stack, 'Socket');
  NagSuppressions.addStackSuppressions(stack, rows(ofSocket).map(({ id, reason }) => {
    const [, rule, finding] = /^([^[]+)(?:\[(.+)\])?$/.exec(id)!;
    const text = finding?.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replace('<…>', '<[^>]+>');
    return { id: rule, reason, ...(text && { appliesTo: [{ regex: `/^${text}$/g` }] }) };
  }));
  expect(findings(stack)).toEqual([]);
});
