import type { PromptLabel, PromptOption } from "./prompt";
import { type Definition, readDefinitions, readNamelessOptions } from "./read-definitions";
import { readFields } from "./read-fields";

/**
 * The labels that an instruction asks for, with their options. Where it shows the form of the answer, the
 * labels are the fields of that form, in its order; other sentences are rules. Empty when the instruction
 * names no options in a way that is understood.
 */
export function readLabels(instruction: string): PromptLabel[] {
  const definitions = readDefinitions(instruction);
  const nameless = readNamelessOptions(instruction);
  const fields = readFields(instruction);
  if (fields.length === 0) return withoutFields(definitions, nameless);
  return fields.flatMap(({ key, placeholder, list }) => {
    const own = definitions.filter(({ name }) => [key, placeholder].some((known) => isSame(known, name)));
    const onlyOne = fields.length === 1 ? (nameless ?? definitions[0]?.options) : undefined;
    const options = own[0]?.options ?? onlyOne;
    return options ? [{ field: key, list, options: withDescriptions(options, own) }] : [];
  });
}

function withoutFields(
  definitions: readonly Definition[],
  nameless: PromptOption[] | undefined,
): PromptLabel[] {
  const distinct = definitions.filter(
    ({ name }, at) => definitions.findIndex((other) => isSame(other.name, name)) === at,
  );
  const found = distinct.length > 0 ? distinct : nameless ? [{ name: "label", options: nameless }] : [];
  return found.map(({ name, options }) => ({
    field: name.slice(0, 1).toUpperCase() + name.slice(1),
    list: false,
    options: withDescriptions(
      options,
      definitions.filter((other) => isSame(other.name, name)),
    ),
  }));
}

/** A sentence names the options, a list below it may describe them. */
function withDescriptions(
  options: readonly PromptOption[],
  definitions: readonly Definition[],
): PromptOption[] {
  const described = definitions.flatMap((definition) => definition.options).filter((o) => o.description);
  return options.map((option) => described.find(({ name }) => name === option.name) ?? option);
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
