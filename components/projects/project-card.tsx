"use client";

import Link from "next/link";
import { Badge } from "@/components/ui/badge";
import { Figure } from "@/components/ui/figure";
import { ProgressBar } from "@/components/ui/progress-bar";
import { RelativeTime } from "@/components/ui/relative-time";
import type { Project } from "@/contracts/projects";

/** A project at a glance: how far it is, who the reader is in it. */
export function ProjectCard({ project }: { project: Project }) {
  const { slug, name, role, archived, createdAt, counts } = project;
  const labelledOnly = Math.max(counts.labelled - counts.verified, 0);
  return (
    <article className="relative flex h-full flex-col gap-3 rounded-lg border p-4 hover:border-line-strong">
      <header className="flex items-start gap-2">
        <h2 className="min-w-0 flex-1 break-words text-base">
          <Link href={`/p/${slug}`} className="after:absolute after:inset-0 after:rounded-lg">
            {name}
          </Link>
        </h2>
        {archived ? <Badge>Archived</Badge> : null}
        <Badge>{role}</Badge>
      </header>
      <div className="mt-auto">
        <ProgressBar
          label={`Progress of ${name}`}
          total={counts.records}
          parts={[
            { value: counts.verified, tone: "good", name: "verified" },
            { value: labelledOnly, tone: "muted", name: "labelled" },
          ]}
        />
        <p className="mt-2 flex flex-wrap gap-x-3 text-muted">
          <Counted value={counts.records} one="record" many="records" />
          <Counted value={counts.labelled} one="labelled" many="labelled" />
          <Counted value={counts.verified} one="verified" many="verified" />
        </p>
      </div>
      <p className="flex flex-wrap gap-x-3 text-faint text-xs">
        <Counted value={counts.members} one="member" many="members" />
        <Counted value={counts.jobs} one="job" many="jobs" />
        {/* Above the link that covers the card, so that the exact time can be read. */}
        <span className="relative">
          made <RelativeTime value={createdAt} />
        </span>
      </p>
    </article>
  );
}

function Counted({ value, one, many }: { value: number; one: string; many: string }) {
  return (
    <span className="whitespace-nowrap">
      <Figure value={value} /> {value === 1 ? one : many}
    </span>
  );
}
