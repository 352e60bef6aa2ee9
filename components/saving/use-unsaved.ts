"use client";

import { useEffect, useEffectEvent, useMemo } from "react";
import { problemOf } from "@/trpc/client";
import { browserStorage } from "./browser-storage";
import { openUnsaved, type Unsaved, type UnsavedOptions } from "./unsaved";

type UseUnsavedInput<T> = Pick<UnsavedOptions<T>, "name" | "read"> & {
  /** Told once what an earlier page left behind: it is to be shown and sent. */
  onLeft: (value: T) => void;
};

/** A setting kept in this browser until the server has it. @param input `read` is the same function each time */
export function useUnsaved<T>({ name, read, onLeft }: UseUnsavedInput<T>): Unsaved<T> {
  const unsaved = useMemo(() => openUnsaved({ name, read, storage: browserStorage() }), [name, read]);
  const takeUp = useEffectEvent(() => {
    const left = unsaved.left();
    if (left !== null) onLeft(left);
  });
  useEffect(() => takeUp(), []);
  return unsaved;
}

/** Whether trying again later is no use: the server was reached and won't take it. */
export const isRefused = (error: unknown): boolean => {
  const { status } = problemOf(error);
  return status >= 400 && status < 500;
};
