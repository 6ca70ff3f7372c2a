import { z } from 'zod';

/** What is read of a message that Discord returns. */
export const discordMessage = z.object({ id: z.string(), components: z.unknown().optional() });
export type DiscordMessage = z.output<typeof discordMessage>;
