import { z } from "zod";
import { displayName, id, isoTime, projectRef } from "./common";
import { projectRole } from "./roles";

export const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "must be lower-case letters, digits and single dashes");

export const metadataVisibility = z.enum(["shown", "team", "gold"]);
export type MetadataVisibility = z.infer<typeof metadataVisibility>;

export const project = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  archived: z.boolean(),
  role: projectRole,
  createdAt: isoTime,
  counts: z.object({ records: z.number().int(), members: z.number().int(), jobs: z.number().int() }),
  metadata: z.array(
    z.object({
      name: z.string(),
      type: z.enum(["string", "number", "boolean", "json"]),
      visibility: metadataVisibility,
    }),
  ),
});
export type Project = z.infer<typeof project>;

export const createProjectInput = z.object({ name: displayName, slug: slug.optional() });
export const patchProjectInput = z.object({
  project: projectRef,
  name: displayName.optional(),
  archived: z.boolean().optional(),
  metadata: z.record(z.string(), metadataVisibility).optional(),
});
