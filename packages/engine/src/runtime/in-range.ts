import { InvalidArgumentError } from "../core/errors.ts";

/** @throws InvalidArgumentError naming the option and what would do. */
export function inRange(name: string, value: number, least: number, most: number): number {
	if (Number.isFinite(value) && value >= least && value <= most) return value;
	throw new InvalidArgumentError(name, `${name} must be between ${least} and ${most}; it is ${value}.`);
}
