import { createHash } from 'node:crypto';
import { MessageAttribute, MessageAttributes } from './message';

const TEXT = 1;
const BINARY = 2;

/** The MD5 of a message's body, by which clients know that it came whole. */
export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

/** The MD5 of attributes as SQS documents it: their names, types and values in the order of their names; undefined when there are none. */
export function md5OfAttributes(attributes: MessageAttributes): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) {
    return undefined;
  }
  const hash = createHash('md5');
  const add = (bytes: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    hash.update(length).update(bytes);
  };
  for (const name of names) {
    const { DataType: type, StringValue: text, BinaryValue: binary } = attributes[name];
    add(Buffer.from(name));
    add(Buffer.from(type));
    hash.update(Buffer.of(isBinary(attributes[name]) ? BINARY : TEXT));
    add(isBinary(attributes[name]) ? Buffer.from(binary!, 'base64') : Buffer.from(text!));
  }
  return hash.digest('hex');
}

/** Whether an attribute holds bytes. */
export function isBinary({ DataType: type }: MessageAttribute): boolean {
  return type === 'Binary' || type.startsWith('Binary.');
}
