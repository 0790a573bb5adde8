import { readFile } from "node:fs/promises";
import { isIPv4 } from "node:net";
import { endianness } from "node:os";

/** Both ends of a connection; local is the accepting side. */
export interface ConnectionEnds {
  readonly localAddress: string;
  readonly localPort: number;
  readonly remoteAddress: string;
  readonly remotePort: number;
}

/** The user id of the process at the remote end, on the same machine; undefined when it cannot be determined. */
export type OwnerLookup = (ends: ConnectionEnds) => Promise<number | undefined>;

/** The kernel's connection tables. The second one is missing on a machine without IPv6. */
const TABLES = ["/proc/net/tcp", "/proc/net/tcp6"];

/** Only Linux has a way to look up a connection's owner. */
export function ownerLookupOf(platform: NodeJS.Platform): OwnerLookup | undefined {
  return platform === "linux" ? lookUpOwner : undefined;
}

async function lookUpOwner(ends: ConnectionEnds): Promise<number | undefined> {
  const tables = await Promise.all(
    TABLES.map((table) =>
      readFile(table, "latin1").catch((error: NodeJS.ErrnoException) => {
        if (error.code === "ENOENT") return "";
        throw error;
      }),
    ),
  );
  return ownerIn(tables, ends);
}

/**
 * The owner in the row of the remote end, whose local address is our remote one. The owner of a row without an inode
 * is ignored: its process has ended.
 * @param tables text of `/proc/net/tcp` and `/proc/net/tcp6`.
 */
export function ownerIn(tables: readonly string[], ends: ConnectionEnds): number | undefined {
  const own = kernelForms(ends.remoteAddress, ends.remotePort);
  const other = kernelForms(ends.localAddress, ends.localPort);
  for (const row of tables.flatMap((table) => table.split("\n"))) {
    const [, from = "", to = "", , , , , uid = "", , inode = "0"] = row.trim().split(/\s+/);
    const form = own.indexOf(from);
    if (form >= 0 && to === other[form] && inode !== "0" && /^\d+$/.test(uid)) return Number(uid);
  }
  return undefined;
}

/**
 * An IPv4 address with port in the notation of both tables: plain, and mapped into IPv6. Words are in host byte order.
 */
function kernelForms(address: string, port: number): readonly string[] {
  const plain = address.replace(/^::ffff:/i, "");
  if (!isIPv4(plain)) return [];
  const bytes = plain.split(".").map(Number);
  const word = (parts: readonly number[]) =>
    (endianness() === "LE" ? [...parts].reverse() : parts)
      .map((byte) => byte.toString(16).padStart(2, "0"))
      .join("")
      .toUpperCase();
  const end = port.toString(16).toUpperCase().padStart(4, "0");
  return [`${word(bytes)}:${end}`, `${"0".repeat(16)}${word([0, 0, 255, 255])}${word(bytes)}:${end}`];
}
