import { randomFillSync } from "node:crypto";
import { v7 } from "uuid";

/** Bytes that one id takes of what is drawn. */
const RANDOM_BYTES = 16;

// Asking the system for each id takes four times as long as all the rest of it.
const drawn = new Uint8Array(256 * RANDOM_BYTES);
let used = drawn.length;
let msecs = 0;
let seq = 0;

function drawRandom(): Uint8Array {
  if (used === drawn.length) {
    randomFillSync(drawn);
    used = 0;
  }
  used += RANDOM_BYTES;
  return drawn.subarray(used - RANDOM_BYTES, used);
}

/** A new UUIDv7: unique, and in the order of creation within a process. */
export function newId(): string {
  const random = drawRandom();
  const now = Date.now();
  if (now > msecs) {
    msecs = now;
    // Below 2^31, so that counting up from it does not come round within a millisecond.
    seq = new DataView(random.buffer, random.byteOffset).getUint32(0) >>> 1;
  } else {
    seq += 1;
  }
  return v7({ random, msecs, seq });
}
