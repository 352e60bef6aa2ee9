import { Checkbox } from "@/components/ui/checkbox";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { Section } from "@/components/ui/section";
import { Select } from "@/components/ui/select";
import type { Agent } from "@/contracts/agents";
import type { Subset } from "@/contracts/subsets";
import { EstimatePanel } from "./estimate-panel";
import type { JobDraft } from "./job-draft";
import { LimitsFields } from "./limits-fields";
import { ModeField } from "./mode-field";
import { RecordsFields } from "./records-fields";

export type JobFormProps = {
  project: string;
  draft: JobDraft;
  onChange: (change: Partial<JobDraft>) => void;
  agents: readonly Agent[];
  agent: Agent | undefined;
  subsets: readonly Subset[];
  problemOfField: (path: string) => string | undefined;
  estimate: Parameters<typeof EstimatePanel>[0];
};

const newest = "newest";

/** The fields of a job, part by part. */
export function JobForm(props: JobFormProps) {
  const { project, draft, onChange, agent, subsets, problemOfField, estimate } = props;
  return (
    <>
      <Section layout="form" title="Agent" description="The model and prompt; frozen when the job starts.">
        <AgentFields {...props} />
      </Section>
      <Section layout="form" title="Records" description="What the agent is asked about.">
        <RecordsFields
          project={project}
          draft={draft}
          onChange={onChange}
          subsets={subsets}
          problemOfField={problemOfField}
        />
      </Section>
      <Section layout="form" title="Labels" description="What is read from each answer and kept.">
        <LabelFields draft={draft} onChange={onChange} agent={agent} problem={problemOfField("labels")} />
      </Section>
      <Section layout="form" title="How it is asked" description="The same prompts and labels either way.">
        <ModeField
          mode={draft.mode}
          onChange={(mode) => onChange({ mode })}
          offer={estimate.estimate?.batch}
          problem={problemOfField("mode")}
        />
      </Section>
      <Section layout="form" title="Limits">
        <LimitsFields draft={draft} onChange={onChange} problemOfField={problemOfField} />
      </Section>
      {agent?.baseUrl === "builtin" ? null : (
        <Section
          layout="form"
          title="Key"
          description="Without one the server's own key is used, if it has one."
        >
          <Field
            label="Key for this job"
            optional
            hint="Sealed until the job ends, then erased; never shown again"
            error={problemOfField("apiKey")}
          >
            {(control) => (
              <Input
                {...control}
                type="password"
                autoComplete="off"
                value={draft.apiKey}
                onChange={(event) => onChange({ apiKey: event.target.value })}
              />
            )}
          </Field>
        </Section>
      )}
      <Section title="Before it starts">
        <EstimatePanel {...estimate} />
      </Section>
    </>
  );
}

function AgentFields({ draft, onChange, agents, agent, problemOfField }: JobFormProps) {
  return (
    <div className="grid gap-4 sm:grid-cols-[1fr_10rem]">
      <Field label="Agent" error={problemOfField("agentId")} hint={agent ? modelLine(agent) : undefined}>
        {(control) => (
          <Select
            {...control}
            options={agents.map(({ id, name, model }) => ({ value: id, label: name, hint: model.model }))}
            value={agent?.id}
            onValueChange={(agentId) => onChange({ agentId, versionId: null, labels: null })}
          />
        )}
      </Field>
      {agent ? (
        <Field label="Version" error={problemOfField("agentVersionId")}>
          {(control) => (
            <Select
              {...control}
              options={[
                { value: newest, label: `Newest (v${agent.version})` },
                ...agent.versions
                  .filter(({ id }) => id !== agent.versionId)
                  .map(({ id, version }) => ({ value: id, label: `v${version}` })),
              ]}
              value={draft.versionId && draft.versionId !== agent.versionId ? draft.versionId : newest}
              onValueChange={(value) => onChange({ versionId: value === newest ? null : value })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}

const modelLine = ({ model, baseUrl }: Agent): string =>
  baseUrl === "builtin"
    ? `${model.model}: built-in, not an LLM; it runs on this server and costs nothing`
    : `${model.model}${baseUrl ? ` at ${new URL(baseUrl).host}` : ""}`;

type LabelFieldsProps = Pick<JobFormProps, "draft" | "onChange" | "agent"> & { problem: string | undefined };

function LabelFields({ draft, onChange, agent, problem }: LabelFieldsProps) {
  if (!agent)
    return <p className="text-muted">Choose an agent first: its prompt says which labels it gives.</p>;
  const offered = agent.prompt.labels;
  const chosen = draft.labels ?? offered;
  return (
    <div className="flex flex-col gap-3">
      <fieldset className="flex flex-wrap gap-x-5 gap-y-2">
        <legend className="sr-only">Labels</legend>
        {offered.map((name) => (
          <Checkbox
            key={name}
            label={name}
            checked={chosen.includes(name)}
            onCheckedChange={(checked) =>
              onChange({
                labels: offered.filter((other) => (other === name ? checked : chosen.includes(other))),
              })
            }
          />
        ))}
      </fieldset>
      {problem ? (
        <p role="alert" className="text-bad text-xs">
          {problem}
        </p>
      ) : null}
      <Checkbox
        label="Confidence (conf)"
        hint="The probability of the label among its options, from the model's log-probabilities"
        checked={draft.conf}
        onCheckedChange={(checked) => onChange({ conf: checked === true })}
      />
      <Checkbox
        label="Length of the answer (length)"
        checked={draft.length}
        onCheckedChange={(checked) => onChange({ length: checked === true })}
      />
    </div>
  );
}
