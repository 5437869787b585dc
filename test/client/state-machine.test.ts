import * as fc from 'fast-check';
import { failure, FakeEventSocket } from './fake-event-socket';
import { EventClient, Subscription } from '../../client';

/** Whatever happens, in whatever order: once all is well again, the socket has exactly the subscriptions that are wanted, and nothing was handled twice or too late. */

const IDS = ['a', 'b', 'c'];

type Step =
  | { readonly kind: 'subscribe'; readonly id: string; readonly pattern: number }
  | { readonly kind: 'end'; readonly id: string }
  | { readonly kind: 'deliver'; readonly id: string; readonly event: number }
  | { readonly kind: 'answer'; readonly answer: object | 'silence' | 'close' }
  | { readonly kind: 'cut'; readonly accepts: boolean }
  | { readonly kind: 'ticket'; readonly fails: boolean }
  | { readonly kind: 'pass'; readonly milliseconds: number };

const id = fc.constantFrom(...IDS);
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('subscribe' as const), id, pattern: fc.nat(3) }) },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('end' as const), id }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('deliver' as const), id, event: fc.nat(5) }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('answer' as const),
      answer: fc.constantFrom<object | 'silence' | 'close'>('silence', 'close', failure('Busy', true), failure('NotConnected', false), failure('PatternTooLong', false), { message: 'Too Many Requests', connectionId: 'c=' }),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cut' as const), accepts: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('ticket' as const), fails: fc.boolean() }) },
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('pass' as const), milliseconds: fc.constantFrom(0, 1, 10, 15, 100, 1000, 40_000) }) },
);

interface Wanted {
  readonly subscription: Subscription;
  readonly pattern: object;
  readonly handled: string[];
  lateEvents: number;
}

class Play {
  private readonly socket = new FakeEventSocket();
  private readonly wanted = new Map<string, Wanted>();
  private readonly all: Wanted[] = [];
  private ticketFails = false;
  private tickets = 0;
  private readonly client = new EventClient({
    url: async () => {
      if (this.ticketFails) {
        throw new Error('no ticket');
      }
      return `wss://socket.example/live?ticket=${++this.tickets}`;
    },
    WebSocket: this.socket.WebSocket,
    shortestDelay: 500,
    onProblem: () => {},
  });

  async run(step_: Step): Promise<void> {
    switch (step_.kind) {
      case 'subscribe':
        this.subscribe(step_.id, step_.pattern);
        break;
      case 'end':
        this.end(step_.id);
        break;
      case 'deliver':
        if (this.socket.current?.subscriptions.has(step_.id)) {
          this.socket.current.deliver(`event${step_.event}`, step_.id);
        }
        break;
      case 'answer':
        this.socket.answers.push(step_.answer);
        break;
      case 'cut':
        this.socket.accepts = step_.accepts;
        this.socket.current?.readyState < 2 && this.socket.current.end(1006);
        break;
      case 'ticket':
        this.ticketFails = step_.fails;
        break;
      case 'pass':
        await jest.advanceTimersByTimeAsync(step_.milliseconds);
    }
    for (const { unanswered } of this.socket.connections) {
      expect(unanswered).toBeLessThanOrEqual(1);
    }
  }

  async settle(): Promise<void> {
    this.socket.accepts = true;
    this.socket.answers.length = 0;
    this.ticketFails = false;
    await jest.advanceTimersByTimeAsync(120_000);
  }

  check(): void {
    // Some were refused for good.
    const expected = [...this.wanted].filter(([, { subscription }]) => !subscription.ended).map(([each, { pattern }]) => [each, pattern]);
    expect(this.client.status).toBe('open');
    expect(new Map(this.socket.current.subscriptions)).toEqual(new Map(expected as [string, object][]));
    for (const { handled, lateEvents } of this.all) {
      expect(new Set(handled).size).toBe(handled.length);
      expect(lateEvents).toBe(0);
    }
    // No ticket was used for two connections.
    expect(new Set(this.socket.connections.map(({ url }) => url)).size).toBe(this.socket.connections.length);
    // Whatever is subscribed receives.
    for (const [each] of expected as [string, object][]) {
      this.socket.current.deliver('last', each);
      expect(this.wanted.get(each)!.handled).toContain('last');
    }
  }

  close(): void {
    this.client.close();
  }

  private subscribe(each: string, number: number): void {
    this.end(each);
    const pattern = { source: [`shop${number}`] };
    const handled: string[] = [];
    const subscription = this.client.subscribe(pattern, event => {
      handled.push(event.id);
      wanted.lateEvents += subscription.ended ? 1 : 0;
    }, { subscriptionId: each });
    const wanted: Wanted = { subscription, pattern, handled, lateEvents: 0 };
    this.wanted.set(each, wanted);
    this.all.push(wanted);
  }

  private end(each: string): void {
    this.wanted.get(each)?.subscription.end();
    this.wanted.delete(each);
  }
}

test('the socket ends up with exactly what is wanted, and each event is handled once', async () => {
  jest.useFakeTimers();
  try {
    await fc.assert(fc.asyncProperty(fc.array(step, { maxLength: 40 }), async steps => {
      const play = new Play();
      try {
        for (const each of steps) {
          await play.run(each);
        }
        await play.settle();
        play.check();
      } finally {
        play.close();
        await jest.advanceTimersByTimeAsync(0);
        jest.clearAllTimers();
      }
    }), { numRuns: Number(process.env.CASES ?? 200) });
  } finally {
    jest.useRealTimers();
  }
});
