"use client";

import { Label as RadixLabel } from "radix-ui";
import { type ComponentProps, type FormEvent, type ReactNode, useId, useState } from "react";
import { cn } from "./cn";

/** What a field hands to its control so that label, hint and error are read with it. */
type FieldControlProps = {
  id: string;
  "aria-describedby": string | undefined;
  "aria-invalid": true | undefined;
};

type FieldProps = {
  label: ReactNode;
  hint?: ReactNode;
  /** Names the problem and the fix ("Name is empty: give the project a name"). */
  error?: string | undefined;
  optional?: boolean;
  className?: string;
  /** Gets the props that the control must spread. */
  children: (control: FieldControlProps) => ReactNode;
};

/**
 * Label above, control, then hint or error below.
 *
 * @example <Field label="Name" error={errors.name?.message}>{(control) => <Input {...control} {...register("name")} />}</Field>
 */
export function Field({ label, hint, error, optional = false, className, children }: FieldProps) {
  const id = useId();
  const [refused, setRefused] = useState<string>();
  const problem = error ?? refused;
  const hintId = hint ? `${id}-hint` : undefined;
  const errorId = problem ? `${id}-error` : undefined;
  const describedBy = [errorId, hintId].filter(Boolean).join(" ") || undefined;
  return (
    <div
      className={cn("flex flex-col gap-1", className)}
      onInvalidCapture={(event) => setRefused(refusalOf(event, label))}
      onInputCapture={() => setRefused(undefined)}
    >
      <Label htmlFor={id}>
        {label}
        {optional ? <span className="ml-1.5 font-normal text-faint">optional</span> : null}
      </Label>
      {children({ id, "aria-describedby": describedBy, "aria-invalid": problem ? true : undefined })}
      {problem ? (
        <p id={errorId} role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
      {hint ? (
        <p id={hintId} className="text-faint text-xs">
          {hint}
        </p>
      ) : null}
    </div>
  );
}

/** Says below the field what the browser would say in a bubble of its own. */
function refusalOf(event: FormEvent, label: ReactNode): string | undefined {
  const field = event.target;
  if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) return undefined;
  event.preventDefault();
  if (field.form?.querySelector(":invalid:not(fieldset)") === field) field.focus();
  if (!field.validity.valueMissing) return field.validationMessage;
  return typeof label === "string" ? `${label} must not be empty.` : "This must not be empty.";
}

export function Label({ className, ...rest }: ComponentProps<typeof RadixLabel.Root>) {
  return <RadixLabel.Root className={cn("font-medium text-sm", className)} {...rest} />;
}
