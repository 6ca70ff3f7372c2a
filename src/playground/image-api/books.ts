/** One charge. */
export interface Charge {
  /** When, ms since the epoch. */
  readonly at: number;
  readonly requestId: string;
  readonly prompt: string;
  /** Pictures made, black ones among them. */
  readonly images: number;
  readonly blackImages: number;
  /** Credits: one for each picture made. */
  readonly cost: number;
}

/** What the account was charged for: the truth that a bot's own ledger must agree with. */
export interface Books {
  readonly charges: readonly Charge[];
  /** Credits charged in all. */
  readonly totalCost: number;
  /** Pictures made in all. */
  readonly totalImages: number;
  /** Credits left; `Infinity` where the account has no end. May be set at any time. */
  creditsLeft: number;
  /** Prompts that were charged more than once. */
  chargedTwice(): string[];
}

/** The books with the two sides that only the API itself may use. */
export interface OpenBooks extends Books {
  /** Sets credits aside for a request under way; `undefined` when there are too few. */
  reserve(cost: number): { charge(charge: Charge): void; release(): void } | undefined;
}

export function createBooks(creditsLeft: number): OpenBooks {
  const charges: Charge[] = [];
  let reserved = 0;
  const books: OpenBooks = {
    charges,
    creditsLeft,
    get totalCost() {
      return charges.reduce((sum, charge) => sum + charge.cost, 0);
    },
    get totalImages() {
      return charges.reduce((sum, charge) => sum + charge.images, 0);
    },
    chargedTwice() {
      const seen = new Set<string>();
      const twice = new Set<string>();
      for (const { prompt } of charges) (seen.has(prompt) ? twice : seen).add(prompt);
      return [...twice];
    },
    reserve(cost) {
      if (books.creditsLeft - reserved < cost) return undefined;
      reserved += cost;
      let open = true;
      const release = (): void => {
        if (open) reserved -= cost;
        open = false;
      };
      return {
        release,
        charge(charge) {
          release();
          books.creditsLeft -= charge.cost;
          charges.push(charge);
        },
      };
    },
  };
  return books;
}
