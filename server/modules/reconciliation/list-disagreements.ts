import { z } from "zod";
import type { Query } from "@/contracts/query";
import type { DisagreementList, listDisagreementsInput } from "@/contracts/reconciliations";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { answerInTime, parseQuery, recordFilter } from "@/server/modules/search";
import { loadSight, outcomeInSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { cutPage, invalidCursor } from "@/server/platform/paging";
import { rawSql, sql } from "@/server/platform/sql";
import { placeKey } from "./decision-row";
import { type DisagreementPlace, findDisagreements } from "./find-disagreements";
import { readDisagreements } from "./read-disagreements";
import { requireLabel } from "./require-label";

type ListDisagreementsInput = Omit<z.infer<typeof listDisagreementsInput>, "project">;

/**
 * Where annotators differ on a label, and what people have decided there: page by page, in the order asked for. Who
 * differs is narrowed by `annotators` and `kinds`; everybody's votes are shown with each. What an open session still
 * hides from the actor isn't listed.
 * @throws AppError `invalid` for a label that is not there; `invalid_query`, `invalid_cursor`, `query_too_slow`
 */
export async function listDisagreements(
  db: Db,
  actor: ProjectActor,
  input: ListDisagreementsInput,
): Promise<DisagreementList> {
  requireScope(actor, "reconciliation:read");
  const { label, state, annotators = null, kinds = null, order, limit, cursor } = input;
  const after = cursor === undefined ? null : readPlace(cursor);
  const { definition } = await requireLabel(db, actor, label);
  const { projectId } = actor;
  const of = { projectId, label, level: definition.level };
  return answerInTime(db, async (tx) => {
    const sight = await loadSight(tx, actor);
    const query = narrow(input.subsetId, parseQuery(input.query));
    const wanted = await recordFilter(tx, actor, query);
    const records = sql`${wanted} and ${outcomeInSight(sight, rawSql(`r."id"`), sql`${label}::text`)}`;
    const { found, counts } = await findDisagreements(tx, {
      ...of,
      ...{ state, annotators, kinds, records, order, after },
      narrowed: query !== null,
      limit: limit + 1,
    });
    const { items, nextCursor } = cutPage(found, limit, writePlace);
    const recordIds = [...new Set(items.map(({ recordId }) => recordId))];
    const details = await readDisagreements(tx, { ...of, recordIds, sight });
    const byPlace = new Map(details.map((one) => [placeKey(one), one]));
    return {
      items: items.flatMap(({ entropy, ...place }) => {
        const detail = byPlace.get(placeKey(place));
        return detail ? [{ ...detail, entropy }] : [];
      }),
      nextCursor,
      total: state === "all" ? counts.open + counts.reconciled + counts.changed : counts[state],
      totalExact: true,
      counts,
    };
  });
}

const narrow = (subset: string | undefined, query: Query | null): Query | null => {
  if (subset === undefined) return query;
  return query ? { and: [{ subset }, query] } : { subset };
};

const place = z.tuple([
  z.number(),
  z.number().int().min(0),
  z.number().int().min(-1),
  z.number().int().min(-1),
]);

const writePlace = ({ key, position, start, end }: DisagreementPlace): string =>
  Buffer.from(JSON.stringify([key, position, start, end])).toString("base64url");

function readPlace(cursor: string): DisagreementPlace {
  try {
    const [key, position, start, end] = place.parse(
      JSON.parse(Buffer.from(cursor, "base64url").toString("utf8")),
    );
    return { key, position, start, end };
  } catch {
    throw invalidCursor();
  }
}
