export type * from "./commands.ts";
export type * from "./contract.ts";
export type * from "./rows.ts";
