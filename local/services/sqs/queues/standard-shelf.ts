import { Shelf } from './shelf';
import { Message } from '../messages/message';

/** Messages of a standard queue: whichever became visible first comes first. */
export class StandardShelf implements Shelf {
  private readonly visible = new Set<Message>();
  /** In the order in which they become visible. */
  private readonly hidden: Message[] = [];

  place(message: Message): void {
    this.remove(message);
    // Visible or not is settled when somebody asks.
    this.hidden.splice(this.firstAfter(message.visibleAt), 0, message);
  }

  remove(message: Message): void {
    if (!this.visible.delete(message)) {
      const index = this.hidden.indexOf(message);
      if (index >= 0) {
        this.hidden.splice(index, 1);
      }
    }
  }

  next(now: number, count: number): Message[] {
    this.hidden.splice(0, this.firstAfter(now)).forEach(message => this.visible.add(message));
    const messages: Message[] = [];
    for (const message of this.visible) {
      if (messages.length === count) {
        break;
      }
      messages.push(message);
    }
    return messages;
  }

  nextVisibleAt(): number | undefined {
    return this.hidden[0]?.visibleAt;
  }

  private firstAfter(time: number): number {
    let low = 0;
    let high = this.hidden.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.hidden[middle].visibleAt <= time) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
