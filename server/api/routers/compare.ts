import { compareInput, compareOutput, listAnnotatorsInput, listAnnotatorsOutput } from "@/contracts/compare";
import { compareAnnotators, listAnnotators } from "@/server/modules/evaluation";
import { projectProcedure, router } from "../trpc";

const tags = ["Compare"];

export const compareRouter = router({
  compare: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "POST",
        path: "/projects/{project}/compare",
        tags,
        summary: "Accuracy of jobs and people against gold, and how pairs of them differ",
      },
    })
    .input(compareInput)
    .output(compareOutput)
    .query(({ ctx, input }) => compareAnnotators(ctx.db, ctx.member, input)),

  annotators: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/annotators",
        tags,
        summary: "Who has labelled with a label, and how many records",
      },
    })
    .input(listAnnotatorsInput)
    .output(listAnnotatorsOutput)
    .query(({ ctx, input }) => listAnnotators(ctx.db, ctx.member, input)),
});
