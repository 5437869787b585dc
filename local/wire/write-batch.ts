import { Duplex } from 'node:stream';

/** Large enough to spare most of the wake-ups, small enough for the receivers to work while the next frames are made. */
const SIZE = 16;

let held: Duplex[] = [];

/**
 * Holds back what a stream is given in this turn of the event loop, to write it together with what others are given.
 *
 * A write to a peer that waits for it wakes the peer up, which costs more than most messages do; of writes that follow at once only the first does.
 */
export function holdUntilTurnEnds(stream: Duplex): void {
  if (stream.writableCorked > 0) {
    return;
  }
  stream.cork();
  if (held.push(stream) === 1) {
    setImmediate(release);
  } else if (held.length === SIZE) {
    release();
  }
}

function release(): void {
  const streams = held;
  held = [];
  streams.forEach(stream => stream.uncork());
}
