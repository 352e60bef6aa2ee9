import { availableParallelism } from "node:os";

/**
 * Does pieces of work in order, as many at a time as there are cores; one that is to be `alone` begins when all before it
 * have ended, and is waited for.
 * @template {{ alone?: boolean }} Piece
 * @param {readonly Piece[]} pieces
 * @param {(piece: Piece) => Promise<boolean>} work says whether to go on with what has not begun
 */
export async function doSideBySide(pieces, work, cores = availableParallelism()) {
  const waiting = [...pieces];
  let goOn = true;
  const begin = async (piece) => {
    goOn = (await work(piece)) && goOn;
  };
  const lane = async () => {
    while (goOn && waiting[0] && !waiting[0].alone) await begin(waiting.shift());
  };
  while (goOn && waiting.length > 0) {
    if (waiting[0].alone) await begin(waiting.shift());
    else await Promise.all(Array.from({ length: cores }, lane));
  }
}
