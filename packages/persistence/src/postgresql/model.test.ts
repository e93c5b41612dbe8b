import { modelConformance } from "@waymark/engine/conformance";
import { borrowing } from "../testing/borrowed-backend.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

const server = await PostgresServer.start("fast");

modelConformance("PostgreSQL", borrowing(server), { runs: 18 });
