import { formatBytes, formatCount } from "@/components/ui/format-number";
import type { AuditEvent } from "@/contracts/access";

/** What the log can be narrowed to. */
export const families = [
  { value: "all", label: "Everything" },
  { value: "member", label: "Members" },
  { value: "invitation", label: "Invitations" },
  { value: "token", label: "Access tokens" },
  { value: "project", label: "Project" },
  { value: "schema", label: "Label schema" },
  { value: "import", label: "Imports" },
  { value: "record", label: "Records" },
  { value: "bulk", label: "Bulk actions" },
  { value: "llm_key", label: "LLM keys" },
  { value: "webhook", label: "Webhooks" },
  { value: "job", label: "Jobs" },
  { value: "session", label: "Sessions" },
  { value: "comment", label: "Comments" },
  { value: "flag", label: "Flags" },
  { value: "export", label: "Exports" },
] as const;
export type Family = (typeof families)[number]["value"];

export const isFamily = (text: string | undefined): text is Family =>
  families.some(({ value }) => value === text);

const known: Record<string, string> = {
  "member.joined": "Joined",
  "member.role_changed": "Changed a role",
  "member.disabled": "Switched a member's access off",
  "member.enabled": "Switched a member's access on",
  "member.removed": "Removed a member",
  "member.sign_in_link": "Made a sign-in link",
  "invitation.created": "Made an invitation",
  "invitation.renewed": "Renewed an invitation",
  "invitation.revoked": "Revoked an invitation",
  "project.created": "Made the project",
  "project.changed": "Changed the project",
  "schema.changed": "Changed the label schema",
  "llm_key.saved": "Saved an LLM key",
  "llm_key.deleted": "Erased an LLM key",
  "webhook.created": "Added a webhook",
  "webhook.changed": "Changed a webhook",
  "webhook.disabled": "Switched a webhook off that did not answer",
  "webhook.deleted": "Deleted a webhook",
  "subset.deleted": "Deleted a subset",
  "assignment.created": "Assigned a subset",
  "assignment.withdrawn": "Withdrew an assignment",
  "assignment.restored": "Took a withdrawal back",
  "vectors.deleted": "Deleted vectors of records",
  "schema.mapping_undone": "Took mapped labels away",
  "import.started": "Imported a file",
  "record.deleted": "Excluded a record",
  "record.restored": "Restored a record",
  "record.erased": "Erased a record for good",
  "bulk.started": "Started a bulk action",
  "bulk.undone": "Took a bulk action back",
  "job.started": "Started a job",
  "job.answers_resolved": "Resolved answers of a job",
  "job.answers_taken_back": "Took back how answers of a job were resolved",
  "session.opened": "Opened a session",
  "session.changed": "Changed a session",
  "labels.reconciled": "Reconciled labels",
  "labels.accepted": "Accepted labels of a job",
  "labels.acceptance_undone": "Undid an acceptance",
  "comment.deleted": "Deleted another's comment",
  "comment.resolved": "Resolved another's comment",
  "comment.reopened": "Opened another's comment again",
  "flag.resolved": "Resolved another's flag",
  "flag.reopened": "Opened another's flag again",
  "export.started": "Exported",
  "token.created": "Made an access token",
  "token.revoked": "Revoked an access token",
};

/** An action in words; one without words of its own reads as it is written: `schema.saved` is "Schema saved". */
export function happening(action: string): string {
  const plain = action.replaceAll(/[._]/g, " ");
  return known[action] ?? plain.charAt(0).toUpperCase() + plain.slice(1);
}

const words: Record<string, string> = {
  maxUses: "uses",
  fileName: "file",
  onExisting: "known ids",
  baseUrl: "address",
  bytes: "size",
  sameText: "all with the same answer",
  perRecord: "people a record",
  takenBack: "taken back",
};

/** Of facts, those that say nothing to people. */
const untold = new Set(["invitation", "members", "recordId"]);

/** The facts of an event on one line; empty ones and ids are left out. */
export function detailText({ from, to, ...rest }: AuditEvent["details"], locale: string): string {
  const facts = Object.entries(rest).flatMap(([name, value]) => {
    const text = untold.has(name) ? "" : textOf(name, value, locale);
    if (text === "") return [];
    return name === "name" ? text : `${words[name] ?? name}: ${text}`;
  });
  if (from !== undefined && to !== undefined)
    facts.push(`${textOf("from", from, locale)} → ${textOf("to", to, locale)}`);
  return facts.join(", ");
}

function textOf(name: string, value: AuditEvent["details"][string], locale: string): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (typeof value === "number")
    return name === "bytes" ? formatBytes(value, locale) : formatCount(value, locale);
  if (Array.isArray(value)) return value.map((one) => textOf("", one, locale)).join(" and ");
  return JSON.stringify(value);
}
