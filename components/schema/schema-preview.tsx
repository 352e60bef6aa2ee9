"use client";

import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useDeferredValue, useState } from "react";
import { CodeBlock } from "@/components/ui/code-block";
import { Skeleton } from "@/components/ui/skeleton";
import { TabPanel, Tabs } from "@/components/ui/tabs";
import { problemOf, useTRPC } from "@/trpc/client";
import { LabellingForm } from "./labelling-form";
import { type Draft, schemaOf } from "./schema-draft";

type SchemaPreviewProps = {
  project: string;
  draft: Draft;
  /** Whether the draft could be saved as it is. */
  complete: boolean;
};

/** What the draft will be: the form that people see, the part of the prompt that models see. */
export function SchemaPreview({ project, draft, complete }: SchemaPreviewProps) {
  const [tab, setTab] = useState("form");
  return (
    <aside
      aria-label="Preview"
      className="lg:sticky lg:top-16 lg:max-h-[calc(100dvh-6rem)] lg:self-start lg:overflow-y-auto"
    >
      <Tabs
        label="Preview"
        value={tab}
        onValueChange={setTab}
        items={[
          { value: "form", label: "Labelling form" },
          { value: "prompt", label: "Prompt part" },
        ]}
      >
        <TabPanel value="form">
          <LabellingForm labels={schemaOf(draft)} />
        </TabPanel>
        <TabPanel value="prompt">
          {complete ? (
            <PromptPart project={project} draft={draft} />
          ) : (
            <p className="text-muted">The prompt shows when every field is right.</p>
          )}
        </TabPanel>
      </Tabs>
    </aside>
  );
}

function PromptPart({ project, draft }: { project: string; draft: Draft }) {
  const trpc = useTRPC();
  // While somebody types, the last prompt stays.
  const settled = useDeferredValue(draft);
  const query = useQuery(
    trpc.projects.schemaPrompt.queryOptions(
      { project, labelSchema: schemaOf(settled) },
      { placeholderData: keepPreviousData, staleTime: Number.POSITIVE_INFINITY },
    ),
  );
  if (query.isError) return <p className="text-bad">{problemOf(query.error).detail}</p>;
  if (!query.data) return <Skeleton className="h-40 w-full" />;
  if (query.data.template === "")
    return <p className="text-muted">Models are asked for labels of whole records; this schema has none.</p>;
  return <CodeBlock label="Prompt" text={query.data.template} wrap />;
}
