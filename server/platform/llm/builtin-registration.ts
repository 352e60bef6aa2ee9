import { processWide } from "@/server/platform/process-wide";

/** Where this process serves its built-in model, and the key that opens it. */
export type BuiltinAddress = { baseUrl: string; apiKey: string };

const registration = () =>
  processWide<{ address: BuiltinAddress | null }>("builtin-model", () => ({ address: null }));

/** Says where agents with the base URL `builtin` are answered; null when the model has stopped. */
export function setBuiltinModel(address: BuiltinAddress | null): void {
  registration().address = address;
}

/** The running built-in model of this process, if any. */
export const builtinModel = (): BuiltinAddress | null => registration().address;
