"use client";

import { useQuery } from "@tanstack/react-query";
import { Section } from "@/components/ui/section";
import { SegmentedControl } from "@/components/ui/segmented-control";
import { Switch } from "@/components/ui/switch";
import { promptDefaults, promptVariables } from "@/contracts/agents";
import { useTRPC } from "@/trpc/client";
import { ConfidenceSection } from "./confidence-section";
import { ExamplesSection } from "./examples/examples-section";
import { LabelsSection } from "./labels-section";
import { PromptText } from "./prompt-text";
import { useStudio } from "./studio-context";

type PromptSectionsProps = {
  builtTemplate: string | undefined;
  /** How many verified records examples are looked for among. */
  poolSize: number | null | undefined;
};

/** The prompt in the order in which the model reads it. */
export function PromptSections({ builtTemplate, poolSize }: PromptSectionsProps) {
  const { draft, changePrompt, readOnly } = useStudio();
  const { answer, template } = draft.prompt;
  const byHand = template !== undefined;
  return (
    <>
      <LabelsSection />
      <Section
        title="Prompt"
        description={<Variables />}
        actions={
          <SegmentedControl
            label="Form of the answer"
            value={answer}
            onValueChange={(next) => changePrompt({ answer: next })}
            options={[
              { value: "text", label: "Text", disabled: readOnly },
              { value: "json", label: "JSON", disabled: readOnly },
            ]}
          />
        }
      >
        <div className="flex flex-col gap-5">
          <PromptText
            section="system"
            label="System message"
            hint="Who the model is and how it works; left out when blank."
            rows={2}
          />
          {byHand ? (
            <PromptText
              section="template"
              label="User message"
              hint="Must hold {{input}} once, and {{options}} or every option by its text."
              rows={12}
            />
          ) : (
            <BuiltSections answer={answer} />
          )}
          <Switch
            label="Write the whole user message by hand"
            disabled={readOnly || (!byHand && builtTemplate === undefined)}
            checked={byHand}
            onCheckedChange={(on) => changePrompt({ template: on ? builtTemplate : undefined })}
          />
        </div>
      </Section>
      <ExamplesSection poolSize={poolSize} />
      <ConfidenceSection />
    </>
  );
}

/** What can stand in the prompt; gold metadata can't, for it would tell the answer. */
function Variables() {
  const { project } = useStudio();
  const trpc = useTRPC();
  const metadata = useQuery(trpc.projects.get.queryOptions({ project })).data?.metadata ?? [];
  const usable = metadata
    .filter(({ visibility }) => visibility !== "gold")
    .map(({ name }) => `metadata.${name}`);
  const names = [...promptVariables, ...(usable.length > 0 ? usable : ["metadata.<name>"])];
  return (
    <>
      Variables:{" "}
      {names.map((name) => (
        <code key={name} className="mr-1.5 whitespace-nowrap font-mono text-xs">
          {`{{${name}}}`}
        </code>
      ))}
    </>
  );
}

function BuiltSections({ answer }: { answer: "text" | "json" }) {
  return (
    <>
      <PromptText
        section="taskInstruction"
        label="Task instruction"
        hint="A line with {{name}} or {{options}} is repeated for each label."
        byDefault={promptDefaults.taskInstruction}
        rows={4}
      />
      <PromptText
        section="formatInstruction"
        label="Format instruction"
        hint="{{format_sample}} is the form in which the answer is read."
        byDefault={promptDefaults.formatInstruction[answer]}
      />
      <PromptText
        section="inputBlock"
        label="Input block"
        hint="Where the record stands: {{input}}, inside quotes that no text can close."
        byDefault={promptDefaults.inputBlock}
        rows={4}
      />
    </>
  );
}
