/** What is wrong with a value: a key of the catalogue, and what its text is filled in with. */
export interface Problem {
  key: string;
  values?: Record<string, string | number>;
}

/** Another property of the same node, as the open dialog shows it. */
export type Sibling = (property: string) => string;

/** Looks at a value that is no `${ENVIRONMENT_VARIABLE}`; undefined when nothing is wrong with it. */
export type Check = (value: string, sibling: Sibling) => Problem | undefined;
