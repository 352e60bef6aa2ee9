import type { z } from "zod";
import type { Assignment, listAssignmentsInput } from "../contracts/assignments";
import type { createProjectInput, Project } from "../contracts/projects";
import type { AnnotatorOverview, writeAnnotationsInput, writeAnnotationsOutput } from "../contracts/records";
import type { createSubsetInput, Subset as SavedSubset } from "../contracts/subsets";
import type { SimilarRecords, similarInput } from "../contracts/vectors";
import { Aggregations } from "./aggregations";
import type { Authentication } from "./authentication";
import { type ExportedFile, type ExportSettings, exportFile } from "./export-file";
import type { Filter, Given } from "./given";
import { type Client, createClient, path } from "./http/client";
import type { CallOptions } from "./http/http";
import {
  type FileSource,
  fileOfRows,
  type ImportCallOptions,
  type ImportSettings,
  importFile,
} from "./import-file";
import { Invitations } from "./invitations";
import type { Pages } from "./pages";
import { Schemas } from "./schemas";
import { queryOf, type SearchOptions } from "./search-options";
import { Sessions } from "./sessions";
import { type MetadataOf, setMetadata } from "./set-metadata";
import { Statistics } from "./statistics";
import { Subset } from "./subset";
import { Verifications } from "./verifications";

/** One project: its records, what is known about them, and who works on them. */
export class Service {
  /** Its slug or id. */
  readonly project: string;
  readonly auth: Authentication;
  /** Calls below the project's address, for what has no method here. */
  readonly client: Client;
  readonly verifications: Verifications;
  readonly sessions: Sessions;
  readonly aggregations: Aggregations;
  readonly invitations: Invitations;

  /** @throws TypeError when neither names a project */
  constructor({ auth, project = auth.project }: { auth: Authentication; project?: string }) {
    if (!project) throw new TypeError("Name the project, by its slug or id: new Service({ project, auth }).");
    this.project = project;
    this.auth = auth;
    this.client = createClient(auth.client.http, path`/projects/${project}`);
    this.verifications = new Verifications(this.client);
    this.sessions = new Sessions(this.client);
    this.aggregations = new Aggregations(this.client);
    this.invitations = new Invitations(this.client);
  }

  /** Makes a project, whose administrator is the caller. */
  static async createProject(
    { auth, ...settings }: { auth: Authentication } & z.input<typeof createProjectInput>,
    options?: CallOptions,
  ): Promise<Service> {
    const { slug } = await auth.client.post<Project>("/projects", settings, options);
    return new Service({ auth, project: slug });
  }

  getProjectInfo(options?: CallOptions): Promise<Project> {
    return this.client.get<Project>("", {}, options);
  }

  /** The records that a search finds, as a subset that nobody has saved. Nothing is read yet. */
  search(options: SearchOptions = {}): Subset {
    const { sort, limit, skip } = options;
    return new Subset(this.client, { query: queryOf(options), sort, limit, skip });
  }

  /** As `search`, of the labels that a job put. */
  searchByJob({ jobId, ...options }: Omit<SearchOptions, "annotatorList"> & { jobId: string }): Subset {
    const { sort, limit, skip } = options;
    const query = queryOf({ ...options, annotatorList: [jobId] });
    return new Subset(this.client, { query, sort, limit, skip, jobId });
  }

  /**
   * Imports rows, and waits until they are records.
   * @param settings `id`, `content`: the rows' keys, by default so called; `metadata`: those that are kept beside the text
   */
  importData(
    rows: Iterable<object>,
    settings: Omit<ImportSettings, "format" | "fileName"> = {},
    options: ImportCallOptions = {},
  ) {
    const mapping = { id: "id", content: "content", ...settings, format: "jsonl" as const };
    return importFile(this.client, fileOfRows(rows), mapping, options);
  }

  /** Imports a file, or the labels of another tool's, and waits for the report. */
  importFile(file: FileSource, settings: ImportSettings = {}, options: ImportCallOptions = {}) {
    return importFile(this.client, file, settings, options);
  }

  /** Works one metadata value out of each record of the project. */
  setMetadata(name: string, compute: MetadataOf, batchSize = 500, options: CallOptions = {}) {
    return setMetadata(this.client, this.search(), { name, compute, batchSize }, options);
  }

  /** Records, everybody's labels, verdicts, or final labels, as a file. */
  export(settings: ExportSettings, options?: CallOptions): Promise<ExportedFile> {
    return exportFile(this.client, settings, options);
  }

  getSchemas(): Schemas {
    return new Schemas(this.client);
  }

  getStatistics(): Statistics {
    return new Statistics(this.client);
  }

  /** Keeps a subset in any way that there is: a list, a combination, a sample. */
  async createSubset(input: Given<typeof createSubsetInput>, options?: CallOptions): Promise<Subset> {
    return this.#kept(await this.client.post<SavedSubset>("/subsets", input, options));
  }

  async getSubset(id: string, options?: CallOptions): Promise<Subset> {
    return this.#kept(await this.client.get<SavedSubset>(path`/subsets/${id}`, {}, options));
  }

  listSubsets(options?: CallOptions): Pages<SavedSubset> {
    return this.client.list<SavedSubset>("/subsets", {}, options);
  }

  #kept(saved: SavedSubset): Subset {
    return new Subset(this.client, { saved });
  }

  /**
   * The records that are assigned to somebody.
   * @param person their id; by default the caller
   * @param latestOnly only what was assigned last
   */
  async getAssignment(
    { person, latestOnly = false }: { person?: string; latestOnly?: boolean } = {},
    options?: CallOptions,
  ): Promise<Subset> {
    const who = person ?? (await this.auth.me()).id;
    const all = this.search({ query: { assignedTo: who } });
    if (!latestOnly) return all;
    for await (const { user, subsetId } of this.listAssignments({}, options))
      if (user.id === who) return all.intersection(this.search({ query: { subset: subsetId } }));
    return all;
  }

  /** Who has which subset, and how far they are; the newest first. */
  listAssignments(
    filter: Filter<typeof listAssignmentsInput> = {},
    options?: CallOptions,
  ): Pages<Assignment> {
    return this.client.list<Assignment>("/assignments", filter, options);
  }

  /** The nearest records to some, with how near they are. */
  findSimilar(input: Given<typeof similarInput>, options?: CallOptions): Promise<SimilarRecords> {
    return this.client.post<SimilarRecords>("/records/similar", input, options);
  }

  /** Labels records in the caller's name: their labels of the names given are replaced, an empty value clears. */
  async submitAnnotations(items: Given<typeof writeAnnotationsInput>["items"], options?: CallOptions) {
    type Answer = z.infer<typeof writeAnnotationsOutput>;
    return (await this.client.post<Answer>("/annotations", { items }, options)).items;
  }

  /** People, jobs and imported sources that label here. */
  async getAnnotators(options?: CallOptions): Promise<AnnotatorOverview[]> {
    return (await this.client.get<{ items: AnnotatorOverview[] }>("/annotators", {}, options)).items;
  }
}
