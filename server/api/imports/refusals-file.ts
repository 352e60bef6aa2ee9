import type { ProjectActor } from "@/server/modules/access";
import { streamRefusals } from "@/server/modules/records";
import { type Db, getPool } from "@/server/platform/db";
import { byteStream } from "../rest/byte-stream";

/** How long a reader may take nothing before the connection to the database is freed. */
const STALL_MS = 120_000;

/** The refused rows of an import as a file to download. @throws AppError `not_found` */
export async function refusalsFile(db: Db, member: ProjectActor, id: string): Promise<Response> {
  const rows = await streamRefusals({ db, pool: getPool() }, member, { id });
  const body = byteStream(rows, { abort: new AbortController(), onEnd: () => undefined, stallMs: STALL_MS });
  return new Response(body, {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="refused-rows-${id}.csv"`,
      "cache-control": "no-store",
    },
  });
}
