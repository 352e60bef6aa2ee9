import type { Terminal } from "../output/terminal";
import { runCli } from "../run-cli";

type Settings = {
  url: string;
  env?: Record<string, string | undefined>;
  /** Whether it writes to people. */
  isTty?: boolean;
  signal?: AbortSignal;
};

/** A command line in this process, with what it says. */
export async function callCli(
  args: readonly string[],
  { url, env, isTty = false, signal = new AbortController().signal }: Settings,
) {
  let out = "";
  let err = "";
  const terminal: Terminal = {
    async out(data) {
      out += typeof data === "string" ? data : Buffer.from(data).toString();
    },
    err(text) {
      err += text;
    },
    isOutTty: isTty,
    isErrTty: isTty,
    columns: 100,
    hasColour: false,
  };
  const given = { TANDEM_URL: url, TANDEM_TOKEN: "t0ken", TANDEM_PROJECT: "p", ...env };
  const code = await runCli(args, { env: given, terminal, signal });
  return { code, out, err };
}
