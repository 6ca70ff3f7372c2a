/** Source: Discord's reference, "Uploading Files" and "CDN Endpoints"; ephemeral ones have the same. */
const discordHosts = ['cdn.discordapp.com', 'media.discordapp.net'];

/**
 * The hosts at which Discord keeps what members upload.
 *
 * @param apiUrl of a Discord of one's own, which keeps them itself
 */
export function attachmentHosts(apiUrl: string | null): ReadonlySet<string> {
  return new Set(apiUrl === null ? discordHosts : [new URL(apiUrl).host]);
}
