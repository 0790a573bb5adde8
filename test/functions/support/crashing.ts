/** The execution environment died. */
export class CrashError extends Error {
  override readonly name = "CrashError";
}

/** An execution environment that dies at one of its calls: before the call has its effect, or after it. Calls of the dead never answer. */
export class Mortal {
  readonly died: Promise<never>;
  #die: () => void = () => undefined;
  #isDead = false;
  #calls = 0;
  readonly #diesAt: number;
  readonly #isAfter: boolean;

  /** @param diesAt number of the call, from 1; 0: never. */
  constructor(diesAt: number, isAfter: boolean) {
    this.#diesAt = diesAt;
    this.#isAfter = isAfter;
    this.died = new Promise((_, reject) => {
      this.#die = () => {
        this.#isDead = true;
        reject(new CrashError());
      };
    });
    this.died.catch(() => undefined);
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** One call to the outside. */
  async call<T>(effect: () => Promise<T>): Promise<T> {
    if (!this.#isDead && ++this.#calls === this.#diesAt) {
      if (this.#isAfter) await effect();
      this.#die();
    }
    return this.#isDead ? new Promise<T>(() => undefined) : effect();
  }
}
