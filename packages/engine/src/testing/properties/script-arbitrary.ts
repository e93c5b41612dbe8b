import fc from "fast-check";
import { Random } from "../model/random.ts";
import { generateScript, type Script, simplerScripts } from "./script.ts";

/** Random scripts for fast-check, which makes a failing one small by the plan's and the script's own rules. */
class ScriptArbitrary extends fc.Arbitrary<Script> {
	override generate(random: fc.Random): fc.Value<Script> {
		return new fc.Value(generateScript(new Random(random.nextInt())), undefined);
	}

	override canShrinkWithoutContext(value: unknown): value is Script {
		return typeof value === "object" && value !== null && "steps" in value;
	}

	override shrink(script: Script): fc.Stream<fc.Value<Script>> {
		return fc.stream(simplerScripts(script).values()).map((simpler) => new fc.Value(simpler, undefined));
	}
}

export const anyScript: fc.Arbitrary<Script> = new ScriptArbitrary();
