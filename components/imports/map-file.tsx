"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import type { ImportPreview } from "@/contracts/imports";
import { problemOf, useTRPCClient } from "@/trpc/client";
import { type ImportSource, sourceName } from "./import-source";
import type { Encoding } from "./mapping";
import { MappingForm } from "./mapping-form";
import { lookIntoWhole, readSample } from "./send-file";

type MapFileProps = {
  project: string;
  source: ImportSource;
  onBack: () => void;
  onStarted: (importId: string) => void;
};

/** Looks into the file, then lets its columns be mapped. */
export function MapFile({ project, source, onBack, onStarted }: MapFileProps) {
  const client = useTRPCClient();
  const [encoding, setEncoding] = useState<Encoding>("auto");
  const [sheet, setSheet] = useState<string>();
  const name = sourceName(source);
  const query = useQuery<ImportPreview>({
    queryKey: ["import-preview", project, keyOf(source), encoding, sheet],
    queryFn: async ({ signal }) => {
      const how = { project, encoding, ...(sheet === undefined ? {} : { sheet }) };
      if (source.kind === "url")
        return client.imports.previewUrl.mutate({ url: source.url, ...how }, { signal });
      const { file } = source;
      if (isReadWhole(file)) return lookIntoWhole(file, { ...how, signal });
      const sample = await readSample(file);
      return client.imports.preview.mutate({ project, fileName: file.name, encoding, ...sample });
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  if (query.isPending) return <SkeletonRows label={`Looking into ${name}`} />;
  if (query.isError)
    return (
      <ErrorState
        what={`${name} can't be imported`}
        why={problemOf(query.error).detail}
        onRetry={onBack}
        retryLabel="Choose something else"
      />
    );
  return (
    <MappingForm
      // A new reading of the file is a new mapping.
      key={`${query.data.encoding} ${sheet} ${query.data.columns.map(({ name }) => name).join("\n")}`}
      project={project}
      source={source}
      preview={query.data}
      encoding={encoding}
      onEncoding={setEncoding}
      sheet={sheet}
      onSheet={setSheet}
      onBack={onBack}
      onStarted={onStarted}
    />
  );
}

const keyOf = (source: ImportSource): readonly unknown[] =>
  source.kind === "url" ? [source.url] : [source.file.name, source.file.size, source.file.lastModified];

/** Formats whose beginning alone can't be read: the server looks into the whole file. */
const isReadWhole = ({ name }: File): boolean => /\.(?:parquet|xlsx)$/i.test(name);
