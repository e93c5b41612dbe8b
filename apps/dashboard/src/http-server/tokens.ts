import { createHash, randomBytes } from "node:crypto";

const PREFIX = "wm_";
const BYTES = 32;
const SHAPE = /^wm_[A-Za-z0-9_-]{43}$/;
const STORED = /^sha256:([A-Za-z0-9_-]{43})$/;

/** 256 random bits. Whoever holds it can sign in; it is shown once, and only its hash is kept. */
export function newToken(): string {
	return PREFIX + randomBytes(BYTES).toString("base64url");
}

/** Only what looks like one of ours is compared at all: so nobody can have given out a short one. */
export function isToken(text: string): boolean {
	return SHAPE.test(text);
}

/** A fast hash will do: what is random by 256 bits cannot be guessed from it, as a password could. */
export function hashOf(token: string): Buffer {
	return createHash("sha256").update(token, "utf8").digest();
}

export function storedHash(token: string): string {
	return `sha256:${hashOf(token).toString("base64url")}`;
}

/** Null: it is no hash as we store them. */
export function parseStoredHash(text: string): Buffer | null {
	const found = STORED.exec(text)?.[1];
	return found === undefined ? null : Buffer.from(found, "base64url");
}
