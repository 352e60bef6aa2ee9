/** Work that goes on beside the caller; its first error comes out when the caller waits for it. */
export type Backlog = {
  add(work: Promise<unknown>): void;
  /** Waits until at most `most` are left. @throws the first error of any of them */
  shrinkTo(most: number): Promise<void>;
};

export function createBacklog(): Backlog {
  const open = new Set<Promise<unknown>>();
  let failure: { error: unknown } | undefined;
  return {
    add(work) {
      open.add(work);
      work
        .catch((error: unknown) => {
          failure ??= { error };
        })
        .finally(() => open.delete(work));
    },
    async shrinkTo(most) {
      while (open.size > most && !failure) await Promise.race([...open]).catch(() => undefined);
      if (failure) throw failure.error;
    },
  };
}
