import { DeadLetter } from './dead-letters';
import { Subscriber } from './subscriber';

/** Who has to get which event, and has not yet. */
export class Outstanding {
  size = 0;
  copies = 0;
  arrivals = 0;
  excused = 0;
  private readonly bySerial = new Map<number, Set<Subscriber>>();
  /** For how many clients of an event there are letters. */
  private readonly letters = new Map<number, number>();

  /** The copies that no letter accounts for. */
  get lost(): number {
    return [...this.bySerial].reduce((sum, [serial, clients]) => sum + Math.max(0, clients.size - (this.letters.get(serial) ?? 0)), 0);
  }

  expect(serial: number, clients: readonly Subscriber[]): void {
    if (clients.length > 0) {
      this.bySerial.set(serial, new Set(clients));
      this.size += clients.length;
      this.copies += clients.length;
    }
  }

  arrived(client: Subscriber, serial: number): void {
    if (this.remove(serial, client)) {
      this.arrivals++;
    }
  }

  /** A client is not connected, or not subscribed to all that it was. */
  excuse(client: Subscriber): void {
    for (const serial of this.bySerial.keys()) {
      if (this.remove(serial, client)) {
        this.excused++;
      }
    }
  }

  /** Letters account for as many clients as they name, and not for the others. */
  found(letters: readonly DeadLetter[]): void {
    for (const { serial, clients } of letters) {
      this.letters.set(serial, (this.letters.get(serial) ?? 0) + clients);
    }
  }

  /** An event that was not accepted: nobody has to get it. */
  forget(serial: number): void {
    const clients = this.bySerial.get(serial);
    if (clients) {
      this.bySerial.delete(serial);
      this.size -= clients.size;
      this.copies -= clients.size;
    }
  }

  describe(most: number): string[] {
    return [...this.bySerial].filter(([serial, clients]) => clients.size > (this.letters.get(serial) ?? 0)).slice(0, most).map(([serial, clients]) => `event ${serial}, of ${clients.size} clients`);
  }

  private remove(serial: number, client: Subscriber): boolean {
    const clients = this.bySerial.get(serial);
    if (!clients?.delete(client)) {
      return false;
    }
    this.size--;
    if (clients.size === 0) {
      this.bySerial.delete(serial);
    }
    return true;
  }
}
