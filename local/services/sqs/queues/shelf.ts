import { Message } from '../messages/message';

/** In which order messages are handed out. */
export interface Shelf {
  /** Puts a message in, or back in after its time of visibility has changed. */
  place(message: Message): void;
  remove(message: Message): void;
  /** The next messages that may be received; they stay where they are until they are placed anew. */
  next(now: number, count: number): Message[];
  /** When a message becomes visible that is not, if there is one. */
  nextVisibleAt(now: number): number | undefined;
}
