import pg from "pg";

/** Kinds of export whose rows PostgreSQL itself can send. */
export type CopiedKind = "records" | "annotations" | "final";

/** The rows of each kind of export, and of them the columns that its file has. */
export const copiedRows: Record<CopiedKind, (projectId: string) => string> = {
  records: (
    id,
  ) => `select r."externalId", r."content", r."metadata" ->> 'source', r."metadata" ->> 'retweets',
    r."metadata" ->> 'airline' from "Record" r where r."projectId" = '${id}' and r."deletedAt" is null
    order by r."position"`,
  annotations: (id) => `select r."id", r."externalId", r."content", a."annotatorId", t."kind", t."name",
    a."labelName", a."level", a."value", a."start", a."end", a."conf", a."confMethod", a."metadata", a."createdAt"
    from "Record" r join "Annotation" a on a."projectId" = r."projectId" and a."recordId" = r."id"
    join "Annotator" t on t."projectId" = a."projectId" and t."id" = a."annotatorId"
    where r."projectId" = '${id}' and r."deletedAt" is null order by r."position", t."createdAt", t."id"`,
  final: (
    id,
  ) => `select r."id", r."externalId", r."content", g."labelName", f."value", g."policy", f."confidence",
    f."provenance", g."schemaVersion", g."id" from "FinalLabel" f
    join "Aggregation" g on g."projectId" = f."projectId" and g."id" = f."aggregationId"
    join "Record" r on r."projectId" = f."projectId" and r."id" = f."recordId"
    where f."projectId" = '${id}' order by f."position"`,
};

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
