import { checkExportInput, checkedExport, exportChoices, exportChoicesInput } from "@/contracts/exports";
import { listChoices, tryExport } from "@/server/modules/exports";
import { projectProcedure, router } from "../trpc";

const tags = ["export"];

export const exportsRouter = router({
  choices: projectProcedure("export:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/export/choices",
        tags,
        summary: "What an export can be narrowed to, and what each format can't hold",
      },
    })
    .input(exportChoicesInput)
    .output(exportChoices)
    .query(({ ctx }) => listChoices(ctx.db, ctx.member)),

  check: projectProcedure("export:read")
    .meta({
      openapi: {
        method: "GET",
        path: "/projects/{project}/export/check",
        tags,
        summary: "Try an export without reading it: what it would refuse is refused",
      },
    })
    .input(checkExportInput)
    .output(checkedExport)
    .query(({ ctx, input }) => tryExport(ctx.db, ctx.member, { ...input, bom: false })),
});
