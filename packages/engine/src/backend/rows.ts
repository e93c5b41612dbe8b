/** The rows that a backend stores and hands out are values of the core. */
export type * from "../core/instance/records.ts";
