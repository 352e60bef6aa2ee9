import { TRPCError } from "@trpc/server";
import { ZodError } from "zod";
import { isForeignOrigin } from "@/server/auth/own-origin";
import { type Actor, verifyAccessToken } from "@/server/modules/access";
import { clientAddress } from "@/server/platform/client-address";
import { type Db, getDb } from "@/server/platform/db";
import { AppError } from "@/server/platform/errors";
import {
  claimKey,
  releaseKey,
  type StoredAnswer,
  storeAnswer,
  strangerAt,
} from "@/server/platform/idempotency";
import { addRoutePatterns } from "@/server/platform/metrics";
import { createContext } from "../context";
import { createCaller } from "../root";
import { problemBody, problemResponse } from "./problem-response";
import { countRequest } from "./rate-limit";
import { readJsonBody } from "./read-json-body";
import { matchRoute, type RestRoute, restRoutes } from "./routes";

addRoutePatterns(restRoutes.map(({ path }) => `/api/v1${path}`));

/**
 * One call under `/api/v1`: token, allowance, route, body, idempotency, then the same procedure that the
 * browser calls. Cookies are never looked at.
 * @param path decoded segments after `/api/v1`
 */
export async function handleRestRequest(request: Request, path: readonly string[]): Promise<Response> {
  try {
    const db = getDb();
    const actor = await admitCaller(db, request);
    const match = matchRoute(request.method, path);
    if (match.kind === "unknown") throw new AppError("not_found", "There is nothing at this address.");
    if (match.kind === "wrong-method") return wrongMethod(match.allowed);
    return await answer(db, request, actor, match.route, match.params);
  } catch (error) {
    return problemResponse(error);
  }
}

/**
 * Who calls, counted against what they may call in a minute; whoever comes without a good token, by address.
 * @throws AppError `unauthenticated`, `rate_limited`
 */
export async function admitCaller(db: Db, request: Request): Promise<Actor | null> {
  const address = clientAddress(request.headers) ?? "unknown";
  const actor = await authenticate(db, request).catch(async (error: unknown) => {
    await countRequest(address);
    throw error;
  });
  await countRequest(actor?.token?.id ?? address);
  return actor;
}

/** The person behind `Authorization: Bearer`, or null without one. */
async function authenticate(db: Db, request: Request): Promise<Actor | null> {
  const header = request.headers.get("authorization");
  if (header === null) return null;
  const token = /^Bearer +([^\s]{1,300})$/i.exec(header)?.[1];
  const actor = token ? await verifyAccessToken(db, token) : null;
  if (!actor) throw new AppError("unauthenticated", "The access token is unknown, expired or revoked.");
  return actor;
}

async function answer(
  db: Db,
  request: Request,
  actor: Actor | null,
  route: RestRoute,
  params: Record<string, string>,
): Promise<Response> {
  // Before the body is read: a stranger is not worth ten megabytes.
  if (route.protected && !actor)
    throw new AppError("unauthenticated", "Send an access token: Authorization: Bearer <token>.");
  const body = request.method === "GET" ? { value: {}, text: "" } : await readJsonBody(request);
  const input = { ...queryOf(request), ...body.value, ...params };
  const context = createContext({
    actor,
    address: clientAddress(request.headers),
    mayChangeCookies: !isForeignOrigin(request.headers),
  });
  const call = () => callProcedure(context, route, input).catch(asNoSuchAddress(params));
  // A kept body would tell a stranger whether a guessed password is the same, as often as they like.
  const isSecret = actor === null && "password" in body.value;
  const isKept = request.method === "POST" && route.changes && !isSecret;
  const key = isKept ? request.headers.get("idempotency-key") : null;
  if (key === null) return respond(await call(), context.responseHeaders);

  const callerId = actor?.userId ?? strangerAt(clientAddress(request.headers));
  const claim = { callerId, route: `${route.method} /${pathText(route, params)}`, key };
  const first = await claimKey(db, { ...claim, bodyText: `${new URL(request.url).search}\n${body.text}` });
  if (first) return respond(first, new Headers({ "idempotent-replayed": "true" }));
  try {
    const result = await call();
    await storeAnswer(db, claim, withoutSecrets(result));
    return respond(result, context.responseHeaders);
  } catch (error) {
    await releaseKey(db, claim);
    throw error;
  }
}

const pathText = (route: RestRoute, params: Record<string, string>): string =>
  route.segments.map((segment) => params[segment.slice(1, -1)] ?? segment).join("/");

/** A part of the path that can't be an id names nothing, as one that nobody has. */
function asNoSuchAddress(params: Record<string, string>) {
  return (error: unknown): never => {
    const problem = error instanceof TRPCError && error.cause instanceof ZodError ? error.cause : null;
    if (problem?.issues.every(({ path }) => path.length === 1 && Object.hasOwn(params, String(path[0]))))
      throw new AppError("not_found", "There is nothing at this address.");
    throw error;
  };
}

type Callable = (input: unknown) => Promise<unknown>;

async function callProcedure(
  context: ReturnType<typeof createContext>,
  route: RestRoute,
  input: Record<string, unknown>,
): Promise<StoredAnswer> {
  let target: unknown = createCaller(context);
  for (const name of route.procedure.split(".")) target = (target as Record<string, unknown>)[name];
  const body = await (target as Callable)(input);
  return { status: context.answer.status ?? route.status, body };
}

/** A repetition names the same row, but a secret is shown once. */
function withoutSecrets({ status, body }: StoredAnswer): StoredAnswer {
  if (typeof body !== "object" || body === null || Array.isArray(body)) return { status, body };
  const secrets = ["token", "ticket", "secret"].filter((name) => name in body);
  if (secrets.length === 0) return { status, body };
  // A webhook's address is no secret; that of an invitation holds its token.
  const hidden = "url" in body && !("secret" in body) ? [...secrets, "url"] : secrets;
  return {
    status,
    body: {
      ...body,
      ...Object.fromEntries(hidden.map((name) => [name, null])),
      code: "secret_already_shown",
    },
  };
}

function queryOf(request: Request): Record<string, unknown> {
  const query: Record<string, unknown> = {};
  const { searchParams } = new URL(request.url);
  for (const name of new Set(searchParams.keys())) {
    const values = searchParams.getAll(name);
    query[name] = values.length === 1 ? values[0] : values;
  }
  return query;
}

function respond({ status, body }: StoredAnswer, headers: Headers): Response {
  headers.set("cache-control", "no-store");
  if (status === 204) return new Response(null, { status, headers });
  headers.set("content-type", "application/json");
  return new Response(JSON.stringify(body), { status, headers });
}

const wrongMethod = (allowed: string[]): Response =>
  problemBody(
    {
      type: "about:blank",
      title: "method_not_allowed",
      status: 405,
      code: "method_not_allowed",
      detail: `Only ${allowed.join(", ")} can be used here.`,
    },
    { allow: allowed.join(", ") },
  );
