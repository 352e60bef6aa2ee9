import { accessRouter } from "./routers/access";
import { agentsRouter } from "./routers/agents";
import { aggregationRouter } from "./routers/aggregation";
import { annotatingRouter } from "./routers/annotating";
import { assignmentsRouter } from "./routers/assignments";
import { bulkRouter } from "./routers/bulk";
import { compareRouter } from "./routers/compare";
import { discussionsRouter } from "./routers/discussions";
import { exportsRouter } from "./routers/exports";
import { importsRouter } from "./routers/imports";
import { jobsRouter } from "./routers/jobs";
import { llmKeysRouter } from "./routers/llm-keys";
import { projectsRouter } from "./routers/projects";
import { reconciliationsRouter } from "./routers/reconciliations";
import { recordsRouter } from "./routers/records";
import { sessionsRouter } from "./routers/sessions";
import { statisticsRouter } from "./routers/statistics";
import { subsetsRouter } from "./routers/subsets";
import { vectorsRouter } from "./routers/vectors";
import { verificationsRouter } from "./routers/verifications";
import { webhooksRouter } from "./routers/webhooks";
import { createCallerFactory, router } from "./trpc";

export const appRouter = router({
  access: accessRouter,
  projects: projectsRouter,
  records: recordsRouter,
  bulk: bulkRouter,
  imports: importsRouter,
  subsets: subsetsRouter,
  assignments: assignmentsRouter,
  annotating: annotatingRouter,
  vectors: vectorsRouter,
  agents: agentsRouter,
  llmKeys: llmKeysRouter,
  webhooks: webhooksRouter,
  jobs: jobsRouter,
  verifications: verificationsRouter,
  sessions: sessionsRouter,
  discussions: discussionsRouter,
  compare: compareRouter,
  statistics: statisticsRouter,
  reconciliations: reconciliationsRouter,
  aggregation: aggregationRouter,
  exports: exportsRouter,
});
export type AppRouter = typeof appRouter;

export const createCaller = createCallerFactory(appRouter);
