"use client";

import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Textarea } from "@/components/ui/textarea";
import { useStudio } from "./studio-context";

type PromptTextProps = {
  section: "system" | "taskInstruction" | "formatInstruction" | "inputBlock" | "template";
  label: string;
  hint: string;
  /** What stands there when the section is blank. */
  byDefault?: string;
  rows?: number;
};

/** One editable text of the prompt; a changed one can be put back to the default wording. */
export function PromptText({ section, label, hint, byDefault = "", rows = 3 }: PromptTextProps) {
  const { draft, changePrompt, problemAt, readOnly } = useStudio();
  const own = draft.prompt[section];
  const changed = byDefault !== "" && own !== undefined && own !== byDefault;
  return (
    <Field
      label={label}
      optional={section === "system"}
      error={problemAt(`prompt.${section}`)}
      hint={
        <>
          {hint}
          {changed && !readOnly ? (
            <Button
              variant="ghost"
              size="sm"
              className="ml-1"
              onClick={() => changePrompt({ [section]: undefined })}
            >
              Use the default wording
            </Button>
          ) : null}
        </>
      }
    >
      {(control) => (
        <Textarea
          {...control}
          mono
          rows={rows}
          readOnly={readOnly}
          spellCheck={false}
          value={own ?? byDefault}
          onChange={(event) => {
            const text = event.target.value;
            changePrompt({ [section]: text === byDefault ? undefined : text });
          }}
        />
      )}
    </Field>
  );
}
