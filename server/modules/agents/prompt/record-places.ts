const PLACE = /\{\{record ([0-9a-f-]{36})\}\}/g;

/** Where the text of a record that is an example stands in a template that is kept: no version holds a copy of it. */
export const recordPlace = (recordId: string): string => `{{record ${recordId}}}`;

/** The records whose texts stand in these templates. */
export const recordsInTemplates = (templates: readonly string[]): string[] => [
  ...new Set(templates.flatMap((template) => [...template.matchAll(PLACE)].flatMap(([, id]) => id ?? []))),
];

/** The template with those texts in their places, as a model is shown it. */
export const fillRecordPlaces = (template: string, textOf: (recordId: string) => string): string =>
  template.replaceAll(PLACE, (_place, recordId: string) => textOf(recordId));
