import {
  getWorkInput,
  listWorkInput,
  work,
  workList,
  writeAnswersInput,
  writeAnswersOutput,
} from "@/contracts/annotating";
import { getWork, listWork } from "@/server/modules/annotating";
import { writeAnswers } from "@/server/modules/annotations";
import { withLiveSpans } from "@/server/modules/verification";
import { projectProcedure, router } from "../trpc";

const tags = ["Annotations"];

export const annotatingRouter = router({
  get: projectProcedure("annotations:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/annotating/work",
        tags,
        summary: "What there is to label in an own assignment, a subset or a query, and how far one is",
      },
    })
    .input(getWorkInput)
    .output(work)
    .query(({ ctx, input }) => getWork(ctx.db, ctx.member, input)),

  list: projectProcedure("annotations:write")
    .meta({
      ownCursor: true,
      openapi: {
        method: "POST",
        path: "/projects/{project}/annotating/records",
        tags,
        summary: "Records to label, with one's own answers only",
      },
    })
    .input(listWorkInput)
    .output(workList)
    .query(({ ctx, input }) => listWork(ctx.db, ctx.member, input)),

  write: projectProcedure("annotations:write")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/annotating/answers",
        tags,
        summary:
          "Write one's answers, each with the version it was made on; UNSURE is an answer that is no label",
      },
    })
    .input(writeAnswersInput)
    .output(writeAnswersOutput)
    .mutation(({ ctx: { db, member }, input }) =>
      withLiveSpans(db, member, input.items, (tx) => writeAnswers(tx, member, input)),
    ),
});
