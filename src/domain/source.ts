/** Where a made picture can be had: at an address, or already here as bytes in the spool. */
export type Source =
  | {
      readonly kind: 'address';
      readonly url: string;
      /** When the address stops working (ms since the epoch); `null` where none is known. */
      readonly expiresAt: number | null;
    }
  /** The provider answered with the bytes; they were put in the spool before `made` was written. */
  | { readonly kind: 'spooled' };
