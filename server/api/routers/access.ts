import { me } from "@/contracts/access";
import { getMe } from "@/server/modules/access";
import { router, signedInProcedure } from "../trpc";

const tags = ["Access"];

export const accessRouter = router({
  me: signedInProcedure
    .meta({ openapi: { method: "GET", path: "/me", tags, summary: "Who you are, and your projects" } })
    .output(me)
    .query(({ ctx }) => getMe(ctx.db, ctx.actor)),
});
