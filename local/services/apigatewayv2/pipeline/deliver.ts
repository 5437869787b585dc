import { WebSocketClient } from '../../../kernel/contracts';

/** What a message may hold at most, in either direction. */
export const MAXIMUM_MESSAGE_BYTES = 128 * 1024;

/** How much may wait for a client that does not read. */
const MAXIMUM_BUFFERED_BYTES = 1024 * 1024;

/** What became of a message to a client. */
export type Delivery = 'sent' | 'too long' | 'buffer full';

/** Sends one text frame, unless it is longer than API Gateway allows, or the client does not keep up. */
export function deliver(client: WebSocketClient, text: string): Delivery {
  if (isTooLong(text)) {
    return 'too long';
  }
  if (client.bufferedBytes > MAXIMUM_BUFFERED_BYTES) {
    return 'buffer full';
  }
  client.send(text);
  return 'sent';
}

/** No character takes more than three bytes for each of its UTF-16 units. */
function isTooLong(text: string): boolean {
  return text.length * 3 > MAXIMUM_MESSAGE_BYTES && Buffer.byteLength(text) > MAXIMUM_MESSAGE_BYTES;
}
