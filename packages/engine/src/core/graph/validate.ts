import type { DefinitionProblem } from "../errors.ts";
import { isName, LIMITS } from "../limits.ts";
import type {
	ForkContinuation,
	LoopContinuation,
	RouteContinuation,
	Scope,
	TaskPolicy,
	WorkflowGraph,
} from "./continuation.ts";
import { type GraphEntry, walkGraph } from "./index-graph.ts";
import { branchPrefix, casePrefix, childPrefix, NODE_ID } from "./path.ts";

/** `__proto__` would vanish from the record of a join's inputs. */
function isNodeId(id: unknown): id is string {
	return typeof id === "string" && NODE_ID.test(id) && id.length <= LIMITS.nameLength && id !== "__proto__";
}

const ID_RULE = `must be 1 to ${LIMITS.nameLength} characters out of A-Z a-z 0-9 _ -`;
const NAME_RULE = `must be 1 to ${LIMITS.nameLength} characters out of A-Z a-z 0-9 . _ : @ / - and spaces between them`;

/** Every structural problem of a graph, in document order; empty when it is valid. */
export function validateGraph(graph: WorkflowGraph): readonly DefinitionProblem[] {
	const problems: DefinitionProblem[] = [];
	if (!isName(graph.workflow)) problems.push({ path: "", message: `the workflow's name ${NAME_RULE}` });
	if (graph.scope.length === 0) problems.push({ path: "", message: "the workflow has no nodes; add at least one" });
	checkIds("", graph.scope, problems);
	let nodes = 0;
	let tooDeep = false;
	for (const entry of walkGraph(graph)) {
		if (entry.role !== "node") continue;
		nodes += 1;
		if (nodes > LIMITS.nodes) {
			problems.push({
				path: "",
				message: `there are more than ${LIMITS.nodes} nodes; split the work over several workflows`,
			});
			break;
		}
		if (entry.depth > LIMITS.nesting && !tooDeep) {
			tooDeep = true;
			problems.push({
				path: entry.key,
				message: `it is nested deeper than ${LIMITS.nesting} scopes; make the structure flatter`,
			});
		}
		checkNode(entry, problems);
	}
	return problems;
}

/** Ids of one scope; a join's id counts beside its fork's. `path` is that of the scope's owner. */
function checkIds(path: string, scope: Scope, problems: DefinitionProblem[]): void {
	const seen = new Set<string>();
	const check = (id: unknown, what: string): void => {
		if (!isNodeId(id)) {
			problems.push({ path, message: `${what} has the id ${JSON.stringify(id) ?? "undefined"}; an id ${ID_RULE}` });
		} else if (seen.has(id)) {
			problems.push({
				path: path === "" ? id : `${path}/${id}`,
				message: `the id "${id}" is used twice in one scope; choose another`,
			});
		} else {
			seen.add(id);
		}
	};
	scope.forEach((node, index) => {
		check(node.id, `node ${index + 1} (a ${node.kind})`);
		if (node.kind === "fork") check(node.join.id, `the join of node ${index + 1}`);
	});
}

function checkNode(entry: GraphEntry, problems: DefinitionProblem[]): void {
	const { key: path, node } = entry;
	const report = (message: string): void => {
		problems.push({ path, message });
	};
	switch (node.kind) {
		case "task":
			checkOnFailure(node.policy, report);
			break;
		case "delay":
			break;
		case "signal":
			if (!isName(node.signal)) report(`the signal's name ${NAME_RULE}`);
			break;
		case "fork":
			checkFork(path, node, problems, report);
			break;
		case "route":
			checkRoute(path, node, problems, report);
			break;
		case "loop":
			checkLoop(path, node, problems, report);
			break;
		case "child":
			if (!isName(node.workflow)) report(`the child workflow's name ${NAME_RULE}`);
			if (node.scope.length === 0) report("the child has no nodes; add at least one to its workflow");
			checkIds(withoutSlash(childPrefix(path)), node.scope, problems);
			break;
	}
}

type Report = (message: string) => void;

function checkFork(path: string, node: ForkContinuation, problems: DefinitionProblem[], report: Report): void {
	if (node.branches.length === 0) report("the fork has no branches; add at least one");
	if (node.settle !== "first-failure" && node.settle !== "all") report('settle must be "first-failure" or "all"');
	checkOnFailure(node.join.policy, report);
	for (const { name, scope } of node.branches) {
		if (!isNodeId(name)) report(`the branch name ${JSON.stringify(name)} ${ID_RULE}`);
		if (scope.length === 0) report(`branch "${name}" has no nodes; add at least one`);
		checkIds(withoutSlash(branchPrefix(path, name)), scope, problems);
	}
}

function checkRoute(path: string, node: RouteContinuation, problems: DefinitionProblem[], report: Report): void {
	if (node.cases.length === 0) report("the route has no cases; add at least one");
	if (node.policy.onFailure !== "fail") report("a route cannot choose by a failure; leave onFailure out");
	for (const { key, scope } of node.cases) {
		if (!isNodeId(key)) report(`the case key ${JSON.stringify(key)} ${ID_RULE}`);
		checkIds(withoutSlash(casePrefix(path, key)), scope, problems);
	}
}

function checkLoop(path: string, node: LoopContinuation, problems: DefinitionProblem[], report: Report): void {
	const { maxIterations, onMax, scope } = node;
	if (!Number.isInteger(maxIterations) || maxIterations < 1 || maxIterations > LIMITS.loopIterations) {
		report(`maxIterations must be a whole number from 1 to ${LIMITS.loopIterations}`);
	}
	if (onMax !== "fail" && onMax !== "exitWithLast") report('onMax must be "fail" or "exitWithLast"');
	if (scope.length === 0) report("the loop's body has no nodes; add at least one");
	checkIds(withoutSlash(childPrefix(path)), scope, problems);
}

function checkOnFailure(policy: TaskPolicy, report: Report): void {
	if (policy.onFailure !== "fail" && policy.onFailure !== "value") report('onFailure must be "fail" or "value"');
}

function withoutSlash(prefix: string): string {
	return prefix.slice(0, -1);
}
