import type { z } from "zod";
import type { Assignment, createAssignmentInput } from "../contracts/assignments";
import type { Query } from "../contracts/query";
import type { RecordRow, SearchPage, searchInput } from "../contracts/records";
import type { createSubsetInput, Subset as SavedSubset } from "../contracts/subsets";
import type { SimilarRecords } from "../contracts/vectors";
import type { VerdictStatus, Verification } from "../contracts/verifications";
import type { Given } from "./given";
import { type Client, PAGE_SIZE, path } from "./http/client";
import type { CallOptions } from "./http/http";
import { Pages } from "./pages";
import { allOf } from "./search-options";

type Search = z.input<typeof searchInput>;
type Shape = {
  query?: Query | undefined;
  sort?: Search["sort"];
  limit?: number | undefined;
  skip?: number | undefined;
  /** Whose labels are meant where none are named. */
  jobId?: string | undefined;
  /** As it is kept, when it is. */
  saved?: SavedSubset | undefined;
};
type ReadOptions = CallOptions & { include?: Search["include"]; pageSize?: number };
type VerdictFilter = { label: string; jobId?: string; verifiers?: string[]; status?: VerdictStatus };
type AssignOptions = Given<typeof createAssignmentInput, "id" | "userIds">;

/** Most records that the server finds the nearest ones of in one call. */
const ASKED_AT_ONCE = 20;

/** A set of records: what a search finds, or one that is kept. What is in it is read when it is asked for. */
export class Subset {
  readonly #client: Client;
  readonly #shape: Shape;

  constructor(client: Client, shape: Shape) {
    this.#client = client;
    this.#shape = shape;
  }

  /** Of the kept subset; undefined: it is a search that nobody has saved. */
  get id(): string | undefined {
    return this.#shape.saved?.id;
  }

  get saved(): SavedSubset | undefined {
    return this.#shape.saved;
  }

  get jobId(): string | undefined {
    return this.#shape.jobId;
  }

  /**
   * What finds its records; undefined: every record.
   * @throws TypeError of a search with `limit` or `skip`, which no query can say: save it first
   */
  get query(): Query | undefined {
    const { saved, query, limit, skip } = this.#shape;
    if (saved) return { subset: saved.id };
    if (limit === undefined && skip === undefined) return query;
    throw new TypeError(
      "A search with a limit is no query: save() it first, then go on with what that gives.",
    );
  }

  /**
   * Its records: walk along them, or ask for the `first()` page with the `total`.
   * @param options.include `metadata`, `annotations` of all annotators, `verifications` that are current
   */
  value({ include, pageSize = PAGE_SIZE, ...options }: ReadOptions = {}): Pages<RecordRow, SearchPage> {
    const { saved, query, sort, limit, skip } = this.#shape;
    const asked = { query: saved ? { subset: saved.id } : query, sort: saved ? undefined : sort, include };
    // Pages are told apart by their cursors alone, so that one can walk along them more than once.
    const readBefore = new Map<string, number>();
    return new Pages(async (cursor) => {
      const before = cursor === undefined ? 0 : (readBefore.get(cursor) ?? 0);
      const left = (limit ?? Number.POSITIVE_INFINITY) - before;
      const page = await this.#client.post<SearchPage>(
        "/records/search",
        { ...asked, limit: Math.min(pageSize, left), ...(cursor === undefined ? { skip } : { cursor }) },
        options,
      );
      const read = before + page.items.length;
      const isLast = limit !== undefined && read >= limit;
      if (page.nextCursor !== null) readBefore.set(page.nextCursor, read);
      return {
        ...page,
        nextCursor: isLast ? null : page.nextCursor,
        total: Math.min(page.total, limit ?? page.total),
      };
    });
  }

  /** How many records it has. */
  async count(options: CallOptions = {}): Promise<number> {
    const { saved, query, limit = Number.POSITIVE_INFINITY, skip = 0 } = this.#shape;
    const { total } = await this.#client.post<SearchPage>(
      "/records/search",
      { query: saved ? { subset: saved.id } : query, limit: 1, total: "exact" },
      options,
    );
    return Math.max(0, Math.min(limit, total - skip));
  }

  /**
   * Keeps it under a name: `static` freezes its records, `live` keeps the search.
   * @param settings.sample only some of its records, drawn by a seed
   */
  async save(
    name: string,
    {
      kind = "static",
      ...settings
    }: Pick<Given<typeof createSubsetInput>, "kind" | "sample" | "exclude"> = {},
    options?: CallOptions,
  ): Promise<Subset> {
    const { limit, skip, sort, query, jobId } = this.#shape;
    const isPart = limit !== undefined || skip !== undefined;
    const content = isPart
      ? await this.#part(options)
      : { query: this.id ? this.query : query, sort: limit ? sort : undefined };
    const saved = await this.#client.post<SavedSubset>(
      "/subsets",
      { name, kind, ...content, ...settings },
      options,
    );
    return new Subset(this.#client, { saved, jobId });
  }

  /** The server freezes the first so many by itself; what stands after some is read here, at most 10,000 records. */
  async #part(options?: CallOptions) {
    const { limit, skip, sort, query } = this.#shape;
    if (skip === undefined) return { query, sort: sort ?? { by: "position" as const }, limit };
    const recordIds: string[] = [];
    for await (const { id } of this.value({ pageSize: 1000, ...options })) recordIds.push(id);
    return { recordIds };
  }

  /** Records of any of them. */
  union(...others: Subset[]): Subset {
    const queries = [this, ...others].map(({ query }) => query);
    const found = queries.filter((query) => query !== undefined);
    return this.#with(found.length < queries.length ? undefined : { or: found });
  }

  /** Records of all of them. */
  intersection(...others: Subset[]): Subset {
    return this.#with(allOf([this, ...others].flatMap(({ query }) => query ?? [])));
  }

  /** Its records without those of the others. */
  difference(...others: Subset[]): Subset {
    const without = others.map(({ query }): Query => ({ not: query ?? everyRecord }));
    return this.#with(allOf([...(this.query ? [this.query] : []), ...without]));
  }

  #with(query: Query | undefined): Subset {
    return new Subset(this.#client, { query, jobId: this.jobId });
  }

  /**
   * The nearest other records to its records, by vectors kept under a metadata name, else by their words.
   * @param settings.limit so many for each record, each once
   */
  async suggestSimilar(
    { metadata, limit = 3 }: { metadata?: string; limit?: number } = {},
    options?: CallOptions,
  ): Promise<Subset> {
    const own = new Set<string>();
    const found = new Set<string>();
    for await (const { items } of this.value({ pageSize: ASKED_AT_ONCE, ...options }).pages()) {
      const recordIds = items.map(({ id }) => id);
      for (const id of recordIds) own.add(id);
      for (const id of await this.#nearest(recordIds, metadata, limit, options)) found.add(id);
    }
    return this.#with({ ids: [...found].filter((id) => !own.has(id)) });
  }

  async #nearest(recordIds: string[], metadata: string | undefined, limit: number, options?: CallOptions) {
    const ask = (ids: string[]) =>
      this.#client.post<SimilarRecords>("/records/similar", { recordIds: ids, metadata, limit }, options);
    const answers = await Promise.all(recordIds.map((id) => ask([id])));
    return answers.flatMap(({ items }) => items.map(({ id }) => id));
  }

  /**
   * Gives it to people to label.
   * @throws TypeError when it is not saved
   */
  async assign(
    people: string | string[],
    settings: AssignOptions = {},
    options?: CallOptions,
  ): Promise<Assignment[]> {
    if (this.id === undefined)
      throw new TypeError("Only a subset that is kept can be assigned: save() it first.");
    const made = await this.#client.post<{ items: Assignment[] }>(
      path`/subsets/${this.id}/assignments`,
      { ...settings, userIds: [people].flat() },
      options,
    );
    return made.items;
  }

  /**
   * People's current verdicts on a job's labels, for each record of the subset that has any.
   * @param filter.jobId by default the job that was searched by
   */
  getVerificationAnnotations(
    { label, jobId = this.jobId, verifiers, status }: VerdictFilter,
    options?: CallOptions,
  ): AsyncIterable<{ record: RecordRow; verifications: Verification[] }> {
    const isMeant = (verdict: Verification) =>
      verdict.label === label &&
      (jobId === undefined || verdict.jobId === jobId) &&
      (status === undefined || verdict.status === status) &&
      (verifiers?.includes(verdict.verifier.id) ?? true);
    const records = this.#narrowed(label, { jobId, verifiers, status }).value({
      include: ["verifications"],
      ...options,
    });
    return withVerdicts(records, isMeant);
  }

  /** Only the records that have such a verdict, where a query can say so. */
  #narrowed(label: string, { jobId, verifiers, status }: Omit<VerdictFilter, "label">): Subset {
    const { saved, limit, skip } = this.#shape;
    if (!saved && (limit !== undefined || skip !== undefined)) return this;
    const verdict: Query = {
      verification: {
        label,
        mode: "VERIFIED",
        ...(jobId === undefined ? {} : { jobIds: [jobId] }),
        ...(verifiers ? { verifierIds: verifiers } : {}),
        ...(status ? { status } : {}),
      },
    };
    return this.intersection(this.#with(verdict));
  }
}

const everyRecord: Query = { not: { ids: [] } };

async function* withVerdicts(records: AsyncIterable<RecordRow>, isMeant: (verdict: Verification) => boolean) {
  for await (const record of records) {
    const verifications = (record.verifications ?? []).filter(isMeant);
    if (verifications.length > 0) yield { record, verifications };
  }
}
