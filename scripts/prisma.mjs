// Prisma's own CLI over one of the providers: npm run prisma -- sqlite migrate dev --name add-labels
// `generate` and `validate` need no engine; `migrate` and `db` get the WebAssembly one (schema-engine.mjs), so that
// nothing is ever downloaded.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const root = path.resolve(import.meta.dirname, "..");
const folder = path.join(root, "prisma");
const providers = readdirSync(folder).filter((name) => existsSync(path.join(folder, name, "schema.prisma")));
const [provider, ...args] = process.argv.slice(2);

if (provider === undefined || !providers.includes(provider) || args.length === 0) {
	console.error(`usage: npm run prisma -- <${providers.join("|")}> <arguments of the Prisma CLI>`);
	console.error(`       npm run prisma -- ${providers[0]} migrate dev --name <what-changes>`);
	process.exit(2);
}

const cli = createRequire(path.join(root, "package.json")).resolve("prisma/build/index.js");
const { status } = spawnSync(process.execPath, [cli, ...args, "--config", path.join(folder, "prisma.config.ts")], {
	cwd: root,
	stdio: "inherit",
	env: {
		PRISMA_SCHEMA_ENGINE_BINARY: path.join(import.meta.dirname, "schema-engine.mjs"),
		PRISMA_HIDE_UPDATE_MESSAGE: "1",
		CHECKPOINT_DISABLE: "1",
		...process.env,
		WAYMARK_PROVIDER: provider,
	},
});
process.exit(status ?? 1);
