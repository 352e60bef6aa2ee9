import type { z } from "zod";
import type { AcceptPlan, AcceptReason, acceptPlanInput } from "@/contracts/acceptance";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { requireRecordLabel } from "@/server/modules/projects";
import { loadSight } from "@/server/modules/sight";
import { type Db, inTransaction, sqlRun } from "@/server/platform/db";
import { queryRows, rawSql } from "@/server/platform/sql";
import { requireJobLabel } from "../require-job-label";
import { chooseThreshold, riskCoverage, rowsNeeded } from "../statistics/accept-threshold";
import { readAcceptances } from "./acceptance-repository";
import { type CountedCandidates, countCandidates } from "./count-candidates";
import { readBlindSessions } from "./read-blind-sessions";
import { readPace } from "./read-pace";

type PlanInput = Omit<z.infer<typeof acceptPlanInput>, "project">;

/** Milliseconds that counting may take, for a job of a million labels. */
const TIMEOUT = 60_000;

/**
 * Which labels of a job can be accepted unread so that at most a share ε of them is wrong, at confidence 1 − α, by what
 * blind verdicts said of labels drawn at random; and what is missing where none can. All is of one moment.
 *
 * The promise is about all labels at or above the threshold, those that were checked among them, and speaks of labels on
 * which a person can tell. It holds for a number of rows that was fixed beforehand; who adds sessions until it holds makes
 * its risk larger.
 * @throws AppError `invalid` at `label` or `jobId`
 */
export async function planAcceptance(db: Db, actor: ProjectActor, input: PlanInput): Promise<AcceptPlan> {
  requireScope(actor, "compare:read");
  const { projectId, role } = actor;
  const { jobId, label, epsilon, alpha } = input;
  await requireRecordLabel(db, actor, label);
  await requireJobLabel(db, projectId, { jobId, label });
  const labels = { sight: await loadSight(db, actor), jobId, label };
  return inTransaction(
    db,
    async (tx) => {
      await sqlRun(tx, "set transaction isolation level repeatable read");
      // Right after verdicts were written the planner knows no figures of them, and would compare all labels with all.
      await sqlRun(tx, "set local enable_nestloop = off");
      const asOf = await readMoment(tx);
      const { counted, leftOut } = await readBlindSessions(tx, labels);
      const found = await countCandidates(tx, labels, counted);
      const decided = decide(found, { epsilon, alpha });
      return {
        asOf,
        n: found.n,
        ...{ jobId, label, epsilon, alpha },
        ...{ total: found.total, hidden: found.hidden },
        ...decided,
        ...(await readPace(tx, labels, { role, toVerify: decided.toVerify })),
        excluded: found.excluded,
        leftOut,
        ...(await readAcceptances(tx, { projectId, jobId, label })),
      };
    },
    { timeoutMs: TIMEOUT },
  );
}

async function readMoment(tx: Db): Promise<string> {
  const [row] = await queryRows<{ now: Date }>(tx, rawSql(`select now() as "now"`));
  return (row?.now ?? new Date()).toISOString();
}

type Decided = Pick<
  AcceptPlan,
  | "threshold"
  | "reason"
  | "accepted"
  | "toVerify"
  | "checked"
  | "errors"
  | "bound"
  | "needed"
  | "curve"
  | "testedFrom"
>;

function decide(found: CountedCandidates, { epsilon, alpha }: { epsilon: number; alpha: number }): Decided {
  const { candidates, total, hidden, n, undecided, undecidedBelow } = found;
  const design = { total, n, epsilon, alpha };
  const curve = riskCoverage(candidates, design);
  const { first, chosen } = chooseThreshold(candidates, design);
  // What is hidden would have to be accepted unseen, and what was drawn is not all counted.
  const place = hidden > 0 ? null : chosen;
  const step = place === null ? undefined : curve[place];
  const told = step ?? (n > 0 && first !== null ? curve[first] : undefined);
  return {
    threshold: step?.threshold ?? null,
    reason: step
      ? null
      : reasonOf(found, { epsilon, errors: told?.errors ?? 0, checked: told?.checked ?? 0 }),
    accepted: step?.accepted ?? null,
    toVerify: place === null ? undecided : (undecidedBelow[place] ?? undecided),
    checked: told?.checked ?? null,
    errors: told?.errors ?? null,
    bound: told?.bound ?? null,
    needed: hidden > 0 ? null : rowsNeeded(candidates, design),
    curve,
    testedFrom: first === null ? null : (curve[first]?.threshold ?? null),
  };
}

function reasonOf(
  { total, hidden, candidates, n }: CountedCandidates,
  { epsilon, errors, checked }: { epsilon: number; errors: number; checked: number },
): AcceptReason {
  if (hidden > 0) return "hidden";
  if (total === 0) return "no_labels";
  if (candidates.length === 0) return "no_confidence";
  if (n === 0) return "no_blind_rows";
  return errors > epsilon * checked ? "too_many_errors" : "too_few_rows";
}
