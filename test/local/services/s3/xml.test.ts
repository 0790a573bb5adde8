import { createHash } from "node:crypto";
import { expect } from "chai";
import { OWNER, REGION, S3Stage } from "./stage.ts";
import { element, wire } from "./wire.ts";

describe("local cloud: the XML of S3's requests", () => {
  let stage: S3Stage;
  beforeEach(() => {
    stage = new S3Stage();
    stage.cloud.services.s3.store.add("data", { accountId: OWNER, region: REGION });
  });
  afterEach(() => stage.cloud.close());

  const remove = (content: string) =>
    wire(stage, "POST", "/data?delete", { body: `<?xml version="1.0" encoding="UTF-8"?>${content}` });
  const objects = (...keys: string[]) =>
    `<Delete>${keys.map((key) => `<Object><Key>${key}</Key></Object>`).join("")}</Delete>`;

  it("takes the object whose key is written by character references, names and CDATA", async () => {
    const written: Readonly<Record<string, string>> = {
      'say "hi"': "say &#34;hi&quot;",
      "two\nlines\r": "two&#xA;lines&#13;",
      "\u{1f600}é": "&#x1F600;&#xe9;",
      "a<b>&'": "a&lt;b&gt;&amp;&apos;",
      "&#34;": "&amp;#34;",
      "&amp;<i>": "<![CDATA[&amp;<i>]]>",
      "half & half": "half <![CDATA[&]]> half",
    };
    for (const key of Object.keys(written)) await stage.put(key);
    await stage.put("stays");
    const answer = await remove(objects(...Object.values(written)));
    expect(answer.status).to.equal(200);
    expect(answer.text).to.not.contain("<Error>");
    expect(await stage.keys()).to.deep.equal(["stays"]);
  });

  it("completes an upload whose entity tags come as Go writes them", async () => {
    const started = await wire(stage, "POST", "/data/k?uploads");
    const upload = `/data/k?uploadId=${element("UploadId", started.text)}`;
    await wire(stage, "PUT", `${upload}&partNumber=1`, { body: "all" });
    const tag = createHash("md5").update("all").digest("hex");
    const done = await wire(stage, "POST", upload, {
      body: `<CompleteMultipartUpload xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Part><ETag>&#34;${tag}&#34;</ETag><PartNumber>1</PartNumber></Part></CompleteMultipartUpload>`,
    });
    expect([done.status, await stage.text("k")]).to.deep.equal([200, "all"]);
  });

  it("refuses to complete an upload of no parts", async () => {
    const started = await wire(stage, "POST", "/data/k?uploads");
    const upload = `/data/k?uploadId=${element("UploadId", started.text)}`;
    for (const body of ["<CompleteMultipartUpload/>", "<CompleteMultipartUpload> </CompleteMultipartUpload>"]) {
      const { status, text } = await wire(stage, "POST", upload, { body });
      expect([status, element("Code", text), element("Message", text)]).to.deep.equal([
        400,
        "InvalidRequest",
        "You must specify at least one part",
      ]);
    }
  });

  it("answers metadata that is not ASCII in encoded words", async () => {
    const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
    const answered = async (text: string) => {
      await wire(stage, "PUT", "/data/k", { headers: { "x-amz-meta-a": bytes(text) } });
      return (await wire(stage, "HEAD", "/data/k")).headers["x-amz-meta-a"];
    };
    // Recorded on AWS 02-2026.
    for (const [text, words] of [
      ["non-ascii-%E2%80%94_—_é_", "=?UTF-8?Q?non-ascii-%E2%80%94=5F=E2=80=94=5F=C3=A9=5F?="],
      [
        "test_—_file%E2%80%94_é_2\u{1f451}.pdf",
        "=?UTF-8?Q?test=5F=E2=80=94=5Ffile%E2%80%94=5F=C3=A9=5F2=F0=9F=91=91.pdf?=",
      ],
      ["ÄMÄZÕÑ S3", "=?UTF-8?Q?=C3=84M=C3=84Z=C3=95=C3=91_S3?="],
      ["\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd\ufffd", "=?UTF-8?B?77+977+977+977+977+977+977+9?="],
      ["! =?_\t~", "! =?_\t~"],
    ] as const) {
      expect(await answered(text)).to.equal(words);
    }
    const words = (await answered("a".repeat(100) + "é".repeat(20)))?.split(" ") ?? [];
    expect(words.every((word) => word.length <= 75)).to.equal(true);
    expect(words.map((word) => /^=\?UTF-8\?Q\?(.*)\?=$/.exec(word)?.[1]).join("")).to.equal(
      "a".repeat(100) + "=C3=A9".repeat(20),
    );
  });

  it("says in lists how an object was checked", async () => {
    await stage.put("k", "body", { ChecksumSHA256: createHash("sha256").update("body").digest("base64") });
    for (const address of ["/data", "/data?list-type=2", "/data?versions"]) {
      const { text } = await wire(stage, "GET", address);
      expect([element("ChecksumAlgorithm", text), element("ChecksumType", text)], address).to.deep.equal([
        "SHA256",
        "FULL_OBJECT",
      ]);
    }
  });

  it("reads references in the documents of settings", async () => {
    const tagging = "<Tagging><TagSet><Tag><Key>te&#97;m</Key><Value>a&#x2B;b</Value></Tag></TagSet></Tagging>";
    expect((await wire(stage, "PUT", "/data?tagging", { body: tagging })).status).to.equal(204);
    expect(stage.cloud.services.s3.store.find("data")?.tags).to.deep.equal({ team: "a+b" });
  });

  it("refuses references to what is no character, and names that nothing declares", async () => {
    await stage.put("k");
    for (const text of [
      "&#0;",
      "&#xD800;",
      "&#x110000;",
      "&#;",
      "&#x;",
      "&#xZ;",
      "&eacute;",
      "&constructor;",
      "&#34",
      "&amp",
    ]) {
      const answer = await remove(objects("k", `a${text}`));
      expect([text, answer.status, element("Code", answer.text)]).to.deep.equal([text, 400, "MalformedXML"]);
    }
    expect(await stage.keys()).to.deep.equal(["k"]);
  });

  it("refuses parts without a number and a set of tags that is there twice", async () => {
    const set = "<TagSet><Tag><Key>a</Key><Value>b</Value></Tag></TagSet>";
    const part = (number: string) => `<Part><ETag>"a"</ETag>${number}</Part>`;
    const number = (text: string) => `<PartNumber>${text}</PartNumber>`;
    for (const [method, address, body] of [
      ["PUT", "/data?tagging", `<Tagging>${set}${set}</Tagging>`],
      ...["", number(""), number("one"), number("1.5"), number("1") + number("2")].map(
        (text) =>
          ["POST", "/data/k?uploadId=u", `<CompleteMultipartUpload>${part(text)}</CompleteMultipartUpload>`] as const,
      ),
    ] as const) {
      const answer = await wire(stage, method, address, { body });
      expect([body, answer.status, element("Code", answer.text)]).to.deep.equal([body, 400, "MalformedXML"]);
    }
  });

  it("refuses a document type: nothing is declared, expanded or fetched", async () => {
    await stage.put("k");
    for (const type of [
      "<!DOCTYPE Delete>",
      '<!DOCTYPE Delete [<!ENTITY a "k">]>',
      '<!DOCTYPE Delete [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
      '<!DOCTYPE Delete SYSTEM "file:///etc/hostname">',
      '<!DOCTYPE Delete [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    ]) {
      const answer = await remove(`${type}${objects("k")}`);
      expect([type, answer.status, element("Code", answer.text)]).to.deep.equal([type, 400, "MalformedXML"]);
    }
    expect(await stage.keys()).to.deep.equal(["k"]);
  });

  it("writes a key's control characters as references, which readers do not change", async () => {
    await stage.put("a\rb");
    await stage.put("c\u0001");
    const { text } = await wire(stage, "GET", "/data?list-type=2");
    expect(text).to.contain("<Key>a&#xd;b</Key>").and.to.contain("<Key>c&#x1;</Key>");
    const encoded = await wire(stage, "GET", "/data?list-type=2&encoding-type=url");
    expect(encoded.text).to.contain("<Key>a%0Db</Key>");
  });
});
