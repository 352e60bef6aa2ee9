"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { type KeyboardEvent, useDeferredValue, useEffect, useMemo, useState } from "react";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import type { Mentionable } from "@/contracts/discussions";
import { type Mentioned, openMention } from "@/contracts/mentions";
import { useTRPC } from "@/trpc/client";
import { useDiscussionReader } from "./discussion-context";

type MentionListInput = {
  recordId: string;
  text: string;
  /** Where the cursor stands; null while the field has not the focus. */
  cursor: number | null;
  /** Somebody was picked for the `@` at this place. */
  onPick: (person: Mentioned, at: number) => void;
};

const nobody: readonly Mentionable[] = [];

/** The people offered for the `@` that is being typed, namesakes told apart: arrows move, Enter picks, Escape puts the list away. */
export function useMentionList({ recordId, text, cursor, onPick }: MentionListInput) {
  const { project, may } = useDiscussionReader();
  const trpc = useTRPC();
  const typed = cursor === null ? null : openMention(text, cursor);
  const [dismissed, setDismissed] = useState<number | null>(null);
  const [index, setIndex] = useState(0);
  const wanted = typed !== null && typed.at !== dismissed;
  const q = useDeferredValue(typed?.words.trim() ?? "");
  const found = useQuery(
    trpc.discussions.people.queryOptions(
      { project, recordId, q },
      { enabled: wanted, placeholderData: keepPreviousData, staleTime: 30_000 },
    ),
  );
  const called = useCalledApart(project, wanted && may("members:read"));
  const people = useMemo(
    () => (wanted && found.data ? found.data.items.map(called) : nobody),
    [wanted, found.data, called],
  );
  const active = Math.min(index, people.length - 1);
  const place = typed?.at ?? null;
  useEffect(() => {
    if (place === null) setDismissed(null);
    setIndex(0);
  }, [place]);

  const pick = (at: number) => {
    const person = people[at];
    if (person && typed) onPick(person, typed.at);
  };

  /** Whether the list took the key. */
  const onKey = (event: KeyboardEvent): boolean => {
    if (people.length === 0 || event.nativeEvent.isComposing) return false;
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) setIndex((active + step + people.length) % people.length);
    else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey) pick(active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };

  /** Puts the list away; whether there was one. */
  const dismiss = (): boolean => {
    if (people.length === 0) return false;
    setDismissed(place);
    return true;
  };

  const isNobody = wanted && found.isSuccess && !found.isPlaceholderData && people.length === 0;
  return { people, active, pick, onKey, dismiss, isNobody: isNobody && q !== "" };
}
