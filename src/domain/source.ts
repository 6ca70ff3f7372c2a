/** Where a made picture can be had: at an address, or already here as bytes in the spool. */
export type Source =
  | {
      readonly kind: 'address';
      readonly url: string;
      /**
       * Until when it is tried (ms since the epoch); `null` in a storage of the operator's own, where
       * what cannot be fetched now may be mended.
       */
      readonly expiresAt: number | null;
    }
  /** The provider answered with the bytes; they were put in the spool before `made` was written. */
  | { readonly kind: 'spooled' };
