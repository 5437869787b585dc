import { ENVIRONMENT } from './test-gateway';
import { compilePolicy } from '../../../../local/engines/iam-policy';
import { Principal, Service } from '../../../../local/kernel/contracts';
import { lambdaProtocol } from '../../../../local/services/lambda/protocol';

/** A Lambda function that answers as a test wants, with a policy of its own. */
export class StubFunction {
  static readonly arn = `arn:aws:lambda:${ENVIRONMENT.region}:${ENVIRONMENT.account}:function:fn`;
  static readonly uri = `arn:aws:apigateway:${ENVIRONMENT.region}:lambda:path/2015-03-31/functions/${StubFunction.arn}/invocations`;

  readonly events: any[] = [];
  readonly inputs: any[] = [];
  readonly principals: Principal[] = [];
  /** What API Gateway has to call for; nobody may call without one. */
  sourceArn: string | undefined = `arn:aws:execute-api:${ENVIRONMENT.region}:${ENVIRONMENT.account}:*`;
  answer: (event: any) => unknown = () => ({ statusCode: 200 });

  readonly service = (): Service => ({
    name: 'lambda',
    protocols: [lambdaProtocol],
    operations: {
      Invoke: {
        permissions: input => [{ action: 'lambda:InvokeFunction', resource: input.FunctionName, resourcePolicy: this.policy() }],
        handle: async (input, { principal }) => {
          const event = JSON.parse(input.Payload);
          this.inputs.push(input);
          this.events.push(event);
          this.principals.push(principal);
          if (input.InvocationType === 'Event') {
            return { StatusCode: 202 };
          }
          try {
            return { StatusCode: 200, Payload: JSON.stringify(await this.answer(event) ?? null) };
          } catch (error) {
            const { name: errorType, message: errorMessage } = error as Error;
            return { StatusCode: 200, FunctionError: 'Unhandled', Payload: JSON.stringify({ errorType, errorMessage, trace: [] }) };
          }
        },
      },
    },
    resourceTypes: {},
  });

  private policy() {
    return this.sourceArn === undefined ? undefined : compilePolicy({
      Version: '2012-10-17',
      Statement: [{
        Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'lambda:InvokeFunction', Resource: StubFunction.arn, Condition: { ArnLike: { 'AWS:SourceArn': this.sourceArn } },
      }],
    }, { kind: 'resource' });
  }
}
