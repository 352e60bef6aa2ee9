"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ButtonLink } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { Project } from "@/contracts/projects";
import { problemOf, useTRPC } from "@/trpc/client";
import { DropFile } from "../drop-file";
import { formatOfName, formats } from "./label-choices";
import { LabelImportForm } from "./label-import-form";

type LabelImportProps = { project: Project; onStarted: (importId: string) => void };

/** Brings labels that were given with another tool: as those of imported annotators, or as gold. */
export function LabelImport({ project, onStarted }: LabelImportProps) {
  const trpc = useTRPC();
  const [file, setFile] = useState<File>();
  const schema = useQuery(trpc.projects.activeSchema.queryOptions({ project: project.slug }));
  if (schema.isPending) return <SkeletonRows label="Loading the label schema" rows={3} />;
  if (schema.isError)
    return (
      <ErrorState
        what="The label schema did not load"
        why={problemOf(schema.error).detail}
        onRetry={() => void schema.refetch()}
      />
    );
  if (!schema.data)
    return (
      <EmptyState
        title="Labels need a label schema first"
        action={<ButtonLink href={`/p/${project.slug}/schema`}>Define labels</ButtonLink>}
      >
        Values of the file are checked against its options.
      </EmptyState>
    );
  if (file)
    return (
      <LabelImportForm
        project={project.slug}
        file={file}
        labels={schema.data.labelSchema}
        start={formatOfName(file.name)}
        onBack={() => setFile(undefined)}
        onStarted={onStarted}
      />
    );
  return (
    <DropFile
      hint={`Files of ${formats
        .slice(0, -1)
        .map(({ label }) => label)
        .join(", ")}, and Tandem's own export of annotations.`}
      accept={[...new Set(formats.flatMap(({ accept }) => accept.split(",")))].join(",")}
      onFile={setFile}
    />
  );
}
