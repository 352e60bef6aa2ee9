/** What others wait for until a test opens it. */
export type Gate = { open(): void; passed: Promise<void> };

export function createGate(): Gate {
  let open: () => void = () => undefined;
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, passed };
}
