"use client";

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from "react";
import type { TextQuery } from "@/contracts/text-query";
import { exactRanges } from "./exact-ranges";
import { fuzzyRanges } from "./fuzzy-ranges";
import type { Range } from "./ranges";
import { regexRanges } from "./regex-ranges";

type FindRanges = (text: string) => readonly Range[];

const nothing: FindRanges = () => [];
const MatchContext = createContext<FindRanges>(nothing);

/** Marks in the texts below it what was looked for; null: nothing was. */
export function MatchProvider({ query, children }: { query: TextQuery | null; children: ReactNode }) {
  const re2 = useRe2(query?.way === "regex");
  const text = query?.text ?? "";
  const way = query?.way;
  const find = useMemo<FindRanges>(() => {
    if (way === undefined) return nothing;
    if (way === "exact") return (content) => exactRanges(content, text);
    if (way === "fuzzy") return (content) => fuzzyRanges(content, text);
    return re2 ? (content) => regexRanges(re2, content, text) : nothing;
  }, [way, text, re2]);
  return <MatchContext value={find}>{children}</MatchContext>;
}

/** Where in a text stands what was looked for. */
export function useMatches(text: string): readonly Range[] {
  const find = useContext(MatchContext);
  return useMemo(() => find(text), [find, text]);
}

/** RE2 for the browser, loaded when it is needed first: most people never do. Null until then. */
export function useRe2(needed: boolean) {
  const [loaded, setLoaded] = useState<{ re2: Awaited<ReturnType<typeof load>> } | null>(null);
  useEffect(() => {
    if (!needed) return;
    let wanted = true;
    load().then(
      (re2) => {
        if (wanted) setLoaded({ re2 });
      },
      // Offline: what is found is then not marked.
      () => undefined,
    );
    return () => {
      wanted = false;
    };
  }, [needed]);
  return loaded?.re2 ?? null;
}

const load = async () => (await import("re2js")).RE2JS;
