import type { OpenBackend } from "@waymark/engine/conformance";
import { openBackend } from "../open-backend.ts";
import type { PostgresHost } from "./postgres-host.ts";

/** Opens a database that is emptied when its backend closes: to copy one from a template takes longer than most cases. */
export function borrowing(server: PostgresHost): OpenBackend {
	return async ({ clock, ids }) => {
		const { url, free } = await server.borrowDatabase();
		const backend = await openBackend(url, { clock, ids });
		const close = backend.close.bind(backend);
		backend.close = async () => {
			await close();
			await free();
		};
		return backend;
	};
}
