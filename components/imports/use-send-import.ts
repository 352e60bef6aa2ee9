"use client";

import { useRef, useState } from "react";
import type { Problem } from "@/contracts/common";
import { problemOf, useTRPCClient } from "@/trpc/client";
import type { ImportSource } from "./import-source";
import { chosenOptions, type FileFacts, type ImportChoices, importParams } from "./mapping";
import { sendFile } from "./send-file";

type Facts = Pick<FileFacts, "format" | "encoding" | "sheet">;

/** Starts an import: the file is sent with progress, an address is handed to the server. */
export function useSendImport(project: string, source: ImportSource, onStarted: (importId: string) => void) {
  const client = useTRPCClient();
  const [sent, setSent] = useState<number>();
  const [busy, setBusy] = useState(false);
  const [refusal, setRefusal] = useState<Problem>();
  const stop = useRef<AbortController>(undefined);

  async function sendSource(choices: ImportChoices, facts: Facts) {
    if (source.kind === "url") {
      setBusy(true);
      const asked = { project, url: source.url, ...chosenOptions(choices, facts) };
      const started = await client.imports.startFromUrl
        .mutate(asked)
        .catch((error: unknown) => problemOf(error));
      setBusy(false);
      if ("id" in started) onStarted(started.id);
      else setRefusal(started);
      return;
    }
    const { file, pasted } = source;
    stop.current = new AbortController();
    setSent(0);
    const answer = await sendFile(file, {
      url: `/api/files/${project}/imports?${importParams(choices, { name: file.name, pasted, ...facts })}`,
      format: facts.format,
      onProgress: setSent,
      signal: stop.current.signal,
    });
    setSent(undefined);
    if (answer.ok) onStarted(answer.id);
    else setRefusal(answer.problem);
  }

  return {
    send: (choices: ImportChoices, facts: Facts) => {
      setRefusal(undefined);
      return sendSource(choices, facts);
    },
    /** Ends the sending; nothing is imported. */
    stop: () => stop.current?.abort(),
    /** Share of the file that has been sent, while it is. */
    sent,
    busy,
    refusal,
  };
}
