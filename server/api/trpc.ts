import { initTRPC, TRPCError } from "@trpc/server";
import { z } from "zod";
import { projectRef } from "@/contracts/common";
import type { Scope } from "@/contracts/roles";
import { proveMembership, requireAnyScope, requireScope } from "@/server/modules/access";
import { authSecret } from "@/server/platform/env";
import { isAppError } from "@/server/platform/errors";
import { refuseUnstorable } from "./check-texts";
import type { ApiContext } from "./context";
import { toProblem, toTrpcError } from "./errors";
import { openCursor, sealCursor } from "./sealed-cursors";

/** Makes a procedure a REST route under `/api/v1`. */
export type RestMeta = {
  method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  /** With the names of inputs in braces: `/projects/{project}/jobs/{id}`. */
  path: `/${string}`;
  summary: string;
  tags: string[];
};

export type ProcedureMeta = {
  openapi?: RestMeta;
  /** Of its success; default 200. */
  status?: 201 | 202 | 204;
  /** Who may call it; the table test of roles reads this. */
  scope?: Scope | ScopesByAction | "public" | "signed-in";
  /** Its use case signs cursors itself and binds them to more than the input. */
  ownCursor?: true;
};

/** What the type of an input's `action` asks of whoever calls; without one, any of these scopes lets in. */
export type ScopesByAction = { byAction: Readonly<Record<string, Scope>> };

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

/** Before all else, so that no schema has to think of it. */
const checkTexts = t.middleware(async ({ getRawInput, next }) => {
  try {
    refuseUnstorable(await getRawInput());
  } catch (error) {
    throw isAppError(error) ? toTrpcError(error) : error;
  }
  return next();
});

/** Cursors leave and come back sealed, so that no list has to think of it. */
const sealCursors = t.middleware(async ({ path, meta, getRawInput, next }) => {
  if (meta?.ownCursor) return next();
  const input = await getRawInput();
  const opened = openedCursor(path, input);
  const result = await next({ getRawInput: async () => opened });
  return result.ok ? { ...result, data: sealCursor(path, input, result.data, authSecret()) } : result;
});

function openedCursor(path: string, input: unknown): unknown {
  try {
    return openCursor(path, input, authSecret());
  } catch (error) {
    throw isAppError(error) ? toTrpcError(error) : error;
  }
}

export const router = t.router;
export const createCallerFactory = t.createCallerFactory;

/** Anybody, signed in or not. */
export const publicProcedure = t.procedure
  .use(mapErrors)
  .use(checkTexts)
  .use(sealCursors)
  .meta({ scope: "public" });

/** Any person or program that proved who it is. */
export const signedInProcedure = t.procedure
  .use(mapErrors)
  .use(checkTexts)
  .use(sealCursors)
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

const withAction = z.object({ action: z.object({ type: z.string() }) });

/**
 * As {@link projectProcedure}, for one route that does several things: the type of `input.action` says which
 * scope is asked for. A call that names no action (about one that was started before) needs one of the scopes
 * here, and its use case asks for the right one.
 */
export const projectProcedureByAction = (byAction: ScopesByAction["byAction"]) =>
  signedInProcedure
    .meta({ scope: { byAction } })
    .input(z.object({ project: projectRef }))
    .use(async ({ ctx, input, getRawInput, next }) => {
      const member = await proveMembership(ctx.db, ctx.actor, input.project);
      const type = withAction.safeParse(await getRawInput()).data?.action.type ?? "";
      const asked = Object.hasOwn(byAction, type) ? byAction[type] : undefined;
      requireAnyScope(member, asked ? [asked] : Object.values(byAction));
      return next({ ctx: { ...ctx, member } });
    });
