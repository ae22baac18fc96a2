/** audio thread -> page. */
export type SuppressorReport =
  | { readonly kind: 'ready' }
  | { readonly kind: 'failed'; readonly error: string }
  /** The share of one core, 0 to 1. */
  | { readonly kind: 'load'; readonly load: number };
