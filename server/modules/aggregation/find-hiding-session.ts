import type { Sight } from "@/server/modules/sight";
import type { Db } from "@/server/platform/db";

/** An open session that hides labels or verdicts of the label from whoever the sight is of; null when none does. */
export function findHidingSession(
  db: Db,
  { projectId, independent, blind }: Sight,
  label: string,
): Promise<{ name: string } | null> {
  return db.verificationSession.findFirst({
    where: { projectId, labelName: label, id: { in: [...independent, ...blind] } },
    select: { name: true },
  });
}
