import { FrameLimit } from '../../../local/wire/frame-limit';
import { clientFrame } from '../services/apigatewayv2/clients';

const MAXIMUM = 1_000;

function exceeds(bytes: Buffer, chunk: number): boolean {
  const limit = new FrameLimit(MAXIMUM);
  for (let offset = 0; offset < bytes.length; offset += chunk) {
    if (limit.exceededBy(bytes.subarray(offset, offset + chunk))) {
      return true;
    }
  }
  return false;
}

describe.each([1, 2, 3, 7, 4_096, 1_000_000])('read %d bytes at a time', chunk => {
  test.each<[string, Buffer[], boolean]>([
    ['nothing', [], false],
    ['empty frames', [clientFrame(1, ''), clientFrame(9, ''), clientFrame(1, '')], false],
    ['frames of every form of length', [clientFrame(1, 'x'.repeat(125)), clientFrame(1, 'x'.repeat(126)), clientFrame(2, 'x'.repeat(1_000))], false],
    ['a frame one byte too long', [clientFrame(1, 'x'), clientFrame(1, 'x'.repeat(1_001))], true],
    ['a binary frame too long', [clientFrame(2, 'x'.repeat(1_001))], true],
    ['a continuation too long', [clientFrame(1, 'x', false), clientFrame(0, 'x'.repeat(1_001))], true],
    ['a frame with a length of eight bytes', [clientFrame(1, 'x'.repeat(70_000))], true],
    ['many frames that are too long only together', Array.from({ length: 50 }, () => clientFrame(0, 'x'.repeat(999), false)), false],
    ['what looks like a long frame inside a payload', [clientFrame(1, clientFrame(1, 'x'.repeat(1_001)).subarray(0, 900)), clientFrame(1, 'y')], false],
  ])('%s', (_name, frames, expected) => {
    expect(exceeds(Buffer.concat(frames), chunk)).toBe(expected);
  });

  test('a length beyond all bounds', () => {
    expect(exceeds(Buffer.from([0x81, 0xff, ...Array.from({ length: 8 }, () => 0xff), 0, 0, 0, 0]), chunk)).toBe(true);
  });
});
