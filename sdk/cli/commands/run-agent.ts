import { usageError } from "../cli-error";
import { type Call, defineCommand } from "../command";
import { readSecret } from "../connect";
import { exitCode } from "../exit-codes";
import { findNamed } from "../find-named";
import { print, printJson } from "../output/terminal";
import { chooseRecords, recordFlags } from "../record-flags";
import { followToEnd } from "../reports/follow-to-end";

const flags = {
  ...recordFlags,
  all: { type: "boolean", help: "every record of the project" },
  labels: { type: "string", multiple: true, value: "names", help: "by default those that the agent gives" },
  conf: { type: "boolean", help: "each label with its confidence" },
  cap: { type: "string", value: "US$", help: "pauses the job before it costs more" },
  "key-file": { type: "string", value: "file", help: "a file with the provider's key, for this job alone" },
  watch: { type: "boolean", help: "as of the command watch" },
} as const;
type Name = keyof typeof flags;

export const runCommand = defineCommand<Name>({
  name: "run",
  summary: "start an agent's job on a subset or a query",
  words: ["<agent>"],
  flags,
  notes: ["The agent and the subset are called by id or exact name. Prints the job's id."],
  async run(call) {
    const { controller, flags, terminal, signal } = call;
    const settings = await settingsOf(call);
    const run = controller.runJob(settings, { signal });
    if (flags.has("watch")) return followToEnd(call, run);
    // Only its start is waited for; the end of the call ends the watching.
    run.catch(() => undefined);
    const job = await run.started;
    if (flags.has("json")) await printJson(terminal, job);
    else {
      await print(terminal, job.id);
      terminal.err(`Started on ${job.counts.total} records. Watch it: tandem watch ${job.id}\n`);
    }
    return exitCode.done;
  },
});

async function settingsOf(call: Call<Name>) {
  const { controller, flags, signal } = call;
  // All that can be wrong with the call itself is told before anything is asked.
  const given = { labels: flags.texts("labels"), spendCapUsd: capOf(call), keyFile: flags.text("key-file") };
  const isAll = flags.has("all");
  const isNarrowed = flags.text("subset") !== undefined || flags.text("query") !== undefined;
  if (isAll === isNarrowed) throw usageError("Say on which records: one of --subset, --query and --all.");
  const apiKey = given.keyFile === undefined ? undefined : await readSecret(given.keyFile, "provider's key");
  const subset = await chooseRecords(call);
  const [wanted = ""] = call.words;
  const agent = await findNamed(wanted, {
    kind: "agent",
    byId: (id) => controller.getAgent(id, { signal }),
    all: controller.listAgents({}, { signal }),
  });
  return {
    agentId: agent.id,
    subset,
    labels: given.labels ?? agent.prompt.labels,
    labelMetadata: flags.has("conf") ? ["conf" as const] : [],
    spendCapUsd: given.spendCapUsd,
    apiKey,
  };
}

const capOf = ({ flags }: Call<Name>) => flags.number("cap", (usd) => usd > 0, "US dollars above 0");
