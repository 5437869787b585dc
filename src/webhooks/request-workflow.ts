import { callbackKey, EXPIRES_AT, REMEMBERED_SECONDS } from './callback-row';
import { RETRY_WHILE_AWAITED } from './retry';

export interface RequestWorkflowOptions {
  readonly partition: string;
  readonly tableName: string;
  readonly eventBusName: string;
  readonly source: string;
  /** What a callback URL begins with; its token follows. */
  readonly callbackUrl: string;
  readonly lifetimeSeconds: number;
}

/**
 * The Express workflow that passes a message on and acknowledges it, in the Amazon States Language.
 *
 * Its input is `{ "connectionId", "correlationId", "data" }`. The row stands before the third party can know of it: it may answer at once.
 */
export function requestWorkflow({ partition, tableName, eventBusName, source, callbackUrl, lifetimeSeconds }: RequestWorkflowOptions): object {
  return {
    Comment: 'Gives out a callback URL and passes a message on',
    QueryLanguage: 'JSONata',
    StartAt: 'IssueToken',
    States: {
      IssueToken: {
        Type: 'Pass',
        Assign: { token: '{% $uuid() %}', validUntil: `{% $floor($millis() / 1000) + ${lifetimeSeconds} %}` },
        Next: 'PutCallback',
      },
      PutCallback: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:putItem`,
        Arguments: {
          TableName: tableName,
          Item: {
            ...callbackKey('$token'),
            connectionId: { S: '{% $states.input.connectionId %}' },
            correlationId: { S: '{% $states.input.correlationId %}' },
            validUntil: { N: '{% $string($validUntil) %}' },
            [EXPIRES_AT]: { N: `{% $string($validUntil + ${REMEMBERED_SECONDS}) %}` },
          },
        },
        Output: '{% $states.input %}',
        Retry: [RETRY_WHILE_AWAITED],
        Next: 'PutRequest',
      },
      PutRequest: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::events:putEvents`,
        Arguments: {
          Entries: [{
            EventBusName: eventBusName,
            Source: source,
            DetailType: 'WebhookRequested',
            Detail: {
              correlationId: '{% $states.input.correlationId %}',
              callbackUrl: `{% '${callbackUrl}' & $token %}`,
              data: '{% $states.input.data %}',
            },
          }],
        },
        Output: { type: 'accepted', correlationId: '{% $states.input.correlationId %}', expiresAt: '{% $validUntil %}' },
        Retry: [RETRY_WHILE_AWAITED],
        End: true,
      },
    },
  };
}
