import type { Order } from './order.ts';

/** A generation as the account keeps it. */
export interface KeptGeneration {
  readonly id: string;
  readonly promptId: string;
  readonly negativePromptId: string;
  readonly order: Order;
  readonly outputs: readonly { readonly id: string; readonly url: string }[];
  readonly public: boolean;
  /** ms since the epoch. */
  readonly createdAt: number;
  readonly completedAt: number;
}

/** What the account has made; what was given up or failed is not in it. */
export interface History {
  readonly generations: readonly KeptGeneration[];
  add(generation: KeptGeneration): void;
}

export function createHistory(): History {
  const generations: KeptGeneration[] = [];
  return {
    generations,
    add(generation) {
      generations.push(generation);
    },
  };
}
