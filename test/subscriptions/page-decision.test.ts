import { VirtualHost } from '../../local/cli/engines/virtual-host';
import { StatesError, TaskRequest, compileStateMachine } from '../../local/engines/asl';
import { compileEventPattern } from '../../local/engines/event-pattern';
import { compiledPattern } from '../../src/subscriptions/matcher';
import { pageDecision } from '../../src/subscriptions/page-decision';
import { expressionEvaluator } from '../support/evaluate-expression';

const EVENT = { 'id': '1', 'account': '0', 'time': '', 'region': '', 'source': 'shop', 'detail-type': 'Sold', 'detail': { price: 30, items: [{ sku: 'a', count: 2 }, { sku: 'b', count: 1 }] } };

/** The rows of clients with these patterns, as the subscription workflow writes them. */
async function rowsOf(patterns: readonly string[], patternCharacters = 2048): Promise<any[]> {
  const compile = expressionEvaluator(compiledPattern('$pattern', patternCharacters).slice(2, -2), 'pattern');
  return Promise.all(patterns.map(async (pattern, index) => {
    const matcher = await compile({ pattern });
    return { connectionId: { S: `c${index}` }, pattern: { S: pattern }, ...matcher !== 'ask' && { matcher: { S: matcher } } };
  }));
}

class EventBridgeHost extends VirtualHost {
  readonly asked: string[] = [];
  constructor(private readonly fault?: string) {
    super();
  }

  override async task({ arguments: input }: TaskRequest): Promise<unknown> {
    const { EventPattern, Event } = input as { EventPattern: string; Event: string };
    this.asked.push(EventPattern);
    if (this.fault) {
      throw new StatesError(this.fault, 'no');
    }
    return { Result: compileEventPattern(EventPattern).matches(JSON.parse(Event)) };
  }
}

async function decide(rows: readonly any[], event: object = EVENT, host = new EventBridgeHost(), eventText = JSON.stringify(event)) {
  const workflow = compileStateMachine(JSON.stringify({
    QueryLanguage: 'JSONata',
    StartAt: 'Variables',
    States: {
      Variables: { Type: 'Pass', Assign: { read: { rows: '{% $states.input.rows %}' }, event: '{% $states.input.event %}', eventText: '{% $states.input.eventText %}', failures: [] }, Next: 'Decide' },
      ...pageDecision('aws', 'Done'),
      Done: { Type: 'Pass', Output: { matching: '{% [$matching.connectionId.S] %}', failures: '{% $failures %}' }, End: true },
    },
  }).replace('{% [$matching.connectionId.S] %}', '{% [$matching.connectionId.S] %}'));
  const context = {
    Execution: { Id: 'arn:aws:states:us-east-1:111111111111:express:w:e', Name: 'e', RoleArn: 'arn:aws:iam::111111111111:role/w', RedriveCount: 0, StartTime: '' },
    StateMachine: { Id: 'arn:aws:states:us-east-1:111111111111:stateMachine:w', Name: 'w' },
  };
  const input = JSON.parse(JSON.stringify({ rows, event, eventText }));
  const result = await workflow.execute({ input, type: 'EXPRESS', context }, host);
  expect(result).toMatchObject({ status: 'SUCCEEDED' });
  const { matching, failures } = result.output as { matching: string[]; failures: { error: string }[] };
  return { matching: matching.sort(), failures, asked: host.asked, entered: host.entered };
}

describe('the decision about a page', () => {
  test('takes one state for patterns of every kind, and asks EventBridge nothing', async () => {
    const { matching, asked, entered } = await decide(await rowsOf([
      '{"source":["shop"]}',
      '{"source":["other"]}',
      '{"detail":{"price":[{"numeric":[">",20,"<=",30]}]}}',
      '{"detail":{"items":{"sku":["a"],"count":[1]}}}',
      '{"detail":{"items":{"sku":["a"],"count":[2]}}}',
      '{"$or":[{"source":["other"]},{"detail-type":[{"prefix":{"equals-ignore-case":"so"}}]}]}',
      '{"detail":{"owner":[{"exists":false}]}}',
    ]));
    expect(matching).toEqual(['c0', 'c2', 'c4', 'c5', 'c6']);
    expect(asked).toEqual([]);
    expect(entered.filter(name => name === 'Match')).toHaveLength(1);
  });

  test('asks EventBridge once for each distinct pattern that it cannot tell', async () => {
    const dear = '{"detail-type":[{"equals-ignore-case":"straße"},"Sold"]}';
    const { matching, asked } = await decide(await rowsOf(['{"source":["shop"]}', dear, dear, '{"source":[{"equals-ignore-case":"ß"}]}']));
    expect(matching).toEqual(['c0', 'c1', 'c2']);
    expect(asked.sort()).toEqual([dear, '{"source":[{"equals-ignore-case":"ß"}]}'].sort());
  });

  test('asks about the field whose number a double would change, and about no other', async () => {
    const event = JSON.parse('{"source":"shop","detail":{"big":9007199254740992,"small":1}}');
    const { matching, asked } = await decide(await rowsOf(['{"detail":{"big":[9007199254740992]}}', '{"detail":{"small":[{"exists":true}]}}', '{"source":["shop"]}']), event);
    expect(matching).toEqual(['c0', 'c1', 'c2']);
    expect(asked).not.toContain('{"source":["shop"]}');
  });

  test('asks nothing about an id that holds what looks like a number beyond all doubles, and everything about such a number', async () => {
    const rows = await rowsOf(['{"source":["shop"]}']);
    expect(await decide(rows, { ...EVENT, id: '6c1f5e12-9e99-1e999-8E+300-5e-400' })).toMatchObject({ matching: ['c0'], asked: [] });
    for (const number of ['1e999', '-1.5E+300', '[ 2e-400]']) {
      const text = JSON.stringify({ ...EVENT, detail: { number: 'here' } }).replace('"here"', number);
      expect(await decide(rows, { ...EVENT }, undefined, text)).toMatchObject({ asked: ['{"source":["shop"]}'] });
    }
  });

  test('rows of patterns that never were compiled are asked', async () => {
    expect(await decide([{ connectionId: { S: 'c0' }, pattern: { S: '{"source":["shop"]}' } }])).toMatchObject({ matching: ['c0'], asked: ['{"source":["shop"]}'] });
  });

  test('a matcher that cannot be evaluated keeps nobody from the event: EventBridge is asked about all', async () => {
    const [good, bad] = await rowsOf(['{"source":["shop"]}', '{"detail-type":["Sold"]}']);
    bad.matcher.S = '{"conditions":[{"path":"source","wildcard":[5]}]}';
    expect(await decide([good, bad])).toMatchObject({ matching: ['c0', 'c1'], asked: ['{"source":["shop"]}', '{"detail-type":["Sold"]}'] });
  });

  test('a pattern that EventBridge does not answer for is a failure, and the others are served', async () => {
    const rows = await rowsOf(['{"source":["shop"]}', '{"source":[{"equals-ignore-case":"ß"}]}']);
    expect(await decide(rows, EVENT, new EventBridgeHost('EventBridge.SdkClientException'))).toMatchObject({ matching: ['c0'], failures: [{ error: 'EventBridge.SdkClientException' }] });
  });

  test("one client's pattern makes an event's large list a question for itself alone", async () => {
    const event = { ...EVENT, detail: { list: Array.from({ length: 5000 }, (_, index) => ({ sku: `s${index}` })), other: 'x' } };
    const hostile = `{"detail":{"list":{"sku":[${Array.from({ length: 150 }, (_, index) => `{"suffix":"${index}"}`).join()}]}}}`;
    const { matching, asked } = await decide(await rowsOf([hostile, '{"detail":{"other":["x"]}}', '{"source":["shop"]}']), event);
    expect(matching).toEqual(['c0', 'c1', 'c2']);
    expect(asked).toEqual([hostile]);
  });

  test('a page is never larger than its rows were counted for: what does not fit is asked', async () => {
    const pattern = `{"detail":{${Array.from({ length: 20 }, (_, index) => `"日本${index}":["日本語"]`).join()}}}`;
    const [row] = await rowsOf([pattern], 400);
    expect(row.matcher).toBeUndefined();
    const [roomy] = await rowsOf([pattern]);
    expect(roomy.matcher).toBeDefined();
    expect(Buffer.byteLength(JSON.stringify([roomy.pattern.S, roomy.matcher.S]))).toBeLessThanOrEqual(4 * 2048);
  });
});
