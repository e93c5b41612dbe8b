import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HIDDEN_MARK } from "./mark.ts";
import { markedKey } from "./marked-input.ts";
import { redactJson } from "./redact-json.ts";
import { redactText } from "./redact-text.ts";
import { redactAnswer, redactValue } from "./redact-value.ts";
import { SECRET_NAMES, secretTest } from "./secret-names.ts";

const isSecret = secretTest(SECRET_NAMES);
const shown = (text: string) => redactJson(text, isSecret).text;

describe("a name", () => {
	it.each([
		"password",
		"PASSWORD",
		"dbPassword",
		"db_password",
		"DB-PASSWORD",
		"db.password",
		"userpassword",
		"passwords",
		"passwordHash",
		"password2",
		"passwd",
		"pwd",
		"secret",
		"clientSecret",
		"token",
		"accessToken",
		"access_tokens",
		"X-Auth-Token",
		"authorization",
		"Proxy-Authorization",
		"cookie",
		"Set-Cookie",
		"api-key",
		"apiKey",
		"api_key",
		"APIKEY",
		"x-api-key",
		"private key",
		"privateKey",
		"private_key_pem",
		"secretAccessKey",
		"credentials",
		"ｐａｓｓｗｏｒｄ",
	])("%s is that of a secret", (name) => {
		expect(isSecret(name)).toBe(true);
	});

	it.each([
		"",
		"key",
		"keys",
		"passwordExpiresAt",
		"hasPasswordChanged",
		"tokenCount",
		"tokenType",
		"token_limit",
		"nextPageToken",
		"secretary",
		"cookieConsent",
		"accessKeyId",
		"publicKey",
		"author",
		"broken",
		"passenger",
		"authorizationId",
	])("%j is not", (name) => {
		expect(isSecret(name)).toBe(false);
	});

	it("that somebody adds is looked for like the others", () => {
		const added = secretTest([...SECRET_NAMES, "IBAN"]);
		expect(["iban", "customer_iban", "customerIban", "password"].map(added)).toEqual([true, true, true, true]);
		expect(isSecret("iban")).toBe(false);
	});
});

describe("JSON", () => {
	it("keeps every digit, key and space that is not hidden", () => {
		expect(shown('{ "a" : 12345678901234567890.10, "password" : "x" , "a":2 }')).toBe(
			`{ "a" : 12345678901234567890.10, "password" : "${HIDDEN_MARK}" , "a":2 }`,
		);
	});

	it("hides what stands under a secret key whatever it is, and shows what says nothing", () => {
		expect(shown('{"token":12,"secrets":["a",{"b":"c}]"}],"cookies":{"a":{"b":1}}}')).toBe(
			`{"token":"${HIDDEN_MARK}","secrets":"${HIDDEN_MARK}","cookies":"${HIDDEN_MARK}"}`,
		);
		const open =
			'{"password":null,"token":true,"secret":"","cookies":[],"credentials":{ },"tokens":12,"maxTokens":-1e3}';
		expect(shown(open)).toBe(open);
	});

	it("reads keys as they are meant, not as they are written", () => {
		expect(shown('{"pass\\u0077ord":"x"}')).toBe(`{"pass\\u0077ord":"${HIDDEN_MARK}"}`);
		expect(shown('{"a":"password","b":{"password":"\\"x"}}')).toBe(
			`{"a":"password","b":{"password":"${HIDDEN_MARK}"}}`,
		);
	});

	it("looks into strings too", () => {
		const inner = JSON.stringify({ url: "postgres://u:hunter2@db/x", body: '{"password":"hunter2"}' });
		expect(shown(inner)).not.toContain("hunter2");
		expect(shown('["https://u:hunter2@x","redis://:hunter2@x"]')).toBe(
			`["https://u:${HIDDEN_MARK}@x","redis://:${HIDDEN_MARK}@x"]`,
		);
	});

	it("says how much is hidden, where, and under which keys", () => {
		const { text, hidden, marks, keys } = redactJson('{"token":"a","x":[{"token":"b"}],"u":"a://b:c@d"}', isSecret);
		expect({ hidden, keys }).toEqual({ hidden: 3, keys: ["token", "u"] });
		expect(marks.map((at) => text.slice(at, at + 6))).toEqual([`"${HIDDEN_MARK}"`, `"${HIDDEN_MARK}"`]);
	});

	it("hides what it can of what is no JSON", () => {
		expect(shown('{"password":"hunter2')).not.toContain("hunter2");
		expect(shown('{"password":["hunter2"')).toContain("{");
	});
});

const plain = fc.stringMatching(/^[a-z ]{0,8}$/);
const secretKey = fc
	.tuple(fc.constantFrom("", "db", "my ", "X-", "old_"), fc.constantFrom(...SECRET_NAMES), fc.boolean(), fc.boolean())
	.map(([before, name, upper, plural]) => before + (upper ? name.toUpperCase() : name) + (plural ? "s" : ""));
const canary = fc.stringMatching(/^[0-9A-Z"\\{}[\],:]{6,12}$/).map((text) => `~canary~${text}`);
const planted = fc.letrec((tie) => ({
	value: fc.oneof({ maxDepth: 5 }, plain, fc.double({ noNaN: true }), fc.constant(null), tie("list"), tie("record")),
	list: fc.array(tie("value"), { maxLength: 4 }),
	record: fc
		.array(
			fc.oneof(
				fc.tuple(plain, tie("value")),
				fc.tuple(
					secretKey,
					fc.oneof(canary, fc.array(canary, { minLength: 1 }), fc.dictionary(plain, canary, { minKeys: 1 })),
				),
			),
			{ maxLength: 5 },
		)
		.map((entries) => Object.fromEntries(entries)),
})).record;

describe("whatever the payload", () => {
	it("no value under a secret key survives, and what is left is JSON", () => {
		fc.assert(
			fc.property(planted, fc.constantFrom(0, 2), (value, indent) => {
				for (const mode of ["mark", "omit"] as const) {
					const { text } = redactJson(JSON.stringify(value, null, indent), isSecret, mode);
					expect(text).not.toContain("canary");
					JSON.parse(text);
				}
				expect(JSON.stringify(redactValue(value, isSecret))).not.toContain("canary");
			}),
			{ numRuns: 500 },
		);
	});

	it("text and values are redacted alike, and once is enough", () => {
		fc.assert(
			fc.property(planted, (value) => {
				const { text } = redactJson(JSON.stringify(value), isSecret);
				expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(redactValue(value, isSecret))));
				expect(redactJson(text, isSecret).text).toBe(text);
			}),
			{ numRuns: 300 },
		);
	});

	it("what has no secret is not touched", () => {
		fc.assert(
			fc.property(fc.jsonValue(), (value) => {
				const text = JSON.stringify(value);
				if (/[:=]\/\/|=|bearer|basic/i.test(text) || redactJson(text, isSecret).hidden > 0) return;
				expect(redactJson(text, isSecret)).toEqual({ text, hidden: 0, marks: [], keys: [] });
			}),
		);
	});

	it("what is left out leaves JSON behind that a form can begin with", () => {
		const left = (text: string) => JSON.parse(redactJson(text, isSecret, "omit").text) as unknown;
		expect(left('{"token":"a"}')).toEqual({});
		expect(left('{"a":1, "token":"a" , "secret":"b"}')).toEqual({ a: 1 });
		expect(left('{"token":"a","b":[{"secret":1,"c":2},{"token":3}]}')).toEqual({ b: [{ c: 2 }, {}] });
		expect(left('{"url":"postgres://u:p@h/d"}')).toEqual({ url: "postgres://u:@h/d" });
	});
});

describe("text", () => {
	it.each([
		["connect postgres://app:hunter2@db:5432/x failed", "connect postgres://app:••••@db:5432/x failed"],
		["(mysql://u:hun/ter2@h/x)", "(mysql://u:••••@h/x)"],
		["a amqp://u:hun@ter2@h b", "a amqp://u:••••@h b"],
		["host=x user=y password=hunter2 dbname=z", "host=x user=y password=•••• dbname=z"],
		["GET /x?api_key=hunter2&y=1", "GET /x?api_key=••••&y=1"],
		["Server=x;Password=hunter2;Timeout=3", "Server=x;Password=••••;Timeout=3"],
		["export DB_PASSWORD='hunter 2' x", "export DB_PASSWORD=•••• x"],
		['sent {"user":"a","password":"hunter\\"2"}', 'sent {"user":"a","password":"••••"}'],
		["{ user: 'a', password: 'hunter2' }", "{ user: 'a', password: '••••' }"],
		['{"body":"{\\"token\\":\\"hunter2\\"}"}', '{"body":"{\\"token\\":\\"••••\\"}"}'],
		["Authorization: Bearer hunter2\nHost: x", "Authorization: ••••\nHost: x"],
		["sent Bearer hunter2hunter2, refused", "sent Bearer ••••, refused"],
		["cut off: password: 'hunter2", "cut off: password: '••••"],
		["-----BEGIN RSA PRIVATE KEY-----\nhunter2\n-----END RSA PRIVATE KEY----- x", "•••• x"],
	])("loses the secret of %j", (text, expected) => {
		expect(redactText(text, isSecret)).toBe(expected);
		expect(redactText(expected, isSecret)).toBe(expected);
	});

	it.each([
		"Unexpected token } in JSON at position 3",
		"the token: it has expired",
		"https://host:8080/icons@2x.png",
		"ssh://git@github.com/a/b",
		"at work (file:///app/a.js:3:4)",
		"if (token == null) password === x",
		"2026-11-30T01:02:03Z",
		"tokens: 12",
		"a=b&c=d",
	])("%j stays as it is", (text) => {
		expect(redactText(text, isSecret)).toBe(text);
	});

	it.each(["a://a:", '"a":', '"password":"', "=", "token=", '\\"', "://", "-----BEGIN PRIVATE KEY-----", "Bearer "])(
		"made of %j a hundred thousand times is read to its end",
		(part) => {
			expect(redactText(part.repeat(100_000), isSecret).length).toBeGreaterThan(0);
		},
	);
});

describe("an answer", () => {
	const error = (message: string, cause: unknown = null) => ({ name: "E", message, code: null, stack: message, cause });

	it("loses the secrets of errors, labels and reasons, and is otherwise the very same", () => {
		const answer = {
			instance: { labels: { token: "hunter2", team: "a" }, error: error("x", error("postgres://u:hunter2@h")) },
			requests: [{ reason: "password=hunter2", because: null }],
			graph: { token: "a name of ours" },
		};
		const sent = redactAnswer(answer, isSecret);
		expect(JSON.stringify(sent)).not.toContain("hunter2");
		expect(sent.graph).toBe(answer.graph);
		expect(sent.instance.labels).toEqual({ token: HIDDEN_MARK, team: "a" });
		const harmless = { instance: { labels: { team: "a" }, error: error("x") } };
		expect(redactAnswer(harmless, isSecret)).toBe(harmless);
	});
});

it("dots that stand for a secret are known from dots that somebody means", () => {
	expect(markedKey({ a: [{ dbPassword: HIDDEN_MARK }] }, isSecret)).toBe("dbPassword");
	expect(markedKey({ url: `postgres://u:${HIDDEN_MARK}@h` }, isSecret)).toBe("url");
	expect(markedKey({ body: `{"token":"${HIDDEN_MARK}"}` }, isSecret)).toBe("body");
	expect(markedKey({ card: `${HIDDEN_MARK} 4242`, note: HIDDEN_MARK, token: "x" }, isSecret)).toBeNull();
});
