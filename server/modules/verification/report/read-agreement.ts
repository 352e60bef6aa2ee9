import type { AgreementReport, SessionReport } from "@/contracts/session-report";
import { cohenKappa } from "@/server/modules/evaluation";
import type { Db } from "@/server/platform/db";
import { queryRows, type Sql, sql } from "@/server/platform/sql";
import { shareOf } from "./share-of";

/** Pairs of people that are listed. */
const MAX_PAIRS = 50;

type Cell = {
  blind: boolean;
  a: string;
  b: string;
  nameA: string;
  nameB: string;
  x: string;
  y: string;
  count: number;
};
type Looked = { blind: boolean; items: number; agreed: number };

/**
 * How far people who looked at the same labels said the same, apart for labels on which the agent's was hidden: of a
 * person their last word, of a hidden label their first, before they saw it. "Can't tell" says nothing of agreement, nor
 * does what was decided together with others: nobody says that they looked.
 * @param verdicts the condition on `"Verification" v` of what is counted
 */
export async function readAgreement(db: Db, verdicts: Sql): Promise<SessionReport["agreement"]> {
  const said = sql`with given as (
      select v."annotationId", v."verifierId", v."projectId", v."status", v."value", v."start", v."end", v."blind", v."together",
        bool_or(v."blind") over (partition by v."annotationId", v."verifierId") as "hidden", v."createdAt", v."id"
      from "Verification" v where ${verdicts}
    ), word as (
      select distinct on (g."annotationId", g."verifierId") g.* from given g where g."blind" or not g."hidden"
      order by g."annotationId", g."verifierId", g."createdAt" desc, g."id" desc
    ), said as (
      select "annotationId", "verifierId", "projectId", "hidden" as "blind", json_build_array("value", "start", "end")::text as "said"
      from word where "status" in ('CONFIRMS', 'CORRECTS') and not "together"
    )`;
  const [items, cells] = [
    await queryRows<Looked>(
      db,
      sql`${said} select "blind", count(*)::int as "items", count(*) filter (where "kinds" = 1)::int as "agreed"
        from (select "annotationId", "blind", count(distinct "said") as "kinds" from said
          group by "annotationId", "blind" having count(*) > 1) each group by "blind"`,
    ),
    await queryRows<Cell>(
      db,
      sql`${said} select a."blind", a."verifierId" as "a", b."verifierId" as "b", p."name" as "nameA",
          q."name" as "nameB", a."said" as "x", b."said" as "y", count(*)::int as "count"
        from said a join said b on b."annotationId" = a."annotationId" and b."blind" = a."blind"
          and b."verifierId" > a."verifierId"
        join "Annotator" p on p."projectId" = a."projectId" and p."id" = a."verifierId"
        join "Annotator" q on q."projectId" = b."projectId" and q."id" = b."verifierId"
        group by 1, 2, 3, 4, 5, 6, 7`,
    ),
  ];
  const of = (blind: boolean) =>
    present(
      items.find((one) => one.blind === blind),
      cells.filter((cell) => cell.blind === blind),
    );
  return { seen: of(false), blind: of(true) };
}

function present(looked: Looked | undefined, cells: readonly Cell[]): AgreementReport | null {
  const all = looked && shareOf(looked.agreed, looked.items);
  if (!all) return null;
  const pairs = new Map<string, Cell[]>();
  for (const cell of cells) {
    const pair = `${cell.a} ${cell.b}`;
    pairs.set(pair, [...(pairs.get(pair) ?? []), cell]);
  }
  return {
    all,
    pairs: [...pairs.values()]
      .flatMap((group) => presentPair(group))
      .sort((one, other) => other.share.n - one.share.n)
      .slice(0, MAX_PAIRS),
  };
}

function presentPair(cells: readonly Cell[]): AgreementReport["pairs"] {
  const [first] = cells;
  const agreed = cells.reduce((sum, { x, y, count }) => sum + (x === y ? count : 0), 0);
  const {
    n,
    kappa,
    kappaReason = null,
  } = cohenKappa(cells.map(({ x, y, count }) => ({ a: x, b: y, count })));
  const share = shareOf(agreed, n);
  if (!first || !share) return [];
  return [
    {
      a: { id: first.a, name: first.nameA },
      b: { id: first.b, name: first.nameB },
      share,
      kappa,
      kappaReason,
    },
  ];
}
