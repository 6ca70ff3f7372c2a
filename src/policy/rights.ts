import type { GuildRules } from '../domain/rule.ts';

/** What Discord says that somebody may do; administrators may do everything. */
interface Allowed {
  readonly manageServer: boolean;
  readonly moderateMembers: boolean;
}

/** Whether somebody may change what is set for the guild: those who manage it. */
export function maySetUp(caller: { readonly may: Pick<Allowed, 'manageServer'> }): boolean {
  return caller.may.manageServer;
}

/**
 * Whether somebody may moderate with Easel: whom Discord lets moderate members or manage the guild, and
 * who has the moderators' role. A role that is gone is nobody's.
 */
export function mayModerate(
  caller: { readonly may: Allowed; readonly roleIds: readonly string[] },
  { moderatorRoleId }: Pick<GuildRules, 'moderatorRoleId'>,
): boolean {
  const { manageServer, moderateMembers } = caller.may;
  if (manageServer || moderateMembers) return true;
  return moderatorRoleId !== null && caller.roleIds.includes(moderatorRoleId);
}
