import { expect, it } from "vitest";
import { nameOfPress } from "./keys.ts";

const press = (key: string, at = 0, mod = false) => ({ key, mod, alt: false, at });

it("names a single key, a large letter apart from a small one, and one with the command key", () => {
	expect(nameOfPress(press("p"), null).name).toBe("p");
	expect(nameOfPress(press("P"), null).name).toBe("P");
	expect(nameOfPress(press("k", 0, true), null).name).toBe("mod+k");
	expect(nameOfPress(press("Escape"), null).name).toBe("escape");
});

it("takes two letters in a row as one, and not after a pause", () => {
	const { begun, name } = nameOfPress(press("g", 100), null);
	expect(name).toBeNull();
	expect(nameOfPress(press("i", 500), begun).name).toBe("g i");
	expect(nameOfPress(press("p", 5_000), begun).name).toBe("p");
});

it("leaves keys with Alt to the system", () => {
	expect(nameOfPress({ ...press("f"), alt: true }, null).name).toBeNull();
});
