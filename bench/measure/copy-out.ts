import pg from "pg";

type Wire = { query(text: string): void };

/** The least that the driver asks of a query of one's own: it passes each message on to the one that is under way. */
class CopyOut {
  bytes = 0;
  private settle: ((error?: Error) => void) | undefined;
  readonly done = new Promise<void>((resolve, reject) => {
    this.settle = (error) => (error ? reject(error) : resolve());
  });
  constructor(private readonly text: string) {}
  submit(connection: Wire): void {
    connection.query(this.text);
  }
  handleCopyData({ chunk }: { chunk: Uint8Array }): void {
    this.bytes += chunk.byteLength;
  }
  handleCommandComplete(): void {}
  handleError(error: Error): void {
    this.settle?.(error);
  }
  handleReadyForQuery(): void {
    this.settle?.();
  }
}

/** Milliseconds in which `COPY (…) TO STDOUT` brings the rows of a query to this process, and their bytes. */
export async function timeCopyOut(
  url: string,
  query: string,
): Promise<{ milliseconds: number; bytes: number }> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const copy = new CopyOut(`copy (${query}) to stdout (format csv)`);
    const started = performance.now();
    client.query(copy);
    await copy.done;
    return { milliseconds: performance.now() - started, bytes: copy.bytes };
  } finally {
    await client.end();
  }
}
