import { z } from 'zod';
import { prices } from './config-prices.ts';
import {
  address,
  integer,
  key,
  keyedAddress,
  names,
  oneOf,
  rateWindows,
  textOrFile,
  truth,
} from './config-values.ts';
import { defaultKidjigModels, kidjigModels } from './kidjig-models.ts';
import { providerNames } from './provider-names.ts';

/** The settings of the image APIs. A provider whose key is not set is left out, whatever else is set. */
export const providerShape = {
  CLAID_API_KEY: key(8, 'the-key-that-your-Claid-dashboard-showed-once'),
  CLAID_API_URL: keyedAddress
    .default('https://api.claid.ai/v1')
    .meta({ example: 'https://api.claid.ai/v1' }),
  CLAID_RATE_LIMITS: rateWindows
    .default([
      { limit: 120, windowMs: 60_000 },
      { limit: 4, windowMs: 1_000 },
    ])
    .meta({ example: '120;w=60, 4;w=1' }),
  CLAID_TIMEOUT_SECONDS: integer(1, 3600).default(180).meta({ example: '180' }),
  CLAID_OUTPUT: z
    .string()
    .max(4096)
    .regex(/^storage:\/\/[^/\s]+\/([^\s]*\/)?$/, 'must look like storage://name/path/ and end in /')
    .nullable()
    .default(null)
    .meta({ example: 'storage://my-bucket/easel/' }),
  CLAID_OUTPUT_URL: address
    .nullable()
    .default(null)
    .meta({ example: 'https://my-bucket.s3.amazonaws.com' }),
  CLAID_OUTPUT_ACCESS_KEY: key(3, 'AKIAIOSFODNN7EXAMPLE'),
  CLAID_OUTPUT_SECRET_KEY: key(8, 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'),
  CLAID_OUTPUT_REGION: z
    .string()
    .regex(/^[a-z0-9-]{2,40}$/, 'must be the name of a region (auto for Google Cloud Storage)')
    .default('us-east-1')
    .meta({ example: 'eu-west-1' }),
  CLAID_CREDITS: integer(0, 1_000_000_000).nullable().default(null).meta({ example: '5000' }),

  STABLECOG_API_KEY: key(8, 'sc-and-64-digits-and-letters'),
  STABLECOG_API_URL: keyedAddress
    .default('https://api.stablecog.com')
    .meta({ example: 'https://api.stablecog.com' }),
  STABLECOG_OLD_PATHS: truth.default(false).meta({ example: 'false' }),
  STABLECOG_PLAN: oneOf('free', 'starter', 'pro', 'ultimate')
    .default('free')
    .meta({ example: 'free' }),
  STABLECOG_RATE_LIMITS: rateWindows
    .default([{ limit: 5, windowMs: 1_000 }])
    .meta({ example: '5;w=1' }),
  STABLECOG_TIMEOUT_SECONDS: integer(1, 3600).default(300).meta({ example: '300' }),

  KIDJIG_API_KEY: key(8, 'the-key-from-platform.kidjig.com'),
  KIDJIG_API_URL: keyedAddress
    .default('https://api.kidjig.com/provider')
    .meta({ example: 'https://api.kidjig.com/provider' }),
  KIDJIG_MODELS: textOrFile
    .pipe(kidjigModels)
    .default(defaultKidjigModels)
    .meta({ example: '{"flux-pro-v1.1-ultra":{"title":"FLUX 1.1 Pro Ultra"}}' }),
  KIDJIG_RATE_LIMITS: rateWindows.default([]).meta({ example: '2;w=1' }),
  KIDJIG_TIMEOUT_SECONDS: integer(1, 3600).default(600).meta({ example: '600' }),

  OPENAI_API_KEY: key(6, 'sk-the-key-of-your-project'),
  OPENAI_API_URL: address.nullable().default(null).meta({ example: 'http://192.168.1.20:8080/v1' }),
  OPENAI_SERVER: oneOf('openai', 'localai', 'sd-cpp', 'vllm-omni')
    .default('openai')
    .meta({ example: 'openai' }),
  OPENAI_MODELS: names.default([]).meta({ example: 'gpt-image-1, gpt-image-1-mini' }),
  OPENAI_SIDE_PIXELS: integer(64, 4096).default(1024).meta({ example: '1024' }),
  // Each may answer with pictures of 48 MB in all, which are in memory until they are in the spool.
  OPENAI_PARALLEL_JOBS: integer(1, 8).default(1).meta({ example: '1' }),
  OPENAI_UNFILTERED: truth.default(false).meta({ example: 'false' }),
  OPENAI_RATE_LIMITS: rateWindows.default([]).meta({ example: '5;w=60' }),
  OPENAI_TIMEOUT_SECONDS: integer(1, 3600).default(300).meta({ example: '300' }),

  DEFAULT_PROVIDER: oneOf(...providerNames)
    .nullable()
    .default(null)
    .meta({ example: 'claid' }),
  PRICES: prices.default(new Map()).meta({ example: 'claid=1, stablecog/flux.1=2' }),
} as const;
