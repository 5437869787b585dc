import { explainEventPattern, PatternExplanation } from '../engines/event-pattern';

/** Calls an operation of a service that runs. */
export type Ask = (service: string, operation: string, input: object) => Promise<any>;

export interface RuleVerdict {
  readonly rule: string;
  readonly state: string;
  readonly explanation: PatternExplanation;
}

/** What a pattern with which a client has subscribed makes of an event. */
export interface SubscriptionVerdict {
  readonly subscriptionId: string;
  readonly connectionId: string;
  readonly explanation: PatternExplanation;
}

/** Who takes an event and who does not, and why. */
export interface Verdicts {
  readonly rules: readonly RuleVerdict[];
  readonly subscriptions: readonly SubscriptionVerdict[];
  /** Whether there are more subscriptions than were asked. */
  readonly areMore: boolean;
}

interface Rule {
  readonly Name: string;
  readonly State: string;
  readonly EventPattern?: string;
}

type Item = Readonly<Record<string, { readonly S?: string }>>;

const MOST_SUBSCRIPTIONS = 1000;

/** Asks each rule of a bus, and each subscription: subscriptions are rows beside those of their connections, and know their patterns. */
export async function whoTakes(ask: Ask, bus: string, event: unknown): Promise<Verdicts> {
  const rulesAfter = (NextToken: unknown) => ask('events', 'ListRules', { EventBusName: bus, NextToken });
  const tablesAfter = (ExclusiveStartTableName: unknown) => ask('dynamodb', 'ListTables', { ExclusiveStartTableName });
  const rules = await all<Rule>(rulesAfter, 'Rules', 'NextToken');
  const tables = await all<string>(tablesAfter, 'TableNames', 'LastEvaluatedTableName');
  const found = (await Promise.all(tables.map(table => subscriptionsOf(ask, table)))).flat();
  return {
    rules: rules.filter(({ EventPattern: pattern }) => pattern !== undefined).map(({ Name: rule, State: state, EventPattern: pattern }) => (
      { rule, state, explanation: explainEventPattern(pattern!, event) }
    )),
    subscriptions: found.slice(0, MOST_SUBSCRIPTIONS).flatMap(({ pattern, ...subscription }) => {
      const explanation = explained(pattern, event);
      return explanation ? [{ ...subscription, explanation }] : [];
    }),
    areMore: found.length > MOST_SUBSCRIPTIONS,
  };
}

/** The subscriptions of clients that are connected: rows of others are there until they expire. */
async function subscriptionsOf(ask: Ask, TableName: string) {
  const connected = new Set<string>();
  // One may have several rows: one by which it is found, and one that belongs to its connection.
  const subscriptions = new Map<string, { readonly pattern: string; readonly subscriptionId: string; readonly connectionId: string }>();
  const rows = all<Item>(ExclusiveStartKey => ask('dynamodb', 'Scan', {
    TableName,
    ExclusiveStartKey,
    FilterExpression: 'sk = :connection OR (attribute_exists(#pattern) AND attribute_exists(subscriptionId))',
    ExpressionAttributeNames: { '#pattern': 'pattern' },
    ExpressionAttributeValues: { ':connection': { S: 'connection' } },
  }), 'Items', 'LastEvaluatedKey');
  for (const { pk, sk, connectionId, pattern, subscriptionId } of await rows) {
    const connection = connectionId?.S ?? String(pk?.S).replace(/^connection#/, '');
    if (sk?.S === 'connection') {
      connected.add(connection);
    } else if (pattern?.S !== undefined && subscriptionId?.S !== undefined) {
      subscriptions.set(`${connection} ${subscriptionId.S}`, { pattern: pattern.S, subscriptionId: subscriptionId.S, connectionId: connection });
    }
  }
  return [...subscriptions.values()].filter(({ connectionId }) => connected.has(connectionId));
}

/** Whoever keeps other things under these names has no subscription there. */
function explained(pattern: string, event: unknown): PatternExplanation | undefined {
  try {
    return explainEventPattern(pattern, event);
  } catch {
    return undefined;
  }
}

/** The members of every page of a list. */
async function all<Member>(page: (next: unknown) => Promise<any>, members: string, token: string): Promise<Member[]> {
  const found: Member[] = [];
  for (let next: unknown; ;) {
    const answer = await page(next);
    found.push(...answer[members] as Member[]);
    next = answer[token];
    if (next === undefined) {
      return found;
    }
  }
}
