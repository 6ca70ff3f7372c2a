/** Where Stablecog's operations stand. */
export interface StablecogPaths {
  readonly create: string;
  readonly models: string;
  readonly defaults: string;
  readonly outputs: string;
  readonly credits: string;
}

const current: StablecogPaths = {
  create: '/v1/image/generation/create',
  models: '/v1/image/generation/models',
  defaults: '/v1/image/generation/defaults',
  outputs: '/v1/image/generation/outputs',
  credits: '/v1/credits',
};

const old: StablecogPaths = {
  ...current,
  create: '/v1/image/generate',
  models: '/v1/image/models/generate',
  defaults: '/v1/image/defaults/generate',
  outputs: '/v1/image/outputs',
};

/**
 * The present paths, or those of before May 2023, which lead to the same operations and are
 * deprecated. Source: Stablecog's documentation and the routes of its server.
 */
export function stablecogPaths(oldPaths: boolean): StablecogPaths {
  return oldPaths ? old : current;
}
