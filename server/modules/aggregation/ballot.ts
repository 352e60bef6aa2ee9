import { optionsOfKey } from "@/contracts/value-key";
import { valueKey } from "@/server/modules/evaluation";
import { labelInSight } from "@/server/modules/sight";
import { AppError } from "@/server/platform/errors";
import { rawSql, type Sql, sql } from "@/server/platform/sql";
import type { DecideInput } from "./decide-input";
import { hasVote, successors } from "./has-vote";
import { modelFamily } from "./policies/share-votes";

/** Runs a statement where the others of one moment are run. */
export type Run = <T extends object>(statement: Sql) => Promise<T[]>;

export type Voter = {
  id: string;
  name: string;
  /** Of the model that a job's answers came from; null of whoever is no job. */
  family: string | null;
  job: { agentId: string; agentVersion: number } | null;
};

/** Who may have voted and for what; how it is counted says {@link votes}. Places in these lists, from 1, name them in its patterns. */
export type Ballot = { voters: Voter[]; values: string[] };

/** Different values of one label that can be weighed against each other. */
const MAX_VALUES = 200;
/** Cells of the tables of what each voter makes of each value. */
const MAX_CELLS = 2_000_000;

/**
 * Who labelled, and what was given.
 * @throws AppError `invalid` with the path `policy` where that is too much for an estimate
 */
export async function readBallot(run: Run, input: DecideInput): Promise<Ballot> {
  const voters = await run<VoterRow>(selectVoters(input));
  const [found] = await run<{ values: string[][] }>(selectValues(input));
  const values = (found?.values ?? []).map(valueKey);
  if (values.length > MAX_VALUES)
    refuse(
      `"${input.label}" was given more than ${MAX_VALUES} different values, too many to weigh against each other. Choose majority or verified-first`,
    );
  if (voters.length * values.length ** 2 > MAX_CELLS)
    refuse(
      `${voters.length} annotators gave ${values.length} different values of "${input.label}", too many to estimate what each makes of each. Name fewer annotators, or choose majority or verified-first`,
    );
  return {
    values,
    voters: voters.map(({ id, name, model, agentId, agentVersion }) => ({
      id,
      name,
      family: model === null ? null : modelFamily(model),
      job: agentId === null || agentVersion === null ? null : { agentId, agentVersion },
    })),
  };
}

function refuse(message: string): never {
  throw new AppError("invalid", `${message}.`, { errors: [{ path: "policy", message }] });
}

type VoterRow = {
  id: string;
  name: string;
  model: string | null;
  agentId: string | null;
  agentVersion: number | null;
};

/** Annotators with a label that may count, by id; of a job, the model that answered, else the one it asked for. */
const selectVoters = ({ projectId, label, annotators }: DecideInput): Sql => sql`
  select t."id", t."name", coalesce(i."servedModel", v."model" ->> 'model') as "model", v."agentId",
    v."version" as "agentVersion"
  from "Annotator" t
  left join "Job" j on j."projectId" = t."projectId" and j."id" = t."id"
  left join "AgentVersion" v on v."projectId" = j."projectId" and v."id" = j."agentVersionId"
  left join lateral (select i."servedModel" from "JobItem" i
    where i."projectId" = j."projectId" and i."jobId" = j."id" and i."status" = 'parsed'
    order by i."ordinal" limit 1) i on true
  where t."projectId" = ${projectId}::uuid and ${amongVoters(annotators, rawSql(`t."id"`))}
    and exists (select 1 from "Annotation" a where a."projectId" = t."projectId" and a."annotatorId" = t."id"
      and a."labelName" = ${label}::text and a."level" = 'record')
  order by t."id"`;

/** Each value once, found by stepping along the index; more than are allowed end it. */
const selectValues = ({ projectId, label }: DecideInput): Sql => {
  const next = (after: Sql) => sql`(select a."value" from "Annotation" a
    where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record' and ${after}
    order by a."value" limit 1)`;
  return sql`with recursive given as (
      select ${next(rawSql(`a."value" > '{}'`))} as "value"
      union all
      select ${next(rawSql(`a."value" > g."value"`))} from given g where g."value" is not null)
    select coalesce(jsonb_agg(to_jsonb(a."value")), '[]') as "values" from (
      select a."value" from given a where a."value" is not null limit ${MAX_VALUES + 1}::int) a`;
};

const amongVoters = (annotators: readonly string[] | null, column: Sql): Sql =>
  annotators === null ? rawSql("true") : sql`${column} = any(${annotators}::uuid[])`;

/**
 * A `select` of the records that have votes: `recordId`, `position`, and who gave what in `pattern`, as `voter:value`
 * pairs in the order of the voters. Who counts, and what is hidden, is as under a majority.
 */
export function votes(input: DecideInput, { voters, values }: Ballot): Sql {
  const { projectId, label, sight, records } = input;
  return sql`with ${successors(input)}
    select a."recordId", r."position", string_agg(w.place || ':' || o.place, ',' order by w.place) as "pattern"
    from "Annotation" a
    join "Record" r on r."projectId" = a."projectId" and r."id" = a."recordId" and r."deletedAt" is null
      and ${records ?? rawSql("true")}
    join unnest(${voters.map(({ id }) => id)}::uuid[]) with ordinality w (id, place) on w.id = a."annotatorId"
    join jsonb_to_recordset(${options(values)}::jsonb) o ("value" text[], place int) on o."value" = a."value"
    where a."projectId" = ${projectId}::uuid and a."labelName" = ${label}::text and a."level" = 'record'
      and cardinality(a."value") > 0 and ${hasVote(input)} and ${sight ? labelInSight(sight) : rawSql("true")}
    group by a."recordId", r."position"`;
}

const options = (values: readonly string[]): string =>
  JSON.stringify(values.map((key, index) => ({ value: optionsOfKey(key), place: index + 1 })));
