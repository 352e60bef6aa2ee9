import { agentFiguresList, listAgentFiguresInput } from "@/contracts/agent-figures";
import { compareInput, compareOutput, labellerList, listLabellersInput } from "@/contracts/compare";
import { compareAnnotators, listAgentFigures, listLabellers } from "@/server/modules/evaluation";
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

  agents: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/compare/agents",
        tags,
        summary: "Accuracy and cost of each agent's newest version",
      },
    })
    .input(listAgentFiguresInput)
    .output(agentFiguresList)
    .query(({ ctx }) => listAgentFigures(ctx.db, ctx.member)),

  annotators: projectProcedure("compare:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/compare/annotators",
        tags,
        summary: "Who has labelled with a label, and how many records",
      },
    })
    .input(listLabellersInput)
    .output(labellerList)
    .query(({ ctx, input }) => listLabellers(ctx.db, ctx.member, input)),
});
