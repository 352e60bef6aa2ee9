import type { z } from "zod";
import type { putVectorsInput, putVectorsOutput } from "@/contracts/vectors";
import type { ProjectActor } from "@/server/modules/access";
import { type Db, inTransaction } from "@/server/platform/db";
import { findNamedRecords, refuseValues, valueProblem } from "../named-records";
import { wantVectorIndex } from "./build-vector-index";
import { vectorProblem } from "./vector-problem";
import { writeVectors } from "./write-vectors";

/**
 * Gives records vectors under a name; a record that has one gets the new one. All or nothing.
 * @throws AppError `not_found` for unknown records, `invalid` with the path of each wrong vector
 */
export async function putVectors(
  db: Db,
  actor: ProjectActor,
  { name, values }: Omit<z.infer<typeof putVectorsInput>, "project">,
): Promise<z.infer<typeof putVectorsOutput>> {
  const length = values[0]?.vector.length;
  refuseValues(
    "invalid",
    values.flatMap(({ vector }, index) => {
      if (vector.length !== length)
        return [valueProblem(index, `has ${vector.length} numbers, the first has ${length}`)];
      const problem = vectorProblem(vector);
      return problem === null ? [] : [valueProblem(index, problem)];
    }),
  );
  return inTransaction(db, async (tx) => {
    const ids = await findNamedRecords(tx, actor, values);
    const rows = values.map(({ vector }, index) => ({ recordId: ids[index] ?? "", vector }));
    const space = { projectId: actor.projectId, name, source: "given", model: null } as const;
    const written = await writeVectors(tx, space, rows);
    await wantVectorIndex(tx, space);
    return { written };
  });
}
