import { expect } from "chai";
import {
  createAssumedRole,
  type SessionCredentials,
  withFreshSession,
} from "../../../functions/shared/assumed-role.ts";
import { awsError } from "../support/aws-error.ts";
import { VirtualClock } from "../support/virtual-clock.ts";

const MINUTE_MS = 60_000;

function setup() {
  const clock = new VirtualClock(0);
  const state = { assumed: 0, error: undefined as Error | undefined, refreshErrors: [] as unknown[] };
  const role = createAssumedRole({
    clock,
    assume: async (): Promise<SessionCredentials> => {
      state.assumed++;
      await Promise.resolve();
      if (state.error !== undefined) throw state.error;
      return { accessKeyId: `key-${state.assumed}`, secretAccessKey: "secret", sessionToken: "token" };
    },
    onEarlyRefreshFailed: (error) => state.refreshErrors.push(error),
  });
  const keyId = async (): Promise<string> => (await role.credentials()).accessKeyId;
  return { clock, state, role, keyId };
}

describe("createAssumedRole", () => {
  it("assumes once for 32 that ask at once, and once more for 32 that find the session about to end", async () => {
    const { clock, keyId } = setup();
    const ask = (): Promise<string[]> => Promise.all(Array.from({ length: 32 }, keyId));
    expect(new Set(await ask())).to.deep.equal(new Set(["key-1"]));
    clock.set(55 * MINUTE_MS - 1);
    expect(new Set(await ask())).to.deep.equal(new Set(["key-1"]));
    clock.set(55 * MINUTE_MS);
    expect(new Set(await ask())).to.deep.equal(new Set(["key-2"]));
  });

  it("counts a session's age from before the request", async () => {
    const { clock, keyId } = setup();
    const first = keyId();
    clock.set(10 * MINUTE_MS);
    await first;
    clock.set(55 * MINUTE_MS);
    expect(await keyId()).to.equal("key-2");
  });

  it("keeps the session that holds while STS is down, tries again every 10 seconds, and says so", async () => {
    const { clock, state, keyId } = setup();
    await keyId();
    state.error = awsError("ServiceUnavailable", { status: 503 });
    clock.set(55 * MINUTE_MS);
    expect(await keyId()).to.equal("key-1");
    expect(await keyId()).to.equal("key-1");
    expect(state.assumed).to.equal(2);
    expect(state.refreshErrors).to.deep.equal([state.error]);
    clock.set(55 * MINUTE_MS + 10_000);
    expect(await keyId()).to.equal("key-1");
    expect(state.assumed).to.equal(3);
    state.error = undefined;
    clock.set(59 * MINUTE_MS);
    expect(await keyId()).to.equal("key-4");
  });

  it("throws STS's error when no session holds, and assumes again at the next request", async () => {
    const { clock, state, keyId } = setup();
    await keyId();
    state.error = awsError("AccessDenied");
    clock.set(60 * MINUTE_MS);
    expect(await keyId().catch((error: unknown) => error)).to.equal(state.error);
    state.error = undefined;
    expect(await keyId()).to.equal("key-3");
  });

  it("replaces a session that is said to be bad once, however many say so", async () => {
    const { role, state, keyId } = setup();
    const used = await role.credentials();
    role.discard(used);
    const replaced = await keyId();
    role.discard(used);
    expect(await keyId()).to.equal(replaced);
    expect(state.assumed).to.equal(2);
  });
});

describe("withFreshSession", () => {
  it("sends again once with a new session when the old one has expired", async () => {
    const { role, state, keyId } = setup();
    const sentAs: string[] = [];
    const answer = await withFreshSession(role, async () => {
      sentAs.push(await keyId());
      if (sentAs.length === 1) throw awsError("ExpiredTokenException");
      return "sent";
    });
    expect(answer).to.equal("sent");
    expect(sentAs).to.deep.equal(["key-1", "key-2"]);
    expect(state.assumed).to.equal(2);
  });

  it("gives up when the new session is refused too", async () => {
    const { role, state, keyId } = setup();
    const expired = awsError("ExpiredTokenException");
    const send = async (): Promise<never> => {
      await keyId();
      throw expired;
    };
    const outcome = await withFreshSession(role, send).catch((error: unknown) => error);
    expect(outcome).to.equal(expired);
    expect(state.assumed).to.equal(2);
  });

  it("leaves other errors to the caller, without another session", async () => {
    const { role, state } = setup();
    const denied = awsError("AccessDeniedException");
    expect(await withFreshSession(role, () => Promise.reject(denied)).catch((error: unknown) => error)).to.equal(
      denied,
    );
    expect(state.assumed).to.equal(1);
  });
});
