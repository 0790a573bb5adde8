const realNow = Date.now;

/** Cloud time minus this machine's time, in milliseconds. */
let offsetMs = 0;

/** Sets the offset of cloud time from this machine's time. */
export function setOffset(ms: number): void {
  offsetMs = ms;
}

/** Cloud time, milliseconds since the epoch. */
export function cloudNow(): number {
  return Math.round(realNow() + offsetMs);
}

/**
 * Makes `Date.now()`, `new Date()` and `Date()` cloud time. Dates with arguments, timers and `performance` are
 * unchanged.
 */
export function installCloudDate(): void {
  const RealDate = globalThis.Date;
  const CloudDate = function (this: unknown, ...args: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(cloudNow()).toString();
    const target = new.target === (CloudDate as unknown) ? RealDate : new.target;
    return Reflect.construct(RealDate, args.length === 0 ? [cloudNow()] : args, target);
  };
  Object.defineProperties(CloudDate, {
    ...Object.getOwnPropertyDescriptors(RealDate),
    now: { value: cloudNow, writable: true, configurable: true },
  });
  Object.defineProperty(RealDate.prototype, "constructor", { value: CloudDate, writable: true, configurable: true });
  globalThis.Date = CloudDate as unknown as DateConstructor;
}
