import { createHash } from "node:crypto";
import { expect } from "chai";
import { archiveHash, assetHash } from "../../../local/resource-types/content-hash.ts";

const files = (...entries: readonly (readonly [string, string])[]) =>
  new Map(entries.map(([name, content]) => [name, Buffer.from(content, "latin1")]));
const many = (text: string, count: number) => text.repeat(count);

/** What Go's `archive/tar` (Go 1.26.8), with which Pulumi's engine writes, made of these: name, mode 0600 and size given, SHA-256 of the whole file. */
const written: readonly [string, ReturnType<typeof files>, string][] = [
  ["no file", files(), "5f70bf18a086007016e948b04aed3b82103a36bea41755b6cddfaf10ace3c6ef"],
  ["a file", files(["index.mjs", "export {};\n"]), "6eb808814f07d05b821ba59e56c1ce5a7648df30171b5703c623f6d9f15bd809"],
  [
    "an empty file, and one of whole blocks",
    files(["a.txt", ""], ["lib/b.bin", many("\x00\xff", 256)]),
    "8455642bd546c304453c0ca3fff700df54fdece99d9bbceffc0aa64cd601d6ef",
  ],
  ["a byte more", files(["a", many("x", 513)]), "739af4432042d551d5a3a6fa75148a0c541d62919cb8f1afbc25212e44531b47"],
  [
    "a name that just fits",
    files([many("n", 100), "x"]),
    "c947a00bf2f5ef902e20488de87314fdf83c9d55d2675ee74f0efe30a842adb8",
  ],
  [
    "a name that does not fit",
    files([many("n", 101), "x"]),
    "2fea9249863ed8bb63ec05b478f2a6c421b582614939fd40bce717c84e009da1",
  ],
  [
    "a path that fits in two parts",
    files([`${many("d", 80)}/${many("n", 80)}`, "x"]),
    "833d16ff5ae9c0bafd9531fc38bdfd9ced7f1d558c32882190ebeab1ad02cf81",
  ],
  [
    "the longest one that does",
    files([`${many("d", 155)}/${many("n", 100)}`, "x"]),
    "4b835a14e0882fe071a52dfcb68a019b8742340ee003934d51ab72200151da3e",
  ],
  [
    "one that does not, by its folder",
    files([`${many("d", 156)}/${many("n", 100)}`, "x"]),
    "bc2f1fa2331421bf34d44d661edd2eb8921f4ec2326cbffa7767270ca84f8343",
  ],
  [
    "one that does not, by its last part",
    files([`d/${many("n", 101)}`, "x"]),
    "9521126cf57432fb0efe42277ad0c214d76d606ef411915a722adea39543d3d5",
  ],
  [
    "names that are not ASCII",
    files(["grüße/日本.txt", "x"]),
    "763fdf6c02e83ae6f70589909d5493402f768970c513f45aac058ef9c4ca76ff",
  ],
  [
    "such a long one",
    files([`${many("ü", 60)}/${many("n", 120)}`, "x"]),
    "201ac5383d0e7749aa329537e942e945cf14e22239ed721c75845569dc0389c6",
  ],
  [
    "one that is cut at a slash",
    files([`${many("d", 99)}/${many("n", 200)}`, "x"]),
    "f03f41421dc4dd08c0b6d5fd03e0b888a3e752c8ef3db4b656bfa9f0295f4070",
  ],
  [
    "one whose ASCII part fits",
    files([many("n", 87), "x"], [`${many("é", 49)}/${many("n", 3)}`, "y"]),
    "4a14e1f0daa929d8ae06d6155f973fc059deb56faf326fb87cd32f5f7909636d",
  ],
  [
    "one whose ASCII part has a slash at the end",
    files([`${many("a", 99)}é/b`, "y"]),
    "09f8aff763b16578f9c1ddde50105ae6f445ce61e22580003638e39627ac2ea7",
  ],
  [
    "records of 98 to 101 bytes, whose length has a digit more",
    files(...[88, 87, 89, 86].map((count) => [`é${many("n", count)}`, "y"] as const)),
    "bec2623a8534326f93041a1472a685354c980e80c491dbd2ba3135eb1bf2e3b9",
  ],
];

describe("the engine's hash of", () => {
  it("an asset is that of its bytes", () => {
    expect(assetHash(files(["", "hi"]))).to.equal(createHash("sha256").update("hi").digest("hex"));
  });

  for (const [what, content, hash] of written) {
    it(`an archive of ${what} is that of the tar file which the engine makes`, () => {
      expect(archiveHash(content)).to.equal(hash);
    });
  }
});
