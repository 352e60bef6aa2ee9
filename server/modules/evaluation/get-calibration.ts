import type { z } from "zod";
import type { Calibration, calibrationInput } from "@/contracts/calibration";
import { type ProjectActor, requireScope } from "@/server/modules/access";
import { requireRecordLabel } from "@/server/modules/projects";
import { recordFilter } from "@/server/modules/search";
import { loadSight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";
import { refuseFields } from "@/server/platform/errors";
import { metadataProblems } from "./metadata-problems";
import { type JudgedLabels, readJudgedLabels, type Truth } from "./read-judged-labels";
import { FEWEST_ROWS, measureCalibration } from "./statistics/calibration/measure-calibration";

type GetCalibrationInput = Omit<z.infer<typeof calibrationInput>, "project">;

/**
 * How well a job's confidence says how often it is right, and what recalibrating would bring. Only what the actor may
 * see is counted.
 * @throws AppError `invalid` with the path of a job, label or gold that is not there
 */
export async function getCalibration(
  db: Db,
  actor: ProjectActor,
  { jobId, label, truth: asked, bins, subsetId }: GetCalibrationInput,
): Promise<Calibration> {
  requireScope(actor, "compare:read");
  const { projectId } = actor;
  const { definition } = await requireRecordLabel(db, actor, label);
  const wanted = asked === undefined ? null : readTruth(asked);
  const job = await db.annotator.findFirst({ where: { projectId, id: jobId, kind: "job" } });
  refuseFields("There is no calibration to tell", [
    ...(job ? [] : [{ path: "jobId", message: "is no job of this project" }]),
    ...(wanted && typeof wanted === "object"
      ? await metadataProblems(db, projectId, { name: wanted.metadata, path: "truth" })
      : []),
  ]);

  const filter = await recordFilter(db, actor, subsetId === undefined ? null : { subset: subsetId });
  const sight = await loadSight(db, actor);
  const read = (truth: Truth) =>
    readJudgedLabels(db, { sight, label: definition, annotatorId: jobId, truth, filter });
  const blind = wanted === null ? await read("blind") : null;
  const enough = blind !== null && blind.withConf >= FEWEST_ROWS;
  const truth = wanted ?? (enough ? "blind" : "verified");
  const judged = enough ? blind : await read(truth);
  const { figures, n, effectiveN } = measureCalibration(judged.rows, bins);
  return {
    asOf: judged.asOf.toISOString(),
    jobId,
    label,
    truth: typeof truth === "string" ? truth : `metadata:${truth.metadata}`,
    sawLabel: truth === "verified",
    blindN: blind?.withConf ?? null,
    n,
    needs: FEWEST_ROWS,
    reason: figures ? null : whyNone(judged),
    withoutConf: judged.withoutConf,
    sampledOf: judged.withConf > n ? judged.withConf : null,
    effectiveN,
    ...(figures ?? nothing),
  };
}

const nothing = {
  meanConf: null,
  accuracy: null,
  interval: null,
  bins: [],
  ece: null,
  eceByChance: null,
  brier: null,
  logLoss: null,
  auroc: null,
  recalibration: null,
};

const whyNone = ({ withConf, withoutConf }: JudgedLabels) =>
  withConf === 0 && withoutConf > 0 ? "no_conf" : "too_few";

function readTruth(text: string): Truth {
  return text === "blind" || text === "verified" ? text : { metadata: text.slice("metadata:".length) };
}
