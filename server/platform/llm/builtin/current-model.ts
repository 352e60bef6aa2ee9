import { AppError } from "@/server/platform/errors";
import { forgetProcessWide, processWide } from "@/server/platform/process-wide";
import type { BuiltinModel } from "./start-builtin-model";

const NAME = "builtin-model";

/** Makes `model` the one that agents of this process reach as `baseUrl: "builtin"`. */
export function offerBuiltinModel(model: BuiltinModel): void {
  processWide(NAME, () => model);
}

/** The built-in model stops being offered; who asks for it from now on is told so. */
export function withdrawBuiltinModel(): void {
  forgetProcessWide(NAME);
}

/**
 * Where the built-in model of this process listens and the key that opens it, looked up at each call, since
 * both are new at each start.
 * @throws AppError `unavailable` in a process without the worker role
 */
export function builtinModel(): Pick<BuiltinModel, "baseUrl" | "apiKey"> {
  return processWide<BuiltinModel>(NAME, () => {
    throw new AppError("unavailable", "The built-in model answers only where TANDEM_ROLES has worker.");
  });
}
