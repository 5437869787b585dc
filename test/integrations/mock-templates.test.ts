import { Stack } from 'aws-cdk-lib';
import fc from 'fast-check';
import { compileMappingTemplate } from '../../local/engines/vtl';
import { MockIntegration, Response } from '../../src';
import { IntegrationDefinition } from '../../src/integrations/integration-definition';
import { contradictionsOf, messageFieldsOf } from '../../src/values/message-schema';
import { requestValues } from '../values/model/composites';
import { parseExactJson } from '../values/model/exact-json';
import { Expected, matches } from '../values/model/expectation';
import { refusal } from '../values/model/refusal';
import { World } from '../values/model/world';
import { worlds } from '../values/model/worlds';

/** What a client is told: the request template makes what the response template reads. */
function answer(integration: MockIntegration, { body, context, stageVariables }: World): string {
  const { requestTemplate, responses } = (integration as unknown as { _define(stack: Stack): IntegrationDefinition })._define(new Stack());
  const request = compileMappingTemplate(requestTemplate).render({ body, context, stageVariables }).text;
  expect(JSON.parse(request)).toMatchObject({ statusCode: 200 });
  return compileMappingTemplate(responses![0].template!).render({ body: request, context, stageVariables }).text;
}

/** Texts are read twice, and API Gateway loses this character when it reads texts with escapes. */
const isKept = (world: World): boolean => !/\u007f|\\u007f/i.test(JSON.stringify(world));

test('an echo is the message, to the character', () => {
  fc.assert(fc.property(worlds([]).filter(isKept), world => {
    expect(answer(MockIntegration.echo('Echo'), world)).toBe(world.body === '' ? '{}' : world.body);
  }), { seed: 4, numRuns: 500 });
});

test('a frame is what its author meant, whatever the message is', () => {
  const cases = requestValues.filter(({ value }) => contradictionsOf(messageFieldsOf([value._node])).length === 0)
    .chain(spec => fc.tuple(fc.constant(spec), worlds(spec.fields).filter(world => isKept(world) && refusal(spec, world) === undefined)));
  fc.assert(fc.property(cases, ([spec, world]) => {
    const json = spec.json(world);
    fc.pre(typeof json !== 'symbol');
    const text = answer(new MockIntegration('Mock', { response: Response.json(spec.value) }), world);
    expect([text, matches(json as Expected, parseExactJson(text))]).toEqual([text, true]);
  }), { seed: 4, numRuns: 500 });
});
