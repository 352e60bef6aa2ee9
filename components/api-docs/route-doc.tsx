import { Badge } from "@/components/ui/badge";
import type { DocField, DocRoute } from "./read-document";

/** One route, folded to its line until it is opened. */
export function RouteDoc({ route }: { route: DocRoute }) {
  return (
    <details id={route.id} className="group scroll-mt-14">
      <summary className="flex min-h-row items-center gap-3 py-1.5 hover:bg-raised">
        <span className="w-14 shrink-0 font-medium text-muted text-xs">{route.method}</span>
        <code className="min-w-0 font-mono text-xs [overflow-wrap:anywhere] sm:max-w-3/5 sm:shrink-0">
          {route.path}
        </code>
        <span className="ml-auto min-w-0 text-right text-muted max-sm:hidden">{route.summary}</span>
      </summary>
      <div className="space-y-4 pt-1 pb-4 pl-17 max-sm:pl-0">
        <p className="sm:hidden">{route.summary}</p>
        <Fields title="Parameters" fields={route.parameters} />
        {route.body ? <Fields title={`Body, ${route.body.type}`} fields={route.body.fields} always /> : null}
        {route.answers.map((answer) => (
          <Fields
            key={answer.status}
            title={`${answer.status}, ${answer.type}`}
            fields={answer.fields}
            always
          />
        ))}
      </div>
    </details>
  );
}

type FieldsProps = { title: string; fields: readonly DocField[]; always?: boolean };

function Fields({ title, fields, always = false }: FieldsProps) {
  if (fields.length === 0 && !always) return null;
  return (
    <div>
      <h3 className="mb-1 text-muted text-xs">{title}</h3>
      <dl className="space-y-0.5">
        {fields.map((field) => (
          <div key={field.name} className="flex flex-wrap items-baseline gap-x-2">
            <dt>
              <code className="font-mono text-xs">{field.name}</code>
            </dt>
            <dd className="min-w-0 text-muted text-xs [overflow-wrap:anywhere]">
              {field.type}
              {field.description ? <span className="text-faint"> – {field.description}</span> : null}
            </dd>
            {field.required ? <Badge>required</Badge> : null}
          </div>
        ))}
      </dl>
    </div>
  );
}
