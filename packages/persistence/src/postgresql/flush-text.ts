import { type Part, rowType } from "./flush-parts.ts";

/**
 * A whole flush as one statement, one round trip and, outside a transaction, one commit. Rows come as arrays, one for
 * each part. A statement has only the parts that the flush has rows for: to begin one that does nothing takes the server
 * some 50 µs, and most flushes have three.
 *
 * `touched` writes the instances, in id order, where each still has the version that this process knows; whoever changed
 * a run since has raised it, and whoever is changing it is waited for, for the row is then read anew. All other parts
 * write only runs that `touched` or `made` wrote. They see the state before the statement, and may: all writers of a run
 * hold its instance row, and raise its version.
 *
 * The session must not use hash joins or scans of whole tables (see FLUSH_SETTINGS): the statement is planned once, for
 * tables that may be nearly empty then.
 */
export const FLUSH_SETTINGS =
	"SET enable_seqscan = off; SET enable_hashjoin = off; SET enable_mergejoin = off; SET jit = off; SET plan_cache_mode = force_generic_plan";

export interface FlushStatement {
	/** Under which a connection prepares it once. */
	readonly name: string;
	readonly text: string;
}

/** By the parts that they have. */
const statements = new Map<string, FlushStatement>();

/** The statement for a flush that has rows for these parts, in the order of PARTS. */
export function flushStatement(parts: readonly Part[]): FlushStatement {
	const key = parts.join("_");
	const known = statements.get(key);
	if (known !== undefined) return known;
	const statement = { name: `waymark_flush_${statements.size + 1}`, text: flushText(parts) };
	statements.set(key, statement);
	return statement;
}

/** The parameters before those of the parts: the injected clock or null, who must be live, the channel, who announces. */
const FIRST_OF_PARTS = 5;

/** The rows of a part, as a table of its name. */
type Rows = (part: Part) => string;

function flushText(parts: readonly Part[]): string {
	const places = new Map<Part, string>();
	parts.forEach((part, i) => {
		places.set(part, `unnest($${FIRST_OF_PARTS + i}::${rowType(part)}[]) AS ${part}`);
	});
	const rows: Rows = (part) => places.get(part) ?? "";
	const has = (part: Part) => places.has(part);
	const expressions = [MOMENT, LIVE, ...writers(has, rows)];
	const asked = [hasHeads(has) ? "SELECT run_id FROM heads" : null, has("fresh") ? "SELECT run_id FROM creates" : null];
	return `WITH ${expressions.join(", ")}
		SELECT moment.now,
			ARRAY(${asked.filter((text) => text !== null).join(" UNION ALL ")} EXCEPT ALL SELECT run_id FROM written) AS refused,
			${hasHeads(has) ? `${held(has)} AS held,` : ""}
			CASE WHEN EXISTS (SELECT 1 FROM written) THEN pg_notify($3, $4) END AS announced
		FROM moment`;
}

/** Whether it changes runs that there were before. */
function hasHeads(has: (part: Part) => boolean): boolean {
	return has("head") || has("advance");
}

const MOMENT = `moment AS MATERIALIZED (
			SELECT COALESCE($1::bigint, floor(extract(epoch FROM clock_timestamp()) * 1000)::bigint) AS now)`;

const LIVE = `live AS MATERIALIZED (
			SELECT count(*) = cardinality($2::text[]) AS all_of_them FROM worker, moment
			WHERE worker_id = ANY($2::text[]) AND expires_at >= moment.now)`;

/** Divides by zero, and so undoes the flush, if a row is not what the version of its run vouches for. */
function held(has: (part: Part) => boolean): string {
	const found = (["close", "move", "advance", "answer", "consume"] as const)
		.filter(has)
		.map((part) => `(SELECT count(*) FROM ${PAST[part]})`);
	return `1 / CASE WHEN ${["0", ...found].join(" + ")} = (SELECT COALESCE(sum(holds), 0) FROM touched) THEN 1 ELSE 0 END`;
}

const PAST = { close: "closed", move: "moved", advance: "advanced", answer: "answered", consume: "consumed" } as const;

const written = (part: Part | "moves") => `(${part}.run_id IN (SELECT run_id FROM written)) IS TRUE`;
const due = (part: Part) => `moment.now + ${part}.due_in`;
/**
 * What its worker keeps has been due since that worker got the row: no index changes then, and what is taken over from
 * dead workers goes in the order in which they began.
 */
const DUE_OF_MOVED = `CASE WHEN move.owner = n.owner THEN COALESCE(n.due_at, ${due("move")}) ELSE ${due("move")} END`;
const granted = (part: Part) => `CASE WHEN ${part}.owner IS NOT NULL THEN moment.now END`;

/** Said so that no index of the queue or of all waits is taken for it, which this statement would then be planned with for ever. */
const STILL_WAITS = `(n.owner IS NULL) IS TRUE AND n.state IS NOT DISTINCT FROM 'awaiting_signal'
				AND (n.due_at IS NULL OR n.due_at > moment.now)`;

/** What writes, in the order in which it must be named; only what there is to write. */
function writers(has: (part: Part) => boolean, rows: Rows): string[] {
	const runs = [hasHeads(has) ? "SELECT run_id FROM touched" : null, has("fresh") ? "SELECT run_id FROM made" : null];
	const made: readonly (readonly [boolean, string])[] = [
		[
			has("definition"),
			`defined AS (
			INSERT INTO definition (hash, workflow, planned_nodes, created_at, graph)
			SELECT hash, workflow, planned_nodes, moment.now, graph FROM ${rows("definition")}, moment
			ON CONFLICT (hash) DO NOTHING)`,
		],
		[has("advance"), `moves AS MATERIALIZED (SELECT * FROM ${rows("advance")})`],
		[hasHeads(has), `heads AS MATERIALIZED (${headsOf(has, rows)} ORDER BY run_id)`],
		[has("fresh"), `creates AS MATERIALIZED (SELECT * FROM ${rows("fresh")} ORDER BY instance_id)`],
		[hasHeads(has), TOUCHED],
		[has("fresh"), MADE],
	];
	const done: readonly (readonly [Part, string])[] = [
		[
			"label",
			`labelled AS (
			INSERT INTO label (run_id, key, value) SELECT * FROM ${rows("label")} WHERE ${written("label")})`,
		],
		[
			"close",
			`closed AS (
			DELETE FROM open_node n USING ${rows("close")}
			WHERE n.run_id = close.run_id AND n.place = close.place AND n.epoch = close.epoch
				AND n.owner IS NOT DISTINCT FROM close.owner AND ${written("close")}
			RETURNING 1)`,
		],
		[
			"move",
			`moved AS (
			UPDATE open_node n SET path = move.path, state = move.state, opened_as = move.opened_as,
				opened_version = move.opened_version, opened_ordinal = move.opened_ordinal, attempt = move.attempt,
				crashes = move.crashes, epoch = move.epoch, due_at = ${DUE_OF_MOVED}, signal_name = move.signal_name,
				signal_id = NULL, remaining = move.remaining, input = move.input, priority = move.priority,
				tags = move.tags, lane = move.lane, owner = move.owner, granted_at = ${granted("move")}, version = move.version
			FROM ${rows("move")}, moment
			WHERE n.run_id = move.run_id AND n.place = move.place AND n.epoch = move.from_epoch
				AND n.owner IS NOT DISTINCT FROM move.from_owner AND ${written("move")}
			RETURNING 1)`,
		],
		[
			"advance",
			`advanced AS (
			UPDATE open_node n SET path = moves.path, opened_as = 'ready', opened_version = moves.version, opened_ordinal = 0,
				attempt = 1, crashes = 0, epoch = 1, signal_id = NULL, remaining = 0, input = moves.output,
				granted_at = moment.now, version = moves.version
			FROM moves, moment
			WHERE n.run_id = moves.run_id AND n.place = moves.place AND n.epoch = moves.from_epoch
				AND n.owner IS NOT DISTINCT FROM moves.owner AND ${written("moves")}
			RETURNING 1),
			kept AS (
			INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version, codec,
				bytes)
			SELECT run_id, from_path, output, attempt, from_epoch, owner, started_at, finished_at, version, codec, bytes
			FROM moves WHERE ${written("moves")})`,
		],
		[
			"open",
			`opened AS (
			INSERT INTO open_node (run_id, place, path, state, opened_as, opened_version, opened_ordinal, attempt, crashes,
				epoch, due_at, signal_name, remaining, input, priority, tags, lane, owner, granted_at, version)
			SELECT run_id, place, path, state, opened_as, opened_version, opened_ordinal, attempt, crashes, epoch,
				${due("open")}, signal_name, remaining, input, priority, tags, lane, owner, ${granted("open")}, version
			FROM ${rows("open")}, moment WHERE ${written("open")})`,
		],
		[
			"record",
			`recorded AS (
			INSERT INTO checkpoint (run_id, path, output, attempt, epoch, worker, started_at, finished_at, version, codec,
				bytes)
			SELECT * FROM ${rows("record")} WHERE ${written("record")})`,
		],
		[
			"fail",
			`failed AS (
			INSERT INTO attempt (run_id, path, epoch, attempt, outcome, worker, started_at, finished_at, next_attempt_at,
				version, error)
			SELECT run_id, path, epoch, attempt, outcome, worker, started_at, finished_at, moment.now + next_in, version,
				error
			FROM ${rows("fail")}, moment WHERE ${written("fail")})`,
		],
		[
			"receive",
			`received AS (
			INSERT INTO signal (signal_id, run_id, name, ordinal, sent_by, received_at, reserved_for, version, codec, bytes)
			SELECT signal_id, run_id, name, nth + (SELECT COALESCE(MAX(s.ordinal), 0) FROM signal s
					WHERE s.run_id = receive.run_id AND s.name = receive.name),
				sent_by, moment.now, reserved_for, version, codec, bytes
			FROM ${rows("receive")}, moment WHERE ${written("receive")})`,
		],
		[
			"answer",
			`answered AS (
			UPDATE open_node n SET state = 'ready', signal_id = answer.signal_id, due_at = moment.now, epoch = answer.epoch,
				owner = answer.owner, granted_at = ${granted("answer")}, version = answer.version
			FROM ${rows("answer")}, moment
			WHERE n.run_id = answer.run_id AND n.place = answer.place AND n.epoch = answer.from_epoch
				AND ${STILL_WAITS} AND ${written("answer")}
			RETURNING 1)`,
		],
		[
			"consume",
			`consumed AS (
			UPDATE signal s SET consumed_by = consume.path, version = consume.version FROM ${rows("consume")}
			WHERE s.signal_id = consume.signal_id AND s.run_id = consume.run_id AND s.reserved_for = consume.path
				AND s.consumed_by IS NULL AND ${written("consume")}
			RETURNING 1)`,
		],
	];
	const union = runs.filter((text) => text !== null).join(" UNION ALL ");
	return [
		...made.filter(([isMade]) => isMade).map(([, text]) => text),
		`written AS MATERIALIZED (${union})`,
		...done.filter(([part]) => has(part)).map(([, text]) => text),
	];
}

/** One list of all the instances that are changed: what locks them must do so in one order. */
function headsOf(has: (part: Part) => boolean, rows: Rows): string {
	const heads = has("head") ? `SELECT * FROM ${rows("head")}` : null;
	const ofMoves = `SELECT run_id, version - 1 AS expected, version, progress_done, 0 AS starts, NULL AS status,
				0 AS ends, 1 AS holds, NULL AS output FROM moves`;
	return [heads, has("advance") ? ofMoves : null].filter((text) => text !== null).join(" UNION ALL ");
}

const TOUCHED = `touched AS (
			UPDATE instance i SET version = head.version, progress_done = head.progress_done, status = COALESCE(head.status, i.status),
				started_at = CASE WHEN head.starts = 1 THEN COALESCE(i.started_at, moment.now) ELSE i.started_at END,
				updated_at = moment.now, ended_at = CASE WHEN head.ends = 1 THEN moment.now ELSE i.ended_at END,
				output = COALESCE(head.output, i.output)
			FROM heads head, moment, live
			WHERE live.all_of_them AND i.run_id = head.run_id AND i.version = head.expected
				AND i.control IS NOT DISTINCT FROM 'none'
			RETURNING i.run_id, head.holds)`;

const MADE = `made AS (
			INSERT INTO instance (run_id, instance_id, generation, workflow, definition_hash, status, control, version,
				progress_done, progress_total, created_at, started_at, updated_at, labels, input_codec, input_bytes)
			SELECT c.run_id, c.instance_id, 1, c.workflow, c.definition_hash, c.status, 'none', 1, 0, c.progress_total,
				moment.now, CASE WHEN c.starts = 1 THEN moment.now END, moment.now, c.labels, c.input_codec, c.input_bytes
			FROM creates c, moment, live WHERE live.all_of_them
			ON CONFLICT DO NOTHING RETURNING run_id)`;
