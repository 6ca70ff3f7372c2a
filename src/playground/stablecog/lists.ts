import type { StablecogModel } from './models.ts';
import { defaults } from './order.ts';
import { creditsLeft } from './produce.ts';
import type { StablecogServer } from './server.ts';

/** `GET /v1/image/generation/models` */
export function modelsList({ api }: StablecogServer): unknown {
  return {
    models: api.settings.models.map((model) => ({
      id: model.id,
      name: model.name,
      is_default: model.isDefault,
      available_schedulers: model.schedulers.map(({ id, name }) => ({ id, name })),
      default_width: model.width,
      default_height: model.height,
    })),
  };
}

/** `GET /v1/image/generation/defaults` */
export function defaultsList({ api }: StablecogServer): unknown {
  const model: StablecogModel | undefined = api.settings.models.find((it) => it.isDefault);
  return {
    model_id: model?.id,
    scheduler_id: model?.schedulers[0]?.id,
    width: model?.width,
    height: model?.height,
    num_outputs: defaults.images,
    guidance_scale: defaults.guidance,
    inference_steps: model?.steps,
    prompt_strength: defaults.strength,
  };
}

/** `GET /v1/credits` */
export function creditsList({ api }: StablecogServer): unknown {
  const left = creditsLeft(api.books);
  return {
    total_remaining_credits: left,
    credits: [
      {
        id: '6ab1d8a3-3a2e-4f0b-9c1f-6a1b5d0c7e42',
        remaining_amount: left,
        expires_at: '2100-01-01T00:00:00Z',
        type: { id: 'c2f1b8a0-5d3e-4c6b-8f7a-9e0d1c2b3a45', name: api.settings.plan, amount: left },
      },
    ],
  };
}
