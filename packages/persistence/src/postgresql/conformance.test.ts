import { backendConformance, type OpenBackend, semanticsConformance } from "@waymark/engine/conformance";
import { openBackend } from "../open-backend.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

const server = await PostgresServer.start("fast");

/** A database emptied when its backend closes: to copy one from a template takes longer than most cases. */
const open: OpenBackend = async ({ clock, ids }) => {
	const { url, free } = await server.borrowDatabase();
	const backend = await openBackend(url, { clock, ids });
	const close = backend.close.bind(backend);
	backend.close = async () => {
		await close();
		await free();
	};
	return backend;
};

backendConformance("PostgreSQL", open);
semanticsConformance("PostgreSQL", open);
