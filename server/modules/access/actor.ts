import { type InstanceRole, type ProjectRole, roleAllows, type Scope } from "@/contracts/roles";
import { AppError } from "@/server/platform/errors";

/** Whoever asks: a person in a browser, or a program with a person's access token. */
export type Actor = {
  userId: string;
  name: string;
  instanceRole: InstanceRole;
  /** Client address, for the audit log. */
  address?: string | null;
  /** Set when the request came with the cookie of a browser session. */
  sessionId?: string;
  /** Set when the request came with an access token. */
  token?: { id: string; projectId: string | null; scopes: readonly string[] };
};

/** An actor whose membership in one project has been proved. Every use case inside a project takes one. */
export type ProjectActor = {
  projectId: string;
  projectSlug: string;
  userId: string;
  userName: string;
  role: ProjectRole;
  /** Scopes of the access token; empty: everything the role allows. */
  tokenScopes: readonly string[];
  /** The access token reaches this project and no other. */
  onlyThisProject?: boolean;
  /** Client address, for the audit log. */
  address?: string | null;
};

/** The one question that tRPC, REST, the live server and the browser's navigation all ask. */
export function can(actor: ProjectActor, scope: Scope): boolean {
  return (
    roleAllows(actor.role, scope) && (actor.tokenScopes.length === 0 || actor.tokenScopes.includes(scope))
  );
}

/** @throws AppError `forbidden` when the role or the token lacks the scope. */
export function requireScope(actor: ProjectActor, scope: Scope): void {
  if (!can(actor, scope))
    throw new AppError("forbidden", `Your role in this project (${actor.role}) does not include ${scope}.`);
}

/** @throws AppError `forbidden` when the role or the token lacks each of the scopes. */
export function requireAnyScope(actor: ProjectActor, scopes: readonly Scope[]): void {
  if (!scopes.some((scope) => can(actor, scope)))
    throw new AppError(
      "forbidden",
      `Your role in this project (${actor.role}) includes none of ${[...new Set(scopes)].join(", ")}.`,
    );
}

/** Annotators read only what is assigned or opened to them, and only their own labels. */
export const seesOnlyOwn = (actor: ProjectActor): boolean => actor.role === "annotator";
