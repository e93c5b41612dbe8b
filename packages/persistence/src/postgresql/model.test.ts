import { modelConformance } from "@waymark/engine/conformance";
import { openBackend } from "../open-backend.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

const server = await PostgresServer.start("fast");

modelConformance(
	"PostgreSQL",
	async ({ clock, ids }) => {
		const { url, free } = await server.borrowDatabase();
		const backend = await openBackend(url, { clock, ids });
		const close = backend.close.bind(backend);
		backend.close = async () => {
			await close();
			await free();
		};
		return backend;
	},
	{ runs: 18 },
);
