import type { Disagreement, Vote } from "@/contracts/reconciliations";
import { outcomeInSight, type Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { queryRows, rawSql, sql } from "@/server/platform/sql";
import {
  DECISION,
  DECISION_AUTHOR,
  type DecisionRow,
  placeKey,
  placeOf,
  presentDecision,
} from "./decision-row";
import { entropyOfVotes } from "./entropy-of-votes";
import { NO_VOTES, VOTES_VERSION, type VotesOf, votes } from "./votes";

type Row = {
  recordId: string;
  start: number;
  end: number;
  externalId: string;
  content: string;
  votes: Vote[] | null;
  votesVersion: string | null;
  decision: DecisionRow | null;
};

/** Where somebody voted on a label of these records, or decided it: who says what, and what stands. */
export async function readDisagreements(
  db: Db,
  of: VotesOf & { recordIds: readonly string[]; sight: Sight },
): Promise<Disagreement[]> {
  const rows = await queryRows<Row>(
    db,
    sql`with ${votes(of)},
      ballots as (
        select v."recordId", v."start", v."end", ${VOTES_VERSION} as "votesVersion",
          json_agg(json_build_object('annotator', json_build_object('id', t."id", 'kind', t."kind", 'name', t."name"),
            'value', v."value", 'conf', v."conf", 'verdict', v."verdict", 'at', v."at")
            order by t."kind" = 'user' desc, t."kind" = 'job' desc, t."createdAt", t."id") as "votes"
        from votes v join "Annotator" t on t."projectId" = ${of.projectId}::uuid and t."id" = v."annotatorId"
        group by 1, 2, 3),
      standing as (
        select d."recordId", d."start", d."end", (select to_json(one) from (select ${DECISION}) one) as "decision"
        from "Reconciliation" d ${DECISION_AUTHOR}
        where d."projectId" = ${of.projectId}::uuid and d."labelName" = ${of.label}::text and d."current"
          and not d."cleared" and d."recordId" = any(${of.recordIds}::uuid[])
          and (d."start" = -1) = (${of.level}::text = 'record'))
      select "recordId", "start", "end", r."externalId", r."content", c."votes", c."votesVersion", s."decision"
      from ballots c full join standing s using ("recordId", "start", "end")
      join "Record" r on r."projectId" = ${of.projectId}::uuid and r."id" = "recordId" and r."deletedAt" is null
        and ${outcomeInSight(of.sight, rawSql(`r."id"`), sql`${of.label}::text`)}
      order by r."position", "start", "end"`,
  );
  return rows.map(present);
}

function present({ start, end, decision, votesVersion, ...row }: Row): Disagreement {
  const found = row.votes ?? [];
  const version = votesVersion ?? NO_VOTES;
  const reconciliation = decision && presentDecision(decision);
  return {
    ...row,
    ...placeOf({ start, end }),
    votes: found.map((vote) => ({ ...vote, at: new Date(vote.at).toISOString() })),
    votesVersion: version,
    entropy: entropyOfVotes(found),
    reconciliation,
    state: !reconciliation ? "open" : reconciliation.votesVersion === version ? "reconciled" : "changed",
  };
}

/** Of each place by {@link placeKey}, the version of its votes now. */
export async function readVotesVersions(
  db: Db,
  of: VotesOf & { recordIds: readonly string[] },
): Promise<Map<string, string>> {
  const rows = await queryRows<{ recordId: string; start: number; end: number; version: string }>(
    db,
    sql`with ${votes(of)} select "recordId", "start", "end", ${VOTES_VERSION} as "version" from votes group by 1, 2, 3`,
  );
  return new Map(rows.map((row) => [placeKey(row), row.version]));
}
