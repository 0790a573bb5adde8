import { connect, createServer, type Socket } from "node:net";
import { endianness } from "node:os";
import { expect } from "chai";
import {
  type ConnectionEnds,
  type OwnerLookup,
  ownerIn,
  ownerLookupOf,
} from "../../../local/provider/grpc/connection-owner.ts";
import { failureOf } from "../../support/failure-of.ts";
import { framed, RawConnection } from "../../support/raw-connection.ts";
import { WireStage } from "../../support/wire-stage.ts";

const OWN = process.geteuid?.() ?? 0;
const HEAD = "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode";
const row = (from: string, to: string, uid: number, inode = 4711) =>
  `   1: ${from} ${to} 01 00000000:00000000 00:00000000 00000000  ${uid}        0 ${inode} 1 00000000abf2f75b 20 0 0 10 -1`;
const MAPPED = "0000000000000000FFFF0000";

describe("the owner of a connection in the kernel's tables", () => {
  const ends: ConnectionEnds = {
    localAddress: "127.0.0.1",
    localPort: 4700,
    remoteAddress: "127.0.0.1",
    remotePort: 40000,
  };
  before(function () {
    // The rows below are those of a little-endian machine.
    if (endianness() !== "LE") this.skip();
  });

  it("is in the row of the remote end, by both addresses and ports", () => {
    const table = [
      HEAD,
      row("0100007F:125C", "00000000:0000", 1),
      row("0100007F:125C", "0100007F:9C40", 2),
      row("0100007F:9C40", "0100007F:125D", 3),
      row("0100007F:9C41", "0100007F:125C", 4),
      row("0200007F:9C40", "0100007F:125C", 5),
      row("0100007F:9C40", "0100007F:125C", 1234),
      "",
    ].join("\n");
    expect(ownerIn([table, HEAD], ends)).to.equal(1234);
    expect(ownerIn([table, HEAD], { ...ends, remotePort: 40002 })).to.equal(undefined);
    expect(ownerIn([table], { ...ends, remoteAddress: "127.0.0.2" })).to.equal(5);
  });

  it("is found for an IPv4 address mapped into IPv6, on either side", () => {
    const table = [HEAD, row(`${MAPPED}0100007F:9C40`, `${MAPPED}0100007F:125C`, 1234)].join("\n");
    expect(ownerIn([HEAD, table], ends)).to.equal(1234);
    const mapped = { ...ends, localAddress: "::ffff:127.0.0.1", remoteAddress: "::ffff:127.0.0.1" };
    expect(ownerIn([HEAD, table], mapped)).to.equal(1234);
    expect(ownerIn([[HEAD, row("0100007F:9C40", "0100007F:125C", 7)].join("\n")], mapped)).to.equal(7);
  });

  it("is not taken from a row without a process, which would show root", () => {
    expect(ownerIn([row("0100007F:9C40", "0100007F:125C", 0, 0)], ends)).to.equal(undefined);
  });

  it("is unknown for other addresses, and from malformed tables", () => {
    expect(ownerIn([row("0100007F:9C40", "0100007F:125C", 9)], { ...ends, remoteAddress: "::1" })).to.equal(undefined);
    expect(ownerIn(["", "no table"], ends)).to.equal(undefined);
  });

  it("can be looked up on Linux only", () => {
    expect(ownerLookupOf("linux")).to.be.a("function");
    for (const platform of ["darwin", "win32", "freebsd"] as const) expect(ownerLookupOf(platform)).to.equal(undefined);
  });

  it("is this user for its own connection, by IPv4 and mapped into IPv6", async function () {
    const lookUp = ownerLookupOf(process.platform);
    if (!lookUp) this.skip();
    for (const host of ["127.0.0.1", "::ffff:127.0.0.1"]) {
      const server = createServer();
      const accepted = new Promise<Socket>((resolve) => server.once("connection", resolve));
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const { port } = server.address() as { port: number };
      const client = connect({ host, port });
      const { localAddress = "", localPort = 0, remoteAddress = "", remotePort = 0 } = await accepted;
      expect(await lookUp({ localAddress, localPort, remoteAddress, remotePort }), host).to.equal(OWN);
      client.destroy();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    }
  });
});

describe("a provider port that looks up the owner of each connection", () => {
  const attach = framed(new Uint8Array());
  let stage: WireStage;
  let refusals: string[];
  const start = async (ownerOf: OwnerLookup | undefined) => {
    refusals = [];
    stage = await WireStage.start(undefined, { ownerOf, onRefused: (reason) => refusals.push(reason) });
  };
  afterEach(() => stage.close());

  it("serves this user's connections, looking up each one once, by both its ends", async () => {
    const asked: ConnectionEnds[] = [];
    await start(async (ends) => {
      asked.push(ends);
      return OWN;
    });
    const client = await RawConnection.open(stage.port);
    expect(await client.call("Attach", attach)).to.include({ status: "0" });
    expect(await client.call("Attach", attach)).to.include({ status: "0" });
    const end = { localAddress: "127.0.0.1", remoteAddress: "127.0.0.1" };
    expect(asked).to.deep.equal([{ ...end, localPort: stage.port, remotePort: client.localPort }]);
    expect([stage.server.isOpenToOthers, refusals]).to.deep.equal([false, []]);
    await client.kill();
  });

  for (const [what, ownerOf, reason] of [
    ["another user's", async () => OWN + 1, `it belongs to user ${OWN + 1}, and this is user ${OWN}.`],
    ["nobody's", async () => undefined, "the kernel does not know its owner."],
    [
      "a connection that cannot be looked up",
      async () => {
        throw new Error("EACCES");
      },
      "its owner cannot be looked up (EACCES).",
    ],
  ] as const satisfies readonly (readonly [string, OwnerLookup, string])[]) {
    it(`ends ${what} before its first call, and says why`, async () => {
      await start(ownerOf);
      const client = await RawConnection.open(stage.port);
      const { localPort } = client;
      expect(await client.call("Attach", attach)).to.deep.equal({ status: undefined, message: "" });
      expect(stage.server.instances).to.equal(0);
      expect(refusals).to.deep.equal([
        `Refused a connection from 127.0.0.1:${localPort} to the provider's port: ${reason}`,
      ]);
      expect(await failureOf(stage.connect().attach())).to.match(/\w/);
    });
  }

  it("reads nothing of a connection before the look-up", async () => {
    let answer: (owner: number) => void = () => {};
    await start(
      () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    );
    const client = await RawConnection.open(stage.port);
    const call = client.call("Attach", attach);
    // A second connection, whose look-up is under way as well, shows that the first one's bytes have arrived.
    const first = answer;
    const second = await RawConnection.open(stage.port);
    while (answer === first) await new Promise((resolve) => setImmediate(resolve));
    expect(stage.server.instances).to.equal(0);
    first(OWN);
    expect(await call).to.include({ status: "0" });
    expect(stage.server.instances).to.equal(1);
    await second.kill();
    answer(OWN);
    await client.kill();
  });

  it("accepts every connection without a look-up, and reports that", async () => {
    await start(undefined);
    const client = await RawConnection.open(stage.port);
    expect(await client.call("Attach", attach)).to.include({ status: "0" });
    expect(stage.server.isOpenToOthers).to.equal(true);
    await client.kill();
  });
});
