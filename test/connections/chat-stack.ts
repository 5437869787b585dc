import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ConnectionTable, ConnectionTableProps, WebSocketEndpoint } from '../../src';

/** A stack with an endpoint and its connections. */
export class ChatStack extends Stack {
  readonly endpoint = new WebSocketEndpoint(this, 'Endpoint');
  readonly connections: ConnectionTable;

  constructor(props?: ConnectionTableProps) {
    super(new App(), 'Stack');
    this.connections = new ConnectionTable(this, 'Connections', props);
    this.endpoint.addConnectionRoutes(this.connections);
  }

  get template(): Template {
    return Template.fromStack(this);
  }

  /** What the role may do whose logical id begins so, except writing its log; each as `actions on resource`. */
  allowed(role: string): string[] {
    return Object.values(this.template.findResources('AWS::IAM::Policy'))
      .filter(policy => policy.Properties.Roles.some(({ Ref: id }: any) => id.startsWith(role)))
      .flatMap(policy => policy.Properties.PolicyDocument.Statement)
      .filter((statement: any) => ![statement.Action].flat()[0].startsWith('logs:'))
      .map((statement: any) => `${[statement.Action].flat().join(', ')} on ${text(statement.Resource)}`)
      .sort();
  }

  /** The definition of a workflow, with the logical ids of what it names in angle brackets. */
  definition(workflow: string): any {
    const machines = Object.entries(this.template.findResources('AWS::StepFunctions::StateMachine'));
    return JSON.parse(text(machines.find(([id]) => id.startsWith(workflow))![1].Properties.DefinitionString));
  }
}

/** A value of a template, with logical ids, without their hashes, in angle brackets. */
export function text(value: any): string {
  if (typeof value === 'string') {
    return value;
  }
  const { 'Ref': id, 'Fn::GetAtt': attribute, 'Fn::Join': join } = value;
  const named = (logicalId: string) => `<${logicalId.replace(/[0-9A-F]{8}$/, '')}>`;
  return id ? named(id) : attribute ? `${named(attribute[0])}.${attribute[1]}` : join[1].map(text).join('');
}
