import type { z } from "zod";
import type { labelDefinition, SchemaVersion } from "../contracts/label-schema";
import type { ChangedSchema, changeSchemaInput, SchemaEffects } from "../contracts/schema-effects";
import type { Given } from "./given";
import type { Client } from "./http/client";
import type { CallOptions } from "./http/http";
import type { Pages } from "./pages";

type Labels = readonly z.input<typeof labelDefinition>[];
/** Ours, or MEGAnno's `{label_schema: […]}`. */
export type LabelSchema = Labels | { label_schema: Labels };

/** The project's label schema, and those it had before. */
export class Schemas {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  /**
   * The active version.
   * @throws TandemError 404: the project has none yet
   */
  getActiveSchema(options?: CallOptions): Promise<SchemaVersion> {
    return this.#client.get<SchemaVersion>("/schema", {}, options);
  }

  /** Every version, newest first, the active one included. */
  getHistory(options?: CallOptions): Pages<SchemaVersion> {
    return this.#client.list<SchemaVersion>("/schema/versions", {}, options);
  }

  /** Versions that are active, that are not, or all. */
  async value({ active }: { active?: boolean } = {}, options?: CallOptions): Promise<SchemaVersion[]> {
    const all = await this.getHistory(options).all();
    return active === undefined ? all : all.filter((version) => version.active === active);
  }

  /** Makes a new version active; an unchanged schema makes none. */
  setSchemas(
    labelSchema: LabelSchema,
    settings: Omit<Given<typeof changeSchemaInput>, "labelSchema" | "label_schema"> = {},
    options?: CallOptions,
  ): Promise<ChangedSchema> {
    return this.#client.put<ChangedSchema>("/schema", { ...settings, labelSchema }, options);
  }

  /** What saving a schema would do to the labels and agents there are. */
  previewChange(labelSchema: LabelSchema, options?: CallOptions): Promise<SchemaEffects> {
    return this.#client.post<SchemaEffects>("/schema/effects", { labelSchema }, options);
  }
}
