import type { FieldProblem } from "@/contracts/common";
import type { LabelDefinition } from "@/contracts/label-schema";
import { type FixedExample, spansIn, valuesIn } from "@/contracts/prompt-examples";
import { quoteSpans } from "../spans/quote-spans";

/** What is wrong with one example: its text, or what it says of the labels that the prompt asks for. */
export function exampleProblems(
  example: FixedExample,
  path: string,
  labels: readonly LabelDefinition[],
): FieldProblem[] {
  const unknownLabels = Object.keys(example.labels)
    .filter((name) => !labels.some((label) => label.name === name))
    .map((name) => ({
      path: `${path}.labels.${name}`,
      message: `the prompt does not ask for label "${name}"`,
    }));
  const given = labels.flatMap((label) =>
    label.level === "record"
      ? valueProblems(example, label, `${path}.labels.${label.name}`)
      : spanProblems(example, label, `${path}.labels.${label.name}`),
  );
  const text = example.text?.trim() === "" ? [{ path: `${path}.text`, message: "must not be empty" }] : [];
  const places = example.text === undefined ? [] : placeProblems(example.text, example, path, labels);
  return [...text, ...unknownLabels, ...given, ...places];
}

/** Spans that the text does not hold, or that no quote could name. */
export function placeProblems(
  text: string,
  example: Pick<FixedExample, "labels">,
  path: string,
  labels: readonly LabelDefinition[],
): FieldProblem[] {
  return labels
    .filter(({ level }) => level === "span")
    .flatMap(({ name }) =>
      quoteSpans(text, spansIn(example.labels, name)).flatMap((quote, index) =>
        quote
          ? []
          : [
              {
                path: `${path}.labels.${name}.${index}`,
                message:
                  "is no stretch of the text that a quote can name: check start and end, in code points, or take in a word beside it",
              },
            ],
      ),
    );
}

function valueProblems(example: FixedExample, label: LabelDefinition, path: string): FieldProblem[] {
  if (spansIn(example.labels, label.name).length > 0)
    return [{ path, message: `label "${label.name}" is of whole records: give option values, not spans` }];
  const given = valuesIn(example.labels, label.name);
  if (given.length === 0)
    return [
      {
        path,
        message: example.recordId
          ? `the record has no verified value of label "${label.name}"; verify it, or give the value`
          : `the example has no value for label "${label.name}"`,
      },
    ];
  return optionProblems(given, label, path);
}

function spanProblems(example: FixedExample, label: LabelDefinition, path: string): FieldProblem[] {
  const { name } = label;
  if (!Object.hasOwn(example.labels, name) || valuesIn(example.labels, name).length > 0)
    return [
      {
        path,
        message: example.recordId
          ? `the record's spans of label "${name}" are not all verified; verify them, or list them as {start, end, value}, or [] for none`
          : `label "${name}" marks spans: list them as {start, end, value}, or [] for none`,
      },
    ];
  const places = new Set<string>();
  return spansIn(example.labels, name).flatMap(({ start, end, value }, index) => {
    const place = `${start} ${end}`;
    const twice = places.has(place);
    places.add(place);
    return [
      ...(twice
        ? [{ path: `${path}.${index}`, message: "stands twice: one span holds all options of its place" }]
        : []),
      ...optionProblems(value, label, `${path}.${index}.value`),
    ];
  });
}

function optionProblems(
  values: readonly string[],
  { name, multi, options }: LabelDefinition,
  path: string,
): FieldProblem[] {
  if (values.length > 1 && !multi) return [{ path, message: `label "${name}" takes one value` }];
  return values
    .filter((value) => !options.some((option) => option.value === value))
    .map((value) => ({ path, message: `"${value}" is no option of label "${name}"` }));
}
