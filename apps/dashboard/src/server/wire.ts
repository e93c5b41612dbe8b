/** What travels between the dashboard's server and its pages. Types only: browser code imports them with `import type`. */
export type * from "./wire/access.ts";
export type * from "./wire/bulk.ts";
export type * from "./wire/commands.ts";
export type * from "./wire/errors.ts";
export type * from "./wire/instance.ts";
export type * from "./wire/pages.ts";
