import { pageDecision } from './page-decision';
import { BUCKETS, EXPIRES_AT, PARTITION_KEY, SORT_KEY } from './rows';
import { ConnectionsAddress } from '../push/connections-address';
import { EventMessage } from '../push/event-message';
import { postToConnection } from '../push/invoke-connections';
import { expression } from '../workflows/expression';
import { COLLECT_FAILURES } from '../workflows/failures';
import { inTime } from '../workflows/in-time';
import { jsonata } from '../workflows/jsonata-state';
import { PATIENTLY } from '../workflows/retry';

/** JSONata: what went wrong, where it is caught. */
const FAILURE = "'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause";

/** Pages of a key that follow one another before it is served by ranges. */
const PAGES_IN_TURN = 2;

/**
 * When a page may still begin: 40 do side by side, and an event may carry thousands of keys. Behind its beginning there are up to seven Tasks, one after the other, with
 * the letter and the second half of 64 ranges.
 */
const LATEST_PAGE_SECOND = 45;

export interface DeliveryPageOptions extends ConnectionsAddress {
  readonly tableName: string;
  readonly message: EventMessage;
  /** Rows served at once. */
  readonly pageSize: number;
  /** Ranges of a popular key that are served side by side. */
  readonly shards: number;
  /** Whether EventBridge has decided already that the event matches. */
  readonly decided: boolean;
}

/**
 * What the delivery workflow does for one page of match rows: `{ "key", "prefix", "number", "after", "to" }`, whose sort keys are from one text to
 * another. Its output is a list of failures.
 *
 * What lies beyond the page is handed to another execution before anybody is served, so that all pages of a popular key are served at the same time.
 */
export function deliveryPage(options: DeliveryPageOptions): object {
  const { tableName, partition, pageSize: limit, decided } = options;
  const decide = decided ? 'Deliver' : 'Decide';
  const here = [
    { Condition: "{% $read.receivers = 'none' %}", Next: 'PageDone' },
    ...decided ? [] : [{ Condition: "{% $read.receivers = 'all' %}", Next: 'Sure' }],
  ];

  return {
    StartAt: 'ReadPage',
    States: {
      ReadPage: jsonata({
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:query`,
        Arguments: {
          TableName: tableName,
          ConsistentRead: true,
          Limit: limit + 1,
          KeyConditionExpression: `${PARTITION_KEY} = :key AND ${SORT_KEY} BETWEEN :after AND :to`,
          FilterExpression: `${EXPIRES_AT} > :now`,
          ExpressionAttributeValues: {
            ':key': { S: '{% $states.input.key %}' },
            ':after': { S: '{% $states.input.after %}' },
            ':to': { S: '{% $states.input.to %}' },
            ':now': { N: `{% ${inTime(LATEST_PAGE_SECOND, '$string($floor($millis() / 1000))')} %}` },
          },
        },
        Assign: { page: '{% $states.input %}', read: read(limit), failures: [] },
        ...PATIENTLY,
        Catch: [{ ErrorEquals: ['States.ALL'], Output: '{% [{ \'error\': $states.errorOutput.Error, \'cause\': $states.errorOutput.Cause }] %}', Next: 'PageNotRead' }],
        Next: 'More',
      }),
      PageNotRead: jsonata({ Type: 'Pass', End: true }),
      More: jsonata({
        Type: 'Choice',
        Choices: [
          { Condition: `{% $read.last != null and $page.number = ${PAGES_IN_TURN} %}`, Next: 'Spread' },
          { Condition: '{% $read.last != null %}', Next: 'HandOver' },
          ...here,
        ],
        Default: decide,
      }),
      HandOver: jsonata({
        ...startPage(options, "{ 'key': $page.key, 'prefix': $page.prefix, 'number': $page.number + 1, 'after': $read.last & ' ', 'to': $page.to }"),
        Catch: [{ ErrorEquals: ['States.ALL'], Assign: { failures: `{% [$failures, { 'key': $page.key, 'after': $read.last, ${FAILURE} }] %}` }, Next: 'Here' }],
        Next: 'Here',
      }),
      Spread: jsonata({
        Type: 'Map',
        Items: ranges(options.shards),
        ItemProcessor: {
          StartAt: 'StartRange',
          States: {
            StartRange: jsonata({
              ...startPage(options, '$states.input'),
              Output: {},
              Catch: [{ ErrorEquals: ['States.ALL'], Output: `{% { 'key': $states.input.key, 'after': $states.input.after, ${FAILURE} } %}`, Next: 'NotStarted' }],
              End: true,
            }),
            NotStarted: jsonata({ Type: 'Pass', End: true }),
          },
        },
        Assign: { failures: COLLECT_FAILURES },
        Next: 'Here',
      }),
      Here: jsonata({
        Type: 'Choice',
        Choices: here,
        Default: decide,
      }),
      // Their keys say all that the patterns do.
      ...decided ? {} : { Sure: jsonata({ Type: 'Pass', Assign: { matching: '{% $read.rows %}' }, Next: 'Deliver' }), ...pageDecision(partition, 'Deliver') },
      Deliver: jsonata({
        Type: 'Map',
        Items: decided ? '{% $read.rows %}' : '{% $matching %}',
        MaxConcurrency: limit,
        ItemProcessor: deliverOne(options),
        Assign: { failures: COLLECT_FAILURES },
        Next: 'PageDone',
      }),
      PageDone: jsonata({ Type: 'Pass', Output: '{% $failures %}', End: true }),
    },
  };
}

/**
 * JSONata: what a page has: its `rows`; where it ends, when there is more; and whether it has receivers. One expression, since each costs more than the work in it.
 *
 * One row more than a page has tells whether there is another page: DynamoDB says so even when none follows. An event that carries several keys of a subscription
 * finds it under the first of them.
 */
function read(limit: number): string {
  return expression`(
    $items := $partition($states.result.Items, ${limit})[0];
    $items := $only = null ? $items : $items[connectionId.S in $only];
    $rows := [$count($digests) = 0 ? $items : $items[$count(before.L.S[$ in $digests]) = 0]];
    {
      'rows': $rows,
      'last': $count($states.result.Items) > ${limit} ? $states.result.Items[${limit - 1}].${SORT_KEY}.S
        : $exists($states.result.LastEvaluatedKey) ? $states.result.LastEvaluatedKey.${SORT_KEY}.S : null,
      'receivers': $count($rows) = 0 ? 'none' : $count($rows.sure) = $count($rows) ? 'all' : 'undecided'
    }
  )`;
}

/** Starts another execution for a page, a JSONata expression. */
function startPage({ partition, decided }: DeliveryPageOptions, page: string): object {
  const input = `'event': $event, ${decided ? "'rule': $rule, " : ''}'digests': $digests, 'page': ${page}`;
  return {
    Type: 'Task',
    Resource: `arn:${partition}:states:::states:startExecution`,
    Arguments: {
      StateMachineArn: '{% $states.context.StateMachine.Id %}',
      Input: `{% $only = null ? { ${input} } : { ${input}, 'connectionIds': $only } %}`,
    },
    ...PATIENTLY,
  };
}

/**
 * JSONata: the ranges of buckets that are left behind `$read.last`. The first pages follow one another; whoever has more subscribers than that is served by ranges side by
 * side, each page of a range followed by the next.
 */
function ranges(shards: number): string {
  const buckets = (of: (shard: number) => number) => Array.from({ length: shards }, (_, shard) => of(shard).toString(16).padStart(2, '0')).join(' ');
  const first = (shard: number) => Math.floor(shard * BUCKETS / shards);
  return expression`(
    $prefix := $page.prefix;
    $last := $read.last;
    $from := $last & ' ';
    $lasts := $split('${buckets(shard => first(shard + 1) - 1)}', ' ');
    $ranges := $map($split('${buckets(first)}', ' '), function($first, $index) { { 'first': $prefix & $first, 'to': $prefix & $lasts[$index] & '~' } });
    [$ranges[to > $last].$merge([$page, { 'number': $page.number + 1, 'after': first > $from ? first : $from, 'to': to }])]
  )`;
}

/** Posts the event to one subscriber. Its output has an `error` when that could not be done. */
function deliverOne({ tableName, message, ...address }: DeliveryPageOptions): object {
  const { partition } = address;
  const failed = "{% { 'connectionId': $states.input.connectionId.S, 'subscriptionId': $states.input.subscriptionId.S, 'error': $states.errorOutput.Error, 'cause': $states.errorOutput.Cause } %}";
  return {
    StartAt: 'Push',
    States: {
      Push: jsonata({
        ...postToConnection(address, '$states.input.connectionId.S', message._render()),
        Output: {},
        Catch: [
          { ErrorEquals: ['ApiGateway.410'], Output: '{% $states.input %}', Next: 'Forget' },
          { ErrorEquals: ['States.ALL'], Output: failed, Next: 'NotDelivered' },
        ],
        End: true,
      }),
      // The client is gone. Its other rows, which nothing reads but its own requests, expire by themselves.
      Forget: jsonata({
        Type: 'Task',
        Resource: `arn:${partition}:states:::aws-sdk:dynamodb:deleteItem`,
        Arguments: { TableName: tableName, Key: { [PARTITION_KEY]: `{% $states.input.${PARTITION_KEY} %}`, [SORT_KEY]: `{% $states.input.${SORT_KEY} %}` } },
        Output: {},
        ...PATIENTLY,
        Catch: [{ ErrorEquals: ['States.ALL'], Output: failed, Next: 'NotDelivered' }],
        End: true,
      }),
      NotDelivered: jsonata({ Type: 'Pass', End: true }),
    },
  };
}
