import { isBinary } from './digests';
import { MessageAttributes } from './message';
import { invalidParameter } from '../errors';

const MAXIMUM_ATTRIBUTES = 10;
const MAXIMUM_NAME_BYTES = 256;
const NAME = /^[A-Za-z0-9_.-]+$/;
const TYPE = /^(String|Number|Binary)(\..+)?$/s;
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;

/** Checks what a sender gave as a message's attributes, and leaves out what does not belong to their types. */
export function readMessageAttributes(given: unknown): MessageAttributes {
  if (given === undefined || given === null) {
    return {};
  }
  if (typeof given !== 'object' || Array.isArray(given)) {
    throw invalidParameter('MessageAttributes is not a map.');
  }
  const entries = Object.entries(given);
  if (entries.length > MAXIMUM_ATTRIBUTES) {
    throw invalidParameter(`Number of message attributes [${entries.length}] exceeds the allowed maximum [${MAXIMUM_ATTRIBUTES}].`);
  }
  return Object.fromEntries(entries.map(([name, value]) => [name, readAttribute(name, value)]));
}

function readAttribute(name: string, value: any) {
  checkName(name);
  const { DataType: type, StringValue: text, BinaryValue: binary } = value ?? {};
  if (typeof type !== 'string' || type === '') {
    throw invalidParameter(`The message attribute '${name}' must contain non-empty message attribute type.`);
  }
  if (Buffer.byteLength(type) > MAXIMUM_NAME_BYTES) {
    throw invalidParameter('Message (user) attribute types must be shorter than 256 Bytes');
  }
  if (!TYPE.test(type)) {
    throw invalidParameter(`The type of message (user) attribute '${name}' is invalid. You must use only the following supported type prefixes: Binary, Number, String.`);
  }
  const content = isBinary({ DataType: type }) ? binary : text;
  const [kind] = type.split('.');
  if (typeof content !== 'string' || content === '') {
    throw invalidParameter(`Message (user) attribute '${name}' must contain a non-empty value of type '${kind === 'Binary' ? 'Binary' : 'String'}'.`);
  }
  if (kind === 'Number' && !NUMBER.test(content)) {
    throw invalidParameter(`Can't cast the value of message (user) attribute '${name}' to a number.`);
  }
  return kind === 'Binary' ? { DataType: type, BinaryValue: content } : { DataType: type, StringValue: content };
}

function checkName(name: string): void {
  if (Buffer.byteLength(name) > MAXIMUM_NAME_BYTES) {
    throw invalidParameter('Message (user) attribute names must be shorter than 256 Bytes');
  }
  if (!NAME.test(name)) {
    throw invalidParameter('Message (user) attributes name can only contain upper and lower score characters, digits, periods, hyphens and underscores.');
  }
  if (/^(aws|amazon)\./i.test(name) || name.startsWith('.') || name.endsWith('.') || name.includes('..')) {
    throw invalidParameter("You can't use message attribute names beginning with 'AWS.' or 'Amazon.'. "
      + "These strings are reserved for internal use. Additionally, they cannot start or end with '.'.");
  }
}

/** The bytes that attributes count for in a message's size. */
export function sizeOfAttributes(attributes: MessageAttributes): number {
  return Object.entries(attributes).reduce((sum, [name, { DataType: type, StringValue: text = '', BinaryValue: binary = '' }]) => (
    sum + Buffer.byteLength(name) + Buffer.byteLength(type) + Buffer.byteLength(text) + Buffer.from(binary, 'base64').length
  ), 0);
}
