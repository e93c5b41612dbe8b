import { backendConformance, semanticsConformance } from "@waymark/engine/conformance";
import { expect, it } from "vitest";
import { borrowing } from "../testing/borrowed-backend.ts";
import { otherBinaries } from "../testing/postgres-binaries.ts";
import { PostgresServer } from "../testing/postgres-server.ts";

/** Conformance on the version that this machine has installed, beside the one from npm. */

const binaries = otherBinaries();

if (binaries === null) {
	it.skip("another version of PostgreSQL conforms: none is installed", () => undefined);
} else {
	const server = await PostgresServer.startOwn("fast", binaries);
	const [row] = await server.sql<{ version: string }>("SELECT current_setting('server_version_num') AS version");
	const major = Math.floor(Number(row?.version) / 10_000);

	it("is the one that was asked for", () => {
		expect(binaries).toContain(String(major));
	});

	backendConformance(`PostgreSQL ${major}`, borrowing(server));
	semanticsConformance(`PostgreSQL ${major}`, borrowing(server));
}
