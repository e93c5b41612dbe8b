/** `@waymark/persistence/testing`: a real PostgreSQL for tests and benchmarks. */
export { PostgresHost } from "./postgres-host.ts";
