"use client";

import { useLayoutEffect, useState } from "react";
import { browserStorage } from "@/components/saving/browser-storage";
import { useSavingClient } from "@/components/saving/use-saving-client";
import { useSteady } from "@/components/ui/use-steady";
import type { WorkRecord } from "@/contracts/annotating";
import { problemOf, useTRPCClient } from "@/trpc/client";
import type { WhichWork } from "../which-work";
import { createAnswersClient } from "./answers-client";
import type { Failure } from "./sender";
import type { Answers } from "./types";

type UseAnswersInput = {
  project: { id: string; slug: string };
  me: { id: string };
  records: readonly WorkRecord[];
  which: WhichWork;
};

/** My answers, shown and sent as long as the component is there. */
export function useAnswers({ project, me, records, which }: UseAnswersInput): Answers {
  const api = useTRPCClient();
  const countProgress = useSteady(
    async () => (await api.annotating.get.query({ project: project.slug, ...which })).progress,
  );
  const [client] = useState(() =>
    createAnswersClient({
      userId: me.id,
      projectId: project.id,
      storage: browserStorage(),
      locks: typeof navigator === "undefined" ? undefined : navigator.locks,
      send: async (items) => (await api.annotating.write.mutate({ project: project.slug, items })).items,
      failureOf,
      messageOf: (error) => problemOf(error).detail,
      countProgress,
    }),
  );
  // Before anything is painted, so that what is answered never looks open.
  useLayoutEffect(() => client.learn(records), [client, records]);
  return useSavingClient(client);
}

function failureOf(error: unknown): Failure {
  const { status } = problemOf(error);
  if (status === 401) return "signed-out";
  if (status === 403) return "forbidden";
  if (status === 404) return "gone";
  return status === 0 || status === 408 || status === 429 || status >= 500 ? "unreachable" : "unfit";
}
