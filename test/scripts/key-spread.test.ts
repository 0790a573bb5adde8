import { expect } from "chai";
import { sequenceBase, sequenceIndex, sequenceNumber } from "../../local/services/kinesis/sequence-number.ts";
import {
  busiestPartition,
  type KeyForm,
  keyForms,
  OBSERVED_STEPS,
  steps,
  writesByKey,
} from "../../scripts/key-spread.ts";

/**
 * Sequence numbers of successive records of one shard that people have published: in the Lambda guide's sample event,
 * and in notes and fixtures of public repositories (nordstrom/hello-retail, UrbanCCD-UChicago/plenario-lambdas,
 * hiseulgi/mlops-zoomcamp, and two more).
 */
const PUBLISHED = [
  [
    "49590869158258093356086549590436069091686336058884096002",
    "49590869158258093356086549590437278017505950688058802178",
    "49590869158258093356086549590438486943325565317233508354",
  ],
  [
    "49570889523503059275381512478863820069782211031140925442",
    "49570889523503059275381512478865028995601825660315631618",
  ],
  [
    "49647060812288014558888668248263847763900017820167045122",
    "49647060812288014558888668248268683467178536947444350978",
  ],
  [
    "49568749374218235080373793662003016116473266703358230578",
    "49568749374218235080373793662021150003767486140978823218",
  ],
  [
    "49617540848801912135011979009631964890560033795128426498",
    "49617540848801912135011979009816930540961072058858471426",
  ],
  [
    "49590338271490256608559692538361571095921575989136588898",
    "49590338271490256608559692540925702759324208523137515618",
  ],
] as const;

/** Seconds and shard in a sequence number. */
const partsOf = (number: string) => {
  const bits = BigInt(number);
  const part = (shift: bigint, length: bigint) => Number((bits >> shift) & ((1n << length) - 1n));
  return { created: part(148n, 36n), shard: part(4n, 32n), second: part(36n, 36n) };
};

const [twoDigits, threeDigits, whole] = keyForms as [KeyForm, KeyForm, KeyForm];
const [directly] = steps as [(typeof steps)[number]];

describe("the simulation of the hash keys' spread", () => {
  it("makes sequence numbers of the layout that published ones have", () => {
    for (const number of PUBLISHED.flat()) {
      const { created, shard, second } = partsOf(number);
      const base = sequenceBase(shard, created * 1_000);
      expect(sequenceNumber(base, sequenceIndex(base, number) ?? Number.NaN, second * 1_000)).to.equal(number);
    }
  });

  it("takes the steps between published ones", () => {
    const found = PUBLISHED.flatMap((numbers) => {
      const indexes = numbers.map((number) => Number((BigInt(number) >> 80n) & ((1n << 64n) - 1n)));
      return indexes.slice(1).map((index, at) => index - (indexes[at] ?? 0));
    });
    expect(found).to.deep.equal([...OBSERVED_STEPS]);
  });

  it("finds that the two digits are uneven: of a shard's 100 keys, 25 have twice the writes of the others", () => {
    const writes = [...writesByKey({ shards: 1, recordsPerSecond: 1_000 }, twoDigits, directly).values()];
    expect(writes).to.have.length(100);
    expect(writes.filter((count) => count === 16)).to.have.length(25);
    expect(writes.filter((count) => count === 8)).to.have.length(75);
  });

  for (const step of steps)
    it(`finds no key with a twentieth of a partition's 1,000 writes/s at a full shard (index steps: ${step.name})`, () => {
      const writes = writesByKey({ shards: 10, recordsPerSecond: 1_000 }, twoDigits, step);
      expect(writes.size).to.equal(1_000);
      expect(Math.max(...writes.values())).to.be.lessThan(50);
    });

  it("counts every write in one partition, and more keys fill partitions more evenly", () => {
    const load = { shards: 100, recordsPerSecond: 300 };
    const busiest = (form: KeyForm) => busiestPartition(writesByKey(load, form, directly), 45);
    expect(busiestPartition(writesByKey(load, whole, directly), 1)).to.deep.equal([30_000, 30_000]);
    expect(busiest(twoDigits)[0]).to.be.greaterThan(busiest(threeDigits)[0]);
    expect(busiest(threeDigits)[0]).to.be.greaterThan(30_000 / 45);
  });
});
