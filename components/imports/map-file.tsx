"use client";

import { useQuery } from "@tanstack/react-query";
import { CircleAlert } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { StateMessage } from "@/components/ui/state-message";
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
  const another = <Button onClick={onBack}>Choose something else</Button>;
  if (query.isError) {
    const { code, detail, errors } = problemOf(query.error);
    const isMaybeUtf16 = code === "binary_file" && errors?.some(({ path }) => path === "encoding");
    return (
      <StateMessage
        icon={CircleAlert}
        role="alert"
        title={`${name} can't be imported`}
        action={
          <>
            {isMaybeUtf16 ? <Button onClick={() => setEncoding("utf-16le")}>Read it as UTF-16</Button> : null}
            {another}
          </>
        }
      >
        {detail}
      </StateMessage>
    );
  }
  if (query.data.looked === 0)
    return (
      <EmptyState title={`${name} holds no rows`} action={another}>
        {query.data.columns.length > 0
          ? "There is a line of names, and nothing below it."
          : "There is nothing in it that could become a record."}
      </EmptyState>
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
