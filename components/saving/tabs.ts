const TAB = "tandem.tab";

/** What this page is among the tabs of a browser, told apart by Web Locks. */
export type Tab = {
  id: string;
  /** Takes over what tabs left in an outbox that are no longer there. */
  adopt(outbox: { adopt(isAlive: (tab: string) => boolean): void }, room: string): Promise<void>;
  leave(): void;
};

/**
 * Names this page and holds a lock of that name for as long as it lives. Without Web Locks (an address that is not
 * secure) every other tab counts as gone: what two tabs then send twice, the server knows the second time.
 */
export function openTab(locks: LockManager | undefined): Tab {
  const id = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  let leave = () => undefined as undefined;
  const gone = new Promise<void>((resolve) => {
    leave = () => void resolve();
  });
  locks?.request(`${TAB} ${id}`, () => gone).catch(() => undefined);
  return {
    id,
    async adopt(outbox, room) {
      if (!locks) return outbox.adopt(() => false);
      await locks.request(`tandem.outbox ${room}`, async () => {
        const { held = [] } = await locks.query();
        const alive = new Set(held.map(({ name }) => name));
        outbox.adopt((tab) => alive.has(`${TAB} ${tab}`));
      });
    },
    leave: () => leave(),
  };
}
