import type { Pool } from "pg";
import { newId } from "@/server/platform/ids";

type Item = { projectId: string; sessionId: string; annotationId: string; recordId: string; jobId: string };

const ITEMS = `
select i."projectId", i."sessionId", i."annotationId", i."recordId", a."annotatorId" as "jobId"
from "CollabRoom" r
join "SessionItem" i on i."projectId" = r."projectId" and i."sessionId" = r."sessionId"
join "Annotation" a on a."projectId" = i."projectId" and a."id" = i."annotationId"
where r."name" = $1 order by i."position"`;

const write = (more: string) => `
with head as (update "CollabRoom" set "version" = "version" + 1 where "name" = $1 returning 1),
logged as (insert into "CollabUpdate" ("room", "update") select $1, $2::bytea from head returning "id"),${more}
replaced as (
  update "Verification" set "current" = false
  where "projectId" = $3::uuid and "annotationId" = $4::uuid and "current" returning 1),
done as (select count(*) from replaced)
insert into "Verification" ("id", "projectId", "annotationId", "recordId", "jobId", "sessionId", "verifierId", "labelName",
  "status", "value", "current", "inSharedSession", "decidedAt")
select $5::uuid, $3, $4, $6::uuid, $7::uuid, $8::uuid, $9::uuid, 'sentiment', 'CORRECTS', array['neg'], true, true, now()
from logged, done`;

const WRITE = write("");
const WRITE_FIRST = write(`
owned as (insert into "CollabClient" ("room", "clientId", "userId") select $1, $10::bigint, $9 from head),
known as (
  insert into "Annotator" ("projectId", "id", "kind", "name") select $3, $9, 'user'::"AnnotatorKind", 'Bare' from head
  on conflict ("projectId", "id") do update set "name" = excluded."name"),`);

/** Writes the rows of a decision in one commit, a person's first one with the rows that make them known. */
export type BareCommits = {
  /** Reads the labels of a room, once. */
  load(room: string): Promise<void>;
  /** What one person of a room writes with. */
  writerFor(room: string): (update: Uint8Array) => Promise<void>;
};

export function createBareCommits(pool: Pool): BareCommits {
  const rooms = new Map<string, Promise<Item[]>>();
  let count = 0;
  let clients = 0;

  function itemsOf(room: string): Promise<Item[]> {
    const items = rooms.get(room) ?? pool.query<Item>(ITEMS, [room]).then(({ rows }) => rows);
    rooms.set(room, items);
    return items;
  }

  return {
    load: async (room) => void (await itemsOf(room)),
    writerFor(room) {
      const verifierId = newId();
      let isKnown = false;
      return async (update) => {
        const items = await itemsOf(room);
        const item = items[count++ % items.length];
        if (!item) throw new Error(`The room ${room} has no label.`);
        const { projectId, annotationId, recordId, jobId, sessionId } = item;
        const values = [
          room,
          update,
          projectId,
          annotationId,
          newId(),
          recordId,
          jobId,
          sessionId,
          verifierId,
        ];
        if (isKnown) await pool.query({ name: "write", text: WRITE, values });
        else await pool.query({ name: "write first", text: WRITE_FIRST, values: [...values, ++clients] });
        isKnown = true;
      };
    },
  };
}
