// Builds the package in a clean clone, with no network: the Prisma clients, the code, and the migrations beside it.
import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const home = path.resolve(import.meta.dirname, "..");
const root = path.resolve(home, "../..");
const prisma = path.join(root, "prisma");
const require = createRequire(path.join(root, "package.json"));

function run(script, args, env = {}) {
	const { status } = spawnSync(process.execPath, [script, ...args], {
		cwd: home,
		stdio: ["ignore", "inherit", "inherit"],
		env: { ...process.env, ...env },
	});
	if (status !== 0) process.exit(status ?? 1);
}

const providers = readdirSync(prisma).filter((name) => existsSync(path.join(prisma, name, "schema.prisma")));

for (const provider of providers) {
	rmSync(path.join(home, "src/generated", provider), { recursive: true, force: true });
	// Generating needs no schema engine, but the CLI downloads one unless it is pointed at a file that exists.
	run(path.join(root, "scripts/prisma.mjs"), [provider, "generate", "--no-hints"]);
}

if (process.argv.includes("--generate-only")) process.exit(0);

rmSync(path.join(home, "dist"), { recursive: true, force: true });
run(path.join(path.dirname(require.resolve("typescript/package.json")), "bin/tsc"), ["-p", "tsconfig.build.json"]);

for (const provider of providers) {
	const target = path.join(home, "dist/migrations", provider);
	mkdirSync(target, { recursive: true });
	cpSync(path.join(prisma, provider, "migrations"), target, { recursive: true });
}
