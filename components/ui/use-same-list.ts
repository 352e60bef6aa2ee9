"use client";

import { useRef } from "react";

/** The list as it was given before as long as it holds the same: what is made from it need not be made anew. */
export function useSameList<T>(list: readonly T[]): readonly T[] {
  const kept = useRef(list);
  if (!isSame(kept.current, list)) kept.current = list;
  return kept.current;
}

const isSame = <T>(one: readonly T[], other: readonly T[]): boolean =>
  one === other || (one.length === other.length && one.every((value, at) => value === other[at]));
