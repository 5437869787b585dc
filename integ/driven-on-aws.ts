import { IntegTest } from '@aws-cdk/integ-tests-alpha';
import { App, Stack } from 'aws-cdk-lib';

interface DrivenOnAwsOptions {
  /** Variables of the environment without which it is not deployed. */
  readonly needs?: string[];
  /** Parameters of the stack; those without a value keep their defaults. */
  readonly parameters?: Record<string, string | undefined>;
}

/**
 * What integ-runner does with an example: it deploys the stack, lets the test by its name drive it with real clients, and takes the stack away again, whatever came
 * of it. Nothing is deployed beside the example: its assertions are that test's.
 */
export function drivenOnAws(name: string, stack: Stack, { needs = [], parameters = {} }: DrivenOnAwsOptions = {}): void {
  const given = Object.fromEntries(Object.entries(parameters).flatMap(([key, value]) => value === undefined ? [] : [[`${stack.stackName}:${key}`, value]]));
  new IntegTest(App.of(stack) as App, 'Driven', {
    testCases: [stack],
    // What is tested is the example as it is, not its update from whatever it was.
    stackUpdateWorkflow: false,
    cdkCommandOptions: { deploy: { args: { outputsFile: `integ/integ.${name}.outputs.json`, ...(Object.keys(given).length > 0 && { parameters: given }) } } },
    hooks: {
      preDeploy: needs.length > 0 ? [`node drive.mjs --has ${needs.join(' ')}`] : undefined,
      postDeploy: [`node drive.mjs ${name}`],
    },
  });
}
