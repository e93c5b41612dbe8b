/** The states in which a node has an owner. */
const OWNED_STATES = "'running', 'ready', 'waiting', 'awaiting_signal'";

export const OWNED = `state IN (${OWNED_STATES})`;

/**
 * Whether the row of `worker` at hand owns a node. A scalar, not EXISTS: PostgreSQL made a join of that, which began with
 * all nodes that run or wait, whosever they were.
 */
export const OWNS_NODES = `(SELECT n.place FROM open_node n
	WHERE n.owner = worker.worker_id AND n.${OWNED} LIMIT 1) IS NOT NULL`;
