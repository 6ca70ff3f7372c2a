/** What the operator should hear of, besides the log. */
export type OperatorNotice =
  | {
      readonly kind: 'account-closed';
      readonly provider: string;
      /** The operator's setting that holds its key. */
      readonly setting: string;
      readonly why: string;
      readonly until: number;
    }
  /** Its API has been failing and is left alone for a while. */
  | {
      readonly kind: 'provider-out';
      readonly provider: string;
      /** The latest failure, in words for the log. */
      readonly why: string;
      readonly until: number;
    }
  | { readonly kind: 'provider-back'; readonly provider: string }
  | { readonly kind: 'spend'; readonly cap: number; readonly spent: number }
  | { readonly kind: 'no-room' };

/** Tells the operator: in the log, and in the operator's channel where one is set. Never throws, never blocks. */
export interface Operator {
  tell(notice: OperatorNotice): void;
}
