"use client";

import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** The address of a file that the server fetches itself. */
export function FetchAddress({ onUrl }: { onUrl: (url: string) => void }) {
  const [url, setUrl] = useState("");
  return (
    <form
      className="flex max-w-2xl flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        onUrl(url.trim());
      }}
    >
      <Field
        label="Address of the file"
        hint="Public addresses only: the server fetches it, without any sign-in. A key in the address is not kept."
      >
        {(control) => (
          <Input
            {...control}
            type="url"
            required
            pattern="https?://.+"
            placeholder="https://example.org/texts.csv"
            value={url}
            onChange={(event) => setUrl(event.target.value)}
          />
        )}
      </Field>
      <div>
        <Button type="submit" variant="primary" disabled={url.trim() === ""}>
          Look into the file
        </Button>
      </div>
    </form>
  );
}
