/**
 * One value a process under `name`, made at the first call. The server's bundle and Next's each hold a copy
 * of every module, so what must exist once (pools, listeners, settings) is kept on `globalThis`.
 */
export function processWide<T>(name: string, create: () => T): T {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`tandem.${name}`);
  const existing = store[key];
  if (existing !== undefined) return existing;
  const created = create();
  store[key] = created;
  return created;
}

/** Forgets the value of `name`, so that the next {@link processWide} makes a new one; returns the old one. */
export function forgetProcessWide<T>(name: string): T | undefined {
  const store = globalThis as unknown as Record<symbol, T | undefined>;
  const key = Symbol.for(`tandem.${name}`);
  const existing = store[key];
  delete store[key];
  return existing;
}
