import {
  listVerificationsInput,
  verificationList,
  writeVerificationsInput,
  writeVerificationsOutput,
} from "@/contracts/verifications";
import { listVerifications, writeVerifications } from "@/server/modules/verification";
import { projectProcedure, router } from "../trpc";

const tags = ["Verifications"];

export const verificationsRouter = router({
  write: projectProcedure("verification:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/verifications",
        tags,
        summary: "Confirm or correct labels of a job; each is answered with its status or its error",
      },
    })
    .input(writeVerificationsInput)
    .output(writeVerificationsOutput)
    .mutation(({ ctx, input }) => writeVerifications(ctx.db, ctx.member, input)),

  list: projectProcedure("verification:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/verifications",
        tags,
        summary: "Verdicts, newest first: the current ones, or with `history` all",
      },
    })
    .input(listVerificationsInput)
    .output(verificationList)
    .query(({ ctx, input }) => listVerifications(ctx.db, ctx.member, input)),
});
