"use client";

import { useEffect, useState } from "react";
import { browserStorage } from "@/components/saving/browser-storage";
import { useSavingClient } from "@/components/saving/use-saving-client";
import type { Session } from "@/contracts/sessions";
import { createLiveSessionClient } from "./live-session-client";
import type { LiveSession } from "./types";

type LiveSessionInput = {
  session: Pick<Session, "id" | "wsUrl" | "rooms" | "chunkSize" | "state">;
  me: { id: string };
  /** The role lets this person decide. */
  canVerify: boolean;
};

/** The live rooms of a session, open for as long as the component is there. */
export function useLiveSession({ session, me, canVerify }: LiveSessionInput): LiveSession {
  const [client] = useState(() =>
    createLiveSessionClient({
      session,
      me,
      storage: browserStorage(),
      locks: typeof navigator === "undefined" ? undefined : navigator.locks,
    }),
  );
  const open = session.state === "open";
  const { rooms } = session;
  useEffect(() => client.setCircumstances({ open, canVerify, rooms }), [client, open, canVerify, rooms]);
  return useSavingClient(client);
}
