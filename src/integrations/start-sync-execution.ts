import { Grant, IRole } from 'aws-cdk-lib/aws-iam';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { DirectIntegration, StatusResponse } from './direct-integration';

export interface StartSyncExecutionProps {
  /** An EXPRESS state machine: Step Functions refuses the call for a standard one. */
  readonly stateMachine: IStateMachine;
  /** The input's fields, each the Velocity expression of a value. */
  readonly input: Record<string, InputValue>;
}

/** A value of the execution's input, by how it becomes JSON. */
export type InputValue =
  /** A number that API Gateway itself makes. */
  | { readonly number: string }
  /** A name that API Gateway itself makes, of characters that mean nothing in JSON. */
  | { readonly name: string }
  /** Any text: it becomes a JSON string whatever it holds. */
  | { readonly text: string };

/** Runs an Express workflow for each message and answers with the workflow's output. */
export class StartSyncExecution extends DirectIntegration {
  constructor(id: string, private readonly props: StartSyncExecutionProps) {
    super(id, 'states', 'StartSyncExecution');
  }

  protected grant(role: IRole): void {
    Grant.addToPrincipal({ grantee: role, actions: ['states:StartSyncExecution'], resourceArns: [this.props.stateMachine.stateMachineArn] });
  }

  protected requestTemplate(): string {
    const fields = Object.entries(this.props.input).map(([name, value]) => `\\"${name}\\":${placed(value)}`);
    return `{"stateMachineArn":"${this.props.stateMachine.stateMachineArn}","input":"{${fields.join(',')}}"}`;
  }

  protected responses(): StatusResponse[] {
    // The call succeeds also when the execution did not, so that only `status` tells. `output` is a string that holds the frame.
    return [{
      key: '$default',
      template: `#if($input.path('$.status') == "SUCCEEDED")$input.path('$.output')#{else}${UNAVAILABLE}#end`,
    }];
  }
}

const UNAVAILABLE = JSON.stringify({
  error: { code: 'Unavailable', message: 'The request could not be carried out. Try again later.' },
  requestId: '$context.requestId',
});

/** A value where the input, itself a string of the request, holds it. */
function placed(value: InputValue): string {
  if ('number' in value) {
    return value.number;
  }
  if ('name' in value) {
    return `\\"${value.name}\\"`;
  }
  // One escape for the string in the input, a second for the input in the request.
  return `\\"${escaped(escaped(value.text))}\\"`;
}

/** `escapeJavaScript` also escapes apostrophes, which JSON does not allow. */
function escaped(expression: string): string {
  return `$util.escapeJavaScript(${expression}).replaceAll("\\\\'","'")`;
}
