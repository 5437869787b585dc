// Synthesizes an EventSocket, and the same resources written by hand, in turn; prints the milliseconds of each round as JSON. Usage: synthesis.ts <rounds>
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { EventSocket } from 'cdk-lambdaless-websockets';
import { socketByHand, Texts } from './socket-by-hand';

const directory = mkdtempSync(join(tmpdir(), 'synthesis-'));

function synthesized(fill: (stack: Stack) => void): Stack {
  const app = new App({ outdir: directory });
  const stack = new Stack(app, 'Stack');
  fill(stack);
  app.synth();
  return stack;
}

const withSocket = (stack: Stack) => { new EventSocket(stack, 'Socket'); };
const resourcesOf = (stack: Stack): any[] => Object.values(Template.fromStack(stack).toJSON().Resources);

/** As long as the template's own texts; what they refer to does not matter. */
const text = (value: any): string => typeof value === 'string' ? value : value['Fn::Join'][1].map((part: any) => typeof part === 'string' ? part : 'reference').join('');

function textsOf(resources: any[]): Texts {
  const ofType = (type: string) => resources.filter(({ Type }) => Type === type).map(({ Properties }) => Properties);
  const routeKeys: Record<string, string> = Object.fromEntries(ofType('AWS::ApiGatewayV2::Route').map(({ RouteKey: key, Target: { 'Fn::Join': [, [, { Ref: id }]] } }) => [id, key]));
  const byId = Object.entries(Template.fromStack(synthesized(withSocket)).toJSON().Resources) as [string, any][];
  const integrations = byId.filter(([, { Type }]) => Type === 'AWS::ApiGatewayV2::Integration');
  const responses = ofType('AWS::ApiGatewayV2::IntegrationResponse');
  const [subscription, delivery] = ofType('AWS::StepFunctions::StateMachine').map(({ DefinitionString: definition }) => definition);
  return {
    definitions: [subscription, delivery],
    schema: ofType('AWS::ApiGatewayV2::Model')[0].Schema,
    requests: Object.fromEntries(integrations.map(([id, { Properties: { RequestTemplates: templates } }]) => [routeKeys[id], text(Object.values(templates)[0])])),
    responses: Object.fromEntries(integrations.map(([id]) => [routeKeys[id], responses.filter(({ IntegrationId: { Ref: ref } }) => ref === id)
      .map(({ IntegrationResponseKey: key, ResponseTemplates: templates }) => [key, templates && text(Object.values(templates)[0])] as const)])),
  };
}

const resources = resourcesOf(synthesized(withSocket));
const texts = textsOf(resources);
const byHand = (stack: Stack) => socketByHand(stack, texts);
const types = (all: any[]) => all.map(({ Type }) => Type).sort().join();
if (types(resources) !== types(resourcesOf(synthesized(byHand)))) {
  throw new Error(`The resources by hand are others:\n${types(resources)}\n${types(resourcesOf(synthesized(byHand)))}`);
}

function milliseconds(fill: (stack: Stack) => void): number {
  const started = process.hrtime.bigint();
  synthesized(fill);
  return Number(process.hrtime.bigint() - started) / 1e6;
}

const rounds = Array.from({ length: Number(process.argv[2]) }, () => ({ socket: milliseconds(withSocket), byHand: milliseconds(byHand) }));
rmSync(directory, { recursive: true, force: true });
console.log(JSON.stringify({ resources: resources.length, rounds }));
