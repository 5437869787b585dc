import { IWebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Metric, MetricOptions, Stats } from 'aws-cdk-lib/aws-cloudwatch';

/**
 * What CloudWatch counts of a WebSocket API's stage.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export class WebSocketMetrics {
  /** The metrics of a stage. */
  static of(stage: IWebSocketStage): WebSocketMetrics {
    return new WebSocketMetrics(stage.api.apiId, stage.stageName);
  }

  /** @internal */
  static _named(apiId: string, stageName: string): WebSocketMetrics {
    return new WebSocketMetrics(apiId, stageName);
  }

  private constructor(private readonly apiId: string, private readonly stageName: string) {}

  /** Connections that were made. */
  connects(options?: MetricOptions): Metric {
    return this.sum('ConnectCount', options);
  }

  /** Messages from clients and to clients. */
  messages(options?: MetricOptions): Metric {
    return this.sum('MessageCount', options);
  }

  /** Requests that were refused before anything was called: by a throttle, a model, an authorizer, or because no route fits. */
  clientErrors(options?: MetricOptions): Metric {
    return this.sum('ClientError', options);
  }

  /** Requests whose service answered with an error. */
  integrationErrors(options?: MetricOptions): Metric {
    return this.sum('IntegrationError', options);
  }

  /** Requests that API Gateway could not carry out, such as for a missing template. */
  executionErrors(options?: MetricOptions): Metric {
    return this.sum('ExecutionError', options);
  }

  /** How long services take, in milliseconds. */
  integrationLatency(options?: MetricOptions): Metric {
    return this.metric('IntegrationLatency', { statistic: Stats.percentile(95), ...options });
  }

  /** Any metric that API Gateway has of the stage. */
  metric(metricName: string, options?: MetricOptions): Metric {
    return new Metric({ namespace: 'AWS/ApiGateway', metricName, dimensionsMap: { ApiId: this.apiId, Stage: this.stageName }, ...options });
  }

  private sum(metricName: string, options?: MetricOptions): Metric {
    return this.metric(metricName, { statistic: Stats.SUM, ...options });
  }
}
