import { z } from "zod";
import { eraseProject } from "@/server/modules/project-deletion";
import type { TaskHandler } from "@/server/platform/queue";

const payload = z.object({ projectId: z.uuid() });

/** Deletes the rows of a project that somebody has deleted. */
export const handleEraseProject: TaskHandler = (given, context) =>
  eraseProject(context, payload.parse(given));
