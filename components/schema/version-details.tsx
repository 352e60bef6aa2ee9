"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ErrorState } from "@/components/ui/error-state";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { SchemaVersion } from "@/contracts/label-schema";
import { problemOf, useTRPC } from "@/trpc/client";
import { SchemaChanges } from "./schema-changes";
import { VersionMappings } from "./version-mappings";

/** Older ones can be compared through REST. */
const MAX_COMPARED = 100;

type VersionDetailsProps = {
  project: string;
  version: SchemaVersion;
  onRestore: ((version: SchemaVersion) => void) | undefined;
  mayUndo: boolean;
};

/** One version: what differs from the one before it, or from any older one, and what was mapped to it. */
export function VersionDetails({ project, version, onRestore, mayUndo }: VersionDetailsProps) {
  const [before, setBefore] = useState(version.version - 1);
  const older = Array.from({ length: Math.min(version.version - 1, MAX_COMPARED) }, (_, index) => {
    const number = version.version - 1 - index;
    return { value: String(number), label: `version ${number}` };
  });
  return (
    <div className="flex min-w-0 flex-col gap-8">
      <Section
        title={before >= 1 ? `What version ${version.version} changed` : "The first version"}
        description={
          version.active ? "In force." : "Restoring puts it into the editor; saving makes it a new version."
        }
        actions={
          <>
            {older.length > 1 ? (
              <Select
                aria-label="Compare with"
                value={String(before)}
                onValueChange={(value) => setBefore(Number(value))}
                options={older}
              />
            ) : null}
            {onRestore ? (
              <Button onClick={() => onRestore(version)}>Restore version {version.version}</Button>
            ) : null}
          </>
        }
      >
        {before < 1 ? (
          <Labels version={version} />
        ) : (
          <Changes project={project} from={before} to={version.version} />
        )}
      </Section>
      {mayUndo ? <VersionMappings project={project} version={version.version} /> : null}
    </div>
  );
}

function Labels({ version }: { version: SchemaVersion }) {
  return (
    <ul className="list-disc pl-5">
      {version.labelSchema.map((label) => (
        <li key={label.name}>
          <span className="font-medium">{label.name}</span>:{" "}
          {label.options.map(({ text }) => text).join(", ")}
        </li>
      ))}
    </ul>
  );
}

function Changes({ project, from, to }: { project: string; from: number; to: number }) {
  const trpc = useTRPC();
  const diff = useQuery(
    trpc.projects.schemaDiff.queryOptions({ project, from, to }, { staleTime: Number.POSITIVE_INFINITY }),
  );
  if (diff.isPending) return <SkeletonRows label="Comparing versions" rows={3} />;
  if (diff.isError)
    return (
      <ErrorState
        what="The versions could not be compared"
        why={problemOf(diff.error).detail}
        onRetry={() => void diff.refetch()}
      />
    );
  return <SchemaChanges changes={diff.data.changes} />;
}
