import { ClientProblem } from './client-problem';
import { Exchange } from './exchange';
import { BusEvent, EventPattern, problemOf } from './protocol';
import { EventHandler, SubscribeOptions, Subscription } from './subscription';

export interface SubscriptionsOptions {
  readonly tell: (problem: ClientProblem) => void;
  /** Called when the socket says that it does not know this connection. */
  readonly reconnect: () => void;
  readonly longestDelay: number;
}

/** What is wanted under an id, and what the socket has acknowledged on this connection. */
interface Slot {
  wanted?: Subscription<any>;
  acknowledged?: Subscription<any>;
  /** The connection on which the two are being made equal. */
  settling?: Exchange;
}

/** The subscriptions of a client, which each connection is told anew. */
export class Subscriptions {
  private readonly slots = new Map<string, Slot>();
  private exchange?: Exchange;
  private count = 0;
  private failures = 0;

  constructor(private readonly options: SubscriptionsOptions) {}

  add<Detail>(pattern: EventPattern, handler: EventHandler<Detail>, options: SubscribeOptions): Subscription<Detail> {
    // A pattern that is no JSON throws here, where it was given.
    JSON.stringify(pattern);
    const id = options.subscriptionId ?? this.newId();
    const slot: Slot = this.slots.get(id) ?? {};
    const subscription = new Subscription<Detail>(id, pattern, handler, options, this.options.tell, () => {
      if (slot.wanted === subscription) {
        slot.wanted = undefined;
        this.settle(id, slot);
      }
    });
    slot.wanted?.stop(new ClientProblem('Ended', `Another subscription took the id ${id}.`, false));
    slot.wanted = subscription;
    this.slots.set(id, slot);
    this.settle(id, slot);
    return subscription;
  }

  /** Tells a new connection of all of them. */
  opened(exchange: Exchange): void {
    this.exchange = exchange;
    this.slots.forEach((slot, id) => this.settle(id, slot));
  }

  /** What the socket knew of the connection it has forgotten. */
  lost(): void {
    this.exchange = undefined;
    this.slots.forEach((slot, id) => {
      slot.acknowledged = undefined;
      this.settle(id, slot);
    });
  }

  /** Ends all of them, without a word to the socket. */
  stop(problem: ClientProblem): void {
    this.slots.forEach(({ wanted }) => wanted?.stop(problem));
    this.slots.clear();
  }

  receive(event: BusEvent, id: string | undefined): void {
    const slot = this.slotFor(id);
    // Until then it may be for the subscription whose place this one takes.
    if (slot && (!slot.acknowledged || slot.acknowledged === slot.wanted)) {
      slot.wanted?.receive(event);
    }
  }

  private slotFor(id: string | undefined): Slot | undefined {
    if (id !== undefined) {
      return this.slots.get(id);
    }
    if (this.slots.size > 1) {
      this.options.tell(new ClientProblem('AmbiguousEvent', 'There are several subscriptions, and the socket does not say which of them an event is for: give it EventMessage.envelope().', false));
      return undefined;
    }
    const [only] = this.slots.values();
    return only;
  }

  /** Has the socket subscribe to what is wanted, or unsubscribe. */
  private settle(id: string, slot: Slot): void {
    const { exchange } = this;
    if (!exchange) {
      this.forget(id, slot);
    } else if (slot.settling !== exchange) {
      slot.settling = exchange;
      // When the connection ends, so does what was asked on it: the next one begins anew.
      this.makeEqual(id, slot, exchange).catch(() => {});
    }
  }

  private async makeEqual(id: string, slot: Slot, exchange: Exchange): Promise<void> {
    try {
      while (exchange.isOpen && slot.wanted !== slot.acknowledged && await this.step(id, slot, exchange));
    } finally {
      if (slot.settling === exchange) {
        slot.settling = undefined;
      }
    }
    this.forget(id, slot);
  }

  /** Asks once; false when there is nothing more to be done. */
  private async step(id: string, slot: Slot, exchange: Exchange): Promise<boolean> {
    const { wanted } = slot;
    const request = wanted ? { action: 'subscribe', subscriptionId: id, pattern: wanted.pattern } : { action: 'unsubscribe', subscriptionId: id };
    const problem = await exchange.ask(request, answer => {
      const found = problemOf(answer) ?? unexpected(answer, id, wanted ? 'subscribed' : 'unsubscribed');
      if (found && (wanted || found.code !== 'SubscriptionNotFound')) {
        return found;
      }
      slot.acknowledged = wanted;
      return undefined;
    });
    if (!problem) {
      this.failures = 0;
      wanted?.acknowledge();
      return true;
    }
    problem.subscriptionId = id;
    this.options.tell(problem);
    if (problem.retryable || problem.code === 'NotConnected') {
      await exchange.sleep(this.delay());
      if (problem.code === 'NotConnected' && exchange.isOpen) {
        this.options.reconnect();
      }
      return true;
    }
    wanted?.stop(problem);
    if (slot.wanted === wanted) {
      slot.wanted = undefined;
    }
    return wanted !== undefined || slot.wanted !== undefined;
  }

  private forget(id: string, slot: Slot): void {
    if (!slot.wanted && !slot.acknowledged && this.slots.get(id) === slot) {
      this.slots.delete(id);
    }
  }

  private delay(): number {
    return Math.min(this.options.longestDelay, 500 * 2 ** this.failures++) * (0.5 + Math.random() / 2);
  }

  private newId(): string {
    let id;
    do {
      id = `s${++this.count}`;
    } while (this.slots.has(id));
    return id;
  }
}

function unexpected(answer: Record<string, any>, id: string, type: string): ClientProblem | undefined {
  return answer.type === type && answer.subscriptionId === id ? undefined : new ClientProblem('UnexpectedAnswer', `The socket answered ${JSON.stringify(answer)}.`, true);
}
