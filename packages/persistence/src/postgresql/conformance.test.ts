import { backendConformance, semanticsConformance } from "@waymark/engine/conformance";
import { borrowing } from "../testing/borrowed-backend.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

const open = borrowing(await PostgresServer.start("fast"));

backendConformance("PostgreSQL", open);
semanticsConformance("PostgreSQL", open);
