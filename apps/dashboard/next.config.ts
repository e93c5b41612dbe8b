import { fileURLToPath } from "node:url";
import type { NextConfig } from "next";

const repositoryRoot = fileURLToPath(new URL("../..", import.meta.url));

const config: NextConfig = {
	turbopack: { root: repositoryRoot },
	outputFileTracingRoot: repositoryRoot,
	// The database is opened by our own server, outside the bundles (see src/http-server/store.ts).
	serverExternalPackages: ["@waymark/persistence", "better-sqlite3", "@prisma/client"],
	poweredByHeader: false,
	images: { unoptimized: true },
	reactStrictMode: true,
	// The types are checked by `npm run types`; Next would load the compiler's JS API, which TypeScript 7 has not.
	typescript: { ignoreBuildErrors: true },
};

export default config;
