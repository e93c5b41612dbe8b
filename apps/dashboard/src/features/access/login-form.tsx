"use client";

import { Eye, EyeOff, LogIn } from "lucide-react";
import { type FormEvent, useEffect, useRef, useState } from "react";
import { getJson, postJson, RequestError } from "../../api/fetch-json.ts";
import { Button } from "../../components/button.tsx";
import { Field, INPUT_CLASS } from "../../components/field.tsx";
import type { SessionAnswer, SignInBody } from "../../server/wire.ts";
import { Logo } from "../frame/logo.tsx";

/** Exchanges a token for a session, and goes on to where the reader wanted to be. */
export function LoginForm({ next }: { readonly next: string }) {
	const [isShown, setShown] = useState(false);
	const [isBusy, setBusy] = useState(false);
	const [problem, setProblem] = useState<string | null>(null);
	const field = useRef<HTMLInputElement>(null);

	// A link on another site brings no cookie with it; from here it is sent.
	useEffect(() => {
		void getJson<SessionAnswer>("/api/session").then(
			({ user }) => {
				if (user !== null) location.replace(next);
			},
			() => undefined,
		);
	}, [next]);

	const submit = async (event: FormEvent) => {
		event.preventDefault();
		if (isBusy) return;
		// As it stands there: what was pasted before the page listened counts too.
		const token = field.current?.value.trim() ?? "";
		if (token === "") return refuse("Give your token.");
		setBusy(true);
		setProblem(null);
		try {
			const body: SignInBody = { token };
			await postJson<SessionAnswer>("/api/session", body);
			location.replace(next);
		} catch (error) {
			if (!(error instanceof RequestError)) throw error;
			refuse(error.message);
			setBusy(false);
		}
	};
	const refuse = (why: string) => {
		setProblem(why);
		field.current?.focus();
		field.current?.select();
	};
	const Icon = isShown ? EyeOff : Eye;

	// The field has no name, so that no browser ever puts it into an address, whatever becomes of the script.
	return (
		<div className="flex flex-1 items-center justify-center bg-canvas p-4">
			<form
				onSubmit={(event) => void submit(event)}
				noValidate
				className="flex w-full max-w-100 flex-col gap-5 rounded-card border border-line bg-raised p-6"
			>
				<div className="flex items-center gap-3">
					<Logo size={32} />
					<h1 className="font-semibold text-xl">Sign in to Waymark</h1>
				</div>
				<Field id="token" label="Token" hint="It begins with wm_. An admin can make you one." error={problem}>
					<div className="flex gap-2">
						<input
							ref={field}
							id="token"
							type={isShown ? "text" : "password"}
							aria-describedby="token-note"
							aria-invalid={problem !== null}
							autoComplete="current-password"
							autoCapitalize="off"
							spellCheck={false}
							maxLength={200}
							// biome-ignore lint/a11y/noAutofocus: the page has nothing else
							autoFocus
							className={`${INPUT_CLASS} h-8 min-w-0 flex-1 font-mono`}
						/>
						<Button
							size="icon"
							aria-label="Show the token"
							aria-pressed={isShown}
							icon={<Icon aria-hidden size={15} />}
							onClick={() => setShown(!isShown)}
						/>
					</div>
				</Field>
				<Button type="submit" variant="primary" busy={isBusy} icon={<LogIn aria-hidden size={14} />}>
					{isBusy ? "Signing in…" : "Sign in"}
				</Button>
			</form>
		</div>
	);
}
