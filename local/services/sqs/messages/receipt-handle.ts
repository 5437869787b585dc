import { createHash } from 'node:crypto';

const RECEIPT_BYTES = 16;
const ID_BYTES = 16;
const CHECK_BYTES = 16;

/** What a receiver is handed to delete a message with: which message, which receipt, and a check that this queue gave it. */
export function formatReceiptHandle(queueArn: string, messageId: string, receipt: string): string {
  const content = Buffer.concat([Buffer.from(receipt, 'hex'), Buffer.from(messageId.replaceAll('-', ''), 'hex')]);
  return Buffer.concat([content, check(queueArn, content)]).toString('base64');
}

/** Reads a receipt handle; undefined when this queue never gave it. */
export function parseReceiptHandle(queueArn: string, handle: string): { messageId: string; receipt: string } | undefined {
  const bytes = Buffer.from(handle, 'base64');
  const content = bytes.subarray(0, RECEIPT_BYTES + ID_BYTES);
  if (bytes.length !== RECEIPT_BYTES + ID_BYTES + CHECK_BYTES || !check(queueArn, content).equals(bytes.subarray(content.length))) {
    return undefined;
  }
  const id = content.toString('hex', RECEIPT_BYTES);
  return {
    messageId: `${id.slice(0, 8)}-${id.slice(8, 12)}-${id.slice(12, 16)}-${id.slice(16, 20)}-${id.slice(20)}`,
    receipt: content.toString('hex', 0, RECEIPT_BYTES),
  };
}

function check(queueArn: string, content: Buffer): Buffer {
  return createHash('sha256').update(queueArn).update(content).digest().subarray(0, CHECK_BYTES);
}
