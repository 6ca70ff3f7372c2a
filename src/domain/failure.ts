import type { ProviderErrorKind } from './provider.ts';

/** Why a generation that had begun ended without pictures. Kept with it and told to the member. */
export interface Failure {
  readonly kind: ProviderErrorKind | 'stopped' | 'expired' | 'account-closed' | 'withdrawn' | 'bug';
  /** What the provider says of the input, fit to be shown; only for `invalid` and `refused`. */
  readonly detail?: string;
  /** The provider's id of the request, shown with the failure so that support can find it. */
  readonly requestId?: string;
  /** Our own id of the incident, shown for `bug` and found in the log. */
  readonly incident?: string;
}
