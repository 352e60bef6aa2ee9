import type { JsonValue } from "@/contracts/common";
import type { Assigned, SubsetDefinition, Viewer } from "../query-scope";

export type WorldRecord = {
  id: string;
  externalId: string;
  content: string;
  metadata: Record<string, JsonValue>;
  position: number;
  createdAt: Date;
  deleted: boolean;
};

export type WorldAnnotation = {
  id: string;
  recordId: string;
  annotatorId: string;
  label: string;
  /** -1 for a record label. */
  start: number;
  /** Normal form. */
  value: string[];
  conf: number | null;
  metadata: Record<string, JsonValue>;
};

export type WorldVerdict = {
  annotationId: string;
  recordId: string;
  verifierId: string;
  status: "CONFIRMS" | "CORRECTS" | "UNSURE" | null;
  current: boolean;
};

/** A project as plain values: what the database holds, and what the evaluator in memory reads. */
export type World = {
  projectId: string;
  /** Annotators of kind `job`; all others are people. */
  jobIds: readonly string[];
  userIds: readonly string[];
  records: readonly WorldRecord[];
  annotations: readonly WorldAnnotation[];
  verdicts: readonly WorldVerdict[];
  subsets: ReadonlyMap<string, SubsetDefinition>;
  /** Of static subsets. */
  members: ReadonlyMap<string, ReadonlySet<string>>;
  /** Records of frozen shares, by assignment. */
  shares: ReadonlyMap<string, ReadonlySet<string>>;
  /** What each person has been given; everybody else nothing. */
  assigned: ReadonlyMap<string, readonly Assigned[]>;
  /** Records of sessions opened to a person. */
  opened: ReadonlyMap<string, ReadonlySet<string>>;
  /** Records with an open flag, and those whose flags are all settled. */
  flags: { open: ReadonlySet<string>; settled: ReadonlySet<string> };
};

export type Eyes = {
  world: World;
  viewer: Viewer;
  /** In whose assignments we are: there, being assigned to them is no reason for being assigned to them. */
  inside?: readonly string[];
};
