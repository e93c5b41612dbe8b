import { again, done, flow } from "@waymark/engine";
import { failsUntil, ignoresEverything, runsOn, works } from "../work.mjs";

/**
 * Small workflows, each for one state that an instance or a node can be in.
 * @param {import("../work.mjs").Pace} pace
 */
export function statusWorkflows(pace) {
	const work = works(pace);
	return {
		short: flow("invoice", { description: "Reads an invoice, checks it and books it" })
			.task("read", work, { description: "Reads the PDF" })
			.task(
				"check",
				(value, { attempt }) => {
					pace.takes(400);
					if (value?.bad === true) throw new TypeError(`VAT number ${value.number} is not known`);
					if (value?.flaky === true && attempt === 1) throw new RangeError("The register did not answer in time");
					return value;
				},
				{ retry: { maxAttempts: 2, initialDelay: "5s" }, timeout: "30s" },
			)
			.task("book", work)
			.build(),

		unserved: flow("needs-a-gpu")
			.task("render", work, { tags: ["gpu"] })
			.task("publish", work)
			.build(),

		running: flow("transcode")
			.task("probe", work)
			.fork("encode", {
				low: (b) => b.task("encode", work),
				high: (b) => b.task("encode", runsOn, { timeout: "8h", description: "Four passes" }),
			})
			.join("mux", ({ low }) => low)
			.task("publish", work)
			.build(),

		stubborn: flow("price-import")
			.task("download", work)
			.task("charge_card", ignoresEverything, { description: "Does not listen to anybody" })
			.task("report", work)
			.build(),

		retrying: flow("parcel")
			.task("weigh", work)
			.task("book_carrier", failsUntil(pace, 6), {
				retry: { maxAttempts: 6, initialDelay: "1500ms", multiplier: 1_000, maxDelay: "3h", jitter: false },
				timeout: "20s",
			})
			.task("print_label", work)
			.build(),

		failing: flow("refund")
			.task("look_up", work)
			.task("pay_back", failsUntil(pace, 99), {
				retry: { maxAttempts: 5, initialDelay: "2s", multiplier: 2, jitter: false },
				timeout: "15s",
			})
			.task("tell_customer", work)
			.build(),

		delay: flow("trial").task("welcome", work).delay("three_days", "3d").task("remind", work).build(),

		signals: flow("contract")
			.task("draft", work)
			.fork("sign", {
				customer: (b) => b.waitForSignal("customer_signs", "customer_signature"),
				legal: (b) => b.waitForSignal("legal_signs", "legal_approval", { timeout: "5d" }),
			})
			.join("file", (signatures) => signatures)
			.build(),

		paused: flow("newsletter").task("collect", work).delay("until_evening", "6h").task("send", work).build(),

		kinds: flow("every-kind", { description: "One node of each kind" })
			.task("task", work)
			.delay("delay", "2s")
			.waitForSignal("signal", "go")
			.fork("fork", {
				left: (b) => b.task("left_task", work),
				right: (b) => b.task("right_task", work),
			})
			.join("join", ({ left }) => left)
			.route("route", () => "chosen", {
				chosen: (b) => b.task("is_taken", work),
				default: (b) => b.task("is_not_taken", work),
			})
			.loop(
				"loop",
				(b) => b.task("round", (value, { iteration }) => ((iteration ?? 0) < 3 ? again(value) : done(value))),
				{
					maxIterations: 5,
				},
			)
			.child("child", flow("inner").task("inside", work).build())
			.task("last", runsOn)
			.build(),

		/** The code of the first version is gone: no worker can go on with an instance of it. */
		oldVersion: flow("statement").task("collect", work).delay("overnight", "8h").task("print", work).build(),
		newVersion: flow("statement").task("collect", work).delay("overnight", "8h").task("send_by_mail", work).build(),
	};
}
