"use client";

import { useActionState } from "react";
import { EmailInput, PasswordInput } from "@/components/account/account-inputs";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";

/** Null until a try was refused; the address is kept, the password never. */
export type SignInState = { email: string; message: string; code: string } | null;

type SignInFormProps = {
  next: string;
  /** Why somebody was led here; a refused try takes its place. */
  notice: string | undefined;
  submit: (state: SignInState, form: FormData) => Promise<SignInState>;
};

/** E-mail and password; works before any script has loaded. */
export function SignInForm({ next, notice, submit }: SignInFormProps) {
  const [refusal, action, busy] = useActionState(submit, null);
  return (
    <form action={action} className="flex flex-col gap-4">
      {refusal ? (
        <Notice tone="bad">{refusal.message}</Notice>
      ) : notice ? (
        <Notice tone="warn">{notice}</Notice>
      ) : null}
      <input type="hidden" name="next" value={next} />
      <Field label="E-mail">
        {(control) => (
          <EmailInput
            {...control}
            name="email"
            defaultValue={refusal?.email}
            className="h-9 max-sm:h-control"
          />
        )}
      </Field>
      <Field label="Password">
        {(control) => (
          <PasswordInput kind="current" {...control} name="password" className="h-9 max-sm:h-control" />
        )}
      </Field>
      <Button type="submit" variant="primary" size="lg" busy={busy}>
        Sign in
      </Button>
    </form>
  );
}
