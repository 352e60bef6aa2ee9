import { initTRPC, TRPCError } from "@trpc/server";
import type { OpenApiMeta } from "trpc-to-openapi";
import { z } from "zod";
import { projectRef } from "@/contracts/common";
import type { Scope } from "@/contracts/roles";
import { proveMembership, requireScope } from "@/server/modules/access";
import { isAppError } from "@/server/platform/errors";
import type { ApiContext } from "./context";
import { toProblem, toTrpcError } from "./errors";

/** `openapi` makes a procedure a REST route; `status` is that of its success (default 200); `scope` is read by the role table test. */
export type ProcedureMeta = OpenApiMeta & {
  status?: 201 | 202 | 204;
  scope?: Scope | "public" | "signed-in";
};

const t = initTRPC
  .context<ApiContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error }) => ({
      ...shape,
      data: { code: shape.data.code, httpStatus: shape.data.httpStatus, problem: toProblem(error) },
    }),
  });

const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && isAppError(result.error.cause)) throw toTrpcError(result.error.cause);
  return result;
});

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anybody, signed in or not. */
export const publicProcedure = t.procedure.use(mapErrors).meta({ scope: "public" });

/** Any person or program that proved who it is. */
export const signedInProcedure = t.procedure
  .use(mapErrors)
  .meta({ scope: "signed-in" })
  .use(({ ctx, next }) => {
    if (!ctx.actor)
      throw new TRPCError({ code: "UNAUTHORIZED", message: "Sign in, or send an access token." });
    return next({ ctx: { ...ctx, actor: ctx.actor } });
  });

/** A live member of `input.project` whose role and token include `scope`; use cases get `ctx.member`. */
export const projectProcedure = (scope: Scope) =>
  signedInProcedure
    .meta({ scope })
    .input(z.object({ project: projectRef }))
    .use(async ({ ctx, input, next }) => {
      const member = await proveMembership(ctx.db, ctx.actor, input.project);
      requireScope(member, scope);
      return next({ ctx: { ...ctx, member } });
    });
