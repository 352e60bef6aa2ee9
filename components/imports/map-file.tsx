"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ImportPreview } from "@/contracts/imports";
import { problemOf, useTRPCClient } from "@/trpc/client";
import type { Encoding } from "./mapping";
import { MappingForm } from "./mapping-form";
import { readSample } from "./send-file";

type MapFileProps = {
  project: string;
  file: File;
  onBack: () => void;
  onStarted: (importId: string) => void;
};

/** Looks into the file, then lets its columns be mapped. */
export function MapFile({ project, file, onBack, onStarted }: MapFileProps) {
  const client = useTRPCClient();
  const [encoding, setEncoding] = useState<Encoding>("auto");
  const query = useQuery<ImportPreview>({
    queryKey: ["import-preview", project, file.name, file.size, file.lastModified, encoding],
    queryFn: async () => {
      const sample = await readSample(file);
      return client.imports.preview.mutate({ project, fileName: file.name, encoding, ...sample });
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isPending) return <SkeletonRows label={`Looking into ${file.name}`} />;
  if (query.isError)
    return (
      <ErrorState
        what={`${file.name} can't be imported`}
        why={problemOf(query.error).detail}
        onRetry={onBack}
        retryLabel="Choose another file"
      />
    );
  return (
    <MappingForm
      // A new reading of the file is a new mapping.
      key={`${query.data.encoding} ${query.data.columns.map(({ name }) => name).join("\n")}`}
      project={project}
      file={file}
      preview={query.data}
      encoding={encoding}
      onEncoding={setEncoding}
      onBack={onBack}
      onStarted={onStarted}
    />
  );
}
