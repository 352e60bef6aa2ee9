import { z } from "zod";
import { membershipTopic } from "@/server/modules/access";
import type { EventListener } from "@/server/platform/events";

const accessChange = z.object({ userId: z.string() });

/** Tells when what people may do has changed, so that their sockets prove themselves anew. */
export type Revocation = {
  /**
   * Watches a project, from before its members are asked about: a change between the question and the answer is
   * not missed.
   * @returns a mark for {@link changedSince}
   */
  watch(projectId: string): Promise<number>;
  changedSince(mark: number, projectId: string, userId: string): boolean;
  end(): void;
};

type RevocationOptions = {
  listener: EventListener;
  onChange(projectId: string, userId: string): void;
  /** Events may have been missed, so it may be anybody. */
  onGap(projectId: string): void;
};

/** A project is watched from its first connection on, for the rest of the process: there are few of them. */
export function createRevocation({ listener, onChange, onGap }: RevocationOptions): Revocation {
  const watched = new Map<string, Promise<() => void>>();
  const changes = new Map<string, number>();
  let count = 0;

  function note(projectId: string, userId: string | null): void {
    count += 1;
    changes.set(`${projectId} ${userId ?? ""}`, count);
    if (userId === null) onGap(projectId);
    else onChange(projectId, userId);
  }

  return {
    async watch(projectId) {
      const watching =
        watched.get(projectId) ??
        listener.subscribe(membershipTopic(projectId), {
          onEvent: (payload) => {
            const { data } = accessChange.safeParse(payload);
            if (data) note(projectId, data.userId);
          },
          onGap: () => note(projectId, null),
        });
      watched.set(projectId, watching);
      watching.catch(() => watched.delete(projectId));
      await watching;
      return count;
    },
    changedSince: (mark, projectId, userId) =>
      (changes.get(`${projectId} ${userId}`) ?? 0) > mark || (changes.get(`${projectId} `) ?? 0) > mark,
    end() {
      for (const watching of watched.values()) watching.then((end) => end()).catch(() => undefined);
    },
  };
}
