/** Of amplitudes. */
export const fromDb = (db: number): number => 10 ** (db / 20);
export const toDb = (linear: number): number => 20 * Math.log10(Math.max(linear, 1e-6));
