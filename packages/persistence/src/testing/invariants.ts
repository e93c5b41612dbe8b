/**
 * What must hold of the rows after every fault, as statements that find what breaks it (both databases understand
 * them). The numbers are those of the project's list of promises: one node, one result; leases; signals; no orphans.
 */
const BROKEN_BY: Readonly<Record<string, string>> = {
	"I2: a recorded node is open no more": `
		SELECT n.run_id, n.path, n.state FROM open_node n JOIN checkpoint c ON c.run_id = n.run_id AND c.path = n.path`,
	"I2: a node is open once": `
		SELECT run_id, path FROM open_node GROUP BY run_id, path HAVING COUNT(*) > 1`,
	"I2: what is open or recorded belongs to an instance": `
		SELECT run_id, path FROM open_node n WHERE NOT EXISTS (SELECT 1 FROM instance i WHERE i.run_id = n.run_id)
		UNION ALL
		SELECT run_id, path FROM checkpoint c WHERE NOT EXISTS (SELECT 1 FROM instance i WHERE i.run_id = c.run_id)`,
	"I3: an instance that ended has nothing open, and one that completed has done all": `
		SELECT i.run_id, i.status, i.progress_done, i.progress_total FROM instance i
		WHERE (i.status IN ('completed', 'cancelled') AND EXISTS (SELECT 1 FROM open_node n WHERE n.run_id = i.run_id))
			OR (i.status = 'completed' AND (i.progress_done <> i.progress_total OR i.output IS NULL))
			OR (i.status IN ('completed', 'cancelled', 'failed')) <> (i.ended_at IS NOT NULL)`,
	"I4: what a node was given is recorded or is the instance's input": `
		SELECT n.run_id, n.path, n.input FROM open_node n
		WHERE n.input NOT LIKE '%~%' AND n.input NOT LIKE '%|%'
			AND NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.run_id = n.run_id AND c.path = n.input)`,
	// What holds no bytes was recorded along with a node within it, and has no attempts of its own.
	"I7: every attempt before the recorded one is in the history, once": `
		SELECT c.run_id, c.path, c.attempt FROM checkpoint c
		WHERE c.bytes IS NOT NULL AND (
			c.attempt - 1 <> (SELECT COUNT(DISTINCT a.attempt) FROM attempt a
				WHERE a.run_id = c.run_id AND a.path = c.path AND a.attempt < c.attempt)
			OR c.attempt - 1 <> (SELECT COUNT(*) FROM attempt a
				WHERE a.run_id = c.run_id AND a.path = c.path AND a.attempt < c.attempt))`,
	"I9: only what can run or settle has an owner, and only in a live instance": `
		SELECT n.run_id, n.path, n.state, n.owner, i.status FROM open_node n JOIN instance i ON i.run_id = n.run_id
		WHERE n.owner IS NOT NULL AND (n.state NOT IN ('running', 'ready', 'retrying', 'waiting', 'awaiting_signal')
			OR i.status IN ('completed', 'cancelled', 'failed', 'paused'))`,
	"I9: what runs has an owner": `SELECT run_id, path FROM open_node WHERE state = 'running' AND owner IS NULL`,
	"I10: epochs rise from attempt to attempt": `
		SELECT a.run_id, a.path, a.epoch, b.epoch AS next FROM attempt a JOIN attempt b
			ON b.run_id = a.run_id AND b.path = a.path AND b.attempt > a.attempt WHERE b.epoch <= a.epoch`,
	"I10: the recorded epoch is the last": `
		SELECT c.run_id, c.path, c.epoch FROM checkpoint c JOIN attempt a ON a.run_id = c.run_id AND a.path = c.path
		WHERE a.epoch > c.epoch OR (a.epoch = c.epoch AND a.attempt <> c.attempt)`,
	"I22: a consumed signal was consumed by one recorded node, and each node consumed one": `
		SELECT s.run_id, s.signal_id, s.consumed_by FROM signal s
		WHERE s.consumed_by IS NOT NULL AND (
			NOT EXISTS (SELECT 1 FROM checkpoint c WHERE c.run_id = s.run_id AND c.path = s.consumed_by)
			OR 1 < (SELECT COUNT(*) FROM signal o WHERE o.run_id = s.run_id AND o.consumed_by = s.consumed_by))`,
	"I22: a reserved signal and the wait it is reserved for name each other": `
		SELECT s.run_id, s.signal_id, s.reserved_for FROM signal s
		WHERE s.reserved_for IS NOT NULL AND s.consumed_by IS NULL AND NOT EXISTS (SELECT 1 FROM open_node n
			WHERE n.run_id = s.run_id AND n.path = s.reserved_for AND n.signal_id = s.signal_id)`,
	"I27: every live instance that is not paused has a next move": `
		SELECT i.run_id, i.status FROM instance i
		WHERE i.status IN ('pending', 'in_progress', 'waiting', 'awaiting_signal') AND i.control = 'none'
			AND NOT EXISTS (SELECT 1 FROM open_node n WHERE n.run_id = i.run_id AND (n.state IN ('ready', 'running')
				OR n.due_at IS NOT NULL OR (n.state = 'awaiting_signal' AND NOT EXISTS (SELECT 1 FROM signal s
					WHERE s.run_id = n.run_id AND s.name = n.signal_name AND s.reserved_for IS NULL))))`,
};

type Query = (text: string) => unknown[] | Promise<unknown[]>;

/** What is broken, in words; empty when all invariants hold. */
export async function brokenInvariants(query: Query): Promise<string[]> {
	const broken: string[] = [];
	for (const [promise, text] of Object.entries(BROKEN_BY)) {
		const rows = await query(text);
		if (rows.length > 0) broken.push(`${promise}; broken ${rows.length} times: ${JSON.stringify(rows.slice(0, 3))}`);
	}
	return broken;
}

/** From now on a write that changes recorded history fails (I1): the results and the attempts. */
export const FORBID_REWRITING = {
	postgresql: `
		CREATE OR REPLACE FUNCTION forbid_rewriting() RETURNS trigger LANGUAGE plpgsql AS
			$$ BEGIN RAISE EXCEPTION 'history of % was rewritten', TG_TABLE_NAME; END $$;
		CREATE TRIGGER forbid_rewriting BEFORE UPDATE ON checkpoint FOR EACH ROW EXECUTE FUNCTION forbid_rewriting();
		CREATE TRIGGER forbid_rewriting BEFORE UPDATE ON attempt FOR EACH ROW EXECUTE FUNCTION forbid_rewriting()`,
	sqlite: `
		CREATE TRIGGER checkpoint_stays BEFORE UPDATE ON checkpoint BEGIN SELECT RAISE(ABORT, 'history was rewritten'); END;
		CREATE TRIGGER attempt_stays BEFORE UPDATE ON attempt BEGIN SELECT RAISE(ABORT, 'history was rewritten'); END`,
} as const;
