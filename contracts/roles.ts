import { z } from "zod";

export const projectRoles = ["administrator", "reviewer", "annotator", "viewer"] as const;
export const projectRole = z.enum(projectRoles);
export type ProjectRole = z.infer<typeof projectRole>;

const instanceRoles = ["owner", "member", "guest"] as const;
export const instanceRole = z.enum(instanceRoles);
export type InstanceRole = z.infer<typeof instanceRole>;

/** Everything one can be allowed to do inside a project. */
export const scopes = [
  "project:read",
  "project:manage",
  "members:read",
  "members:manage",
  "schema:read",
  "schema:write",
  "records:read",
  "records:import",
  "records:write",
  "subsets:read",
  "subsets:write",
  "assignments:write",
  "agents:read",
  "agents:write",
  "jobs:read",
  "jobs:run",
  "annotations:read",
  "annotations:write",
  "verification:read",
  "verification:write",
  "sessions:read",
  "sessions:write",
  "discussions:read",
  "discussions:write",
  "discussions:resolve",
  "compare:read",
  "reconciliation:read",
  "reconciliation:write",
  "aggregation:read",
  "aggregation:write",
  "export:read",
  "audit:read",
] as const;
export const scope = z.enum(scopes);
export type Scope = z.infer<typeof scope>;

const viewer = [
  "project:read",
  "members:read",
  "schema:read",
  "records:read",
  "subsets:read",
  "agents:read",
  "jobs:read",
  "annotations:read",
  "verification:read",
  "sessions:read",
  "discussions:read",
  "compare:read",
  "reconciliation:read",
  "aggregation:read",
  "export:read",
] as const satisfies readonly Scope[];

/**
 * The one table of who may do what; tRPC, REST, the live server and the browser all ask it.
 * An annotator's reads are further narrowed to what is assigned or opened to them (api: visibility).
 */
const roleScopes: Record<ProjectRole, ReadonlySet<Scope>> = {
  administrator: new Set(scopes),
  reviewer: new Set<Scope>([
    ...viewer,
    "subsets:write",
    "annotations:write",
    "verification:write",
    "sessions:write",
    "discussions:write",
    "discussions:resolve",
    "reconciliation:write",
    "aggregation:write",
  ]),
  annotator: new Set<Scope>([
    "project:read",
    "schema:read",
    "records:read",
    "subsets:read",
    "annotations:read",
    "annotations:write",
    "verification:read",
    "verification:write",
    "sessions:read",
    "discussions:read",
    "discussions:write",
  ]),
  viewer: new Set<Scope>(viewer),
};

/** Whether the role includes the scope. */
export const roleAllows = (role: ProjectRole, wanted: Scope): boolean => roleScopes[role].has(wanted);
