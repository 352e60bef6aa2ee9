import { z } from "zod";
import { isStorable, projectRef } from "./common";

/** A column's id: `content`, `metadata:<name>`, `label:<annotator id>:<label>`. */
const columnId = z.string().min(1).max(400).refine(isStorable, "must be valid Unicode without U+0000");
const columnIds = z.array(columnId).max(400);

/** Bytes of a remembered view at most. */
const MAX_VIEW = 64_000;

/** How a table's columns stand. Columns it doesn't name stand as the table has them. */
export const columnView = z
  .strictObject({
    /** Ids in order; columns that are not named come after those that are. */
    order: columnIds.default([]),
    hidden: columnIds.default([]),
    /** Asked for although they are hidden from the start, as gold is. */
    shown: columnIds.default([]),
    /** Frozen at the left. */
    frozen: columnIds.default([]),
    /** Pixels. */
    widths: z.record(columnId, z.number().int().min(24).max(4000)).default({}),
  })
  .refine((view) => JSON.stringify(view).length <= MAX_VIEW, "must be at most 64,000 characters");
export type ColumnView = z.infer<typeof columnView>;

const viewScreen = z.enum(["records"]);
export const viewSettingRef = z.object({ project: projectRef, screen: viewScreen });
export const viewSetting = z.object({ view: columnView.nullable() });
/** `null` forgets what was kept. */
export const putViewSettingInput = viewSettingRef.extend({ view: columnView.nullable() });
