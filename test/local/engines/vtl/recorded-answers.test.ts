import * as mapping from './recorded-answers-mapping.json';
import * as velocity from './recorded-answers-velocity.json';
import { compileMappingTemplate, compileTemplate } from '../../../../local/engines/vtl';

interface RecordedCase {
  readonly template: string;
  readonly b?: boolean;
  readonly body?: string;
  readonly text?: string;
  readonly fails?: true;
}

/** The variables of the recordings. Those without a `b` were made with fewer and other ones. */
function variablesOf({ b }: RecordedCase): Record<string, unknown> {
  const common = { a: 'A', map: { k: 'v', k3: null, z: { y: 1 } }, str: 'str,ing', n: 5, d: 2.5 };
  return b === undefined
    ? { ...common, b: true, list: [1, 'two', { k: 3 }] }
    : { ...common, b, list: [1, 'two', { k: 3 }, null], big: 3000000000, L: 1795000000000 };
}

function renderPlain(recordedCase: RecordedCase): string {
  return compileTemplate(recordedCase.template).render(variablesOf(recordedCase));
}

function renderMapping(recordedCase: RecordedCase): string {
  return compileMappingTemplate(recordedCase.template).render({
    body: recordedCase.body ?? '{"k":"kv","h":1}',
    params: { path: { p: 'P' }, querystring: { q: 'Q' }, header: { h: 'H' } },
    context: { stage: 'dev', identity: { sourceIp: '1.2.3.4' }, num: 7 },
    stageVariables: { sv: 'SV' },
    variables: variablesOf(recordedCase),
  }).text;
}

describe.each([
  ['Velocity', velocity.cases as RecordedCase[], renderPlain],
  ['Velocity as API Gateway runs it', mapping.cases as RecordedCase[], renderMapping],
])('answers recorded from %s', (_, cases, render) => {
  test.each(cases.filter(({ fails }) => !fails))('$template', (recordedCase) => {
    expect(render(recordedCase)).toBe(recordedCase.text);
  });

  test.each(cases.filter(({ fails }) => fails))('$template fails', (recordedCase) => {
    expect(() => render(recordedCase)).toThrow();
  });
});
