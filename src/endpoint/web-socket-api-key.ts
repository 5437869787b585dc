import { CfnApiKey, CfnUsagePlan, CfnUsagePlanKey, QuotaSettings, ThrottleSettings } from 'aws-cdk-lib/aws-apigateway';
import { IWebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';

/** Properties of a WebSocketApiKey. */
export interface WebSocketApiKeyProps {
  /** The stage that the key opens. */
  readonly stage: IWebSocketStage;

  /**
   * How many connections may be made with the key in a second.
   *
   * @default - as many as the stage takes
   */
  readonly throttle?: ThrottleSettings;

  /**
   * How many connections may be made with the key in a day, a week or a month.
   *
   * @default - any number
   */
  readonly quota?: QuotaSettings;
}

/**
 * An API key with a usage plan of its own, for a `$connect` route that has `apiKeyRequired`. Clients send it as the header `x-api-key`; browsers cannot.
 *
 * A key tells clients apart and limits them. It is not a proof of who they are.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-selection-expressions.html
 */
export class WebSocketApiKey extends Construct {
  /** The identifier of the key, with which its value can be read. */
  readonly keyId: string;

  constructor(scope: Construct, id: string, props: WebSocketApiKeyProps) {
    super(scope, id);
    const { stage, throttle, quota } = props;
    const key = new CfnApiKey(this, 'Resource', { enabled: true });
    const plan = new CfnUsagePlan(this, 'UsagePlan', {
      apiStages: [{ apiId: stage.api.apiId, stage: stage.stageName }],
      throttle,
      quota,
    });
    // The stage's name is only a text, and CloudFormation would not wait for it.
    plan.node.addDependency(stage);
    new CfnUsagePlanKey(this, 'UsagePlanKey', { keyId: key.ref, keyType: 'API_KEY', usagePlanId: plan.ref });
    this.keyId = key.ref;
  }
}
