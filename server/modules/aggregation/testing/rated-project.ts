import { optionsOfKey } from "@/contracts/value-key";
import { ensureAnnotator } from "@/server/modules/annotations";
import type { Db } from "@/server/platform/db";
import {
  addJob,
  addLabels,
  addRecords,
  createLabelledProject,
  type LabelledProject,
} from "@/server/testing/labelled-project";
import { createMember } from "@/server/testing/people";
import { seededRandom } from "@/server/testing/seeded-random";
import { shareVotes } from "../policies/share-votes";
import { type RecordTable, tableOf } from "../policies/testing/tables";

const OPTIONS = ["[x", "neg", "neu", "pos"];
/** Two jobs of one model, one of another, a person, and who hardly knows. */
export const RATERS = { gpt: 0.7, "gpt again": 0.65, claude: 0.8, ann: 0.9, careless: 0.3 };
type Rater = keyof typeof RATERS;

export type RatedProject = LabelledProject & {
  ids: Record<Rater, string>;
  /** What was said, with the true value of each record. */
  said: { annotator: string; record: string; value: string }[];
  truth: Map<string, string>;
};

/** A project whose records were labelled by raters who are right as often as {@link RATERS} says. */
export async function createRatedProject(db: Db): Promise<RatedProject> {
  const world = await createLabelledProject(db, {
    labels: [
      {
        name: "sentiment",
        level: "record",
        multi: true,
        options: OPTIONS.map((value) => ({ value, text: value })),
      },
      { name: "place", level: "span", options: [{ value: "city", text: "city" }] },
    ],
  });
  const random = seededRandom(21);
  const pick = (from: readonly string[]) => from[Math.floor(random() * from.length)] ?? "";
  const records = [
    ...(
      await addRecords(
        world,
        Array.from({ length: 240 }, (_, n) => ({ externalId: `${n}` })),
      )
    ).values(),
  ];
  // One option alone is its own key; "[x" and several are lists.
  const values = [`["[x"]`, "neg", "pos", `["neg","neu"]`];
  const truth = new Map(records.map((id) => [id, pick(values)]));
  const ann = await createMember(world.db, { project: world.project, role: "reviewer", name: "Ann" });
  await ensureAnnotator(world.db, { projectId: world.project.id, id: ann.userId, kind: "user", name: "Ann" });
  const ids: RatedProject["ids"] = {
    gpt: await addModelJob(world, "gpt-4o"),
    "gpt again": await addModelJob(world, "openai/gpt-4.1-mini"),
    claude: await addModelJob(world, "claude-sonnet"),
    ann: ann.userId,
    careless: await addModelJob(world, "qwen3"),
  };
  const said: RatedProject["said"] = [];
  for (const [rater, accuracy] of Object.entries(RATERS)) {
    const annotator = Object.entries(ids).find(([name]) => name === rater)?.[1] ?? "";
    const labels = [...truth].flatMap(([record, right]) => {
      if (random() < 0.15) return [];
      const value = random() < accuracy ? right : pick(values.filter((other) => other !== right));
      said.push({ annotator, record, value });
      return [[record, optionsOfKey(value)] as const];
    });
    await addLabels(world, annotator, labels);
  }
  return { ...world, ids, said, truth };
}

/** A job that asked this model. */
async function addModelJob(world: LabelledProject, model: string): Promise<string> {
  const id = await addJob(world, model);
  const projectId = world.project.id;
  const { agentVersionId } = await world.db.job.findUniqueOrThrow({
    where: { projectId_id: { projectId, id } },
  });
  await world.db.agentVersion.update({
    where: { projectId_id: { projectId, id: agentVersionId } },
    data: { model: { model } },
  });
  return id;
}

/** The votes as a table, those of the two jobs of one family together as one. */
export function ratedTable({ said, ids }: RatedProject, weights: Record<string, number> = {}): RecordTable {
  const table = tableOf(said);
  const families = table.annotators.map((id) => (id === ids.gpt || id === ids["gpt again"] ? "gpt" : null));
  const worth = table.annotators.map((id) => weights[id] ?? 1);
  return {
    ...table,
    patterns: table.patterns.map((pattern) => ({
      ...pattern,
      weights: shareVotes(pattern.raters, families, worth),
    })),
  };
}
