/** What the operator should hear of, besides the log. */
export type OperatorNotice =
  | {
      readonly kind: 'account-closed';
      readonly provider: string;
      readonly why: string;
      readonly until: number;
    }
  | { readonly kind: 'spend'; readonly cap: number; readonly spent: number }
  | { readonly kind: 'no-room' };

/** Tells the operator: in the log, and in the operator's channel where one is set. Never throws, never blocks. */
export interface Operator {
  tell(notice: OperatorNotice): void;
}
