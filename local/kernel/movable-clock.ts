import { systemClock } from './clock';
import { Clock } from './contracts';
import { sleepBy } from './sleep';

/** How often it stops on its way, to let what it has set off have its turn. */
const MOST_STOPS = 5_000;

interface Alarm {
  readonly due: number;
  readonly order: number;
  readonly ring: () => void;
  cancel: () => void;
}

/** A clock that goes like another one, and can be moved forward: what falls due on the way happens in its order. */
export class MovableClock implements Clock {
  private readonly alarms = new Set<Alarm>();
  private offset = 0;
  private order = 0;
  private moving: Promise<void> = Promise.resolve();

  constructor(private readonly base: Clock = systemClock) {}

  /** How far it is ahead of the clock that it goes like, in milliseconds. */
  get ahead(): number {
    return this.offset;
  }

  now(): number {
    return this.base.now() + this.offset;
  }

  schedule(milliseconds: number, callback: () => void): () => void {
    const alarm: Alarm = { due: this.now() + Math.max(0, milliseconds), order: this.order++, ring: callback, cancel: () => {} };
    this.set(alarm);
    return () => this.take(alarm);
  }

  sleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
    return sleepBy((after, wake) => this.schedule(after, wake), milliseconds, signal);
  }

  /** Moves it forward. What something that falls due sets off has its turn before time goes on, or at least soon after. */
  advance(milliseconds: number): Promise<void> {
    if (!(milliseconds > 0) || !Number.isFinite(milliseconds)) {
      throw new RangeError(`A clock moves forward only: ${milliseconds}`);
    }
    this.moving = this.moving.then(() => this.move(this.now() + milliseconds));
    return this.moving;
  }

  private async move(target: number): Promise<void> {
    // What polls a few times a second would take minutes to poll through a day.
    const stride = (target - this.now()) / MOST_STOPS;
    let stopped = -Infinity;
    for (;;) {
      const next = this.next(target);
      if (!next || next.due - stopped >= stride) {
        this.forwardTo(Math.min(stopped + stride, target));
        await settled();
        stopped = this.now();
      }
      const due = this.next(target);
      if (!due) {
        break;
      }
      this.take(due);
      this.forwardTo(due.due);
      due.ring();
    }
    this.forwardTo(target);
    for (const alarm of this.alarms) {
      alarm.cancel();
      this.set(alarm);
    }
  }

  private forwardTo(time: number): void {
    this.offset += Math.max(0, time - this.now());
  }

  private next(target: number): Alarm | undefined {
    let next: Alarm | undefined;
    for (const alarm of this.alarms) {
      if (alarm.due <= target && (!next || alarm.due < next.due || (alarm.due === next.due && alarm.order < next.order))) {
        next = alarm;
      }
    }
    return next;
  }

  private set(alarm: Alarm): void {
    this.alarms.add(alarm);
    alarm.cancel = this.base.schedule(alarm.due - this.now(), () => {
      this.alarms.delete(alarm);
      alarm.ring();
    });
  }

  private take(alarm: Alarm): void {
    this.alarms.delete(alarm);
    alarm.cancel();
  }
}

/** Lets what has been set off come to where it waits. */
async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn++) {
    await new Promise(resolve => setImmediate(resolve));
  }
}
