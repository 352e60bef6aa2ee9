"use client";

import { Section } from "@/components/ui/section";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { type RetrievedExamples, retrievalOf } from "@/contracts/prompt-examples";
import { useStudio } from "../studio-context";
import type { DraftExamples } from "./draft-examples";
import { FixedExamples } from "./fixed-examples";
import { RetrievedFields } from "./retrieved-fields";

const firstRetrieval: RetrievedExamples = {
  mode: "retrieved",
  k: 4,
  from: { verified: true },
  by: "text",
  balanced: true,
};

/** Solved cases shown to the model: the same for every record, or looked for among verified records. */
export function ExamplesSection({ poolSize }: { poolSize: number | null | undefined }) {
  const { draft, changePrompt, problemAt, readOnly } = useStudio();
  const { examples } = draft.prompt;
  const retrieval = retrievalOf(examples);
  const problem = problemAt("prompt.examples");
  const put = (next: DraftExamples | undefined) => changePrompt({ examples: next });
  return (
    <Section
      title="Examples"
      description="Texts with their right answer, shown before the record. A job does not ask about a record that is an example, or repeats one: such an answer says nothing of the model."
      actions={
        <SegmentedControl
          label="Where examples come from"
          value={retrieval ? "retrieved" : "fixed"}
          onValueChange={(mode) => put(mode === "fixed" ? undefined : firstRetrieval)}
          options={[
            { value: "fixed", label: "The same for all", disabled: readOnly },
            { value: "retrieved", label: "Nearest to each record", disabled: readOnly },
          ]}
        />
      }
    >
      {problem ? (
        <p role="alert" className="mb-3 text-bad text-xs">
          {problem}
        </p>
      ) : null}
      {retrieval ? (
        <RetrievedFields retrieval={retrieval} put={put} poolSize={poolSize} />
      ) : (
        <FixedExamples examples={examples} put={put} />
      )}
    </Section>
  );
}
