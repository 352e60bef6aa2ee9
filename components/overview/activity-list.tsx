"use client";

import Link from "next/link";
import { useCalledApart } from "@/components/labelling/use-people-apart";
import { RecordSourceWords } from "@/components/query/record-source-words";
import { recordsHref } from "@/components/query/records-address";
import { PersonName } from "@/components/ui/avatar";
import { useFormat } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import { Section } from "@/components/ui/section";
import type { ActivityEntry } from "@/contracts/overview";
import { readQuery } from "@/contracts/read-query";

type ActivityListProps = { project: string; activity: readonly ActivityEntry[] };

/** What happened lately, newest first. */
export function ActivityList({ project, activity }: ActivityListProps) {
  const format = useFormat();
  const called = useCalledApart(project, activity.length > 0);
  if (activity.length === 0) return null;
  return (
    <Section title="Lately">
      <ol className="divide-y border-t">
        {activity.map((entry) => {
          const { words, path } = tell(entry, format.count);
          return (
            <li
              key={`${entry.kind} ${entry.at} ${entry.target} ${entry.who.id}`}
              className="flex items-baseline gap-x-3 py-1.5 max-sm:flex-wrap"
            >
              <PersonName person={called(entry.who)} className="w-48 shrink-0 max-sm:w-auto" />
              <span className="min-w-0 flex-1 max-sm:order-last max-sm:basis-full sm:truncate">
                {path ? (
                  <Link href={`/p/${project}${path}`} className="hover:underline">
                    {words}
                  </Link>
                ) : (
                  words
                )}
                <FoundBy project={project} query={entry.query} />
              </span>
              <RelativeTime value={entry.at} className="ml-auto text-muted" />
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** The query that found the records of a job, leading to what it finds now; nothing where no query narrowed them. */
function FoundBy({ project, query: json }: { project: string; query: ActivityEntry["query"] }) {
  const { query } = readQuery(json);
  if (query === null) return null;
  return (
    <>
      {" "}
      found by{" "}
      <Link href={recordsHref(project, { query })} className="text-accent hover:underline">
        <RecordSourceWords project={project} source={{ subset: null, query: json }} />
      </Link>
    </>
  );
}

/** What one entry says, and where it leads. */
function tell(
  { kind, target, name, subset, count }: ActivityEntry,
  number: (value: number) => string,
): { words: string; path: string | null } {
  const many = (noun: string) => `${number(count ?? 0)} ${noun}${count === 1 ? "" : "s"}`;
  switch (kind) {
    case "import":
      return {
        words: `imported ${many("record")} from ${name ?? "a program"}`,
        path: `/import?run=${target}`,
      };
    case "schema":
      return { words: `saved version ${target} of the schema`, path: "/schema?tab=versions" };
    case "job":
      return {
        words: `ran ${name ?? "an agent"} on ${many("record")}${subset ? ` of ${subset}` : ""}`,
        path: `/jobs/${target}`,
      };
    case "session":
      return { words: `opened the session ${name} on ${many("label")}`, path: `/verify/${target}` };
    case "verdicts":
      return {
        words: `gave ${many("verdict")}${name ? ` in ${name}` : ""}`,
        path: target ? `/verify/${target}` : null,
      };
    case "finalLabels":
      return { words: `decided the final labels of ${name}`, path: `/final-labels/${target}` };
    case "member":
      return { words: "joined", path: null };
  }
}
