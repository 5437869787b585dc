import { CfnOutput, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketRouteIntegration, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { StillApp } from './still-app';
import { WebSocketClient } from '../../integ/websocket-client';
import { AwsError } from '../../local/kernel/aws-error';

/** Makes the integration of each route; of an API whose role may do nothing they are made once more. */
type Integrations = Record<string, () => WebSocketRouteIntegration>;

/** An app with integrations on the routes of the CDK's own WebSocketApi, in the runtime, with a client. */
export class IntegrationApp extends StillApp {
  private readonly asking = new Map<string, WebSocketClient>();

  /** Declares the resources and the routes. Routes answer, except those that are listed as one-way. */
  constructor(integrations: (stack: Stack) => Integrations, oneWay: readonly string[] = []) {
    super(stack => declare(stack, integrations(stack), oneWay), { change: deny });
  }

  connect(api: 'Api' | 'Denied' = 'Api', headers: Record<string, string> = {}): Promise<WebSocketClient> {
    return this.open(this.outputs[`${api}Url`], headers);
  }

  /** Sends a message and gives the frame that answers it, with names in the place of identifiers. */
  async ask(message: unknown, api: 'Api' | 'Denied' = 'Api'): Promise<string> {
    const client = await this.client(api);
    client.send(message);
    return withNames(await client.nextText());
  }

  /** Sends a message whose answer takes longer than API Gateway waits. */
  async askInVain(message: unknown): Promise<string> {
    const client = await this.client('Api');
    const { pending } = this.clock;
    client.send(message);
    await this.until(() => this.clock.pending > pending);
    await this.clock.advance(29_000);
    return withNames(await client.nextText());
  }

  private async client(api: 'Api' | 'Denied'): Promise<WebSocketClient> {
    const client = this.asking.get(api) ?? await this.connect(api);
    this.asking.set(api, client);
    return client;
  }
}

function declare(stack: Stack, integrations: Integrations, oneWay: readonly string[]): void {
  for (const id of ['Api', 'Denied']) {
    const api = new WebSocketApi(stack, id);
    for (const [routeKey, make] of Object.entries(integrations)) {
      api.addRoute(routeKey, { integration: make(), returnResponse: !oneWay.includes(routeKey) });
    }
    const stage = new WebSocketStage(stack, `${id}Stage`, { webSocketApi: api, stageName: 'live', autoDeploy: true });
    new CfnOutput(stack, `${id}Url`, { value: stage.url });
  }
}

/** Takes from one API's role what it may do. IAM takes no policy without a statement: another action stands in. */
function deny(template: any): void {
  for (const [id, { Type: type, Properties: properties }] of Object.entries<any>(template.Resources)) {
    if (type === 'AWS::IAM::Policy' && id.startsWith('Denied')) {
      properties.PolicyDocument.Statement = [{ Effect: 'Allow', Action: 'tag:GetResources', Resource: '*' }];
    }
  }
}

function withNames(frame: string): string {
  return frame.replace(/"(requestId|connectionId|messageId)":"[\w-]{15}="/g, '"$1":"<$1>"');
}

/** The frame of a failure. */
export function failed(code: string, message: string, retryable = false): string {
  return `{"type":"error","error":{"code":"${code}","message":"${message}","retryable":${retryable}},"requestId":"<requestId>"}`;
}

export const ACKNOWLEDGED = '{"ok":true,"requestId":"<requestId>"}';
export const REJECTED = failed('Rejected', 'The request was rejected. Sending it again will not help.');
export const TOO_MANY_REQUESTS = failed('TooManyRequests', 'There are too many requests at the moment. Try again later.', true);
export const UNAVAILABLE = failed('Unavailable', 'The request could not be carried out. Try again later.', true);
/** What API Gateway itself says of a message that its model refuses. */
export const BAD_REQUEST_BODY = '{"message": "Bad request body", "connectionId":"<connectionId>", "messageId":"<messageId>"}';
/** What API Gateway itself says when a service has not answered in time. */
export const INTERNAL_SERVER_ERROR = '{"message": "Internal server error", "connectionId":"<connectionId>", "requestId":"<requestId>"}';

/** The failures that a client cannot mend, of whatever service. */
export function tellsFailures(app: () => IntegrationApp, action: string, message: object): void {
  describe(`${action} that fails`, () => {
    test('inside of the service', async () => {
      app().faults.next(action, new AwsError('InternalServerError', 'Internal server error', 500));
      expect(await app().ask(message)).toBe(UNAVAILABLE);
    });

    test('because the service is asked too often', async () => {
      app().faults.next(action, new AwsError('ThrottlingException', 'Rate exceeded', 400));
      expect(await app().ask(message)).toBe(TOO_MANY_REQUESTS);
    });

    test('because the role may not', async () => {
      app().entries.length = 0;
      expect(await app().ask(message, 'Denied')).toBe(UNAVAILABLE);
      expect(app().entries).toContainEqual(expect.objectContaining({ kind: 'call', outcome: expect.stringMatching(/AccessDenied|AuthorizationError/) }));
    });

    test('by never answering', async () => {
      app().faults.next(action, 'stall');
      expect(await app().askInVain(message)).toBe(INTERNAL_SERVER_ERROR);
    });
  });
}
