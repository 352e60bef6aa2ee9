import type { Command } from "../command";
import { exportCommand } from "./export-file";
import { importCommand } from "./import-file";
import { agentsCommand } from "./list-agents";
import { jobsCommand } from "./list-jobs";
import { subsetsCommand } from "./list-subsets";
import { runCommand } from "./run-agent";
import { searchCommand } from "./search-records";
import { agreementCommand } from "./show-agreement";
import { watchCommand } from "./watch-job";

/** In the order of the help. */
export const commands: readonly Command[] = [
  importCommand,
  searchCommand,
  subsetsCommand,
  agentsCommand,
  runCommand,
  jobsCommand,
  watchCommand,
  exportCommand,
  agreementCommand,
];
