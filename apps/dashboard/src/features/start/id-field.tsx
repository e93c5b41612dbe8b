"use client";

import { useQuery } from "@tanstack/react-query";
import { RefreshCw } from "lucide-react";
import { useDeferredValue, useId } from "react";
import { getJson, instancePath } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import type { InstanceExists } from "../../server/wire.ts";
import { idProblem } from "./instance-id.ts";

interface IdFieldProps {
	readonly value: string;
	onValue(value: string): void;
	onNew(): void;
}

/** The id of the new instance, looked up while it is typed. The start itself is what decides. */
export function IdField({ value, onValue, onNew }: IdFieldProps) {
	const id = useId();
	const asked = useDeferredValue(value);
	const problem = value === "" ? null : idProblem(value);
	const { data: isTaken } = useQuery({
		queryKey: ["start", "taken", asked],
		queryFn: async ({ signal }) => (await getJson<InstanceExists>(instancePath(asked, "/exists"), signal)).exists,
		enabled: asked !== "" && idProblem(asked) === null,
		staleTime: 5_000,
		retry: false,
	});
	const isKnown = asked === value && problem === null;
	return (
		<Field
			id={id}
			label="Instance id"
			hint={isKnown && isTaken === false ? "Not used yet." : "Chosen for you; change it to one that means something."}
			error={problem ?? (isKnown && isTaken === true ? "An instance has this id already. Choose another." : null)}
		>
			<div className="flex gap-2">
				<input
					id={id}
					aria-describedby={`${id}-note`}
					aria-invalid={problem !== null || (isKnown && isTaken === true)}
					aria-required
					autoComplete="off"
					spellCheck={false}
					value={value}
					onChange={(event) => onValue(event.target.value.trim())}
					className={`${INPUT_CLASS} min-w-0 flex-1 font-mono`}
				/>
				<Button icon={<RefreshCw aria-hidden size={13} />} onClick={onNew}>
					New id
				</Button>
			</div>
		</Field>
	);
}
