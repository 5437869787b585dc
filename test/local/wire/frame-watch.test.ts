import { FrameWatch, INVALID_TEXT, TOO_BIG } from '../../../local/wire/frame-watch';
import { clientFrame } from '../services/apigatewayv2/clients';

const MAXIMUM = 1_000;

function faultOf(bytes: Buffer, chunk: number): number | undefined {
  const watch = new FrameWatch(MAXIMUM);
  for (let offset = 0; offset < bytes.length; offset += chunk) {
    const fault = watch.faultOf(bytes.subarray(offset, offset + chunk));
    if (fault !== undefined) {
      return fault;
    }
  }
  return undefined;
}

/** A frame that has only begun. */
function beginning(bytes: Buffer, length: number): Buffer {
  return clientFrame(1, Buffer.concat([bytes, Buffer.alloc(length)])).subarray(0, -length);
}

describe.each([1, 2, 3, 7, 4_096, 1_000_000])('read %d bytes at a time', chunk => {
  test.each<[string, Buffer[], number | undefined]>([
    ['nothing', [], undefined],
    ['empty frames', [clientFrame(1, ''), clientFrame(9, ''), clientFrame(1, '')], undefined],
    ['frames of every form of length', [clientFrame(1, 'x'.repeat(125)), clientFrame(1, 'x'.repeat(126)), clientFrame(2, 'x'.repeat(1_000))], undefined],
    ['a frame one byte too long', [clientFrame(1, 'x'), clientFrame(1, 'x'.repeat(1_001))], TOO_BIG],
    ['a binary frame too long', [clientFrame(2, 'x'.repeat(1_001))], TOO_BIG],
    ['a continuation too long', [clientFrame(1, 'x', false), clientFrame(0, 'x'.repeat(1_001))], TOO_BIG],
    ['a frame with a length of eight bytes', [clientFrame(1, 'x'.repeat(70_000))], TOO_BIG],
    ['many frames that are too long only together', Array.from({ length: 50 }, () => clientFrame(0, 'x'.repeat(999), false)), undefined],
    ['a character in two frames, with a ping between them', [clientFrame(1, Buffer.from([0xe2, 0x82]), false), clientFrame(9, Buffer.from([0xff])), clientFrame(0, Buffer.from([0xac]))], undefined],
    ['a frame that is no text before its message has ended', [clientFrame(1, 'x', false), clientFrame(0, Buffer.from([0xf4, 0x90]), false)], INVALID_TEXT],
    ['half a frame that is no text', [beginning(Buffer.from([0xce, 0xba, 0xed, 0xa0]), 10)], INVALID_TEXT],
    ['half a frame of text', [beginning(Buffer.from('κόσμε'), 10)], undefined],
    ['binary frames that are no text', [clientFrame(1, Buffer.from([0x78]), false), clientFrame(0, ''), clientFrame(2, Buffer.from([0xff]), false), clientFrame(0, Buffer.from([0xff]))], undefined],
    ['what looks like a long frame inside a payload', [clientFrame(2, clientFrame(1, 'x'.repeat(1_001)).subarray(0, 900)), clientFrame(1, 'y')], undefined],
  ])('%s', (_name, frames, expected) => {
    expect(faultOf(Buffer.concat(frames), chunk)).toBe(expected);
  });

  test('a length beyond all bounds', () => {
    expect(faultOf(Buffer.from([0x81, 0xff, ...Array.from({ length: 8 }, () => 0xff), 0, 0, 0, 0]), chunk)).toBe(TOO_BIG);
  });
});
