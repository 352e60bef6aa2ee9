import { z } from "zod";
import { displayName, id, isoTime, listOf, page, projectRef } from "./common";
import { projectRole } from "./roles";

export const slug = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, "must be lower-case letters, digits and single dashes")
  // A path names a project by slug or id, so a slug must not look like an id.
  .refine((text) => !z.uuid().safeParse(text).success, "must not have the form of an id");

export const metadataVisibility = z.enum(["shown", "team", "gold"]);
export type MetadataVisibility = z.infer<typeof metadataVisibility>;

export const project = z.object({
  id,
  slug: z.string(),
  name: z.string(),
  archived: z.boolean(),
  role: projectRole,
  createdAt: isoTime,
  /** An annotator's counts hold only what is opened to them, and their own work. */
  counts: z.object({
    records: z.number().int(),
    members: z.number().int(),
    jobs: z.number().int(),
    /** Records with at least one label by anybody. */
    labelled: z.number().int(),
    /** Records with at least one current verdict. */
    verified: z.number().int(),
  }),
  /** Version of the active label schema. */
  schemaVersion: z.number().int().nullable(),
  metadata: z.array(
    z.object({
      name: z.string(),
      type: z.enum(["string", "number", "boolean", "json"]),
      visibility: metadataVisibility,
    }),
  ),
});
export type Project = z.infer<typeof project>;

export const projectList = listOf(project);
export const listProjectsInput = page;
export const getProjectInput = z.object({ project: projectRef });
export const createProjectInput = z.object({
  name: displayName,
  slug: slug.optional(),
  /** Its first label schema, in any form that `PUT …/schema` takes. */
  labelSchema: z.unknown().optional(),
});
export const patchProjectInput = z.object({
  project: projectRef,
  name: displayName.optional(),
  archived: z.boolean().optional(),
  metadata: z.record(z.string(), metadataVisibility).optional(),
  /** What all its jobs together may spend; null: no cap. */
  spendCapUsd: z.number().positive().max(1_000_000).nullable().optional(),
});

/** Deletes a project with all that is in it, for good. */
export const deleteProjectInput = z.object({
  project: projectRef,
  /** The project's name, typed by whoever deletes it. */
  name: z.string().max(1000),
});

export const sampleProject = z.object({ id, slug: z.string() });
