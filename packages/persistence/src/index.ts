/** `@waymark/persistence`: a backend for every address. */
export { type OpenOptions, openBackend } from "./open-backend.ts";
export type { Durability } from "./sqlite/connection.ts";
