"use client";

import { createContext, type ReactNode, useContext, useMemo } from "react";
import { type ProjectRole, roleAllows, type Scope } from "@/contracts/roles";

type DiscussionReader = {
  /** Slug. */
  project: string;
  me: { id: string; name: string };
  /** Whether the reader's role allows it. */
  may: (scope: Scope) => boolean;
};

const Reader = createContext<DiscussionReader | null>(null);

type DiscussionProviderProps = {
  project: string;
  me: DiscussionReader["me"];
  role: ProjectRole;
  children: ReactNode;
};

/** Who reads and writes about records, in which project. In the frame of a project's screens. */
export function DiscussionProvider({ project, me: { id, name }, role, children }: DiscussionProviderProps) {
  const reader = useMemo(
    () => ({ project, me: { id, name }, may: (scope: Scope) => roleAllows(role, scope) }),
    [project, id, name, role],
  );
  return <Reader value={reader}>{children}</Reader>;
}

export function useDiscussionReader(): DiscussionReader {
  const reader = useContext(Reader);
  if (!reader) throw new Error("useDiscussionReader stands inside DiscussionProvider");
  return reader;
}
