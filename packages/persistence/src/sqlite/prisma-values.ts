import {
	type ArgType,
	type ColumnType,
	ColumnTypeEnum,
	DriverAdapterError,
	type SqlResultSet,
} from "@prisma/driver-adapter-utils";
import { isBusy, sqliteCode } from "./sqlite-errors.ts";

/** Values and errors between Prisma and SQLite. */

/** The declared types that Prisma's migrations write. */
const DECLARED: Readonly<Record<string, ColumnType>> = {
	INTEGER: ColumnTypeEnum.Int32,
	INT: ColumnTypeEnum.Int32,
	BIGINT: ColumnTypeEnum.Int64,
	REAL: ColumnTypeEnum.Double,
	DECIMAL: ColumnTypeEnum.Numeric,
	BOOLEAN: ColumnTypeEnum.Boolean,
	DATETIME: ColumnTypeEnum.DateTime,
	JSONB: ColumnTypeEnum.Json,
	TEXT: ColumnTypeEnum.Text,
	BLOB: ColumnTypeEnum.Bytes,
};

export function toColumnType(declared: string | null): ColumnType | null {
	if (declared === null || declared === "") return null;
	return DECLARED[declared.toUpperCase()] ?? ColumnTypeEnum.Text;
}

/** An expression has no declared type: its values say what it is. */
function typeOfValue(value: unknown): ColumnType {
	switch (typeof value) {
		case "string":
			return ColumnTypeEnum.Text;
		case "bigint":
			return ColumnTypeEnum.Int64;
		case "number":
			return ColumnTypeEnum.Double;
		case "object":
			return value === null ? ColumnTypeEnum.Int32 : ColumnTypeEnum.Bytes;
		default:
			return ColumnTypeEnum.Text;
	}
}

export function toResult(names: string[], declared: readonly (ColumnType | null)[], rows: unknown[][]): SqlResultSet {
	const columnTypes = declared.map((type, i) => type ?? typeOfValue(rows.find((row) => row[i] !== null)?.[i] ?? null));
	for (const row of rows) {
		for (const [i, value] of row.entries()) {
			if (typeof value === "bigint") row[i] = fromInteger(value, columnTypes[i]);
		}
	}
	return { columnNames: names, columnTypes, rows };
}

/** Integers are read as bigint, so that none is rounded on the way. */
function fromInteger(value: bigint, type: ColumnType | undefined): string | number {
	if (type === ColumnTypeEnum.DateTime) return new Date(Number(value)).toISOString();
	const number = Number(value);
	return Number.isSafeInteger(number) ? number : value.toString();
}

export function toBound(value: unknown, type: ArgType | undefined): unknown {
	if (value === null || value === undefined) return null;
	if (typeof value === "boolean") return value ? 1 : 0;
	if (value instanceof Date) return value.toISOString();
	if (typeof value !== "string" || type === undefined) return value;
	switch (type.scalarType) {
		case "int":
			return Number.parseInt(value, 10);
		case "float":
		case "decimal":
			return Number.parseFloat(value);
		case "bigint":
			return BigInt(value);
		case "bytes":
			return Buffer.from(value, "base64");
		case "datetime":
			return new Date(value).toISOString();
		default:
			return value;
	}
}

export function toDriverError(error: unknown): unknown {
	const code = sqliteCode(error);
	if (code === null || !(error instanceof Error)) return error;
	const original = { originalCode: code, originalMessage: error.message };
	if (code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY") {
		return new DriverAdapterError({ ...original, kind: "UniqueConstraintViolation", constraint: fieldsOf(error) });
	}
	if (code === "SQLITE_CONSTRAINT_NOTNULL") {
		return new DriverAdapterError({ ...original, kind: "NullConstraintViolation", constraint: fieldsOf(error) });
	}
	if (code === "SQLITE_CONSTRAINT_FOREIGNKEY") {
		const constraint = { foreignKey: {} };
		return new DriverAdapterError({ ...original, kind: "ForeignKeyConstraintViolation", constraint });
	}
	if (isBusy(error)) return new DriverAdapterError({ ...original, kind: "SocketTimeout" });
	return new DriverAdapterError({ ...original, kind: "sqlite", extendedCode: 1, message: error.message });
}

/** From "UNIQUE constraint failed: instance.instance_id, instance.generation". */
function fieldsOf(error: Error): { fields: string[] } {
	const list = error.message.split("constraint failed: ")[1] ?? "";
	return { fields: list.split(", ").map((column) => column.slice(column.indexOf(".") + 1)) };
}
