type ByteStreamOptions = {
  /** Ends the work behind the chunks. */
  abort: AbortController;
  /** Called once, however it ends. */
  onEnd: () => void;
  /** How long a reader may take nothing, in milliseconds, before it is given up. */
  stallMs: number;
};

/**
 * A body that is made as fast as it is read. Whoever stops reading, by leaving or by taking nothing for long, ends the
 * work behind it, so that a connection to the database is never held for nobody.
 */
export function byteStream(
  chunks: AsyncGenerator<string | Uint8Array>,
  { abort, onEnd, stallMs }: ByteStreamOptions,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let stall: NodeJS.Timeout | undefined;
  let ended = false;
  const end = () => {
    clearTimeout(stall);
    if (ended) return;
    ended = true;
    onEnd();
  };
  const giveUp = async (reason: unknown) => {
    abort.abort(reason);
    // What is under way ends with the abort; the generator then lets go of the connection.
    await chunks.return(undefined).catch(() => {});
    end();
  };
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      clearTimeout(stall);
      try {
        const { done, value } = await chunks.next();
        if (ended) return;
        if (done) {
          end();
          controller.close();
          return;
        }
        controller.enqueue(typeof value === "string" ? encoder.encode(value) : value);
        stall = setTimeout(() => {
          const error = new Error("the reader of a stream took nothing for too long");
          controller.error(error);
          void giveUp(error);
        }, stallMs);
        stall.unref();
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel: giveUp,
  });
}
