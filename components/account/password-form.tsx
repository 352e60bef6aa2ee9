"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Notice } from "@/components/ui/notice";
import { toast } from "@/components/ui/toaster";
import type { Account } from "@/contracts/access";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { EmailInput, PasswordInput } from "./account-inputs";
import { NewPasswordField } from "./new-password-field";

/** A first e-mail and password, or a new password; the old one is asked unless a sign-in link brought one here. */
export function PasswordForm({ account }: { account: Account }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [email, setEmail] = useState("");
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const save = useMutation(
    trpc.access.setPassword.mutationOptions({
      onSuccess: () => {
        toast(account.hasPassword ? "Password changed" : "You can now sign in with your e-mail and password");
        setCurrent("");
        setPassword("");
        router.refresh();
      },
    }),
  );
  const { error } = save;
  const problem = error ? problemOf(error) : null;
  const asksEmail = account.email === null;
  const asksCurrent = account.hasPassword && !account.mayResetPassword;
  return (
    <form
      className="flex max-w-sm flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate({
          password,
          ...(asksEmail ? { email } : {}),
          ...(asksCurrent ? { currentPassword: current } : {}),
        });
      }}
    >
      {problem && !problem.errors ? <Notice tone="bad">{problem.detail}</Notice> : null}
      {asksEmail ? (
        <Field label="E-mail" error={fieldProblemOf(error, "email")}>
          {(control) => (
            <EmailInput {...control} value={email} onChange={(event) => setEmail(event.target.value)} />
          )}
        </Field>
      ) : null}
      {asksCurrent ? (
        <Field label="Present password" error={fieldProblemOf(error, "currentPassword")}>
          {(control) => (
            <PasswordInput
              kind="current"
              {...control}
              value={current}
              onChange={(event) => setCurrent(event.target.value)}
            />
          )}
        </Field>
      ) : null}
      <NewPasswordField
        label={account.hasPassword ? "New password" : "Password"}
        value={password}
        onChange={setPassword}
        personal={[account.name, account.email ?? email]}
        error={fieldProblemOf(error, "password")}
      />
      <Button type="submit" className="self-start" busy={save.isPending}>
        {account.hasPassword ? "Change password" : "Set e-mail and password"}
      </Button>
    </form>
  );
}
