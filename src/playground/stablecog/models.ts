/** A scheduler as the API's lists name it. */
export interface StablecogScheduler {
  readonly id: string;
  readonly name: string;
}

/** A model that the stand-in offers. The first of its schedulers is its default. */
export interface StablecogModel {
  readonly id: string;
  readonly name: string;
  readonly isDefault: boolean;
  readonly schedulers: readonly StablecogScheduler[];
  /** Of a picture for which no size is asked, in pixels. */
  readonly width: number;
  readonly height: number;
  /** The steps that are taken, whatever is asked for. */
  readonly steps: number;
}

const scheduler = (name: string, id: string): StablecogScheduler => ({ id, name });

const euler = scheduler('K_EULER', '6fb13b76-9900-4fa4-abf8-8f843e034a7f');
const stableDiffusion = [
  scheduler('K_EULER_ANCESTRAL', 'af2679a4-dbbb-4950-8c06-c3bb15416ef6'),
  euler,
  scheduler('DPM++_2M', '9d175114-9a26-4371-861c-729ba9ecb4da'),
  scheduler('K_LMS', '55027f8b-f046-4e71-bc51-53d5448661e0'),
  scheduler('DDIM', '82cf78dd-6afb-48cc-aca6-14224cca6950'),
  scheduler('UNI_PC', '01e94c28-501d-4c6d-8f00-079f3230bf58'),
];
const kandinsky = [scheduler('DDPM', 'cc1b8dbf-0aec-4e52-8110-8082506fb7ba')];

const model = (
  name: string,
  id: string,
  side: number,
  schedulers: readonly StablecogScheduler[],
): StablecogModel => ({
  id,
  name,
  isDefault: name === 'FLUX.1',
  schedulers,
  width: side,
  height: side,
  steps: 30,
});

/** Names and ids are Stablecog's; which schedulers go with which model is the stand-in's own. */
export const stablecogModels: readonly StablecogModel[] = [
  model('Stable Diffusion 3', '986d447d-c38b-4218-a2c8-6e0b691f47ec', 1024, [euler]),
  model('FLUX.1', '0a99668b-45bd-4f7e-aa9c-f9aaa41ef13b', 1024, [euler]),
  model('Kandinsky 2.2', '9fa49c00-109d-430f-9ddd-449f02e2c71a', 1024, kandinsky),
  model('SSD-1B', '4e54440f-ee17-4712-b4b6-0671b94d685d', 1024, stableDiffusion),
  model('SDXL', '8002bc51-7260-468f-8840-cf1e6dbe3f8a', 1024, stableDiffusion),
  model('Luna Diffusion', 'b6c1372f-31a7-457c-907c-d292a6ffef97', 768, stableDiffusion),
  model('22h Diffusion', 'fc06f6ab-ed14-4186-a7c0-aaec288d4f38', 512, stableDiffusion),
  model('Waifu Diffusion', 'f7f3d973-ac6f-4a7a-9db8-e89e4fba03a9', 512, stableDiffusion),
];
