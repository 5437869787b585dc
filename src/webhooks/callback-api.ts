import { CfnIntegration, CfnRoute, HttpApi, HttpStage, ThrottleSettings } from 'aws-cdk-lib/aws-apigatewayv2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

const PATH = '/callbacks/';

/** Longest name of an execution: Step Functions refuses a longer one before anything runs. */
const NAME_CHARACTERS = 80;

/** Digits of the length that a callback's body may have: 9,999 bytes. */
const LENGTH_DIGITS = 4;

/**
 * The name of the execution that takes a callback, which is too long when the body is.
 *
 * API Gateway reads the status from the first 100 KB of what Step Functions answers, where the request's own body comes first, and each of its characters may
 * take six. Were it longer, the third party would be told of success whatever came of it.
 */
const NAME = `${'callback'.padEnd(NAME_CHARACTERS - LENGTH_DIGITS, '-')}\${request.header.content-length}`;

/**
 * What the workflow gets. Whatever callers make of this text, it is their own token and answer, or no JSON, which Step Functions refuses; so it is without a length.
 */
const INPUT = '{"length":${request.header.content-length},"token":"${request.path.token}","body":${request.body}}';

/** The HTTP API that third parties call back. */
export class CallbackApi extends Construct {
  readonly api: HttpApi;

  constructor(scope: Construct, id: string, throttle: ThrottleSettings) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', { description: 'Takes the answers of third parties', createDefaultStage: false });
    new HttpStage(this, 'Stage', { httpApi: this.api, autoDeploy: true, throttle });
  }

  /** What a callback URL begins with; its token follows. */
  get urlPrefix(): string {
    return `${this.api.apiEndpoint}${PATH}`;
  }

  /** Has a workflow take the callbacks: its input is `{ "token", "body" }`, its output the HTTP status of the answer. */
  addWorkflow(workflow: StateMachine): void {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com') });
    workflow.grantStartSyncExecution(role);
    const { apiId } = this.api;
    // The CDK's integration has no response parameters.
    const integration = new CfnIntegration(this, 'Integration', {
      apiId,
      integrationType: 'AWS_PROXY',
      integrationSubtype: 'StepFunctions-StartSyncExecution',
      payloadFormatVersion: '1.0',
      credentialsArn: role.roleArn,
      requestParameters: { StateMachineArn: workflow.stateMachineArn, Name: NAME, Input: INPUT },
      responseParameters: { 200: { ResponseParameters: [{ Destination: 'overwrite:statuscode', Source: '$response.body.output' }] } },
    });
    new CfnRoute(this, 'Route', { apiId, routeKey: `POST ${PATH}{token}`, target: `integrations/${integration.ref}` });
  }
}
