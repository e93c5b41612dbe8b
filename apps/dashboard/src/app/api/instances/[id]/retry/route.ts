import { control } from "../../../../../server/control-command.ts";
import { instanceRoute, only } from "../../../../../server/respond.ts";

export const dynamic = "force-dynamic";

export const POST = instanceRoute((request, instanceId) => control(request, instanceId, "retry"));
export const GET = only("POST");
