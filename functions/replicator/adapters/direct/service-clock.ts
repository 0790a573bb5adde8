/** From this difference on, the service's time is taken instead of this machine's; requests may be 5 minutes wrong. */
const SKEW_MS = 4 * 60_000;

/** The time by the service's clock, which signatures must agree with. */
export interface ServiceClock {
  /** Milliseconds since the epoch. */
  now(): number;
  /** Compares the clock with an answer's Date header. */
  correct(date: string | undefined): void;
}

/** This machine's clock, corrected by the answers. @param now milliseconds since the epoch */
export function createServiceClock(now: () => number): ServiceClock {
  let offset = 0;
  let lastDate: string | undefined;
  const corrected = (): number => now() + offset;
  return {
    now: corrected,
    correct(date) {
      // Of many answers within one second, one is enough.
      if (date === undefined || date === lastDate) return;
      lastDate = date;
      const serviceTime = Date.parse(date);
      if (Math.abs(serviceTime - corrected()) >= SKEW_MS) offset = serviceTime - now();
    },
  };
}
