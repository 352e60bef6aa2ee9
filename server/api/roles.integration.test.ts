import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import {
  type ProjectRole,
  projectRoles,
  roleAllows,
  type Scope,
  scope as scopeName,
  scopes,
} from "@/contracts/roles";
import { type Actor, createAccessToken } from "@/server/modules/access";
import { closeDb } from "@/server/platform/db";
import { completeEnv } from "@/server/platform/env";
import { newId } from "@/server/platform/ids";
import { createTestDatabase, type TestDatabase } from "@/server/testing/database";
import { createActor } from "@/server/testing/people";
import { createContext } from "./context";
import { toProblem } from "./errors";
import { handleRestRequest } from "./rest/handle-request";
import { restRoutes } from "./rest/routes";
import { streamedPaths } from "./rest/streamed-paths";
import { appRouter, createCaller } from "./root";
import type { ProcedureMeta, ScopesByAction } from "./trpc";

/**
 * Who may call what, for every procedure and route that there is: the rows are made from the router, so that a
 * new procedure is tried with every role from its first day. Everything but the project is left out of the
 * input: who may not call is told so before anything else is looked at.
 */

const callers = ["nobody", "non-member", ...projectRoles] as const;
type CallerKind = (typeof callers)[number];
type Answer = "goes on" | "unauthenticated" | "forbidden" | "no such project";
type Declared = NonNullable<ProcedureMeta["scope"]>;

const procedures = Object.entries<unknown>(appRouter._def.procedures).map(([name, procedure]) => ({
  name,
  scope: scopeOf(procedure),
}));

function scopeOf(procedure: unknown): Declared | undefined {
  const meta: unknown = Reflect.get(Object(procedure), "_def")?.meta;
  const scope: unknown = Reflect.get(Object(meta), "scope");
  if (typeof scope === "object" && scope !== null) return byActionOf(scope);
  return (["public", "signed-in", ...scopes] as const).find((known) => known === scope);
}

function byActionOf(scope: object): ScopesByAction | undefined {
  return z.object({ byAction: z.record(z.string(), scopeName) }).safeParse(scope).data;
}

function expected(scope: Declared, caller: CallerKind): Answer {
  if (scope === "public") return "goes on";
  if (caller === "nobody") return "unauthenticated";
  if (scope === "signed-in") return "goes on";
  if (caller === "non-member") return "no such project";
  const anyOf = typeof scope === "string" ? [scope] : Object.values(scope.byAction);
  return anyOf.some((one) => roleAllows(caller, one)) ? "goes on" : "forbidden";
}

/** What an answer says about who asked; whatever else was wrong with the call came after. */
function answerOf({ code, detail }: { code: string; detail: string }, scope: Declared): Answer {
  expect(code).not.toBe("internal");
  // Open procedures refuse for reasons of their own: a guest makes no project, a token needs a password.
  if (scope === "public") return "goes on";
  if (code === "unauthenticated") return "unauthenticated";
  if (scope === "signed-in") return "goes on";
  if (code === "not_found" && detail.startsWith("There is no such project,")) return "no such project";
  return code === "forbidden" ? "forbidden" : "goes on";
}

let test: TestDatabase;
let slug: string;
const actors = new Map<CallerKind, Actor | null>();
const tokens = new Map<CallerKind, string | null>();

beforeAll(async () => {
  test = await createTestDatabase();
  completeEnv({
    databaseUrl: test.url,
    authSecret: newId(),
    encryptionKey: newId(),
    rateLimit: 0,
    logLevel: "silent",
  });
  for (const caller of callers) {
    const actor = caller === "nobody" ? null : await createActor(test.db, { name: caller });
    actors.set(caller, actor);
    tokens.set(caller, actor ? await tokenOf(actor) : null);
  }
});
afterAll(async () => {
  await closeDb();
  await test.drop();
});

const tokenOf = async (actor: Actor) =>
  (await createAccessToken(test.db, { actor, address: null }, { expiresInDays: 1, scopes: [] })).token;

/** A project of its own for each procedure, since what goes on may change it. */
async function newProject(): Promise<void> {
  const id = newId();
  slug = `p-${id}`;
  const founder = actors.get("administrator")?.userId ?? "";
  await test.db.project.create({ data: { id, slug, name: "Airline", createdById: founder } });
  await test.db.membership.createMany({
    data: projectRoles.map((role) => ({ projectId: id, userId: actors.get(role)?.userId ?? "", role })),
  });
}

async function callInProcess(
  name: string,
  caller: CallerKind,
  action?: string,
): Promise<{ code: string; detail: string }> {
  const actor = actors.get(caller) ?? null;
  let target: unknown = createCaller(createContext({ actor, address: null, mayChangeCookies: false }));
  for (const part of name.split(".")) target = Reflect.get(Object(target), part);
  if (typeof target !== "function") throw new Error(`${name} can't be called.`);
  try {
    const result: unknown = await target({ project: slug, ...(action ? { action: { type: action } } : {}) });
    await endStream(result);
    return { code: "ok", detail: "" };
  } catch (error) {
    return toProblem(error);
  }
}

/** A subscription has asked who calls by the time it hands out its stream. */
async function endStream(result: unknown): Promise<void> {
  if (typeof result !== "object" || result === null || !(Symbol.asyncIterator in result)) return;
  const end: unknown = Reflect.get(result, "return");
  if (typeof end === "function") await Reflect.apply(end, result, []);
}

async function callByHttp(
  route: (typeof restRoutes)[number],
  caller: CallerKind,
): Promise<{ code: string; detail: string; status: number }> {
  const path = route.segments.map((part) =>
    part === "{project}" ? slug : part.startsWith("{") ? newId() : part,
  );
  const token = tokens.get(caller);
  const response = await handleRestRequest(
    new Request(`http://localhost/api/v1/${path.join("/")}`, {
      method: route.method,
      headers: token ? { authorization: `Bearer ${token}` } : {},
    }),
    path,
  );
  if (response.ok) return { code: "ok", detail: "", status: response.status };
  const { code, detail } = await response.json();
  return { code, detail, status: response.status };
}

const wantedStatus: Partial<Record<Answer, number>> = {
  unauthenticated: 401,
  forbidden: 403,
  "no such project": 404,
};

describe("every procedure", () => {
  it("declares who may call it", () => {
    expect(procedures.length).toBeGreaterThan(20);
    expect(procedures.filter(({ scope }) => scope === undefined).map(({ name }) => name)).toEqual([]);
  });

  it.each(procedures)("$name answers every role as the table says", async ({ name, scope }) => {
    if (scope === undefined) return expect.fail(`${name} declares no scope`);
    await newProject();
    const answers: Partial<Record<CallerKind, Answer>> = {};
    for (const caller of callers) answers[caller] = answerOf(await callInProcess(name, caller), scope);
    expect(answers).toEqual(Object.fromEntries(callers.map((caller) => [caller, expected(scope, caller)])));
  });
});

const actions = procedures.flatMap(({ name, scope }) =>
  typeof scope === "object"
    ? Object.entries(scope.byAction).map(([action, asked]) => ({ name, action, asked }))
    : [],
);

describe("every action of a procedure that does several things", () => {
  it.each(actions)("$name $action ($asked) answers every role as the table says", async (row) => {
    await newProject();
    for (const caller of callers)
      expect([caller, answerOf(await callInProcess(row.name, caller, row.action), row.asked)]).toEqual([
        caller,
        expected(row.asked, caller),
      ]);
  });
});

describe("every route", () => {
  it.each(restRoutes)("$method $path answers every role as the table says", async (route) => {
    const scope = procedures.find(({ name }) => name === route.procedure)?.scope;
    if (scope === undefined) return expect.fail(`${route.procedure} declares no scope`);
    await newProject();
    for (const caller of callers) {
      const { status, ...problem } = await callByHttp(route, caller);
      const wanted = expected(scope, caller);
      expect([caller, answerOf(problem, scope)]).toEqual([caller, wanted]);
      if (wantedStatus[wanted]) expect(status).toBe(wantedStatus[wanted]);
    }
  });
});

/** Routes whose body streams, with what each needs; no procedure stands behind them. */
const streamed: Record<string, { scope: Scope; query?: string }> = {
  "POST /projects/{project}/imports": { scope: "records:import" },
  "POST /projects/{project}/imports/preview-file": { scope: "records:import" },
  "GET /projects/{project}/imports/{id}/errors": { scope: "records:import" },
  "GET /projects/{project}/export": { scope: "export:read", query: "kind=records&format=csv" },
  "GET /projects/{project}/export/card": { scope: "export:read", query: "format=json" },
  "GET /projects/{project}/jobs/{id}/events": { scope: "jobs:read" },
};

describe("every route whose body streams", () => {
  it("has a row", () => {
    const described = Object.entries(streamedPaths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(described.filter((route) => !streamed[route])).toEqual([]);
  });

  it.each(Object.entries(streamed))(
    "%s answers every role as the table says",
    async (route, { scope, query }) => {
      await newProject();
      const [method = "", path = ""] = route.split(" ");
      const file = `../../app/api/v1${path.replaceAll("{", "[").replaceAll("}", "]")}/route.ts`;
      const handler: unknown = Reflect.get(await import(/* @vite-ignore */ file), method);
      if (typeof handler !== "function") throw new Error(`${file} does not answer ${method}.`);
      const params = { project: slug, id: newId() };
      const address = path.replace("{project}", params.project).replace("{id}", params.id);
      for (const caller of callers) {
        const token = tokens.get(caller);
        const request = new Request(`http://localhost/api/v1${address}?${query ?? ""}`, {
          method,
          headers: token ? { authorization: `Bearer ${token}` } : {},
        });
        const response: unknown = await Reflect.apply(handler, null, [
          request,
          { params: Promise.resolve(params) },
        ]);
        if (!(response instanceof Response)) throw new Error(`${route} gives no answer.`);
        const wanted = expected(scope, caller);
        const problem = response.ok ? { code: "ok", detail: "" } : await response.json();
        if (response.ok) await response.body?.cancel();
        expect([caller, answerOf(problem, scope)]).toEqual([caller, wanted]);
        if (wantedStatus[wanted]) expect(response.status).toBe(wantedStatus[wanted]);
      }
    },
  );
});

describe("a token with scopes of its own", () => {
  it("does less than its owner's role, never more", async () => {
    await newProject();
    const admin = actors.get("administrator");
    if (!admin) throw new Error("there is an administrator");
    const limited = (given: Scope[]): Actor => ({
      ...admin,
      token: { id: newId(), projectId: null, scopes: given },
    });
    const call = async (actor: Actor) =>
      createCaller(createContext({ actor, address: null, mayChangeCookies: false }))
        .access.listMembers({ project: slug })
        .then(
          () => "ok",
          (error: unknown) => toProblem(error).code,
        );
    expect(await call(limited(["members:read"]))).toBe("ok");
    expect(await call(limited(["records:read"]))).toBe("forbidden");
    const annotator = actors.get("annotator");
    if (!annotator) throw new Error("there is an annotator");
    expect(
      await call({ ...annotator, token: { id: newId(), projectId: null, scopes: ["members:read"] } }),
    ).toBe("forbidden");
  });
});

describe("the roles", () => {
  it("each do what the one below does, but for what is an annotator's own", () => {
    const below: [ProjectRole, ProjectRole][] = [
      ["administrator", "reviewer"],
      ["reviewer", "viewer"],
      ["reviewer", "annotator"],
    ];
    for (const [high, low] of below)
      for (const scope of scopes)
        if (roleAllows(low, scope))
          expect([high, scope, roleAllows(high, scope)]).toEqual([high, scope, true]);
  });
});
