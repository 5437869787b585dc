/**
 * Holds the templates of random values, rendered with hostile messages, against Apache Velocity and Jayway's JSONPath: what the runtime makes of them must be what
 * these make. Not in CI, since it needs Java.
 *
 * Usage: npx tsx --tsconfig tsconfig.dev.json test/values/against-velocity.ts <command> [pairs] [seed]
 *
 * The command reads a line of JSON for each rendering, `{"id","template","vars":{"input":{"body","params"},"context","stageVariables"}}`, and answers each with
 * `{"id","result"}` or `{"id","error"}`, in any order: Velocity 1.7 with API Gateway's `$input` and `$util`, in which null and undefined references are empty texts.
 */
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import fc from 'fast-check';
import { answers, bodies } from './model/answers';
import { connectValues, requestValues, responseValues } from './model/composites';
import { refusal } from './model/refusal';
import { Spec } from './model/value-spec';
import { World } from './model/world';
import { worlds } from './model/worlds';
import { compileMappingTemplate, VtlRuntimeError, VtlSyntaxError } from '../../local/engines/vtl';
import { contradictionsOf, messageFieldsOf } from '../../src/values/message-schema';
import { renderForm, renderJson } from '../../src/values/render';

interface Pair {
  readonly template: string;
  readonly world: World;
}

const [command, count = '5000', seed = '1'] = process.argv.slice(2);

function pairs(): Pair[] {
  const options = (share: number) => ({ numRuns: Math.ceil(Number(count) * share), seed: Number(seed) });
  const sample = (specs: fc.Arbitrary<Spec>, render: (spec: Spec) => string, share: number) => fc.sample(specs.filter(isPossible).chain(spec => {
    return worlds(spec.fields).filter(world => refusal(spec, world) === undefined).map(world => ({ template: render(spec), world }));
  }), options(share));
  const json = ({ value }: Spec) => renderJson(value._node);
  const form = ({ value }: Spec) => renderForm([['First', value._node], ['Message#$', value._node]]);
  return [
    ...sample(requestValues, json, 0.4), ...sample(requestValues, form, 0.2), ...sample(connectValues, json, 0.1), ...sample(responseValues, json, 0.2),
    ...fc.sample(fc.tuple(answers, bodies).map(([template, world]) => ({ template, world })), options(0.1)),
  ];
}

/** What is not refused when the application is synthesized. */
function isPossible({ value }: Spec): boolean {
  return contradictionsOf(messageFieldsOf([value._node])).length === 0;
}

/** What the runtime makes of a template: its text, with half of a character as the question mark that it is in bytes. */
function ours({ template, world: { body, header, querystring, context, stageVariables } }: Pair): string | undefined {
  try {
    return asBytes(compileMappingTemplate(template).render({ body, params: { header, querystring }, context, stageVariables }).text);
  } catch (error) {
    if (error instanceof VtlRuntimeError || error instanceof VtlSyntaxError) {
      return undefined;
    }
    throw error;
  }
}

function asBytes(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '?');
}

async function theirs(all: readonly Pair[]): Promise<Array<string | undefined>> {
  const velocity = spawn(command, { shell: true, stdio: ['pipe', 'pipe', 'inherit'] });
  const results = all.map((): string | undefined => undefined);
  const done = (async () => {
    for await (const line of createInterface({ input: velocity.stdout, crlfDelay: Infinity })) {
      const { id, result, error } = JSON.parse(line) as { id: number; result?: string; error?: string };
      results[id] = result === undefined ? undefined : asBytes(result);
      if (error !== undefined) {
        console.error(`${id}: ${error.slice(0, 300)}`);
      }
    }
  })();
  all.forEach(({ template, world: { body, header, querystring, context, stageVariables } }, id) => {
    velocity.stdin.write(`${JSON.stringify({ id, template, vars: { input: { body, params: { header, querystring } }, context, stageVariables } })}\n`);
  });
  velocity.stdin.end();
  await done;
  return results;
}

async function main(): Promise<void> {
  const all = pairs();
  const expected = await theirs(all);
  const results = all.map((pair, index) => ({ ...pair, velocity: expected[index], runtime: ours(pair) }));
  const differences = results.filter(({ velocity, runtime }) => velocity !== runtime);
  for (const { template, world, velocity, runtime } of differences.slice(0, 10)) {
    console.log(`${template}\n  with ${JSON.stringify(world)}\n  Velocity ${velocity}\n  runtime  ${runtime}\n`);
  }
  console.log(`${all.length} pairs, ${expected.filter(result => result === undefined).length} refused by Velocity, ${differences.length} differences`);
  process.exitCode = differences.length === 0 ? 0 : 1;
}

void main();
