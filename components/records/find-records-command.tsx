"use client";

import { useMemo } from "react";
import { recordsHref } from "@/components/query/records-address";
import { type TypedCommand, useTypedCommands } from "@/components/ui/commands";
import { useGoTo } from "@/components/ui/unsaved-changes";

/** As the query of a keyword allows. */
const MAX_WORDS = 1000;
const MAX_ID = 255;

/** Finds records by id or by words on every page of a project, by the palette. */
export function FindRecordsCommand({ project }: { project: string }) {
  const goTo = useGoTo();
  const commands = useMemo<TypedCommand[]>(
    () => [
      {
        id: "find-records",
        group: "Records",
        label: (typed) => `Search records for “${typed}”`,
        run: (typed) => {
          const keyword = typed.slice(0, MAX_WORDS);
          const query = typed.length > MAX_ID ? { keyword } : { or: [{ externalIds: [typed] }, { keyword }] };
          goTo(recordsHref(project, { query }));
        },
      },
    ],
    [project, goTo],
  );
  useTypedCommands(commands);
  return null;
}
