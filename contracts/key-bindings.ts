import { z } from "zod";
import { projectRef } from "./common";

/** A key with its modifiers: `n`, `shift+u`. */
const chord = z.string().min(1).max(40);

/** The keys that a person has given to actions in place of the usual ones, by the action's id. */
export const keyBindings = z
  .record(z.string().min(1).max(60), chord)
  .refine((bindings) => Object.keys(bindings).length <= 200, "must name at most 200 actions");
export type KeyBindings = z.infer<typeof keyBindings>;

export const keyBindingsRef = z.object({ project: projectRef });
export const keptKeyBindings = z.object({ bindings: keyBindings });
/** All of them; none: the usual keys again. */
export const putKeyBindingsInput = keyBindingsRef.extend({ bindings: keyBindings });
