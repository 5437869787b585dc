/** The checksum that DynamoDB sends with its answers. Node's own came only with 20.15. */
/* eslint-disable no-bitwise -- a checksum is about bits */

const TABLE = new Uint32Array(256).map((_, byte) => {
  let remainder = byte;
  for (let bit = 0; bit < 8; bit++) {
    remainder = remainder & 1 ? (remainder >>> 1) ^ 0xedb88320 : remainder >>> 1;
  }
  return remainder;
});

/** The CRC-32 of a text's UTF-8 bytes, as an unsigned number. */
export function crc32(text: string): number {
  const bytes = Buffer.from(text);
  let remainder = 0xffffffff;
  for (let index = 0; index < bytes.length; index++) {
    remainder = TABLE[(remainder ^ bytes[index]) & 0xff] ^ (remainder >>> 8);
  }
  return (remainder ^ 0xffffffff) >>> 0;
}
