import { callbackKey } from './callback-row';
import { RETRY_WHILE_AWAITED } from './retry';
import { ConnectionsAddress } from '../push/connections-address';
import { postToConnection } from '../push/invoke-connections';
import { expression } from '../workflows/expression';

export interface CallbackWorkflowOptions extends ConnectionsAddress {
  readonly tableName: string;
}

/**
 * The Express workflow that hands a third party's answer to the client that waits for it, in the Amazon States Language.
 *
 * Its input is `{ "token", "body" }`, neither of which is to be trusted; its output is an HTTP status. It does not fail: API Gateway would answer 200, and the
 * third party would take that for done.
 */
export function callbackWorkflow(options: CallbackWorkflowOptions): object {
  const { partition, tableName } = options;
  const row = { TableName: tableName, Key: callbackKey('$states.input.token') };
  const me = { S: '{% $states.context.Execution.Id %}' };
  const refusedWith = (status: number) => ({ Assign: { status }, Output: '{% $states.input %}', Next: 'GiveBack' });

  return {
    Comment: "Hands a third party's answer to the WebSocket client that waits for it",
    QueryLanguage: 'JSONata',
    StartAt: 'CheckRequest',
    States: {
      CheckRequest: {
        Type: 'Choice',
        Choices: [{ Condition: "{% $type($states.input.token) != 'string' %}", Next: 'BadRequest' }],
        Default: 'UseToken',
      },
      // The same execution may ask twice, when it has lost the first answer.
      UseToken: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:updateItem`,
        Arguments: {
          ...row,
          ConditionExpression: 'validUntil > :now AND (attribute_not_exists(usedBy) OR usedBy = :me)',
          UpdateExpression: 'SET usedBy = :me',
          ExpressionAttributeValues: { ':now': { N: '{% $string($floor($millis() / 1000)) %}' }, ':me': me },
          ReturnValues: 'ALL_NEW',
        },
        Assign: { connectionId: '{% $states.result.Attributes.connectionId.S %}', correlationId: '{% $states.result.Attributes.correlationId.S %}' },
        Output: '{% $states.input %}',
        Retry: [RETRY_WHILE_AWAITED],
        Catch: [
          { ErrorEquals: ['DynamoDb.ConditionalCheckFailedException'], Output: '{% $states.input %}', Next: 'FindToken' },
          { ErrorEquals: ['States.ALL'], ...refusedWith(503) },
        ],
        Next: 'Push',
      },
      FindToken: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:getItem`,
        Arguments: { ...row, ConsistentRead: true },
        // Given back since, by an execution that could not deliver.
        Output: expression`(
          $item := $states.result.Item;
          $exists($item) ? $exists($item.usedBy) ? 409 : $number($item.validUntil.N) > $floor($millis() / 1000) ? 503 : 410 : 404
        )`,
        Retry: [RETRY_WHILE_AWAITED],
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% 503 %}', Next: 'Refused' }],
        End: true,
      },
      Push: {
        ...postToConnection(options, '$connectionId', { type: 'answer', correlationId: '{% $correlationId %}', data: '{% $states.input.body %}' }),
        Output: '{% 200 %}',
        Retry: [RETRY_WHILE_AWAITED],
        Catch: [
          { ErrorEquals: ['ApiGateway.410'], ...refusedWith(410) },
          { ErrorEquals: ['States.ALL'], ...refusedWith(503) },
        ],
        End: true,
      },
      // What did not arrive has not used up its URL.
      GiveBack: {
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:updateItem`,
        Arguments: { ...row, ConditionExpression: 'usedBy = :me', UpdateExpression: 'REMOVE usedBy', ExpressionAttributeValues: { ':me': me } },
        Output: '{% $status %}',
        Retry: [RETRY_WHILE_AWAITED],
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% $status %}', Next: 'Refused' }],
        End: true,
      },
      Refused: { Type: 'Pass', End: true },
      BadRequest: { Type: 'Pass', Output: '{% 400 %}', End: true },
    },
  };
}
