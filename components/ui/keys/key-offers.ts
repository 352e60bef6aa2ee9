import type { Command } from "../commands";
import type { KeyHintGroup } from "../key-hints";
import { type KeyActionId, keyActions } from "./key-actions";

type KeyNames = (id: KeyActionId) => readonly string[];
type Hint = KeyHintGroup["hints"][number];
/** An option of a label and the key that chooses it. */
type KeyedOption = { value: string; text: string; key: string | null };
type Offer = Omit<Command, "group">;

/** Lines of the sheet of keys, and commands of the palette, for actions on the keys they have now. */
export function keyOffers(namesOf: KeyNames) {
  return {
    hint: (id: KeyActionId, does: string = keyActions[id].does): Hint => ({ keys: namesOf(id), does }),
    command: (id: KeyActionId, label: string, run: () => void): Offer => ({
      id,
      label,
      keys: namesOf(id)[0] ?? "",
      run,
    }),
  };
}

/** What the options' keys do, by chord. */
export const optionKeys = (
  options: readonly KeyedOption[],
  choose: (value: string) => void,
): Record<string, () => void> =>
  Object.fromEntries(options.flatMap(({ key, value }) => (key ? [[key, () => choose(value)]] : [])));

export const optionHints = (options: readonly KeyedOption[]): Hint[] =>
  options.flatMap(({ key, text }) => (key ? [{ keys: [key.toUpperCase()], does: text }] : []));

/** @param verb what is done with an option: "Set to", "Decide" */
export const optionCommands = (
  options: readonly KeyedOption[],
  verb: string,
  choose: (value: string) => void,
): Offer[] =>
  options.map(({ value, text, key }) => ({
    id: `option-${value}`,
    label: `${verb} ${text}`,
    ...(key ? { keys: key.toUpperCase() } : {}),
    run: () => choose(value),
  }));
