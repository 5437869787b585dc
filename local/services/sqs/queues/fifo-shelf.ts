import { Shelf } from './shelf';
import { Message } from '../messages/message';

/** Messages of a FIFO queue: in the order they were sent within their group, and none past one that is hidden. */
export class FifoShelf implements Shelf {
  private readonly groups = new Map<string, Message[]>();

  place(message: Message): void {
    const group = this.groups.get(message.groupId!) ?? [];
    this.groups.set(message.groupId!, group);
    if (!group.includes(message)) {
      group.push(message);
    }
  }

  remove(message: Message): void {
    const group = this.groups.get(message.groupId!);
    const index = group?.indexOf(message) ?? -1;
    if (index >= 0) {
      group!.splice(index, 1);
      if (group!.length === 0) {
        this.groups.delete(message.groupId!);
      }
    }
  }

  next(now: number, count: number): Message[] {
    const messages: Message[] = [];
    for (const group of this.groups.values()) {
      for (const message of group) {
        if (messages.length === count) {
          return messages;
        }
        if (message.visibleAt > now) {
          break;
        }
        messages.push(message);
      }
    }
    return messages;
  }

  nextVisibleAt(now: number): number | undefined {
    let earliest: number | undefined;
    for (const group of this.groups.values()) {
      const blocking = group.find(message => message.visibleAt > now)?.visibleAt;
      if (blocking !== undefined && (earliest === undefined || blocking < earliest)) {
        earliest = blocking;
      }
    }
    return earliest;
  }
}
