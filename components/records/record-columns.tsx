import type { Vocabulary } from "@/components/query/vocabulary";
import { Figure } from "@/components/ui/figure";
import { RelativeTime } from "@/components/ui/relative-time";
import type { VirtualColumn } from "@/components/ui/virtual-table";
import type { JsonValue } from "@/contracts/common";
import type { RecordRow } from "@/contracts/records";
import { LabelValues } from "./label-values";

/** Annotators with columns of their own; the labels of all stand side by side in the drawer. */
const MAX_ANNOTATORS = 12;

/**
 * The columns of a project's records: the text, each annotator's labels, the metadata, the time of import.
 * @param nameOf how annotators are called, by id
 * @param wide their places have six digits and more
 */
export function recordColumns(
  vocabulary: Vocabulary,
  nameOf: ReadonlyMap<string, string>,
  wide: boolean,
): VirtualColumn<RecordRow>[] {
  return [
    { id: "externalId", header: "Id", cell: ({ externalId }) => externalId, width: 110, sortable: true },
    {
      id: "content",
      header: "Text",
      cell: ({ content }) => content,
      width: 320,
      grow: true,
      hideable: false,
    },
    ...labelColumns(vocabulary, nameOf),
    ...vocabulary.metadata.map(
      ({ name, type }): VirtualColumn<RecordRow> => ({
        id: metadataColumn(name),
        header: name,
        cell: ({ metadata }) => <MetadataValue value={metadata?.[name]} />,
        width: 140,
        numeric: type === "number",
        sortable: true,
      }),
    ),
    {
      id: "createdAt",
      header: "Imported",
      cell: ({ createdAt }) => <RelativeTime value={createdAt} className="text-muted" />,
      width: 120,
      sortable: true,
    },
    {
      id: "position",
      header: "Order of import",
      cell: ({ position }) => <Figure value={position + 1} className="text-muted" />,
      width: wide ? 152 : 132,
      numeric: true,
      sortable: true,
    },
  ];
}

/** Gold is off from the start: who has seen it does not label by the text alone. */
export const goldColumns = ({ metadata }: Vocabulary): string[] =>
  metadata.filter(({ visibility }) => visibility === "gold").map(({ name }) => metadataColumn(name));

const metadataColumn = (name: string): string => `metadata:${name}`;

function labelColumns(
  { annotators, labels }: Vocabulary,
  nameOf: ReadonlyMap<string, string>,
): VirtualColumn<RecordRow>[] {
  return annotators.slice(0, MAX_ANNOTATORS).flatMap((annotator) =>
    annotator.labels.map((label): VirtualColumn<RecordRow> => {
      const definition = labels.find(({ name }) => name === label);
      return {
        id: `label:${annotator.id}:${label}`,
        header: `${label}, ${nameOf.get(annotator.id) ?? annotator.name}`,
        width: 252,
        sortable: annotator.kind === "job",
        cell: ({ annotations = [], verifications = [] }) => {
          const theirs = annotations.filter(
            (one) => one.annotator.id === annotator.id && one.label === label,
          );
          const [first] = theirs;
          if (!first) return <span className="text-faint">–</span>;
          if (first.level === "span")
            return (
              <span className="text-muted">{theirs.length === 1 ? "1 span" : `${theirs.length} spans`}</span>
            );
          return (
            <LabelValues
              inColumn
              definition={definition}
              annotation={first}
              verdicts={verifications.filter(({ annotationId }) => annotationId === first.id)}
            />
          );
        },
      };
    }),
  );
}

/** A metadata value as it stands; structures as JSON. */
export function MetadataValue({ value }: { value: JsonValue | undefined }) {
  if (value === undefined || value === null) return <span className="text-faint">–</span>;
  return <>{typeof value === "string" ? value : JSON.stringify(value)}</>;
}
