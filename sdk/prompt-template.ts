import type { z } from "zod";
import type { PreviewOutput, previewDraftInput, promptSettings } from "../contracts/agents";
import type { Provider } from "../contracts/providers";
import type { CallOptions } from "./http/http";
import type { LabelSchema } from "./schemas";
import type { Service } from "./service";
import type { Subset } from "./subset";

type PromptInput = z.input<typeof promptSettings>;
type Sections = Omit<PromptInput, "labels">;
type Target = Pick<z.input<typeof previewDraftInput>, "texts" | "recordIds" | "limit" | "offset"> & {
  subset?: Subset;
};
type Settings = {
  /** By default the project's active one. */
  labelSchema?: LabelSchema;
  /** Which labels one answer gives. */
  labelNames: string[];
  /** Who renders it; can also be given to each call. */
  service?: Service;
  /** Whose tokens are counted. */
  model?: { model: string; provider?: Provider };
} & Sections;

/** A model whose tokens are counted exactly. */
const USUAL_MODEL: NonNullable<Settings["model"]> = { model: "gpt-3.5-turbo" };
const USUALLY_SHOWN = 10;

/** The prompt of an agent, made by the server from a label schema: what is shown here is what a job sends. */
export class PromptTemplate {
  readonly #asked: Pick<Settings, "labelSchema" | "labelNames" | "service" | "model">;
  #sections: Sections;

  constructor({ labelSchema, labelNames, service, model, ...sections }: Settings) {
    this.#asked = { labelSchema, labelNames, service, model };
    this.#sections = sections;
  }

  /** Its part of an agent: what createAgent takes as `prompt`. */
  get settings(): PromptInput {
    return { labels: this.#asked.labelNames, ...this.#sections };
  }

  /** Changes sections of the prompt; `undefined` brings the default wording back. */
  setInstruction(sections: Sections): this {
    this.#sections = { ...this.#sections, ...sections };
    return this;
  }

  /** The whole prompt, with `{{input}}` where the record's text comes. */
  async getTemplate(options?: CallOptions & { service?: Service }): Promise<string> {
    return (await this.preview({ texts: [] }, options)).template;
  }

  /**
   * The exact prompts for some texts or records; by default the project's first ten. No model is called.
   * @throws TandemError `invalid_agent`, `invalid_schema`: `errors` names each wrong section
   * @throws TypeError when no service was given, here or at the beginning
   */
  async preview(
    { subset, ...target }: Target = {},
    { service = this.#asked.service, ...options }: CallOptions & { service?: Service } = {},
  ): Promise<PreviewOutput> {
    if (!service)
      throw new TypeError("The server makes the prompt: give the service, here or to the template.");
    const { labelSchema, model: { provider, ...model } = USUAL_MODEL } = this.#asked;
    const draft = { labelSchema, provider, model, prompt: this.settings };
    return service.client.post<PreviewOutput>(
      "/agents/drafts/preview",
      { ...draft, ...target, ...(subset ? await recordsOf(subset, target.limit, options) : {}) },
      options,
    );
  }
}

/** The server knows a kept subset; of another its first records are named. */
async function recordsOf(subset: Subset, limit = USUALLY_SHOWN, options: CallOptions) {
  if (subset.id !== undefined) return { subsetId: subset.id };
  const { items } = await subset.value({ pageSize: limit, ...options }).first();
  return { recordIds: items.map(({ id }) => id) };
}
