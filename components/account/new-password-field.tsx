"use client";

import { useEffect, useState } from "react";
import { Field } from "@/components/ui/field";
import { MIN_PASSWORD_SCORE, type PasswordStrength, passwordStrength } from "@/contracts/password-strength";
import { PasswordInput } from "./account-inputs";

type NewPasswordFieldProps = {
  label?: string;
  value: string;
  onChange: (value: string) => void;
  /** Words that a guesser would try first. */
  personal: string[];
  error?: string | undefined;
  /** Of the input. */
  className?: string;
};

/** A new password with a word on how hard it is to guess, while it is typed. */
export function NewPasswordField({
  label = "Password",
  value,
  onChange,
  personal,
  error,
  className,
}: NewPasswordFieldProps) {
  const strength = useStrength(value, personal);
  return (
    <Field label={label} error={error} hint={hintOf(value, strength)}>
      {(control) => (
        <PasswordInput
          kind="new"
          {...control}
          value={value}
          onChange={(event) => onChange(event.target.value)}
          className={className}
        />
      )}
    </Field>
  );
}

function hintOf(value: string, strength: PasswordStrength | null): string {
  if (value === "" || strength === null)
    return "Several words that do not belong together are easy to remember.";
  return strength.score >= MIN_PASSWORD_SCORE ? "Hard to guess." : `Easy to guess. ${strength.advice}`;
}

/** The estimate of the newest password; an older one that comes late is dropped. */
function useStrength(password: string, personal: string[]): PasswordStrength | null {
  const [strength, setStrength] = useState<PasswordStrength | null>(null);
  const words = personal.join("\n");
  useEffect(() => {
    let current = true;
    if (password === "") setStrength(null);
    else
      passwordStrength(password, words.split("\n")).then((estimate) => {
        if (current) setStrength(estimate);
      });
    return () => {
      current = false;
    };
  }, [password, words]);
  return strength;
}
