import { z } from "zod";
import {
  disagreementList,
  disagreements,
  getDisagreementsInput,
  listDisagreementsInput,
  listReconciliationsInput,
  lookAtDisagreementInput,
  reconcileInput,
  reconcileOutput,
  reconciliationList,
  undoReconciliationsInput,
  watchReconciliationsInput,
} from "@/contracts/reconciliations";
import {
  getDisagreements,
  listDisagreements,
  listReconciliations,
  lookAtDisagreement,
  reconcile,
  undoReconciliations,
  watchReconciliations,
} from "@/server/modules/reconciliation";
import { projectProcedure, router } from "../trpc";
import { whileAllowed } from "../while-allowed";

const tags = ["Reconciliations"];

export const reconciliationsRouter = router({
  reconcile: projectProcedure("reconciliation:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/reconciliations",
        tags,
        summary:
          "Decide a label where annotators differ, or take a decision back; each item is answered with what stands, or its error",
      },
    })
    .input(reconcileInput)
    .output(reconcileOutput)
    .mutation(({ ctx, input }) => reconcile(ctx.db, ctx.member, input)),

  undo: projectProcedure("reconciliation:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/reconciliations/undo",
        tags,
        summary: "Take one's own decisions back, one or many: what stood before each stands again",
      },
    })
    .input(undoReconciliationsInput)
    .output(reconcileOutput)
    .mutation(({ ctx, input }) => undoReconciliations(ctx.db, ctx.member, input)),

  list: projectProcedure("reconciliation:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/reconciliations",
        tags,
        summary: "Decisions, newest first: those that stand, or with `history` all",
      },
    })
    .input(listReconciliationsInput)
    .output(reconciliationList)
    .query(({ ctx, input }) => listReconciliations(ctx.db, ctx.member, input)),

  disagreements: projectProcedure("reconciliation:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/reconciliations/disagreements",
        tags,
        summary:
          "Where annotators differ on a label, with everybody's votes: open, decided, or changed since",
      },
    })
    .input(listDisagreementsInput)
    .output(disagreementList)
    .query(({ ctx, input }) => listDisagreements(ctx.db, ctx.member, input)),

  /** The same of named records, whatever their state. */
  get: projectProcedure("reconciliation:read")
    .input(getDisagreementsInput)
    .output(disagreements)
    .query(({ ctx, input }) => getDisagreements(ctx.db, ctx.member, input)),

  look: projectProcedure("reconciliation:write")
    .input(lookAtDisagreementInput)
    .output(z.void())
    .mutation(({ ctx, input }) => lookAtDisagreement(ctx.db, ctx.member, input)),

  /** What is decided from now on, and who looks where. */
  watch: projectProcedure("reconciliation:read")
    .input(watchReconciliationsInput)
    .subscription(({ ctx, input, signal }) =>
      whileAllowed(
        { ...ctx, scope: "reconciliation:read" },
        watchReconciliations(ctx.db, ctx.member, {
          label: input.label,
          signal: signal ?? new AbortController().signal,
        }),
      ),
    ),
});
