// What `npm run seed` writes: statements that make rows out of the numbers of a range. What an instance is follows from
// its number alone, so that every table agrees about it.

const WORKFLOWS = ["order", "import", "parcel", "invoice", "refund", "onboarding", "report", "backup"];
const SIGNALS = ["approval", "manager_approval", "payment", "signature"];
const ERRORS = [
	["TimeoutError", "The carrier did not answer within 3 s"],
	["RangeError", "Amount 1204 is over the limit of this card"],
	["HttpError", "503 from the stock service, try again later"],
];

/** A week and two days back, so that every stretch of the overview has something. */
const SPAN_MS = 9 * 24 * 3_600_000;

/**
 * @param {"sqlite" | "postgresql"} dialect
 * @param {{ readonly seed: string, readonly now: number, readonly total: number }} options
 */
export function seedStatements(dialect, { seed, now, total }) {
	const text =
		dialect === "sqlite"
			? (/** @type {string} */ x) => `CAST(${x} AS TEXT)`
			: (/** @type {string} */ x) => `(${x})::text`;
	/** @param {number} from @param {number} to */
	const numbers = (from, to) =>
		dialect === "sqlite"
			? `WITH RECURSIVE g(n) AS (SELECT ${from} UNION ALL SELECT n + 1 FROM g WHERE n < ${to - 1})`
			: `WITH g(n) AS (SELECT generate_series(${from}::bigint, ${to - 1}::bigint))`;
	const pick = (/** @type {readonly string[]} */ words, /** @type {string} */ by) =>
		`CASE (${by}) % ${words.length} ${words.map((word, at) => `WHEN ${at} THEN '${word}'`).join(" ")} END`;
	const bytes = dialect === "sqlite" ? "x'7b226f72646572223a317d'" : "'\\x7b226f72646572223a317d'::bytea";
	const padded = (/** @type {string} */ x, /** @type {number} */ width) =>
		dialect === "sqlite" ? `printf('%0${width}d', ${x})` : `lpad(${text(x)}, ${width}, '0')`;

	// Numbers rise with time, and so do run ids, as real ones do.
	const run = `('${seed}-' || ${padded("n", 12)})`;
	const workflow = pick(WORKFLOWS, "n * 7 + n / 11");
	const created = `(${now - SPAN_MS} + n * ${SPAN_MS} / ${total})`;
	const took = "(900 + (n * 7919) % 240000)";
	/** 90 % completed, 2 % failed, 3 % cancelled; the rest lives. */
	const kind = "(n * 37) % 1000";
	const status = `CASE WHEN ${kind} < 900 THEN 'completed' WHEN ${kind} < 920 THEN 'failed' WHEN ${kind} < 950 THEN 'cancelled'
		WHEN ${kind} < 975 THEN 'awaiting_signal' WHEN ${kind} < 990 THEN 'waiting' WHEN ${kind} < 995 THEN 'in_progress'
		WHEN ${kind} < 997 THEN 'paused' ELSE 'pending' END`;
	const ended = `${kind} < 950`;
	const error = `CASE (n / 5) % 3 ${ERRORS.map(
		([name, message], at) =>
			`WHEN ${at} THEN '{"name":"${name}","message":"${message}","code":null,"stack":null,"cause":null}'`,
	).join(" ")} END`;
	const started = `CASE WHEN ${kind} >= 997 THEN NULL ELSE ${created} + 40 END`;
	const tenant = `('tenant-' || ${text("(n * 13) % 500")})`;
	const region = pick(["eu", "us", "ap"], "n / 3");

	const definitions = WORKFLOWS.map((name) => {
		const policy = {
			retry: null,
			timeoutMs: null,
			heartbeatTimeoutMs: null,
			onFailure: "fail",
			priority: 3,
			tags: [],
			description: null,
			version: null,
		};
		const scope = [
			{ kind: "task", id: "load", policy },
			{
				kind: "task",
				id: "work",
				policy: {
					...policy,
					retry: { maxAttempts: 5, initialDelayMs: 1_000, multiplier: 2, maxDelayMs: 60_000, jitter: false },
				},
			},
			{ kind: "task", id: "store", policy },
		];
		const graph = JSON.stringify({ format: 1, workflow: name, description: null, scope });
		return `INSERT INTO definition (hash, workflow, planned_nodes, created_at, graph)
			VALUES ('seeded-${name}', '${name}', 3, ${now - SPAN_MS}, '${graph}') ON CONFLICT (hash) DO NOTHING;`;
	}).join("\n");

	/** @param {number} from @param {number} to */
	const rows = (from, to) => [
		`INSERT INTO instance (run_id, instance_id, generation, workflow, definition_hash, status, control, version,
			progress_done, progress_total, created_at, started_at, updated_at, ended_at, output, failed_path, error, labels,
			input_codec, input_bytes)
		${numbers(from, to)} SELECT ${run}, ${workflow} || '-${seed}-' || ${text("n")}, 1, ${workflow}, 'seeded-' || ${workflow},
			${status}, CASE WHEN ${kind} = 994 AND n % 71 = 0 THEN 'cancelling' ELSE 'none' END, 4,
			CASE WHEN ${kind} < 900 THEN 3 ELSE 1 END, 3, ${created}, ${started}, ${created} + ${took},
			CASE WHEN ${ended} THEN ${created} + ${took} ELSE NULL END, CASE WHEN ${kind} < 900 THEN 'store' ELSE NULL END,
			CASE WHEN ${kind} >= 900 AND ${kind} < 920 THEN 'work' ELSE NULL END,
			CASE WHEN ${kind} >= 900 AND ${kind} < 920 THEN ${error} ELSE NULL END,
			'{"tenant":"' || ${tenant} || '","region":"' || ${region} || '"}', 'json', ${bytes} FROM g`,
		`INSERT INTO label (run_id, key, value) ${numbers(from, to)} SELECT ${run}, 'tenant', ${tenant} FROM g
			UNION ALL SELECT ${run}, 'region', ${region} FROM g`,
		`INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version, codec, bytes)
		${numbers(from, to)} SELECT ${run}, s.path, s.path, 1, 1, 'seeded-worker', ${created} + 40 + s.nth * ${took} / 4,
			${created} + 40 + (s.nth + 1) * ${took} / 4, s.nth + 2, 'json', ${bytes}
		FROM g CROSS JOIN (SELECT 'load' AS path, 0 AS nth UNION ALL SELECT 'work', 1 UNION ALL SELECT 'store', 2) s
		WHERE s.nth = 0 AND ${kind} < 997 OR ${kind} < 900`,
		`INSERT INTO attempt (run_id, path, epoch, attempt, outcome, worker, started_at, finished_at, next_attempt_at, version, error)
		${numbers(from, to)} SELECT ${run}, 'work', 1, 1, 'failed', 'seeded-worker', ${created} + 40, ${created} + 400, NULL, 3, ${error}
		FROM g WHERE ${kind} >= 900 AND ${kind} < 920 OR ${kind} < 20`,
		`INSERT INTO open_node (run_id, place, path, state, opened_as, opened_version, opened_ordinal, attempt, crashes, epoch,
			due_at, signal_name, signal_id, remaining, input, priority, tags, owner, granted_at, version)
		${numbers(from, to)} SELECT ${run}, 0, 'work',
			CASE WHEN ${kind} < 920 THEN 'failed' WHEN ${kind} < 975 THEN 'awaiting_signal'
				WHEN ${kind} < 985 THEN 'waiting' WHEN ${kind} < 990 THEN 'retrying' ELSE 'ready' END,
			CASE WHEN ${kind} >= 950 AND ${kind} < 975 THEN 'awaiting_signal' WHEN ${kind} >= 975 AND ${kind} < 985 THEN 'waiting' ELSE 'ready' END,
			2, 0, CASE WHEN ${kind} >= 985 AND ${kind} < 990 THEN 3 ELSE 1 END, 0, 1,
			CASE WHEN ${kind} >= 975 AND ${kind} < 990 THEN ${now} + 3600000 + n % 1000 WHEN ${kind} >= 990 THEN ${created} ELSE NULL END,
			CASE WHEN ${kind} >= 950 AND ${kind} < 975 THEN ${pick(SIGNALS, "n / 7")} ELSE NULL END,
			NULL, 0, 'load', 3, '["seeded"]', NULL, NULL, 3
		FROM g WHERE ${kind} >= 900 AND ${kind} < 920 OR ${kind} >= 950`,
		`INSERT INTO control_request (request_id, run_id, kind, requested_by, reason, requested_at, result, status_before,
			status_after, because, version)
		${numbers(from, to)} SELECT 'request-' || ${run}, ${run}, 'cancel', ${pick(["mira", "jon", "local operator"], "n / 2")},
			'wrong price list', ${created} + ${took}, 'applied', 'in_progress', 'cancelled', NULL, 4
		FROM g WHERE ${kind} >= 920 AND ${kind} < 950`,
	];
	return { definitions, rows };
}
