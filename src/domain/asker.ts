/** Who asks for pictures, and where: what the guild's rules look at. */
export interface Asker {
  readonly guildId: string;
  readonly memberId: string;
  readonly roleIds: readonly string[];
  /** The thread (if it is one), the channel and its category (if it has one), in this order. */
  readonly channelPath: readonly string[];
  /** Only adults see the channel. Absent, like `false`, where it is not known or makes no difference. */
  readonly ageRestricted?: boolean;
}
