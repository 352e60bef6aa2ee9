"use client";

import { useMutation } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { toast } from "@/components/ui/toaster";
import { fieldProblemOf, problemOf, useTRPC } from "@/trpc/client";
import { NameInput } from "./account-inputs";

export function NameForm({ name: saved }: { name: string }) {
  const trpc = useTRPC();
  const router = useRouter();
  const [name, setName] = useState(saved);
  const rename = useMutation(
    trpc.access.renameAccount.mutationOptions({
      onSuccess: () => {
        toast("Name changed");
        router.refresh();
      },
    }),
  );
  const { error } = rename;
  return (
    <form
      className="flex items-end gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        rename.mutate({ name });
      }}
    >
      <Field
        label="Your name"
        error={error ? (fieldProblemOf(error, "name") ?? problemOf(error).detail) : undefined}
        className="flex-1"
      >
        {(control) => (
          <NameInput {...control} value={name} onChange={(event) => setName(event.target.value)} />
        )}
      </Field>
      <Button type="submit" busy={rename.isPending} disabled={name.trim() === "" || name === saved}>
        Save name
      </Button>
    </form>
  );
}
