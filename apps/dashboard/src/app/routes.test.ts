import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

/** Folders that stand for a part of the address, by the folder they lie in. */
function dynamicFolders(folder: string): readonly (readonly string[])[] {
	const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
	const dynamic = inside.map(({ name }) => name).filter((name) => name.startsWith("["));
	return [dynamic, ...inside.flatMap(({ name }) => dynamicFolders(`${folder}/${name}`))];
}

it("calls the same part of an address by one name: with two, Next builds and then refuses to start", () => {
	const places = dynamicFolders(fileURLToPath(new URL(".", import.meta.url)));
	expect(places.filter((names) => names.length > 1)).toEqual([]);
	expect(places.flat()).toContain("[id]");
});
