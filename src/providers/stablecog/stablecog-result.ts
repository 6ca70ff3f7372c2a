import type { ProvidedPicture, ProviderResult, UsedSettings } from '../../domain/provider.ts';
import type { Warning } from '../../domain/warning.ts';
import { fetchable } from '../fetchable.ts';
import type { StablecogPicture, StablecogSettings } from './stablecog-answer.ts';
import type { StablecogOrder } from './stablecog-body.ts';
import type { Scheduler } from './stablecog-model.ts';

/** What was really used, in the domain's words. */
function usedSettings(told: StablecogSettings, schedulers: readonly Scheduler[]): UsedSettings {
  const scheduler = schedulers.find(({ id }) => id === told.scheduler_id)?.name;
  return {
    ...(told.seed === undefined ? {} : { seed: told.seed }),
    ...(told.guidance_scale === undefined ? {} : { guidance: told.guidance_scale }),
    ...(told.inference_steps === undefined ? {} : { steps: told.inference_steps }),
    ...(scheduler === undefined ? {} : { scheduler }),
    ...(told.width === undefined || told.height === undefined
      ? {}
      : { width: told.width, height: told.height }),
  };
}

/** Where pictures can be fetched, in order, at most so many; they are unsigned, and no end is known. */
function addressesOf(
  outputs: readonly StablecogPicture[],
  images: number,
): readonly ProvidedPicture[] {
  return outputs
    .flatMap(({ url, image_url: imageUrl }): ProvidedPicture[] => {
      const address = fetchable(url) ?? fetchable(imageUrl);
      return address === undefined ? [] : [{ kind: 'address', url: address, expiresAt: null }];
    })
    .slice(0, images);
}

/** What members should know of how the order was carried out. */
function warningsOf(order: StablecogOrder, told: StablecogSettings): readonly Warning[] {
  const { size, scheduler, stepsGiven } = order;
  const { width = size.width, height = size.height } = told;
  const replaced =
    scheduler?.id !== undefined && scheduler.id !== (told.scheduler_id ?? scheduler.id);
  const warnings: readonly (Warning | false)[] = [
    stepsGiven && 'steps-ignored',
    (replaced || scheduler === null) && 'scheduler-replaced',
    (width !== size.width || height !== size.height) && 'size-changed',
  ];
  return warnings.filter((it) => it !== false);
}

/** The result of an order, however it came to be known. */
export function resultOf(
  order: StablecogOrder,
  made: {
    readonly outputs: readonly StablecogPicture[];
    readonly told: StablecogSettings;
    /** How many pictures were asked for. */
    readonly asked: number;
    readonly schedulers: readonly Scheduler[];
    readonly requestId: string | undefined;
  },
): ProviderResult {
  return {
    pictures: addressesOf(made.outputs, made.asked),
    // Charged before and for each picture asked for, whatever came of it. Source: Stablecog's server.
    providerCost: Math.max(made.told.num_outputs ?? made.asked, made.outputs.length),
    used: usedSettings(made.told, made.schedulers),
    requestId: made.requestId,
    warnings: warningsOf(order, made.told),
  };
}
